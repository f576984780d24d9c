"""Shared passages side by side, as HTML that needs nothing from the network."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

import pandas as pd

LEFT = ' style="text-align:left"'
"""Of each cell itself, since Jupyter's own rules for tables would win against the style sheet."""
STYLE = (
    "<style>.shared-passages{border-collapse:collapse;font-size:14px;line-height:1.6}"
    ".shared-passages td,.shared-passages th{border-top:1px solid #ccc;padding:4px 8px;"
    "vertical-align:top}"
    ".shared-passages td.text{width:44%}.shared-passages mark{background:#f6d8ae}</style>"
)


@dataclass(frozen=True)
class PassageView:
    """Passages side by side; Jupyter shows `html`."""

    html: str
    passages: int

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<PassageView: {self.passages} passages>"


def view_passages(passages: pd.DataFrame, *, top_n: int = 10) -> PassageView:
    """Return the longest passages side by side, with what differs marked.

    Parameters
    ----------
    passages : DataFrame
        From `find_shared_passages`, in the order to be shown.
    top_n : int
        Passages to show.

    Returns
    -------
    PassageView
        Jupyter shows it; its `html` is the same text at every run and refers to nothing outside.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"document_a": ["甲"], "document_b": ["乙"], "start_a": [0], "start_b": [5], "length": [4], "similarity": [0.8],
    ...      "text_a": ["依法行政"], "text_b": ["依法执政"]}
    ... )
    >>> view_passages(table)
    <PassageView: 1 passages>
    >>> "依法<mark>执</mark>政" in view_passages(table).html
    True
    """
    rows = []
    shown = passages.head(top_n)
    for row in shown.itertuples(index=False):
        left, right = _marked(str(row.text_a), str(row.text_b))
        rows.append(
            f"<tr><td{LEFT}>{row.length}<br>{row.similarity:.2f}</td>"
            f'<td class="text"{LEFT}><b>{escape(str(row.document_a))}</b> ({row.start_a})<br>{left}</td>'
            f'<td class="text"{LEFT}><b>{escape(str(row.document_b))}</b> ({row.start_b})<br>{right}</td></tr>'
        )
    head = "".join(f"<th{LEFT}>{name}</th>" for name in ("length, similarity", *["document (offset)"] * 2))
    return PassageView(
        f'{STYLE}<table class="shared-passages"><tr>{head}</tr>{"".join(rows)}</table>', len(shown)
    )


def _marked(first: str, second: str) -> tuple[str, str]:
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            left.append(escape(first[a:b]))
            right.append(escape(second[c:d]))
            continue
        left.append(f"<mark>{escape(first[a:b])}</mark>" if b > a else "")
        right.append(f"<mark>{escape(second[c:d])}</mark>" if d > c else "")
    return "".join(left), "".join(right)
