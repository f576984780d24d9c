"""Pinyin in brackets behind a character: 區(qū) → 區.

Reason: mirror sites put the reading behind characters that they have converted to traditional script; it cuts
words in two (依法治區(qū)委). Not touched: VR(虚拟现实), (xx), 村(居), English in brackets, and the gloss of an
author on a rare character, 亳(bó)州: such a character is written the same in both scripts, and the mirrors
annotate only characters that they have converted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..edits import Edit
from .script import converter

VERSION = 1
LETTERS = "a-züɑɡāáǎàēéěèêīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
ANNOTATED = re.compile(rf"([\u3400-\u9fff])((?:\([{LETTERS}]{{1,7}}\))+)")
LEAST_IN_SIMPLIFIED = 3
"""How many annotations a text must have before those behind simplified characters count as damage."""


@cache
def readings(sign: str) -> frozenset[str]:
    """Return the pinyin readings of a character, with tone marks and without.

    Examples
    --------
    >>> sorted(readings("會"))
    ['hui', 'huì', 'kuai', 'kuo', 'kuài', 'kuò']
    """
    from pypinyin.constants import PINYIN_DICT

    toned = [part for part in PINYIN_DICT.get(ord(sign), "").split(",") if part]
    return frozenset(toned) | frozenset(map(_without_tone, toned))


def _without_tone(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in parts if sign not in "\u0300\u0301\u0304\u030c")
    )


@cache
def is_reading(pinyin: str, *, sign: str) -> bool:
    """Tell whether pinyin (toned or toneless, v for ü, ɑ and ɡ for a and g) is a reading of a character.

    Examples
    --------
    >>> is_reading("qū", sign="區"), is_reading("qu", sign="區"), is_reading("xx", sign="區")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFC", pinyin).replace("ɑ", "a").replace("ɡ", "g")
    return plain in readings(sign) or plain.replace("v", "ü") in readings(sign)


@cache
def _scripts_differ(sign: str) -> str:
    """Say whether a character is the traditional or the simplified one of two forms, or has but one ("")."""
    if converter("t2s")(sign) != sign:
        return "traditional"
    return "simplified" if converter("s2t")(sign) != sign else ""


def find_annotations(text: str) -> list[Edit]:
    """Return the edits that take bracketed readings away.

    Parameters
    ----------
    text : str
        A text whose torn characters are repaired.

    Returns
    -------
    list of Edit
        One for each bracketed reading; 會(hui)(hui) gives two.

    Examples
    --------
    >>> find_annotations("深入學(xué)习VR(xx)")
    [Edit(start=3, end=8, after='', certainty='rule', note='學 xué', alternatives=())]
    >>> find_annotations("亳(bó)州市270個村(居)")
    []
    """
    found: list[tuple[Edit, str]] = []
    if "(" not in text:
        return []
    for match in ANNOTATED.finditer(text):
        kind = _scripts_differ(match[1])
        if not kind:
            continue
        place = match.end(1)
        for part in match[2][:-1].split(")"):
            if not is_reading(part[1:], sign=match[1]):
                break
            end = place + len(part) + 1
            found.append((Edit(place, end, "", note=f"{match[1]} {part[1:]}"), kind))
            place = end
    many = len(found) >= LEAST_IN_SIMPLIFIED
    return [edit for edit, kind in found if kind == "traditional" or many]
