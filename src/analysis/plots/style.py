"""How figures look: one font, one width, colours that colour-blind readers can tell apart, two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..errors import check_choice, explain

Language = Literal["zh", "en"]
LANGUAGES = ("zh", "en")

WIDTH = 6.7
"""Width of a figure in inches: a page's text width."""

BLUE, ORANGE, GREEN, PURPLE, YELLOW, SKY, RED, BLACK = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#F0E442",
    "#56B4E9",
    "#D55E00",
    "#333333",
)
CYCLE = (BLUE, RED, GREEN, ORANGE, PURPLE, SKY, "#8C6D31", BLACK)
"""Okabe and Ito's colours (2008), which readers with any form of colour blindness can tell apart."""
GREY = "#8A8A8A"
SEQUENTIAL = "Blues"
DIVERGING = "PuOr_r"

FAMILY = "Noto Sans SC"

STYLE: Any = {
    "font.family": FAMILY,
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.labelsize": 8.5,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "figure.titlesize": 10.5,
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.titlelocation": "left",
    "axes.edgecolor": BLACK,
    "axes.labelcolor": BLACK,
    "text.color": BLACK,
    "xtick.color": BLACK,
    "ytick.color": BLACK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "axes.grid": False,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.5,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "savefig.bbox": None,
    "svg.fonttype": "path",
    "svg.hashsalt": "analysis",
    "path.simplify": True,
    "text.usetex": False,
    # Else the shaping of text follows the locale of the process, and a Chinese one draws other glyphs. Chinese in English
    # figures too, whose terms are Chinese.
    "text.language": "zh-cn",
    "text.antialiased": True,
    "image.composite_image": False,
}

Given = ParamSpec("Given")
Result = TypeVar("Result")


def in_style(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run a plotting function in the project's style, whatever the caller's settings are.

    Numbers of a table given first are rounded to 6 decimals, so that differences in the last bit between
    machines cannot move a pixel.
    """

    @wraps(function)
    def styled(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        register_font()
        given: list[Any] = list(args)
        if given and isinstance(given[0], pd.DataFrame):
            given[0] = given[0].round(6)
        language = kwargs.get("language")
        if language is not None:
            check_choice(str(language), LANGUAGES, name="language")
        with rc_context(STYLE):
            return function(*given, **kwargs)

    return styled


def axes_of(ax: Axes | None, *, height: float, width: float = WIDTH) -> Axes:
    """Return `ax`, or the Axes of a new figure of the given size in inches."""
    if ax is not None:
        return ax
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def panels(ax: Axes, *, count: int, columns: int, sharex: bool = False) -> list[Axes]:
    """Return `count` Axes laid out as small multiples instead of `ax`, which becomes an empty frame."""
    ax.set_axis_off()
    index = ax.get_subplotspec()
    if index is None:
        raise ValueError("small multiples need an Axes that stands in a grid, such as `figure.add_subplot()`")
    rows = -(-count // columns)
    grid = index.subgridspec(rows, columns)
    figure: Any = ax.figure
    made: list[Axes] = []
    for number in range(count):
        share = {"sharex": made[0]} if sharex and made else {}
        made.append(figure.add_subplot(grid[number // columns, number % columns], **share))
    return made


def set_heading(ax: Axes, text: str) -> None:
    """Write a line above the whole figure of `ax`, so that it keeps clear of the panels' own titles."""
    figure: Any = ax.figure
    figure.suptitle(text, x=0.01, ha="left")


def say_shown(ax: Axes, *, total: int, shown: int, language: str) -> None:
    """Say above the figure that only the first of many documents or units are shown, if so."""
    if total > shown:
        zh, en = f"共 {total} 项，显示前 {shown} 项", f"first {shown} of {total}"
        set_heading(ax, pick(language, zh=zh, en=en))


def pick(language: str, *, zh: str, en: str) -> str:
    """Return the wording in the language of the figure's labels."""
    check_choice(language, LANGUAGES, name="language")
    return zh if language == "zh" else en


def document_labels(docvars: pd.DataFrame, *, language: Language = "zh") -> dict[str, str]:
    """Return a short name for every document and for every unit of a split corpus.

    Parameters
    ----------
    docvars : DataFrame
        Document variables of any noun.
    language : {"zh", "en"}
        Which of the manifest's columns to use, `label` or `label_en`; a document without one keeps its id.

    Returns
    -------
    dict
        doc_id → name, and unit_id → name with the unit's section or number.

    Examples
    --------
    >>> docvars = pd.DataFrame({"doc_id": ["a", "b"], "label": ["区委讲话", ""]}, index=["a", "b#2"])
    >>> document_labels(docvars)
    {'a': '区委讲话', 'b': 'b', 'b#2': 'b #2'}
    """
    check_choice(language, LANGUAGES, name="language")
    column = "label" if language == "zh" else "label_en"
    labels = docvars[column] if column in docvars.columns else pd.Series("", index=docvars.index)
    sections = docvars["section"] if "section" in docvars.columns else pd.Series("", index=docvars.index)
    names: dict[str, str] = {}
    for unit_id, doc_id, label, section in zip(docvars.index, docvars["doc_id"], labels, sections, strict=True):
        name = label if isinstance(label, str) and label else str(doc_id)
        names[str(doc_id)] = name
        if str(unit_id) != str(doc_id):
            part = section if isinstance(section, str) and section else f"#{str(unit_id).rpartition('#')[2]}"
            names[str(unit_id)] = f"{name} {part}"
    return names


def named(ids: Any, names: Mapping[str, str] | None) -> list[str]:
    """Return the names of ids, or the ids where there is none."""
    return [str((names or {}).get(one, one)) for one in ids]


def in_order_of(names: Mapping[str, str] | None, ids: Any) -> list[str]:
    """Return distinct ids in the order of `names`, those without a name last."""
    present = [str(one) for one in dict.fromkeys(ids)]
    return list(dict.fromkeys([*[name for name in names or () if name in set(present)], *present]))


def font_path() -> Path:
    """Return the path of the font file, a static OpenType font under the SIL Open Font License."""
    from pylopdf_fonts_zh_cn import sans_path

    return Path(sans_path())


@cache
def register_font() -> str:
    """Make the font known to Matplotlib and return its family name."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_path()))
    return FAMILY


@cache
def _covered() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_path())).get_charmap())


def check_glyphs(texts: Iterable[str]) -> None:
    """Raise ValueError if the font lacks a character of `texts`: a box in a figure is an error.

    Examples
    --------
    >>> check_glyphs(["全面依法治区", "Rate per 1,000 tokens"])
    >>> check_glyphs(["\\ue000"])
    Traceback (most recent call last):
    ...
    ValueError: the figure font has no glyph for '\\ue000' (U+E000)
      where: '\\ue000'
      allowed: characters of Noto Sans SC
      next: clean the text first (clean_corpus), or take the term out of the table
    """
    covered = _covered()
    for text in texts:
        for character in text:
            if not character.isspace() and ord(character) not in covered:
                raise ValueError(
                    explain(
                        f"the figure font has no glyph for {character!r} (U+{ord(character):04X})",
                        where=repr(text[:60]),
                        allowed=f"characters of {FAMILY}",
                        todo="clean the text first (clean_corpus), or take the term out of the table",
                    )
                )
