"""Who cites what: the works cited most, and which documents cite them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..citations import RELATIONS, CitationNetwork
from .drawing import shorten
from .style import BLACK, BLUE, Language, axes_of, in_style, pick, set_heading

PALE = "#B9D3E6"
MARKERS: dict[str, tuple[str, bool]] = {
    "basis": ("o", True),
    "implements": ("^", True),
    "issues": ("P", True),
    "amends": ("s", True),
    "amended_by": ("s", False),
    "repeals": ("X", True),
    "cites": ("o", False),
}
"""Shape and filling tell the relations apart, so that the figure can be printed without colours."""
MOST_ROWS = 40
LABEL, COLUMN_LABEL = 17, 12


@in_style
def plot_citations(
    network: CitationNetwork,
    *,
    ax: Axes | None = None,
    top_n: int = 20,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return the works that are cited most, and the documents that cite most of them.

    Why no web of lines: one of hundreds of works cannot be read, and one of three thousand is a ball. What a
    reader asks of it, what is central and who refers to it, two lists and the crossings between them show at
    any size.

    Parameters
    ----------
    network : CitationNetwork
        From `build_network`.
    top_n : int
        How many works are shown, and at most how many documents beside them; up to 40.
    ax, names, language
        As in `plot_keywords`; `names` are those of documents.

    Returns
    -------
    Axes
        Left, how many documents cite each work: dark where the work is in the corpus, pale where it is not.
        Right, the documents that cite most of these works, with a mark where one does; its shape is the
        relation most frequent there. Ties are broken by the name. The heading says how many works there are
        in all.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import Corpus
    >>> from analysis.citations import build_network, find_citations
    >>> corpus = Corpus(["根据《预算法》制定本条例。"], pd.DataFrame(index=["甲条例"]))
    >>> axes = plot_citations(build_network(find_citations(corpus)))
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['预算法']
    """
    works = network.nodes.loc[network.nodes["n_docs"] > 0].head(max(1, min(top_n, MOST_ROWS)))
    between = network.edges.loc[network.edges["target"].isin(works["node_id"])]
    marks = (
        between.sort_values(["count", "relation"], ascending=[False, True], kind="stable")
        .drop_duplicates(["source", "target"])
        .reset_index(drop=True)
    )
    citing = marks.groupby("source").size().rename("n_works").reset_index()
    citing = citing.sort_values(["n_works", "source"], ascending=[False, True]).head(len(works) or 1)
    frame = axes_of(ax, height=2.1 + 0.185 * max(len(works), 3))
    cell = frame.get_subplotspec()
    if cell is None:
        raise ValueError("the figure needs an Axes that stands in a grid, such as `figure.add_subplot()`")
    frame.set_axis_off()
    figure: Any = frame.figure
    share = min(max(len(citing) / 20, 0.35), 1.15)
    grid = cell.subgridspec(1, 2, width_ratios=[1, 1.5 * share], wspace=0.03)
    left: Axes = figure.add_subplot(grid[0, 0])
    right = figure.add_subplot(grid[0, 1], sharey=left)
    labels = {**dict(zip(network.nodes["node_id"], network.nodes["title"], strict=True)), **(names or {})}
    _draw_bars(left, works, labels, language)
    _draw_marks(right, marks, works, citing, labels, language)
    _head(left, network, works, citing, language)
    return left


def _draw_bars(ax: Axes, works: pd.DataFrame, labels: Mapping[str, str], language: Language) -> None:
    rows = np.arange(len(works))
    inside = works["in_corpus"].to_numpy(dtype=bool)
    counts = works["n_docs"].to_numpy(dtype=np.float64)
    for present, colour, zh, en in (
        (True, BLUE, "在语料中", "in the corpus"),
        (False, PALE, "不在语料中", "not in the corpus"),
    ):
        part = inside == present
        if not part.any():
            continue
        ax.barh(rows[part], counts[part], height=0.7, color=colour, label=pick(language, zh=zh, en=en))
    most = float(counts.max(initial=1.0))
    for row, count in zip(rows, counts, strict=True):
        ax.text(count + most * 0.02, float(row), f"{int(count)}", va="center", ha="left", fontsize=6.5)
    names = [shorten(labels.get(one, one), length=LABEL) for one in works["node_id"]]
    ax.set_yticks(rows, names, fontsize=7)
    ax.set_ylim(max(len(works), 3) - 0.4, -0.6)
    ax.set_xlim(0, most * 1.18)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.set_xlabel(pick(language, zh="引用它的文献（篇）", en="documents that cite it"), fontsize=7.5)


def _draw_marks(
    ax: Axes,
    marks: pd.DataFrame,
    works: pd.DataFrame,
    citing: pd.DataFrame,
    labels: Mapping[str, str],
    language: Language,
) -> None:
    row = {name: number for number, name in enumerate(works["node_id"])}
    column = {name: number for number, name in enumerate(citing["source"])}
    shown = marks.loc[marks["source"].isin(column)]
    for relation, (marker, filled) in MARKERS.items():
        part = shown.loc[shown["relation"] == relation]
        if part.empty:
            continue
        zh, en = RELATIONS[relation]
        ax.scatter(
            [column[one] for one in part["source"]],
            [row[one] for one in part["target"]],
            marker=marker,
            s=17,
            facecolors=BLACK if filled else "white",
            edgecolors=BLACK,
            linewidths=0.7,
            label=pick(language, zh=zh, en=en),
            zorder=3,
        )
    names = [shorten(labels.get(one, one), length=COLUMN_LABEL) for one in citing["source"]]
    ax.set_xticks(np.arange(len(citing)), names, fontsize=6.5)
    for label in ax.get_xticklabels():
        label.set(rotation=90, ha="center")
    ax.set_xlim(-0.6, max(len(citing), 3) - 0.4)
    ax.tick_params(length=0, labelleft=False)
    ax.grid(True, linewidth=0.4)
    ax.set_axisbelow(True)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _head(
    ax: Axes, network: CitationNetwork, works: pd.DataFrame, citing: pd.DataFrame, language: Language
) -> None:
    figure: Any = ax.figure
    handles = [handle for one in figure.axes for handle in one.get_legend_handles_labels()[0]]
    texts = [text for one in figure.axes for text in one.get_legend_handles_labels()[1]]
    if handles:
        figure.legend(handles, texts, loc="outside lower left", ncols=min(len(handles), 6), fontsize=7)
    if works.empty:
        set_heading(ax, pick(language, zh="没有引用", en="Nothing is cited"))
        return
    total = int((network.nodes["n_docs"] > 0).sum())
    sources = int((network.nodes["n_cited"] > 0).sum())
    lines = [
        _finding(works, language),
        pick(
            language,
            zh=f"{sources} 篇文献引用 {total} 部；左为被引最多的 {len(works)} 部，右为引用其中最多的 {len(citing)} 篇",
            en=f"{sources} documents cite {total} works. Left: the {len(works)} cited most; "
            f"right: the {len(citing)} documents that cite most of these",
        ),
    ]
    figure.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=8.5, linespacing=1.5)


def _finding(works: pd.DataFrame, language: Language) -> str:
    """Return what the figure shows, in a sentence that holds where several works are cited equally often."""
    most = int(works["n_docs"].iloc[0])
    first = works.loc[works["n_docs"] == most]
    title = shorten(str(first["title"].iloc[0]), length=24)
    if most == 1:
        return pick(language, zh="没有一部文献被两篇以上引用", en="No work is cited by more than one document")
    if len(first) > 1:
        return pick(
            language,
            zh=f"《{title}》等 {len(first)} 部被引最多，各 {most} 篇",
            en=f"Cited most: {len(first)} works, among them 《{title}》, by {most} documents each",
        )
    return pick(
        language, zh=f"被引最多的是《{title}》（{most} 篇）", en=f"Cited most: 《{title}》, by {most} documents"
    )
