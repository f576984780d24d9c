"""Corrections of single documents: rows of a table with a reason, never code."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .. import paths
from ..errors import CorpusError, explain
from ..ingest.manifest import read_manifest
from .edits import Edit, apply_edits
from .plan import PlanStep, make_step
from .registry import CORRECTIONS

COLUMNS = ("doc_id", "before", "after", "reason")
VERSION = 1


def read_corrections(folder: str | Path = paths.CORPUS, *, name: str = "corrections.csv") -> pd.DataFrame:
    """Return the corrections of a corpus folder; none if it has no such file.

    Parameters
    ----------
    folder : path
        The corpus folder. A relative path counts from the project's root.
    name : str
        The file's name.

    Returns
    -------
    DataFrame
        `doc_id, before, after, reason`, all text: in the cleaned text of document `doc_id`, `before` (which
        must occur exactly once) becomes `after`, for example 法冶 → 法治.

    Raises
    ------
    CorpusError
        A column or value is missing, or a document is not in the manifest.

    Examples
    --------
    >>> list(read_corrections().columns)  # 更正表
    ['doc_id', 'before', 'after', 'reason']
    """
    root = paths.from_project(folder)
    path = root / name
    if not path.is_file():
        return pd.DataFrame({column: pd.Series(dtype=str) for column in COLUMNS})
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise CorpusError(
            explain(f"{name} cannot be read as a table: {error}", where=str(path), allowed="CSV in UTF-8")
        ) from None
    for column in COLUMNS:
        if column not in table.columns:
            raise CorpusError(
                explain(f"{name} has no column {column!r}", where=str(path), allowed=", ".join(COLUMNS))
            )
    known = set(read_manifest(root)["id"]) if len(table) else set()
    for number, row in enumerate(table.itertuples(index=False), start=2):
        where = f"{path}, line {number}"
        if row.doc_id not in known:
            raise CorpusError(
                explain(
                    f"no document {row.doc_id!r} in the manifest", where=where, allowed=", ".join(sorted(known))
                )
            )
        if not row.before or not row.reason:
            raise CorpusError(
                explain(
                    f"{'before' if not row.before else 'reason'} is empty",
                    where=where,
                    allowed="what to replace, and why it is right to",
                )
            )
    return table[list(COLUMNS)]


def correct_text(text: str, *, doc_id: str, corrections: pd.DataFrame) -> tuple[str, tuple[PlanStep, ...]]:
    """Return a cleaned text with its corrections made, and a plan step for each.

    Raises
    ------
    CorpusError
        `before` occurs nowhere in the text, or more than once.

    Examples
    --------
    >>> table = pd.DataFrame([["甲", "法冶", "法治", "错字"]], columns=list(COLUMNS))
    >>> correct_text("依法冶区", doc_id="甲", corrections=table)[0]
    '依法治区'
    """
    steps = []
    for row in corrections[corrections["doc_id"] == doc_id].itertuples(index=False):
        before, after = str(row.before), str(row.after)
        count = text.count(before) if before else 0
        # Exactly once: a correction that fits twice would change a sentence that nobody looked at.
        if count != 1:
            raise CorpusError(
                explain(
                    f"the correction {before!r} → {after!r} occurs {f'{count} times' if count else 'nowhere'}",
                    where=f"document {doc_id!r}",
                    allowed="text that occurs exactly once in the cleaned document",
                    todo="take more of the sentence into `before`"
                    if count
                    else "copy it from the cleaned text",
                )
            )
        start = text.index(before)
        edits = [Edit(start, start + len(before), after, note=str(row.reason))]
        steps.append(make_step(text, rule=CORRECTIONS, version=VERSION, edits=edits))
        text = apply_edits(text, edits=edits)
    return text, tuple(steps)
