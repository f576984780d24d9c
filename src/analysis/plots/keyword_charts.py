"""Keywords per document: small multiples and a heat map."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .drawing import draw_bars, draw_heatmap, shorten
from .style import (
    BLUE,
    GREY,
    WIDTH,
    Language,
    axes_of,
    in_order_of,
    in_style,
    named,
    panels,
    pick,
    say_shown,
    set_heading,
)

MOST_PANELS = 12
MOST_TERMS = 48


@in_style
def plot_keywords(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return bars of every document's keywords, one small panel a document, on a shared scale.

    Parameters
    ----------
    table : DataFrame
        From `rank_keywords`: `unit_id, rank, term, score`.
    ax : Axes, optional
        Where to draw; it becomes the frame of the panels.
    names : mapping, optional
        unit_id → name to show.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Axes
        The frame. Of more than 12 documents the first 12 are shown, and the title says so.

    Examples
    --------
    >>> table = pd.DataFrame({"unit_id": ["甲", "甲"], "rank": [1, 2], "term": ["述法", "普法"], "score": [2.0, 1.0]})
    >>> plot_keywords(table).figure.axes[1].get_title(loc="left")
    '甲'
    """
    documents = list(dict.fromkeys(table["unit_id"]))
    shown = documents[:MOST_PANELS]
    columns = min(3, max(len(shown), 1))
    longest = int(table.loc[table["unit_id"].isin(shown)].groupby("unit_id").size().max()) if shown else 1
    rows = -(-max(len(shown), 1) // columns)
    frame = axes_of(ax, height=0.5 + rows * (0.55 + 0.165 * longest), width=WIDTH)
    table, unit = _readable(table, language=language)
    highest = float(table["score"].max()) if len(table) else 1.0
    for panel, unit_id in zip(panels(frame, count=len(shown), columns=columns), shown, strict=True):
        part = table.loc[table["unit_id"] == unit_id].sort_values("rank")
        draw_bars(panel, labels=[shorten(term) for term in part["term"]], values=list(part["score"]))
        panel.set_xlim(0, highest * 1.03)
        panel.set_title(shorten(named([unit_id], names)[0], length=15))
        panel.tick_params(axis="x", labelsize=7)
    if shown:
        panel.set_xlabel(unit)
    say_shown(frame, total=len(documents), shown=len(shown), language=language)
    return frame


@in_style
def plot_keyword_matrix(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return a heat map of keywords by document: which words set which documents apart.

    Of more than 48 keywords those of the highest weight are shown, and the heading says so.

    Parameters
    ----------
    table : DataFrame
        From `keyword_matrix`: `unit_id, term, score`, all pairs.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"unit_id": ["甲", "乙"], "term": ["述法", "述法"], "score": [2.0, 0.0]})
    >>> [label.get_text() for label in plot_keyword_matrix(table).get_yticklabels()]
    ['述法']
    """
    table, unit = _readable(table, language=language)
    every, documents = list(dict.fromkeys(table["term"])), list(dict.fromkeys(table["unit_id"]))
    best = table.groupby("term")["score"].max().sort_values(ascending=False, kind="stable").index[:MOST_TERMS]
    terms = [term for term in every if term in set(best)]
    cells = table.pivot(index="term", columns="unit_id", values="score").loc[terms, documents]
    few = len(documents) <= 8
    target = axes_of(ax, height=min(0.9 + 0.19 * len(terms), 11.0))
    draw_heatmap(
        target,
        cells=cells.to_numpy(dtype=np.float64),
        rows=[shorten(term) for term in terms],
        columns=named(documents, names),
        unit=unit,
        decimals=_decimals(float(table["score"].max())) if few and len(table) else None,
        rotate=not few or language == "en",
    )
    if len(documents) > 30:
        target.tick_params(axis="x", labelsize=5)
    if len(every) > len(terms):
        set_heading(
            target,
            pick(
                language,
                zh=f"共 {len(every)} 个关键词，显示权重最高的 {len(terms)} 个",
                en=f"{len(terms)} of {len(every)} keywords, those of the highest weight",
            ),
        )
    return target


def _readable(table: pd.DataFrame, *, language: Language) -> tuple[pd.DataFrame, str]:
    """Return the table with scores of a readable size, and the axis label that says so."""
    label = pick(language, zh="TF-IDF 权重", en="TF-IDF weight")
    if not len(table) or float(table["score"].max()) >= 0.1:
        return table, label
    return table.assign(score=1000 * table["score"]), label + pick(language, zh="（×1000）", en=" (×1000)")


def _decimals(largest: float) -> int:
    """Return how many decimals show two digits of a tenth of the largest number."""
    return max(0, 2 - int(np.floor(np.log10(largest)))) if largest > 0 else 0


@in_style
def plot_rank_stability(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return how far the rank of every keyword moves when a document's segments are drawn anew.

    Parameters
    ----------
    table : DataFrame
        From `rank_stability`: `group, term, rank, rank_low, rank_high`; a hollow dot stands for a term whose
        `share_missing`, if there is such a column, is above 0.
    ax, names, language
        As in `plot_keywords`; groups stand in the order of `names`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"group": ["甲"], "term": ["述法"], "rank": [1], "rank_low": [1], "rank_high": [4]}
    ... )
    >>> plot_rank_stability(table).figure.axes[1].get_xlabel()
    '排名'
    """
    documents = in_order_of(names, table["group"])
    shown = documents[:MOST_PANELS]
    columns = min(3, max(len(shown), 1))
    longest = int(table.loc[table["group"].isin(shown)].groupby("group").size().max()) if shown else 1
    rows = -(-max(len(shown), 1) // columns)
    frame = axes_of(ax, height=0.5 + rows * (0.62 + 0.165 * longest), width=WIDTH)
    furthest = float(np.nanmax([*table["rank"].to_numpy(dtype=np.float64), 10.0])) * 4
    for panel, group in zip(panels(frame, count=len(shown), columns=columns), shown, strict=True):
        part = table.loc[table["group"] == group].sort_values(["rank", "term"])
        indices = np.arange(len(part))
        low = part["rank_low"].to_numpy(dtype=np.float64)
        high = np.minimum(part["rank_high"].to_numpy(dtype=np.float64), furthest)
        panel.hlines(indices, low, high, color=GREY, linewidth=1.4)
        beyond = part["rank_high"].to_numpy(dtype=np.float64) > furthest
        panel.plot(np.full(int(beyond.sum()), furthest), indices[beyond], ">", color=GREY, markersize=3.2)
        ranks = part["rank"].to_numpy(dtype=np.float64)
        missing = part.get("share_missing", pd.Series(0.0, index=part.index)).to_numpy() > 0
        for chosen, face in ((~missing, BLUE), (missing, "white")):
            panel.plot(ranks[chosen], indices[chosen], "o", color=BLUE, markerfacecolor=face, markersize=3.8)
        panel.set_yticks(indices, [shorten(term) for term in part["term"]])
        panel.set_ylim(len(part) - 0.4, -0.6)
        panel.set_xscale("log")
        panel.set_xlim(0.85, furthest * 1.15)
        panel.set_xticks([1, 2, 5, 10, 20, 40], ["1", "2", "5", "10", "20", "40"])
        panel.minorticks_off()
        panel.tick_params(axis="y", length=0)
        panel.grid(axis="x")
        panel.set_axisbelow(True)
        panel.set_xlabel(pick(language, zh="排名", en="rank"), fontsize=7.5)
        panel.set_title(named([group], names)[0])
    say_shown(frame, total=len(documents), shown=len(shown), language=language)
    return frame
