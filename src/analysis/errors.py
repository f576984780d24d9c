"""The one shape of every error: what is wrong, where, what is allowed, what to do next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches


class CorpusError(ValueError):
    """A corpus, its manifest or one of its files cannot be used as it is."""


class ParameterError(ValueError):
    """A notebook was given a parameter that it does not declare, or one of the wrong type."""


class UnitNotFound(KeyError):
    """A noun has no unit of that identifier."""

    def __str__(self) -> str:
        # KeyError shows the repr of its argument, in which a line break is a backslash and an n.
        return str(self.args[0])


def explain(what: str, *, where: str = "", allowed: str = "", todo: str = "") -> str:
    """Return an error message in the project's shape.

    Parameters
    ----------
    what : str
        What is wrong, with the value that is wrong.
    where, allowed, todo : str
        Document, file, line or column; what would be accepted; what to do next. Empty parts are left out.

    Returns
    -------
    str
        One line a part.

    Examples
    --------
    >>> print(explain("文种“公报”不在清单中", where="manifest.csv，第 3 行", allowed="讲话、报告、文章"))
    文种“公报”不在清单中
      where: manifest.csv，第 3 行
      allowed: 讲话、报告、文章
    """
    parts = [what]
    parts += [
        f"  {label}: {text}" for label, text in (("where", where), ("allowed", allowed), ("next", todo)) if text
    ]
    return "\n".join(parts)


def explain_all(problems: Sequence[str], *, head: str = "", most: int = 20) -> str:
    """Return one message for several problems: a single one as it is, several as a list.

    Parameters
    ----------
    problems : sequence of str
        Messages made by `explain`.
    head : str
        The first line, before a list or a single problem; by default the number of problems, if several.
    most : int
        How many are shown.

    Examples
    --------
    >>> print(explain_all(["甲.txt is empty", "乙.txt is empty"]))
    2 problems
    - 甲.txt is empty
    - 乙.txt is empty
    """
    if len(problems) == 1 and not head:
        return problems[0]
    lines = [head or f"{len(problems)} problems"]
    lines += ["- " + problem.replace("\n", "\n  ") for problem in problems[:most]]
    if len(problems) > most:
        lines.append(f"- … and {len(problems) - most} more")
    return "\n".join(lines)


def nearest(name: str, allowed: Collection[str]) -> str | None:
    """Return the allowed name most like `name`, or None if none is near.

    Examples
    --------
    >>> nearest("top_m", ["seed", "top_n"])
    'top_n'
    """
    found = get_close_matches(name, list(allowed), n=1, cutoff=0.5)
    return found[0] if found else None


def check_choice(value: str, allowed: Collection[str], *, name: str) -> None:
    """Raise ValueError if `value` is not one of `allowed`, naming the nearest that is.

    Examples
    --------
    >>> check_choice("paragraf", ["document", "paragraph"], name="unit")
    Traceback (most recent call last):
    ...
    ValueError: unit is 'paragraf'
      allowed: document, paragraph
      next: did you mean 'paragraph'?
    """
    if value not in allowed:
        near = nearest(str(value), allowed)
        raise ValueError(
            explain(
                f"{name} is {value!r}",
                allowed=", ".join(allowed),
                todo=f"did you mean {near!r}?" if near else "",
            )
        )
