"""A panel: which cells have text, and how a measure runs over years and places."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..errors import check_choice, explain
from .drawing import shorten
from .style import (
    BLACK,
    BLUE,
    CYCLE,
    GREY,
    Language,
    axes_of,
    in_order_of,
    in_style,
    named,
    pick,
    say_shown,
    set_heading,
)

MOST_ROWS = 60
"""Places that a coverage map can name; of more it shows how many have text each year."""
MOST_LINES = 6
"""Places that get a line of their own; of more, all lines are grey and the median is drawn."""
MOST_DOTS = 40
MARKERS = "osD^vP"
"""One shape a place, so that lines can be told apart in grayscale."""


@in_style
def plot_coverage(
    coverage: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return which cells of a panel have text: a square a cell, its number the documents; a blank one has none.

    Parameters
    ----------
    coverage : DataFrame
        `Panel.coverage`: two columns of the cell (rows and columns of the map), then `n_docs`.
    ax, names, language
        As in `plot_keywords`; `names` are those of the rows.

    Raises
    ------
    ValueError
        The cells have not two columns.

    Examples
    --------
    >>> coverage = pd.DataFrame({"place": ["甲县", "甲县"], "year": [2023, 2024], "n_docs": [1, 0], "n_units": 3, "n_tokens": 9})
    >>> plot_coverage(coverage).figure.get_suptitle()
    '1 个地区、2 个年份：50% 的单元格有文本'
    """
    cells = [name for name in coverage.columns if name not in ("n_docs", "n_units", "n_tokens")]
    if len(cells) != 2:
        raise ValueError(explain(f"cells of {len(cells)} columns", allowed="two, such as place_code and year"))
    row_name, column_name = cells
    # Rows by falling coverage and then by name: gaps come together, and no order of files shows through.
    filled = coverage.assign(filled=coverage["n_docs"] > 0)
    counted = filled.groupby(row_name)["filled"].sum()
    rows = sorted(counted.index, key=lambda name: (-int(counted[name]), str(name)))
    columns = sorted(set(coverage[column_name]))
    share = float(filled["filled"].mean()) if len(filled) else 0.0
    title = pick(
        language,
        zh=f"{len(rows)} 个地区、{len(columns)} 个年份：{share:.0%} 的单元格有文本",
        en=f"{len(rows)} places, {len(columns)} years: {share:.0%} of the cells have text",
    )
    if len(rows) > MOST_ROWS:
        frame = axes_of(ax, height=2.6)
        by_year = filled.groupby(column_name)["filled"].sum().reindex(columns)
        frame.bar([str(column) for column in columns], by_year.to_numpy(), color=BLUE)
        frame.axhline(len(rows), color=GREY, linewidth=0.8, linestyle="--")
        frame.set_ylabel(pick(language, zh="有文本的地区数（虚线为全部）", en="places with text (dashed: all)"))
        frame.tick_params(axis="x", rotation=90 if len(columns) > 12 else 0)
    else:
        frame = axes_of(ax, height=0.9 + 0.19 * len(rows))
        table = coverage.pivot(index=row_name, columns=column_name, values="n_docs").reindex(
            index=rows, columns=columns
        )
        values = table.to_numpy(dtype=np.float64)
        frame.imshow(np.where(values > 0, 1.0, np.nan), cmap="Blues", vmin=0, vmax=2.6, aspect="auto")
        for row, column in np.argwhere(values > 1):
            frame.text(
                column, row, f"{values[row, column]:.0f}", ha="center", va="center", fontsize=6.5, color=BLACK
            )
        frame.set_xticks(
            range(len(columns)), [str(column) for column in columns], rotation=90 if len(columns) > 12 else 0
        )
        frame.set_yticks(range(len(rows)), [shorten(name, length=16) for name in named(map(str, rows), names)])
        frame.set_xticks(np.arange(-0.5, len(columns)), minor=True)
        frame.set_yticks(np.arange(-0.5, len(rows)), minor=True)
        frame.grid(which="minor", color="#D0D0D0", linewidth=0.5)
        frame.grid(which="major", visible=False)
        frame.tick_params(which="both", length=0)
    set_heading(frame, title)
    return frame


@in_style
def plot_panel(
    table: pd.DataFrame,
    *,
    measure: str,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return a measure by place and year: lines with intervals, or of a single year a dot a place.

    Parameters
    ----------
    table : DataFrame
        `Panel.table`: two columns of the cell, `measure`, `share` and its interval.
    measure : str
        Which one.
    ax, names, language
        As in `plot_keywords`.

    Raises
    ------
    ValueError
        There is no such measure, or it has no share.

    Examples
    --------
    >>> table = pd.DataFrame({"place": ["甲县", "乙县"], "year": 2024, "measure": "环保", "share": [0.01, 0.02],
    ...                       "share_low": [0.005, 0.01], "share_high": [0.02, np.nan]})
    >>> plot_panel(table, measure="环保").figure.get_suptitle()
    '环保：最高每千词 20.0（乙县），约为最低的 2.0 倍'
    """
    check_choice(measure, list(dict.fromkeys(table["measure"])), name="measure")
    row_name, column_name = (str(name) for name in table.columns[:2])
    part = table.loc[(table["measure"] == measure) & table["share"].notna()]
    if not len(part):
        raise ValueError(
            explain(f"the measure {measure!r} has no share in any cell", todo="choose another measure")
        )
    columns = sorted(set(part[column_name]))
    unit = pick(language, zh="每千词", en="per 1,000 tokens")
    if len(columns) == 1:
        frame = _dots(part, row_name, ax, names, language)
        frame.set_xlabel(f"{unit}（{columns[0]}）" if language == "zh" else f"{unit} ({columns[0]})")
        set_heading(frame, _highest(part, row_name, measure, names, language))
        return frame
    frame = axes_of(ax, height=3.0)
    rows = in_order_of(names, part[row_name].astype(str))
    if len(rows) <= MOST_LINES:
        _lines(frame, part, row_name, column_name, rows, names)
    else:
        _many(frame, part, row_name, column_name, language)
    frame.set_ylabel(unit)
    frame.xaxis.set_major_locator(MaxNLocator(integer=True))
    frame.set_ylim(bottom=0)
    frame.grid(axis="y")
    set_heading(frame, _first_and_last(part, column_name, measure, language))
    return frame


def _dots(
    part: pd.DataFrame, row_name: str, ax: Axes | None, names: Mapping[str, str] | None, language: Language
) -> Axes:
    ordered = part.assign(_text=part[row_name].astype(str)).sort_values(
        ["share", "_text"], ascending=[False, True]
    )
    shown = ordered.head(MOST_DOTS)
    frame = axes_of(ax, height=0.8 + 0.19 * len(shown))
    positions = np.arange(len(shown))
    share, low, high = (
        1000 * shown[name].to_numpy(np.float64) for name in ("share", "share_low", "share_high")
    )
    furthest = float(np.nanmax([*share, *high[~np.isnan(high)]])) * 1.08
    frame.hlines(positions, low, np.where(np.isnan(high), furthest, high), color=GREY, linewidth=1.3)
    open_ends = np.flatnonzero(np.isnan(high))
    # An arrow where the interval has no upper end, so that the line is not taken for one that stops there.
    frame.plot(
        np.full(len(open_ends), furthest), positions[open_ends], ">", color=GREY, markersize=4, clip_on=False
    )
    frame.plot(share, positions, "o", color=BLUE, markersize=4)
    frame.set_yticks(positions, [shorten(name, length=16) for name in named(shown["_text"], names)])
    frame.set_ylim(len(shown) - 0.4, -0.6)
    frame.set_xlim(0, furthest)
    frame.grid(axis="x")
    say_shown(frame, total=len(ordered), shown=len(shown), language=language)
    return frame


def _lines(
    frame: Axes,
    part: pd.DataFrame,
    row_name: str,
    column_name: str,
    rows: list[str],
    names: Mapping[str, str] | None,
) -> None:
    for number, row in enumerate(rows):
        one = part.loc[part[row_name].astype(str) == row].sort_values(column_name)
        color, marker = CYCLE[number % len(CYCLE)], MARKERS[number % len(MARKERS)]
        share, low, high = (
            1000 * one[name].to_numpy(np.float64) for name in ("share", "share_low", "share_high")
        )
        years = one[column_name].to_numpy(np.float64)
        frame.plot(
            years, share, color=color, marker=marker, markersize=4, linewidth=1.2, label=named([row], names)[0]
        )
        frame.fill_between(
            years, low, np.where(np.isnan(high), share, high), color=color, alpha=0.12, linewidth=0
        )
    frame.legend(frameon=False, ncols=3)


def _many(frame: Axes, part: pd.DataFrame, row_name: str, column_name: str, language: Language) -> None:
    for _, one in part.groupby(row_name):
        ordered = one.sort_values(column_name)
        frame.plot(
            ordered[column_name].to_numpy(np.float64),
            1000 * ordered["share"],
            color=GREY,
            linewidth=0.4,
            alpha=0.5,
        )
    quarters = 1000 * part.groupby(column_name)["share"].quantile(np.array([0.25, 0.5, 0.75])).unstack()
    years = quarters.index.to_numpy(np.float64)
    band = pick(language, zh="四分位距", en="interquartile range")
    frame.fill_between(years, quarters[0.25], quarters[0.75], color=BLUE, alpha=0.25, linewidth=0, label=band)
    frame.plot(years, quarters[0.5], color=BLUE, linewidth=1.8, label=pick(language, zh="中位数", en="median"))
    single = pick(language, zh="各地区", en="single places")
    frame.plot([], [], color=GREY, linewidth=0.8, label=single)
    frame.legend(frameon=False, ncols=3)


def _highest(
    part: pd.DataFrame, row_name: str, measure: str, names: Mapping[str, str] | None, language: Language
) -> str:
    ordered = part.sort_values("share", ascending=False)
    first, last = ordered.iloc[0], ordered.iloc[-1]
    name = named([str(first[row_name])], names)[0]
    top = 1000 * float(first["share"])
    if len(part) == 1 or not float(last["share"]):
        return pick(
            language,
            zh=f"{measure}：最高每千词 {top:.1f}（{name}）",
            en=f"{measure}: most in {name}, {top:.1f} per 1,000",
        )
    times = float(first["share"]) / float(last["share"])
    return pick(
        language,
        zh=f"{measure}：最高每千词 {top:.1f}（{name}），约为最低的 {times:.1f} 倍",
        en=f"{measure}: most in {name}, {top:.1f} per 1,000, about {times:.1f} times the least",
    )


def _first_and_last(part: pd.DataFrame, column_name: str, measure: str, language: Language) -> str:
    middle = 1000 * part.groupby(column_name)["share"].median()
    years, values = list(middle.index), middle.to_numpy(np.float64)
    return pick(
        language,
        zh=f"{measure}：各地区中位数由 {years[0]} 年的每千词 {values[0]:.1f} 到 {years[-1]} 年的 {values[-1]:.1f}",
        en=f"{measure}: the median of places goes from {values[0]:.1f} per 1,000 in {years[0]} to {values[-1]:.1f} in {years[-1]}",
    )
