"""A parameter and the values that it can have: its type, choices, numbers, files, documents, columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .. import paths
from ..errors import CorpusError, explain, nearest

LEAST = {"seed": 0, "n_topics": 2, "most_topics": 2}
"""The least value of whole numbers that are not counts from 1."""
LARGEST_SEED = 2**32 - 1
"""What the generators of numpy's older kind take, which scikit-learn uses."""
SHARES = frozenset({"confidence", "alpha"})
CHOICES = re.compile(
    r"[:：]\s*((?:[\w-]+(?:,\s*|、|\s+or\s+|\s*或\s*))+[\w-]+)$",
)
BETWEEN = re.compile(r",\s*|、|\s+or\s+|\s*或\s*")
MEANT = {
    **dict.fromkeys(("中文", "汉语", "chinese", "cn", "chs", "zh-cn", "zh_cn"), "zh"),
    **dict.fromkeys(("英文", "英语", "english"), "en"),
    **dict.fromkeys(("无", "没有", "no", "off"), "none"),
    **dict.fromkeys(("默认", "standard"), "default"),
    "文档": "document",
    "篇": "document",
    "章节": "section",
    "段落": "paragraph",
    "段": "paragraph",
    "句子": "sentence",
    "句": "sentence",
}
"""What people write for a choice that no comparison of letters would find."""
AUTO = "auto"
SHOWN = 20


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


KINDS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "str": lambda value: isinstance(value, str),
        "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "bool": lambda value: isinstance(value, bool),
        "list[str]": _is_list,
    }
)
"""The types that a parameter can have; each may be followed by `| None`."""


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: `name: annotation = default  # meaning`."""

    name: str
    annotation: str
    default: Any
    meaning: str = ""

    def accepts(self, value: object) -> bool:
        """Return whether a value has the declared type.

        Examples
        --------
        >>> Parameter("labels", "str | None", None, "标签语言").accepts("中文")
        True
        >>> Parameter("top_n", "int", 20, "每篇关键词数").accepts("二十")
        False
        """
        kind = self.annotation.removesuffix(" | None")
        return KINDS[kind](value) or (value is None and kind != self.annotation)


def stated_choices(meaning: str, *, default: object) -> tuple[str, ...]:
    """Return the choices that a parameter's meaning ends with, after a colon; nothing if the default is none of them.

    What a reader of the cell sees is what is accepted: there is no second list that could differ from it.

    Examples
    --------
    >>> stated_choices("停用词表: default, minimal or none", default="default")
    ('default', 'minimal', 'none')
    >>> stated_choices("列名, such as type or level; or auto", default="auto")
    ()
    """
    found = CHOICES.search(meaning)
    choices = tuple(BETWEEN.split(found.group(1))) if found else ()
    return choices if default in choices or default is None else ()


def wrong_value(parameter: Parameter, value: object) -> str:
    """Return what is wrong with a value of the right type, in the shape of an error; empty if nothing is."""
    if value is None:
        return ""
    if isinstance(value, str):
        choices = stated_choices(parameter.meaning, default=parameter.default)
        if choices and value not in choices:
            return _refusal(parameter.name, value, choices)
        if parameter.name == "term_dictionary" and not paths.from_project(value).is_file():
            return _missing_file(parameter.name, value)
    elif isinstance(value, list):
        if not value and parameter.default != []:
            return explain(
                f"{parameter.name} is an empty list",
                allowed="a list with something in it" + (", or None" if parameter.default is None else ""),
                todo=parameter.meaning,
            )
    elif not isinstance(value, bool) and isinstance(value, int | float):
        return _wrong_number(parameter, value)
    return ""


def _wrong_number(parameter: Parameter, value: float) -> str:
    name = parameter.name
    if name in SHARES:
        return "" if 0 < value < 1 else explain(f"{name} is {value}", allowed="a share above 0 and below 1")
    if value != value or abs(value) == float("inf"):
        return explain(f"{name} is {value}", allowed=f"a number such as {parameter.default}")
    if parameter.annotation.startswith("int"):
        least = LEAST.get(name, 1)
        if isinstance(parameter.default, int):
            least = min(least, parameter.default)
        if value < least:
            return explain(f"{name} is {value}", allowed=f"{least} or more", todo=parameter.meaning)
        if name == "seed" and value > LARGEST_SEED:
            return explain(f"{name} is {value}", allowed=f"up to {LARGEST_SEED}")
    return ""


def wrong_for_corpus(values: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Yield what is wrong with values that name documents, columns and groups of a corpus.

    A corpus that cannot be read yields nothing: whoever reads it says why.
    """
    from ..ingest.manifest import read_manifest

    named = {name: values[name] for name in ("documents", "by", "target", "reference") if values.get(name)}
    if not named:
        return
    try:
        table = read_manifest(folder)
    except (CorpusError, OSError):
        return
    known = list(table["id"])
    for doc_id in named.get("documents", ()):
        if doc_id not in known:
            yield _refusal("documents", doc_id, known, where=f"{folder}", what="has no such document")
    by = named.get("by", AUTO)
    columns = ["doc_id", *(name for name in table.columns if name != "id")]
    if by == AUTO:
        return
    if by not in columns:
        yield _refusal("by", by, [AUTO, *columns], where=f"{folder}")
        return
    column = table["id" if by == "doc_id" else by].dropna().astype(str)
    groups = list(dict.fromkeys(value for value in column if value))
    for side in ("target", "reference"):
        for value in named.get(side, ()):
            if value not in groups:
                yield _refusal(side, value, groups, where=f"column {by!r} of {folder}")


def _refusal(name: str, value: str, allowed: Collection[str], *, where: str = "", what: str = "") -> str:
    meant = MEANT.get(value.lower(), "")
    near = meant if meant in allowed else nearest(value, allowed)
    shown = list(allowed)[:SHOWN]
    return explain(
        f"{name}: the corpus {what}: {value!r}" if what else f"{name} is {value!r}",
        where=where,
        allowed=", ".join(shown) + (f", … ({len(allowed)} in all)" if len(allowed) > SHOWN else ""),
        todo=f"did you mean {near!r}?" if near else "",
    )


def _missing_file(name: str, value: str) -> str:
    path = paths.from_project(value)
    there = [found.name for found in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(path.name, there)
    return explain(
        f"{name}: there is no file {value}",
        where=str(path),
        allowed="a file; a relative path counts from the project's root",
        todo=f"did you mean {near!r}?" if near else "",
    )
