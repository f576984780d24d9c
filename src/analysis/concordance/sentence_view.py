"""Tables with whole sentences in them, as HTML that needs nothing from the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from ..errors import check_choice

OPENING = '<table style="border-collapse:collapse;line-height:1.6">'
STYLES = {
    "number": "text-align:right;vertical-align:top;white-space:nowrap",
    "left": "text-align:right;vertical-align:top;white-space:nowrap",
    "short": "text-align:left;vertical-align:top;white-space:nowrap",
    "text": "text-align:left;vertical-align:top",
}
"""Of each cell itself, since Jupyter's own rules for tables would win against a style sheet."""
MARK = '<mark style="background:#f6d8ae">'
SHORT = 24
"""A column whose cells are no longer than this is not wrapped."""


@dataclass(frozen=True)
class SentenceView:
    """A table with its sentences in full; Jupyter shows `html`."""

    html: str
    rows: int

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<SentenceView: {self.rows} rows>"


def view_sentences(table: pd.DataFrame, *, columns: Sequence[str], mark: str) -> SentenceView:
    """Return columns of a table with their text in full, and a term marked where it stands in it.

    Why: a sentence that is cut off after fifty characters often ends before the term for which it is shown.

    Parameters
    ----------
    table : DataFrame
        With sentences, as from `discover_terms`, `compare_segmentations` or `keyword_in_context`.
    columns : sequence of str
        Columns to show, in this order. Fractions are shown with two decimals.
    mark : str
        The column whose text is marked in the other columns of its row.

    Returns
    -------
    SentenceView
        Jupyter shows it; its `html` is the same text at every run and refers to nothing outside.

    Raises
    ------
    ValueError
        The table has no such column.

    Examples
    --------
    >>> table = pd.DataFrame({"term": ["府院联动"], "count": [3], "sentence": ["深化府院联动机制。"]})
    >>> view_sentences(table, columns=["term", "sentence"], mark="term")
    <SentenceView: 1 rows>
    >>> "府院联动</mark>机制。" in view_sentences(table, columns=["sentence"], mark="term").html
    True
    """
    for name in (*columns, mark):
        check_choice(name, [str(column) for column in table.columns], name="column")
    kinds = ["left" if name == "left" else _kind(table[name]) for name in columns]
    rows = []
    for cells, term in zip(table[list(columns)].itertuples(index=False), table[mark].astype(str), strict=True):
        row = []
        for name, kind, cell in zip(columns, kinds, cells, strict=True):
            text = escape(f"{cell:.2f}" if isinstance(cell, float) else str(cell))
            if name != mark and kind != "number" and term:
                text = text.replace(escape(term), f"{MARK}{escape(term)}</mark>")
            row.append(f'<td style="{STYLES[kind]}">{text}</td>')
        rows.append(f"<tr>{''.join(row)}</tr>")
    head = "".join(
        f'<th style="{STYLES[kind]}">{escape(name)}</th>' for name, kind in zip(columns, kinds, strict=True)
    )
    return SentenceView(f"{OPENING}<tr>{head}</tr>{''.join(rows)}</table>", len(table))


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    longest = max((len(str(cell)) for cell in column), default=0)
    return "short" if longest <= SHORT else "text"
