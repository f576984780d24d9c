"""What a Chinese character is, and the two widths in which digits and letters are written."""

from __future__ import annotations

import re

# Why not the block everybody writes, [\u4e00-\u9fff]: it misses characters that occur in names of persons and
# places (㙦 in 㙦头村 is U+3666; 𬭊, a chemical element, is U+2CB4A), and 〇 in 二〇二五. Why not [一-龥] either: it
# is Unicode 1.1 and ends before 龦, in the middle of the block. Why not \p{Han}: `re` has no properties, and
# Han takes in Kangxi radicals (⼈), which are no characters of a text but what a PDF converter has left.
HANZI = (
    "\u3007"  # 〇: a letter-number for Unicode, a character for everybody who writes 二〇二五
    "\u3400-\u4dbf"  # extension A; what follows it up to \u4dff are the hexagrams ䷀…䷿, which are no characters
    "\u4e00-\u9fff"  # the main block: all of GB 2312, GBK and Big5
    "\uf900-\ufaff"  # compatibility ideographs, which old code pages and PDF files leave (U+F9DB for 率)
    "\U00020000-\U0003ffff"  # planes 2 and 3, with what they will still be given: names and place names
)
"""Every Chinese character, for use inside a regular expression's brackets."""

# A second name, because the question is another one: not "is it Chinese?" but "can these bytes be it?". A page
# that was torn as GBK or Big5 can hold no other character, and to ask for more would let guesses in that no
# encoding of the time could have written.
LEGACY_FIRST, LEGACY_LAST = "\u4e00", "\u9fa5"
LEGACY_HANZI = f"{LEGACY_FIRST}-{LEGACY_LAST}"
"""The 20,902 characters of GBK and Unicode 1.1, to which the old code pages are confined."""

# Full-width digits and letters are common in print and in pages pasted from it (２０２４年, ＧＤＰ); both widths
# are one digit to a reader. Only these are listed: \d would also take Arabic-Indic and mathematical digits.
DIGIT = "0-9０-９"
"""A digit in either width, for use inside a regular expression's brackets."""
LETTER = "A-Za-zＡ-Ｚａ-ｚ"
"""A Latin letter in either width, for use inside a regular expression's brackets."""

WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
"""Digits from half to full width, for `str.translate`."""

# Point and percent sign belong to the number, so they are folded with it. The comma is not: １，０００ and
# 增长１４％，下降… have the same comma, and only the number's own pattern can tell them apart.
_NARROW_NUMBERS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")

_HANZI = re.compile(f"[{HANZI}]")
_LEGACY = re.compile(f"[{LEGACY_HANZI}]")


def is_hanzi(character: str) -> bool:
    """Return whether a single character is Chinese; marks, digits and letters are not.

    Examples
    --------
    >>> [is_hanzi(character) for character in "法〇㙦，①⼈A"]
    [True, True, True, False, False, False, False]
    """
    return _HANZI.fullmatch(character) is not None


def is_legacy_hanzi(character: str) -> bool:
    """Return whether a single character is one that GBK can hold: what the bytes of an old page may have been.

    Examples
    --------
    >>> is_legacy_hanzi("区"), is_legacy_hanzi("区區"), is_legacy_hanzi("㙦"), is_legacy_hanzi("〇")
    (True, False, False, False)
    """
    return _LEGACY.fullmatch(character) is not None


def has_chinese(text: str) -> bool:
    """Return whether a text has a Chinese character.

    Examples
    --------
    >>> has_chinese("VR 法"), has_chinese("rule of law"), has_chinese("，。")
    (True, False, False)
    """
    return _HANZI.search(text) is not None


def count_hanzi(text: str) -> int:
    """Return how many Chinese characters a text has.

    Examples
    --------
    >>> count_hanzi("化解率99.6%，VR")
    3
    """
    return len(_HANZI.findall(text))


def narrow_numbers(text: str) -> str:
    """Return the text with full-width digits, points and percent signs in half width; positions stay the same.

    Examples
    --------
    >>> narrow_numbers("增长１４．７％，")
    '增长14.7%，'
    """
    return text.translate(_NARROW_NUMBERS)
