"""Pinyin that mirror sites insert after characters (interlinear readings, ruby), whole and torn.

An insertion that tears two characters is also the best evidence of what they were: `?qū)` can only be a 區 or a
驅 that lost its first byte to the character before and its second to the bracket.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...zh.characters import LEGACY_HANZI
from ...zh.pinyin import LETTERS, is_reading
from .gbk import by_lead
from .mirror_script import simplify
from .official_prose import load_model
from .weights import ANNOTATED_LEAST

BRACKETED = re.compile(rf"\(([{LETTERS}]{{1,6}})\)")
"""A reading in whole brackets. Six letters, since zhuāng and chuáng are the longest."""
SWALLOWED = re.compile(rf"([{LETTERS}]{{1,6}})\)")
"""What is left of a bracketed reading after a `?`, which has swallowed its opening bracket."""
ANNOTATED = re.compile(rf"([{LEGACY_HANZI}])\(([{LETTERS}]{{1,6}})\)")
"""A whole character with its reading: one entry of the page's own table."""


def without_readings(text: str) -> str:
    """Return the text without readings in whole brackets; torn ones stay.

    Examples
    --------
    >>> without_readings("領(lǐng)域?qū)嵤")
    '領域?qū)嵤'
    """
    return BRACKETED.sub("", text)


def page_annotations(page: str) -> dict[str, str]:
    """Return which characters this page annotates, and with which reading.

    Examples
    --------
    >>> page_annotations("領(lǐng)域?qū)嵤┌殡S式監(jiān)督")
    {'領': 'lǐng', '監': 'jiān'}
    """
    return {found[1]: found[2] for found in ANNOTATED.finditer(page)}


def is_annotated(character: str, *, reading: str) -> bool:
    """Return whether a mirror site may write this reading after the character.

    Only common characters that the conversion to traditional script has changed are given a reading.

    Examples
    --------
    >>> is_annotated("驅", reading="qū"), is_annotated("屈", reading="qū")
    (True, False)
    """
    simple = simplify(character)
    return (
        simple != character
        and is_reading(character, reading=reading)
        and load_model().single(simple) > ANNOTATED_LEAST
    )


@lru_cache(maxsize=4096)
def annotated_with_lead(lead: int, reading: str) -> str:
    """Return the characters that begin with this byte and may be given this reading.

    Examples
    --------
    >>> annotated_with_lead(0x85, "qū")
    '區'
    """
    return "".join(
        character for character in by_lead().get(lead, "") if is_annotated(character, reading=reading)
    )
