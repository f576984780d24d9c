"""The noun `Contrast`: which documents are compared with which, chosen and checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import check_choice, explain
from ..ingest.manifest import TYPE_NAMES
from ..matrix import DocumentTermMatrix

Language = Literal["zh", "en"]
Side = Literal["target", "reference"]
Otherwise = Literal["rest", "next"]
Value = str | int | float
Values = Value | Sequence[Value]

AUTOMATIC = ("type", "level", "place", "year")
"""Columns that `by="auto"` tries, those first that say most about how a text is written."""
ALL_OTHERS = {"zh": "其余", "en": "all others"}
IN_CAPTION = 3
"""Values that a caption names; a figure's title has room for no more."""


@dataclass(frozen=True)
class Contrast:
    """Two groups of documents, a target and a reference, by the values of a column. Made by `choose_groups`.

    Parameters
    ----------
    by : str
        Column of the document variables.
    target, reference : tuple of str
        Values of that column; numbers as text, 2024 as "2024".
    target_n_docs, reference_n_docs : int
        Documents of each side that have tokens.
    all_others : bool
        No reference was named: it is every value that is not the target.
    periods : bool
        Each side is an unbroken run of the years at hand.
    cluster : str, optional
        Column whose documents are not independent of each other (a place, a speaker).
    """

    by: str
    target: tuple[str, ...]
    reference: tuple[str, ...]
    target_n_docs: int
    reference_n_docs: int
    all_others: bool = False
    periods: bool = False
    cluster: str | None = None

    def caption(self, side: Side, language: Language = "zh") -> str:
        """Return what a side is called in a figure or a sentence.

        Examples
        --------
        >>> contrast = Contrast("type", ("讲话",), ("报告", "文章"), 3, 2, all_others=True)
        >>> contrast.caption("target"), contrast.caption("reference")
        ('讲话', '其余')
        >>> contrast.caption("target", "en"), contrast.caption("reference", "en")
        ('speeches', 'all others')
        """
        check_choice(side, ("target", "reference"), name="side")
        check_choice(language, tuple(ALL_OTHERS), name="language")
        if side == "reference" and self.lumps_others:
            return ALL_OTHERS[language]
        values = self.target if side == "target" else self.reference
        if self.periods and len(values) > 1:
            return f"{values[0]}–{values[-1]}"
        named = values[:IN_CAPTION]
        if language == "en" and self.by == "type":
            named = tuple(TYPE_NAMES.get(value, value) for value in named)
        return ("、" if language == "zh" else ", ").join(named) + ("…" if len(values) > IN_CAPTION else "")

    @property
    def lumps_others(self) -> bool:
        """Whether the reference goes by the name of all others: nobody named it, and it is several values."""
        return self.all_others and len(self.reference) > 1

    def sides(self, dtm: DocumentTermMatrix) -> npt.NDArray[np.int8]:
        """Return the side of every row of a matrix: 1 target, −1 reference, 0 neither, or a row without tokens.

        Raises
        ------
        ValueError
            The matrix lacks the column, or a side has no row with tokens.
        """
        values = group_values(dtm.docvars, by=self.by)
        inside = [values.isin(side).to_numpy(dtype=bool) for side in (self.target, self.reference)]
        side = np.where(dtm.n_tokens > 0, np.select(inside, [1, -1], default=0), 0).astype(np.int8)
        for name, number, wanted in (("target", 1, self.target), ("reference", -1, self.reference)):
            if not (side == number).any():
                known = list(dict.fromkeys(values[dtm.n_tokens > 0].dropna()))
                raise ValueError(
                    explain(
                        f"{name} has no document with any token",
                        where=f"column {self.by!r}: {', '.join(wanted) or 'no value is left'}",
                        allowed=f"at least one document in each group; filled values: {', '.join(known[:20])}",
                        todo=f"choose another {name}, or add documents",
                    )
                )
        return side

    def counted(self, dtm: DocumentTermMatrix) -> Contrast:
        """Return the contrast with the numbers of documents that a matrix has on each side."""
        side, documents = self.sides(dtm), dtm.docvars["doc_id"].astype(str).to_numpy()
        of_target, of_reference = (len(set(documents[side == number])) for number in (1, -1))
        return replace(self, target_n_docs=of_target, reference_n_docs=of_reference)

    def __str__(self) -> str:
        return (
            f"{self.by}: {self.caption('target')} ({self.target_n_docs}) / "
            f"{self.caption('reference')} ({self.reference_n_docs})"
        )


def choose_groups(
    dtm: DocumentTermMatrix,
    *,
    by: str = "auto",
    target: Values | None = None,
    reference: Values | None = None,
    otherwise: Otherwise = "rest",
) -> Contrast:
    """Return two groups of documents to compare, chosen where the reader named none.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Any matrix; its document variables are looked at.
    by : str
        A column; "auto" takes the first of type, level, place and year with two values or more, and the
        documents' ids where there is none.
    target : value or sequence of values, optional
        Values of the target, text or numbers. By default the value with most documents; of years, the later
        half; of ids, the first.
    reference : value or sequence of values, optional
        Values of the reference; by default see `otherwise`.
    otherwise : {"rest", "next"}
        Without a reference, take all other values, or the one with most documents among them. Years are cut
        into halves if neither side is named.

    Returns
    -------
    Contrast
        For `compare_vocabulary`, `find_lockwords` and the figures of them.

    Raises
    ------
    ValueError
        There are fewer than two documents, the column does not exist or has a single value, a value is unknown
        (the nearest is named), a side is empty, or a value is on both sides.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "文章"]}, index=list("甲乙丙丁"))
    >>> dtm = count_terms(Tokens.from_lists([["法治"]] * 4, docvars=docvars))
    >>> print(choose_groups(dtm))
    type: 讲话 (2) / 其余 (2)
    >>> print(choose_groups(dtm, otherwise="next"))
    type: 讲话 (2) / 报告 (1)
    >>> print(choose_groups(dtm, by="type", target=["报告", "文章"], reference="讲话"))
    type: 报告、文章 (2) / 讲话 (2)
    """
    check_choice(otherwise, ("rest", "next"), name="otherwise")
    docvars, filled = dtm.docvars, dtm.n_tokens > 0
    if by == "auto":
        by = next((name for name in AUTOMATIC if _n_values(docvars[filled], name) > 1), "doc_id")
    values = group_values(docvars, by=by)
    present = docvars[["doc_id"]].assign(value=values)[filled].dropna().drop_duplicates()["value"]
    _check_enough(present, by=by, documents=docvars.loc[filled, "doc_id"].nunique())
    known = list(dict.fromkeys(values.dropna()))
    ours, theirs = (
        _named(given, known, name=name) for name, given in (("target", target), ("reference", reference))
    )
    periods = by == "year" and ours is None and theirs is None
    if periods:
        ours, theirs = split_by_year(present)
    if ours is None:
        ours = ordered_values(present[~present.isin(theirs or ())], by=by)[:1]
    if theirs is None:
        others = ordered_values(present[~present.isin(ours)], by=by)
        theirs = others[:1] if otherwise == "next" else others
    both = [value for value in ours if value in theirs]
    if both:
        raise ValueError(
            explain(
                f"{both[0]!r} is in target and reference alike",
                where=f"column {by!r}",
                allowed="two groups without a value in common",
                todo="take it out of one, or leave the reference out: then it is all other values",
            )
        )
    lumped = reference is None and not periods and otherwise == "rest"
    contrast = Contrast(by, tuple(ours), tuple(theirs), 0, 0, all_others=lumped, periods=periods)
    return contrast.counted(dtm)


def group_values(docvars: pd.DataFrame, *, by: str) -> pd.Series:
    """Return the group of every row as text, missing where the column is; ValueError if there is none."""
    check_choice(by, list(docvars.columns), name="by")
    values = docvars[by]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "f":
        whole = values.dropna() % 1 == 0
        values = values.astype("Int64") if bool(whole.all()) else values  # a year with gaps is read as 2024.0
    text = values.astype("string")
    found = text.mask(text == "")
    if not bool(found.notna().any()):
        raise ValueError(
            explain(
                f"no document has a value in column {by!r}",
                where=f"a matrix of {len(docvars)} units",
                todo="compare by a column of the document variables that is filled in",
            )
        )
    return found


def split_by_year(years: pd.Series) -> tuple[list[str], list[str]]:
    """Return the later half of the distinct years, and the earlier half; of an odd number, the later is larger.

    Examples
    --------
    >>> split_by_year(pd.Series(["2024", "2008", "2015", "2015", "2021"]))
    (['2021', '2024'], ['2008', '2015'])
    """
    ordered = sorted(set(years), key=_as_number)
    middle = len(ordered) // 2
    return ordered[middle:], ordered[:middle]


def ordered_values(values: pd.Series, *, by: str) -> list[str]:
    """Return distinct values, those of most documents first; documents themselves in the matrix's order.

    Ties go by the value, so that the order of documents cannot choose the target.

    Examples
    --------
    >>> ordered_values(pd.Series(["报告", "讲话", "讲话", "文章"]), by="type")
    ['讲话', '报告', '文章']
    """
    if by == "doc_id":
        return list(dict.fromkeys(values))
    counted = values.value_counts()
    return sorted(counted.index, key=lambda value: (-int(counted[value]), _as_number(value)))


def _as_number(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return float("inf"), value


def _n_values(docvars: pd.DataFrame, name: str) -> int:
    """How many different values a column has, 0 if it does not exist."""
    if name not in docvars.columns:
        return 0
    return len(set(docvars[name].dropna().astype(str)) - {""})


def _named(given: Values | None, known: list[str], *, name: str) -> list[str] | None:
    """Return the values given for a side as the column writes them, each once; None where none was given."""
    if given is None:
        return None
    several = [given] if isinstance(given, (str, int, float, np.integer)) else list(given)
    # 2024.0 is what a table makes of the year 2024 where other years are missing
    texts = [f"{value:.0f}" if isinstance(value, float) and value % 1 == 0 else str(value) for value in several]
    if not texts:
        raise ValueError(
            explain(
                f"{name} is an empty list", allowed=", ".join(known[:20]), todo="name a value, or give None"
            )
        )
    for text in texts:
        check_choice(text, known, name=name)
    return list(dict.fromkeys(texts))


def _check_enough(present: pd.Series, *, by: str, documents: int) -> None:
    """Raise ValueError unless documents with tokens have two different values of the column."""
    if present.nunique() > 1:
        return
    if documents < 2:
        number = f"{documents} document" + ("" if documents == 1 else "s")
        raise ValueError(
            explain(
                f"{number} cannot be compared with others",
                allowed="at least two documents with tokens",
                todo="add documents to the corpus (python -m analysis add FILE…), or choose more of them",
            )
        )
    raise ValueError(
        explain(
            f"column {by!r} has one value only: {', '.join(present.unique()) or 'none'}",
            allowed="two values or more",
            todo="compare by another column, such as " + ", ".join(name for name in AUTOMATIC if name != by),
        )
    )
