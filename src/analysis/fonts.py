"""The CJK font that every figure is set in: Noto Sans SC, from a package, never from the machine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .errors import explain

FAMILY = "Noto Sans SC"


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
        for sign in text:
            if not sign.isspace() and ord(sign) not in covered:
                raise ValueError(
                    explain(
                        f"the figure font has no glyph for {sign!r} (U+{ord(sign):04X})",
                        where=repr(text[:60]),
                        allowed=f"characters of {FAMILY}",
                        todo="clean the text first (clean_corpus), or take the term out of the table",
                    )
                )
