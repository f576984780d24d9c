"""Pieces that several plots share: horizontal bars, a heat map with its numbers, labels that keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from .style import BLACK, BLUE, SEQUENTIAL

MOST_COLUMN_LABELS = 24
"""Of more columns every second, third … label is written, so that labels keep apart."""

Numbers = npt.NDArray[np.float64]


def draw_bars(ax: Axes, *, labels: Sequence[str], values: Sequence[float], color: str = BLUE) -> None:
    """Draw horizontal bars from the top down, each with its label at the left."""
    indices = np.arange(len(labels))
    ax.barh(indices, list(values), height=0.72, color=color)
    ax.set_yticks(indices, list(labels))
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.margins(x=0.02)


def draw_heatmap(
    ax: Axes,
    *,
    cells: Numbers,
    rows: Sequence[str],
    columns: Sequence[str],
    unit: str,
    decimals: int | None = 2,
    cmap: str = SEQUENTIAL,
    limits: tuple[float, float] | None = None,
    rotate: bool = False,
) -> None:
    """Draw a heat map with a colour bar and, unless `decimals` is None, the number in every filled cell."""
    low, high = limits or (0.0, float(np.nanmax(cells)) if cells.size and np.isfinite(cells).any() else 1.0)
    norm = Normalize(low, high if high > low else low + 1.0)
    image = ax.imshow(np.ma.masked_invalid(cells), cmap=cmap, norm=norm, aspect="auto", interpolation="nearest")
    every = -(-len(columns) // MOST_COLUMN_LABELS) or 1
    ax.set_xticks(np.arange(0, len(columns), every), list(columns)[::every])
    ax.set_yticks(np.arange(len(rows)), list(rows))
    if rotate:
        for label in ax.get_xticklabels():
            label.set(rotation=45, ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks(np.arange(-0.5, len(columns)), minor=True)
    ax.set_yticks(np.arange(-0.5, len(rows)), minor=True)
    ax.grid(which="minor", color="white", linewidth=1)
    ax.tick_params(which="minor", length=0)
    figure: Any = ax.figure
    bar = figure.colorbar(image, ax=ax, shrink=0.8, pad=0.015, aspect=30)
    bar.set_label(unit)
    bar.outline.set_visible(False)
    if decimals is None:
        return
    for row, column in zip(*np.nonzero(np.isfinite(cells) & (cells != 0)), strict=True):
        value = float(cells[row, column])
        dark = abs(norm(value)) > 0.5
        ax.text(
            column,
            row,
            f"{value:.{decimals}f}",
            ha="center",
            va="center",
            fontsize=6.5,
            color="white" if dark else BLACK,
        )


def draw_labels(
    ax: Axes,
    *,
    x: Sequence[float],
    y: Sequence[float],
    labels: Sequence[str],
    size: float = 7.5,
    certain: int = 0,
) -> None:
    """Write labels beside points so that they overlap neither each other nor the points.

    Labels are placed one by one, in the order given, at the first of eight positions round the point that is
    free; one that finds no free position is left out, so give the important ones first. The first `certain` ones
    may cover points where there is no other way, and are always written.
    """
    figure: Any = ax.figure
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    to_pixels = ax.transData.transform
    points = (
        to_pixels(np.column_stack([np.asarray(x, float), np.asarray(y, float)]))
        if len(labels)
        else np.zeros((0, 2))
    )
    # To an eighth of a pixel: whether two boxes touch must not hang on the last bit of a logarithm.
    points = np.round(8 * points) / 8
    inside = ax.get_window_extent(renderer)
    taken: list[tuple[float, float, float, float]] = []
    gap = 4 * figure.dpi / 72
    for number, ((px, py), label) in enumerate(zip(points, labels, strict=True)):
        probe = ax.text(0, 0, label, fontsize=size)
        extent = probe.get_window_extent(renderer)
        probe.remove()
        w, h = (float(np.round(8 * side) / 8) for side in (extent.width, extent.height))
        best: tuple[int, tuple[float, float, float, float], tuple[int, int]] | None = None
        for dx, dy in (
            (gap, -h / 2), (-gap - w, -h / 2), (-w / 2, gap), (-w / 2, -gap - h),
            (gap, gap), (-gap - w, gap), (gap, -gap - h), (-gap - w, -gap - h),
        ):  # fmt: skip
            box = (px + dx, py + dy, px + dx + w, py + dy + h)
            out = box[0] < inside.x0 or box[1] < inside.y0 or box[2] > inside.x1 or box[3] > inside.y1
            hits = sum(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
            covered = int(
                (
                    (points[:, 0] > box[0])
                    & (points[:, 0] < box[2])
                    & (points[:, 1] > box[1])
                    & (points[:, 1] < box[3])
                ).sum()
            )
            cost = 1000 * (hits + out) + covered
            if best is None or cost < best[0]:
                best = (cost, box, (int(dx > 0) - int(dx + w < 0), int(dy > 0) - int(dy + h < 0)))
        if best is not None and (best[0] == 0 or number < certain):
            across, up = best[2]
            # Beside the point by its own alignment, and not at the corner that was measured: the layout may still move.
            ax.annotate(
                label,
                (float(x[number]), float(y[number])),
                xytext=(4 * across, 4 * up),
                textcoords="offset points",
                fontsize=size,
                ha=("center", "left", "right")[across],
                va=("center", "bottom", "top")[up],
            ).set_in_layout(False)
            taken.append(best[1])


def shorten(text: str, *, length: int = 14) -> str:
    """Return a text cut to `length` characters, the cut marked by an ellipsis.

    Examples
    --------
    >>> shorten("党政主要负责人履行推进法治建设第一责任人职责", length=9)
    '党政主要负责人履…'
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"
