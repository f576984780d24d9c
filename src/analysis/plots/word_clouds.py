"""Word clouds in which size means the same thing in every panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..errors import explain
from .drawing import shorten
from .style import (
    BLUE,
    GREEN,
    PURPLE,
    RED,
    Language,
    axes_of,
    check_glyphs,
    font_path,
    in_style,
    named,
    panels,
    say_shown,
)

CANVAS = (450, 310)
LARGEST = 75
SMALLEST = 6.5
FILL = 0.5
"""Share of a panel that words may cover."""
MOST_PANELS = 12
COLOURS = (BLUE, "#1B4F72", GREEN, RED, PURPLE)


@in_style
def plot_word_cloud(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return one word cloud a document; the area of a word is its rate, on one scale for all documents.

    Parameters
    ----------
    table : DataFrame
        From `rank_keywords`: `unit_id, term, per_1000_tokens`.
    ax, names, language
        As in `plot_keywords`.

    Returns
    -------
    Axes
        The frame. A word that has no room left at its true size is not drawn smaller but left out.

    Raises
    ------
    ValueError
        A rate is negative or missing.

    Notes
    -----
    Colours only keep neighbours apart. The layout is that of the package wordcloud, with a fixed seed and
    the words in order of rate and code point; the words themselves are drawn as outlines.

    Examples
    --------
    >>> table = pd.DataFrame({"unit_id": ["甲", "甲"], "term": ["述法", "普法"], "per_1000_tokens": [4.0, 1.0]})
    >>> len(plot_word_cloud(table).figure.axes[1].patches)
    2
    """
    if bool((table["per_1000_tokens"].isna() | (table["per_1000_tokens"] < 0)).any()):
        raise ValueError(
            explain("a rate of the word cloud is negative or missing", allowed="numbers from 0 up")
        )
    check_glyphs(table["term"])
    documents = list(dict.fromkeys(table["unit_id"]))
    shown = documents[:MOST_PANELS]
    columns = min(2, max(len(shown), 1))
    rows = -(-max(len(shown), 1) // columns)
    frame = axes_of(ax, height=0.45 + 2.45 * rows)
    highest = float(table["per_1000_tokens"].max()) if len(table) else 1.0
    largest = _largest(table.loc[table["unit_id"].isin(shown)], highest=highest)
    for panel, unit_id in zip(panels(frame, count=len(shown), columns=columns), shown, strict=True):
        part = table.loc[(table["unit_id"] == unit_id) & (table["per_1000_tokens"] > 0)]
        _draw_cloud(panel, part, highest=highest, largest=largest)
        panel.set_title(shorten(named([unit_id], names)[0], length=24))
    say_shown(frame, total=len(documents), shown=len(shown), language=language)
    return frame


def _draw_cloud(ax: Axes, table: pd.DataFrame, *, highest: float, largest: float) -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import PathPatch
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    width, height = CANVAS
    ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal", xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color("#DDDDDD")
    font = FontProperties(fname=font_path())
    for number, (term, size, x, y) in enumerate(_place(table, highest=highest, largest=largest)):
        path = TextPath((0, 0), term, size=size, prop=font)
        box = path.get_extents()
        moved = Affine2D().translate(-box.x0, -box.y1).scale(1, -1).translate(x, y)
        ax.add_patch(PathPatch(moved.transform_path(path), color=COLOURS[number % len(COLOURS)], linewidth=0))


def _largest(table: pd.DataFrame, *, highest: float) -> float:
    """Return the font size of the highest value at which the fullest panel still has room for its words."""
    ink = (table["term"].str.len() * table["per_1000_tokens"] / highest).groupby(table["unit_id"]).sum()
    fullest = float(ink.max()) if len(ink) else 1.0
    return float(min(LARGEST, np.sqrt(FILL * CANVAS[0] * CANVAS[1] / max(fullest, 1e-9))))


def _place(table: pd.DataFrame, *, highest: float, largest: float) -> list[tuple[str, float, float, float]]:
    """Return term, font size and top left corner of every word that has room at its true size."""
    from wordcloud import WordCloud

    ordered = table.assign(_order=-table["per_1000_tokens"]).sort_values(["_order", "term"])
    sizes = {
        term: largest * float(np.sqrt(value / highest))
        for term, value in zip(ordered["term"], ordered["per_1000_tokens"], strict=True)
    }
    wanted = {term: size for term, size in sizes.items() if size >= SMALLEST}
    if not wanted:
        return []
    cloud: Any = WordCloud(
        font_path=str(font_path()),
        width=CANVAS[0],
        height=CANVAS[1],
        margin=4,
        prefer_horizontal=1.0,
        relative_scaling=1.0,
        max_font_size=round(max(wanted.values())),
        min_font_size=3,
        font_step=1,
        max_words=len(wanted),
        random_state=0,
        repeat=False,
    )
    cloud.generate_from_frequencies(wanted)
    placed = []
    for (term, _), size, (row, column), _, _ in cloud.layout_:
        if abs(size - wanted[term]) <= 1 + 0.03 * wanted[term]:
            placed.append((term, float(size), float(column), float(row)))
    return placed
