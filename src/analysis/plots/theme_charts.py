"""Themes of a hierarchical dictionary, document by document."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .style import BLUE, GREY, Language, axes_of, in_order_of, in_style, named, panels, pick, say_shown

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
        From `count_themes`: `group, theme, share, share_low, share_high` (0 to 1).
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"group": ["甲"], "theme": ["普法宣传"], "share": [0.02], "share_low": [0.01], "share_high": [0.03]}
    ... )
    >>> plot_themes(table).figure.axes[1].get_yticklabels()[0].get_text()
    '普法宣传'
    """
    groups, themes = in_order_of(names, table["group"]), list(dict.fromkeys(table["theme"]))
    shown = groups[:MOST_PANELS]
    columns = min(3, max(len(shown), 1))
    frame = axes_of(ax, height=0.5 + -(-max(len(shown), 1) // columns) * (0.65 + 0.17 * len(themes)))
    highest = 1050 * float(table["share_high"].max()) if len(table) else 1.0
    made = panels(frame, count=len(shown), columns=columns)
    for number, (panel, group) in enumerate(zip(made, shown, strict=True)):
        part = table.loc[table["group"] == group].set_index("theme").reindex(themes)
        columns_of = ("share", "share_low", "share_high")
        share, low, high = (1000 * part[name].to_numpy(dtype=np.float64) for name in columns_of)
        positions = np.arange(len(themes))
        panel.hlines(positions, low, high, color=GREY, linewidth=1.4)
        panel.plot(share, positions, "o", color=BLUE, markersize=4)
        panel.set_yticks(positions, themes if number % columns == 0 else [""] * len(themes))
        panel.set_ylim(len(themes) - 0.4, -0.6)
        panel.set_xlim(0, highest)
        panel.tick_params(axis="y", length=0)
        panel.grid(axis="both")
        panel.set_axisbelow(True)
        panel.set_title(named([group], names)[0])
    if shown:
        made[-1].set_xlabel(pick(language, zh="每千词", en="per 1,000 tokens"))
    say_shown(frame, total=len(groups), shown=len(shown), language=language)
    return frame
