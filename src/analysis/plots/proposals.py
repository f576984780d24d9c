"""Formulations that a dictionary lacks, as discovery proposes them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .parts import shorten
from .style import BLUE, GREEN, GREY, ORANGE, PURPLE, RED, Language, axes_of, in_style, pick, set_heading

KINDS = {
    "quoted": ("带引号", "quoted", RED, "^"),
    "numbered": ("带数字", "numbered", ORANGE, "v"),
    "parallel": ("并列", "parallel", GREEN, "D"),
    "compound": ("复合词", "compound", BLUE, "o"),
    "phrase": ("短语", "phrase", PURPLE, "s"),
    "word": ("单个词", "word", GREY, "p"),
}
MOST_ROWS = 40


@in_style
def plot_proposals(table: pd.DataFrame, *, ax: Axes | None = None, language: Language = "zh") -> Axes:
    """Return proposed formulations by score, with their kind, and how often they stand in how many documents.

    Parameters
    ----------
    table : DataFrame
        From `discover_terms`: `term, kind, count, docs, score`, best first.
    ax : Axes, optional
        Where to draw.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Axes
        One line a proposal; a note beside the dot where it occurs more than once. Of more than 40 the first 40
        are shown, and the heading says so.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"term": ["银杏树工程"], "kind": ["compound"], "count": [3], "docs": [2], "score": [0.8]}
    ... )
    >>> ax = plot_proposals(table)
    >>> ax.get_yticklabels()[0].get_text(), ax.texts[0].get_text()
    ('银杏树工程', '3 次，2 篇')
    """
    shown = table.head(MOST_ROWS)
    frame = axes_of(ax, height=1.1 + 0.2 * max(len(shown), 1))
    scores = shown["score"].to_numpy(dtype=np.float64)
    frame.hlines(np.arange(len(shown)), 0, scores, color="#CCCCCC", linewidth=0.8)
    for kind, (zh, en, colour, marker) in KINDS.items():
        rows = np.flatnonzero((shown["kind"] == kind).to_numpy())
        if len(rows):
            label = pick(language, zh=zh, en=en)
            frame.plot(scores[rows], rows, marker, color=colour, markersize=5, linestyle="none", label=label)
    for row, (score, count, docs) in enumerate(zip(scores, shown["count"], shown["docs"], strict=True)):
        if count > 1:
            words = pick(language, zh=f"{count} 次，{docs} 篇", en=f"{count} in {docs} doc{'s' * (docs > 1)}")
            frame.annotate(
                words, (score, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=7
            )
    frame.set_yticks(np.arange(len(shown)), [shorten(str(term), length=20) for term in shown["term"]])
    frame.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    frame.set_xlim(0, 1.2)
    frame.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    frame.tick_params(axis="y", length=0)
    frame.grid(axis="x")
    frame.set_axisbelow(True)
    frame.set_xlabel(pick(language, zh="得分（估计的入选概率）", en="score (estimated chance of being listed)"))
    if len(shown):
        frame.figure.legend(loc="outside lower left", ncols=len(KINDS))
    if len(table) > len(shown):
        zh = f"共 {len(table)} 个候选，显示前 {len(shown)} 个"
        set_heading(frame, pick(language, zh=zh, en=f"first {len(shown)} of {len(table)} proposals"))
    return frame
