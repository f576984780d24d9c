"""Which documents to compare with which, when the reader does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ..errors import check_choice, explain
from ..ingest.manifest import TYPE_NAMES
from ..matrix import DocumentTermMatrix

Otherwise = Literal["rest", "next"]
AUTOMATIC = ("type", "level", "place", "year")


@dataclass(frozen=True)
class Groups:
    """Two groups of documents: a column, the values that make target and reference, and their names."""

    by: str
    target: tuple[str, ...]
    reference: tuple[str, ...]
    target_name: str
    reference_name: str
    target_documents: int
    reference_documents: int

    def __str__(self) -> str:
        return (
            f"{self.by}: {self.target_name} ({self.target_documents}) / "
            f"{self.reference_name} ({self.reference_documents})"
        )


def choose_groups(
    dtm: DocumentTermMatrix,
    *,
    by: str = "auto",
    target: Sequence[str] | None = None,
    reference: Sequence[str] | None = None,
    otherwise: Otherwise = "rest",
    language: Literal["zh", "en"] = "zh",
) -> Groups:
    """Return two groups of documents to compare, chosen where the reader named none.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Any matrix; its document variables are looked at.
    by : str
        A column; "auto" takes the first of type, level, place and year with two values or more, and the
        documents' ids where there is none.
    target : sequence of str, optional
        Values of the target; by default the one with most documents (of years, the later half; of ids, the
        first).
    reference : sequence of str, optional
        Values of the reference; by default see `otherwise`.
    otherwise : {"rest", "next"}
        Without a reference, take all other values, or the one with most documents among them. Years are
        always cut into halves.
    language : {"zh", "en"}
        Language of the names.

    Returns
    -------
    Groups
        With `by`, `target`, `reference` for `compare_vocabulary`, names for figures, numbers of documents.

    Raises
    ------
    ValueError
        There are fewer than two documents, the column does not exist or has a single value.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "文章"]}, index=list("甲乙丙丁"))
    >>> dtm = count_terms(Tokens.from_lists([["法治"]] * 4, docvars=docvars))
    >>> print(choose_groups(dtm))
    type: 讲话 (2) / 其余 (2)
    >>> print(choose_groups(dtm, otherwise="next"))
    type: 讲话 (2) / 报告 (1)
    """
    check_choice(otherwise, ("rest", "next"), name="otherwise")
    documents = dtm.docvars.drop_duplicates("doc_id")
    if len(documents) < 2:
        raise ValueError(
            explain(
                f"{len(documents)} document cannot be compared with others",
                allowed="at least two documents",
                todo="add documents to the corpus (python -m analysis add FILE…), or choose more of them",
            )
        )
    values = {
        column: documents[column].dropna().astype(str).loc[lambda text: text != ""]
        for column in documents.columns
    }
    if by == "auto":
        by = next((name for name in AUTOMATIC if name in values and values[name].nunique() > 1), "doc_id")
    check_choice(by, list(values), name="by")
    present = values[by]
    order = _order(present, by=by)
    if len(order) < 2:
        raise ValueError(
            explain(
                f"all documents have the same {by}: {', '.join(order) or 'none is given'}",
                allowed="a column with at least two values",
                todo="name another column, such as " + ", ".join(n for n in AUTOMATIC if n != by),
            )
        )
    halves = by == "year" and target is None and reference is None
    middle = len(order) // 2
    ours = list(target or (order[middle:] if halves else order[:1]))
    others = [value for value in order if value not in ours]
    theirs = list(reference or (others[:1] if otherwise == "next" and not halves else others))
    rest = "其余" if language == "zh" else "all others"
    everything_else = not reference and not halves and len(theirs) > 1
    return Groups(
        by=by,
        target=tuple(ours),
        reference=tuple(theirs),
        target_name=_name(ours, halves=halves, language=language),
        reference_name=rest if everything_else else _name(theirs, halves=halves, language=language),
        target_documents=int(present.isin(ours).sum()),
        reference_documents=int(present.isin(theirs).sum()),
    )


def _order(values: pd.Series, *, by: str) -> list[str]:
    if by == "year":
        return sorted(set(values))
    if by == "doc_id":
        return list(dict.fromkeys(values))
    counted = values.value_counts()
    return sorted(counted.index, key=lambda value: (-int(counted[value]), value))


def _name(values: list[str], *, halves: bool, language: str) -> str:
    if halves and len(values) > 1:
        return f"{values[0]}–{values[-1]}"
    if language == "en":
        values = [TYPE_NAMES.get(value, value) for value in values]
    return ("、" if language == "zh" else ", ").join(values[:3]) + ("…" if len(values) > 3 else "")
