"""Themes of a hierarchical dictionary, document by document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .style import BLUE, GREY, RED, Language, axes_of, in_order_of, in_style, named, panels, pick, say_shown

MOST_PANELS = 12


@in_style
def plot_themes(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return how often each document speaks of each theme, with intervals, one small panel a document.

    Parameters
    ----------
    table : DataFrame
        From `count_themes`: `group, theme, per_1000_tokens, per_1000_tokens_low, per_1000_tokens_high, n_tokens,
        characters_count`. The dot is the rate under the matching that was counted, the tick the rate of the characters
        in the text. A group of a single unit has no line. A line without an end goes on beyond the axis.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"group": ["甲"], "theme": ["普法宣传"], "per_1000_tokens": [20.0], "per_1000_tokens_low": [10.0],
    ...      "per_1000_tokens_high": [30.0], "n_tokens": [500], "characters_count": [12]}
    ... )
    >>> plot_themes(table).figure.axes[1].get_yticklabels()[0].get_text()
    '普法宣传'
    """
    groups, themes = in_order_of(names, table["group"]), list(dict.fromkeys(table["theme"]))
    shown = groups[:MOST_PANELS]
    columns = min(3, max(len(shown), 1))
    frame = axes_of(ax, height=0.75 + -(-max(len(shown), 1) // columns) * (0.65 + 0.17 * len(themes)))
    rates = table.assign(
        characters=1000 * table["characters_count"] / table["n_tokens"].where(table["n_tokens"] > 0)
    )
    highest = _right_end(rates[rates["group"].isin(shown)])
    made = panels(frame, count=len(shown), columns=columns)
    for number, (panel, group) in enumerate(zip(made, shown, strict=True)):
        part = rates.loc[rates["group"] == group].set_index("theme").reindex(themes)
        columns_of = ("per_1000_tokens", "per_1000_tokens_low", "per_1000_tokens_high", "characters")
        rate, low, high, characters = (part[name].to_numpy(dtype=np.float64) for name in columns_of)
        positions = np.arange(len(themes))
        beyond = high > highest
        panel.hlines(positions, low, np.minimum(high, highest), color=GREY, linewidth=1.4)
        panel.plot(
            np.full(int(beyond.sum()), highest),
            positions[beyond],
            ">",
            color=GREY,
            markersize=3.5,
            clip_on=False,
        )
        panel.plot(characters, positions, "|", color=RED, markersize=7, markeredgewidth=1.2)
        panel.plot(rate, positions, "o", color=BLUE, markersize=4)
        panel.set_yticks(positions, themes if number % columns == 0 else [""] * len(themes))
        panel.set_ylim(len(themes) - 0.4, -0.6)
        panel.set_xlim(0, highest)
        panel.tick_params(axis="y", length=0)
        panel.grid(axis="both")
        panel.set_axisbelow(True)
        panel.set_title(named([group], names)[0])
    if shown:
        made[-1].set_xlabel(pick(language, zh="每千词", en="per 1,000 tokens"))
        _legend(frame, made[0], language)
    say_shown(frame, total=len(groups), shown=len(shown), language=language)
    return frame


def _right_end(rates: pd.DataFrame) -> float:
    """Return where the axis ends: at the largest rate and a half, so that a limit without bound does not rule it."""
    largest = float(rates[["per_1000_tokens", "characters"]].max().max()) if len(rates) else 1.0
    limit = float(rates["per_1000_tokens_high"].max()) if len(rates) else 1.0
    most = 1.5 * largest if not limit <= 1.5 * largest else 1.05 * limit
    return most if most > 0 else 1.0


def _legend(frame: Axes, panel: Axes, language: Language) -> None:
    figure: Any = frame.figure
    marks = [
        panel.plot([], [], "o", color=BLUE, markersize=4)[0],
        panel.plot([], [], "-", color=GREY, linewidth=1.4)[0],
        panel.plot([], [], "|", color=RED, markersize=7, markeredgewidth=1.2, linestyle="none")[0],
    ]
    figure.legend(
        marks,
        [
            pick(language, zh="计数方式所得", en="as counted"),
            pick(language, zh="区间", en="interval"),
            pick(language, zh="按字符匹配", en="as characters"),
        ],
        loc="outside upper right",
        ncols=3,
    )
