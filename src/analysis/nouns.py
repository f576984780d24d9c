"""What the nouns share: tables that are read and never changed, and the check that a verb got its noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy.typing as npt
import pandas as pd

from .errors import explain

N = TypeVar("N", bound=type)
MADE_OF = {
    "Tokens": ("Corpus", "segment"),
    "DocumentTermMatrix": ("Tokens", "count_terms"),
    "TopicModel": ("DocumentTermMatrix", "fit_topics"),
    "Specifications": ("Corpus", "build_specifications"),
    "Panel": ("Corpus", "build_panel"),
}
"""For every noun the one that it is made of, and the verb that makes it."""
VARIABLES = {"Corpus": "corpus", "Tokens": "tokens", "DocumentTermMatrix": "dtm", "TopicModel": "model"}
FROM_TEXT = 'Corpus([text], pd.DataFrame(index=["甲"]))'


class View:
    """A field of a frozen noun that hands out a view whenever it is read, so that nobody can change the noun.

    Parameters
    ----------
    view : callable
        From the value that is held to what the reader gets.
    doc : str
        What `help` shows.
    """

    def __init__(self, view: Callable[[Any], Any], *, doc: str) -> None:
        self._view = view
        self._name = ""
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else self._view(instance.__dict__[self._name])

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self._name] = value


def with_views(**views: View) -> Callable[[N], N]:
    """Return a class decorator that turns fields of a dataclass into views.

    It stands above `@dataclass`, which would take a descriptor inside the class body for a default value.
    """

    def put(noun: N) -> N:
        for name, view in views.items():
            view.__set_name__(noun, name)
            setattr(noun, name, view)
        return noun

    return put


def docvars_view() -> View:
    """Return the view of document variables. pandas copies a column when it is written to, and not before."""
    return View(lambda table: table.copy(deep=False), doc="Document variables, a row a unit.")


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the array if nobody can write to it, else a copy that nobody can write to."""
    if array.flags.writeable:
        array = array.copy()
        array.setflags(write=False)
    return array


def unit_table(docvars: pd.DataFrame) -> pd.DataFrame:
    """Return document variables as every noun holds them: identifiers as text, and a column `doc_id`."""
    table = docvars.copy(deep=False)
    table.index = table.index.astype(str)
    table.index.name = "unit_id"
    if "doc_id" not in table.columns:
        table.insert(0, "doc_id", table.index)
    return table


def require_noun(value: object, noun: type, *, verb: str) -> None:
    """Raise TypeError if a verb got something other than its noun, naming the calls that are missing.

    Examples
    --------
    >>> from analysis import Corpus, Tokens
    >>> require_noun(Corpus(["依法行政"], pd.DataFrame(index=["甲"])), Tokens, verb="keep_word_tokens")
    Traceback (most recent call last):
    ...
    TypeError: keep_word_tokens takes Tokens, not a Corpus
      next: keep_word_tokens(segment(corpus), …)
    """
    if not isinstance(value, noun):
        name = type(value).__name__
        raise TypeError(
            explain(
                f"{verb} takes {_with_article(noun.__name__)}, not {_with_article(name)}",
                todo=_missing_calls(name, noun.__name__, verb),
            )
        )


def _missing_calls(given: str, wanted: str, verb: str) -> str:
    """Return the chain of calls that leads from what was given to the noun, as far as there is one."""
    if given in MADE_OF and wanted in _ancestors(given):
        return (
            f"{verb}({VARIABLES[wanted]}, …), with the {VARIABLES[wanted]} that {MADE_OF[given][1]} begins with"
        )
    verbs, noun = [], wanted
    while noun in MADE_OF and noun != given:
        noun, maker = MADE_OF[noun]
        verbs.append(maker)
    call = VARIABLES[noun] if noun == given else FROM_TEXT
    for maker in reversed(verbs):
        call = f"{maker}({call})"
    return f"{verb}({call}, …)" + ("" if noun == given else "; files are read by read_corpus(folder)")


def _ancestors(noun: str) -> list[str]:
    found = []
    while noun in MADE_OF:
        noun = MADE_OF[noun][0]
        found.append(noun)
    return found


def _with_article(name: str) -> str:
    if name in ("Tokens", "Specifications"):
        return name
    return f"{'an' if name[:1] in 'aeiouAEIOU' else 'a'} {name}"
