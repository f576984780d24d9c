"""Readings of characters: what a bracketed pinyin is, and whether it is one of its character."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

LETTERS = "a-zêüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
"""Letters of toned pinyin, for use inside a regular expression's brackets."""
# ɑ (U+0251) and ɡ (U+0261) are the handwritten shapes that phonetic fonts use; pages have them for a and g. They are
# no letters of pinyin and so not in LETTERS: the search for lost bytes must not guess them.
PRINTED_LETTERS = LETTERS + "ɑɡ"
"""Letters of pinyin as pages print it."""
_ORDINARY = str.maketrans("ɑɡ", "ag")
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
"""The letters that carry a tone mark."""


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


@lru_cache(maxsize=65536)
def readings_of(character: str) -> tuple[str, ...]:
    """Return all toned readings of a character, the commonest first; empty if none is known.

    Examples
    --------
    >>> readings_of("區")[:2]
    ('qū', 'ōu')
    >>> readings_of("A")
    ()
    """
    return tuple(filter(None, _dictionary().get(ord(character), "").split(","))) if len(character) == 1 else ()


def without_tone(reading: str) -> str:
    """Return the reading without its tone mark; ü stays ü.

    Examples
    --------
    >>> without_tone("lǜ"), without_tone("shè")
    ('lü', 'she')
    """
    letters = unicodedata.normalize("NFD", reading)
    kept = "".join(letter for letter in letters if letter == "\u0308" or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept)


def is_reading(character: str, *, reading: str) -> bool:
    """Return whether `reading` is a reading of `character`; one without a tone mark may stand for any tone.

    v stands for ü, as on a keyboard, and ɑ and ɡ for a and g.

    Parameters
    ----------
    character : str
        One character, simplified or traditional.
    reading : str
        Pinyin, lower case.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_reading("學", reading="xué"), is_reading("會", reading="hui"), is_reading("學", reading="shè")
    (True, True, False)
    """
    known = readings_of(character)
    if reading in known:
        return True
    plain = unicodedata.normalize("NFC", reading).translate(_ORDINARY).replace("v", "ü")
    if plain in known:
        return True
    if any(letter in TONED for letter in plain):
        return False
    return any(without_tone(one) == plain for one in known)
