"""Numbers in the texts: how many, and the percentages side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .drawing import shorten
from .style import BLUE, GREY, RED, Language, axes_of, in_style, named, pick, set_heading

STATUSES = {
    "actual": ("已完成", "reported", BLUE, "o"),
    "target": ("目标", "target", RED, "^"),
    "rule": ("规定", "rule", GREY, "s"),
}
MOST_ROWS = 36


@in_style
def plot_indicator_density(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return how many quantities each document holds per 1,000 characters, by their standing.

    Parameters
    ----------
    table : DataFrame
        From `count_indicators`: `doc_id, status, per_1000_characters`.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["甲"], "status": ["actual"], "per_1000_characters": [3.0], "count": [9]})
    >>> plot_indicator_density(table).get_xlabel()
    '每千字的数量指标数'
    """
    documents = list(dict.fromkeys(table["doc_id"]))
    many = len(documents) > 20
    frame = axes_of(ax, height=min(1.2 + (0.14 if many else 0.34) * len(documents), 10.5))
    indices = np.arange(len(documents))
    begun = np.zeros(len(documents))
    for status, (zh, en, colour, _) in STATUSES.items():
        part = table.loc[table["status"] == status].set_index("doc_id")["per_1000_characters"]
        rates = part.reindex(documents).fillna(0).to_numpy(dtype=np.float64)
        frame.barh(indices, rates, left=begun, height=0.68, color=colour, label=pick(language, zh=zh, en=en))
        begun = begun + rates
    frame.set_yticks(indices, named(documents, names))
    frame.set_ylim(len(documents) - 0.4, -0.6)
    frame.tick_params(axis="y", length=0, labelsize=6 if many else 8)
    frame.grid(axis="x")
    frame.set_axisbelow(True)
    frame.set_xlabel(pick(language, zh="每千字的数量指标数", en="quantities per 1,000 characters"))
    frame.set_xlim(0, max(float(begun.max(initial=0.0)), 0.1) * 1.04)
    frame.figure.legend(loc="outside upper left", ncols=3)
    return frame


@in_style
def plot_percentages(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return the percentages of the texts on one axis, each with what it measures.

    Parameters
    ----------
    table : DataFrame
        From `find_indicators`; rows whose unit is % are drawn, others are not comparable.
    ax, names, language
        As in `plot_keywords`.

    Returns
    -------
    Axes
        One line a percentage, grouped by document. Of more than 36 the first 36 are shown, and the heading
        says so.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["甲"], "unit": ["%"], "value": [99.6], "measure": ["矛盾纠纷化解率"],
    ...     "status": ["actual"], "qualifier": [""], "change": [""]})
    >>> plot_percentages(table).get_yticklabels()[0].get_text()
    '甲：矛盾纠纷化解率'
    """
    part = table.loc[table["unit"] == "%"]
    shown = part.head(MOST_ROWS)
    frame = axes_of(ax, height=1.2 + 0.2 * max(len(shown), 1))
    indices = np.arange(len(shown))
    for status, (zh, en, colour, marker) in STATUSES.items():
        rows = np.flatnonzero((shown["status"] == status).to_numpy())
        if not len(rows):
            continue
        values = shown["value"].to_numpy(dtype=np.float64)[rows]
        frame.hlines(rows, 0, values, color="#CCCCCC", linewidth=0.8)
        label = pick(language, zh=zh, en=en)
        frame.plot(values, rows, marker, color=colour, markersize=5, linestyle="none", label=label)
    characters = {"up": "↑", "down": "↓"}
    for row, (value, qualifier, change) in enumerate(
        zip(shown["value"], shown["qualifier"], shown["change"], strict=True)
    ):
        words = f"{characters.get(change, '')}{value:g}%{'（' + qualifier + '）' if qualifier else ''}"
        frame.annotate(
            words, (float(value), row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=7
        )
    documents = named(shown["doc_id"], names)
    colon = "：" if language == "zh" else ": "
    labels = [
        f"{name}{colon}{shorten(what, length=16)}"
        for name, what in zip(documents, shown["measure"], strict=True)
    ]
    frame.set_yticks(indices, labels)
    frame.set_ylim(len(shown) - 0.4, -0.6)
    frame.set_xlim(0, max(float(shown["value"].max()) if len(shown) else 1.0, 1.0) * 1.2)
    frame.tick_params(axis="y", length=0, labelsize=7)
    frame.set_xlabel(pick(language, zh="百分比（%；箭头为增减幅度）", en="per cent (arrows: size of a change)"))
    if len(shown):
        frame.figure.legend(loc="outside lower left", ncols=3)
    if len(part) > len(shown):
        set_heading(
            frame,
            pick(
                language,
                zh=f"共 {len(part)} 个百分比，显示前 {len(shown)} 个",
                en=f"first {len(shown)} of {len(part)} percentages",
            ),
        )
    return frame
