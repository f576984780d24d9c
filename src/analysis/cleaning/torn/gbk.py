"""The code page: which two bytes make which character of GBK, looked up from every side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from ...zh.marks import FULL_WIDTH

ALL_LEADS = bytes(range(0x81, 0xFF))
"""Every byte that can open a pair; 0x80 and 0xFF never do."""
FIRST_TRAIL = 0x40
"""The lowest byte that can close a pair: digits and most ASCII punctuation lie below and never look torn."""
LONE_EURO = 0x80
"""What Windows' version of GBK (code page 936) shows as € where it stands alone."""

_FULL_WIDTH_OFFSET = 0xFF01 - 0x21
_FOLD = {narrow + _FULL_WIDTH_OFFSET: narrow for narrow in range(0x21, 0x7F)}
_UNFOLD = str.maketrans(FULL_WIDTH)


@cache
def gbk_pairs() -> Mapping[bytes, str]:
    """Return the two bytes of every character that GBK assigns, and the character.

    Examples
    --------
    >>> gbk_pairs()[b"\\x85\\x5e"]
    '區'
    """
    found = {}
    for lead in ALL_LEADS:
        for trail in range(FIRST_TRAIL, 0xFF):
            pair = bytes((lead, trail))
            character = pair.decode("gbk", "ignore")
            # A few pairs decode to a character that is written with another pair: a page never holds them.
            if len(character) == 1 and character.encode("gbk") == pair:
                found[pair] = character
    return MappingProxyType(found)


@cache
def by_trail() -> Mapping[int, Mapping[int, str]]:
    """Return trail byte → lead byte → character."""
    table: dict[int, dict[int, str]] = {}
    for pair, character in gbk_pairs().items():
        table.setdefault(pair[1], {})[pair[0]] = character
    return table


@cache
def by_lead() -> Mapping[int, str]:
    """Return lead byte → its characters."""
    table: dict[int, str] = {}
    for pair, character in gbk_pairs().items():
        table[pair[0]] = table.get(pair[0], "") + character
    return table


@cache
def unassigned_pairs() -> Mapping[int, bytes]:
    """Return first byte → second bytes with which it makes a pair that shows as nothing.

    Only pairs of two lead bytes are listed. Inside a torn run both bytes come from whole characters, the first
    as a trail and the second as a lead, so a second byte below 0x81 cannot occur.
    """
    table = {}
    for first in ALL_LEADS:
        seconds = bytes(second for second in ALL_LEADS if bytes((first, second)) not in gbk_pairs())
        if seconds:
            table[first] = seconds
    return table


@lru_cache(maxsize=4096)
def page_bytes(character: str) -> bytes:
    """Return the pair of bytes that shows as this character; empty if none does.

    A half-width mark on a mirror page was full width before the fold, which has a pair. (A mark that was half
    width from the start has one byte and ends a torn run; the transitions try that as well.)

    Examples
    --------
    >>> page_bytes(",").hex(), page_bytes("區").hex(), page_bytes(" ")
    ('a3ac', '855e', b'')
    """
    if "!" <= character <= "~":
        # Through the table and not by adding 0x80: the pairs of ＄ and ～ do not stand in the row of the others.
        character = chr(ord(character) + _FULL_WIDTH_OFFSET)
    pair = character.encode("gbk", "ignore")
    return pair if len(pair) == 2 else b""


def fold_width(text: str) -> str:
    """Return the text with full-width forms of ASCII folded to half width, as the mirror sites do.

    Examples
    --------
    >>> fold_width("（一）依法行政，服務群眾。")
    '(一)依法行政,服務群眾。'
    """
    return text.translate(_FOLD)


def unfold_punctuation(text: str) -> str:
    """Return the text with the half-width punctuation that Chinese prose has in full width widened again.

    Digits, letters and % stay: official prose writes them in either width, and nothing on the page says which.

    Examples
    --------
    >>> unfold_punctuation("(一)依法行政,化解率99.6%")
    '（一）依法行政，化解率99.6%'
    """
    return text.translate(_UNFOLD)
