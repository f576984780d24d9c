"""Pinyin in brackets behind a character: 區(qū) → 區.

Reason: mirror sites put the reading behind characters that they have converted to traditional script; it cuts
words in two (依法治區(qū)委). Not touched: VR(虚拟现实), (xx), 村(居), English in brackets, and the gloss of an
author on a rare character, 亳(bó)州: such a character is written the same in both scripts, and the mirrors
annotate only characters that they have converted.
"""

from __future__ import annotations

import re
from functools import cache

from ...zh.characters import HANZI
from ...zh.pinyin import PRINTED_LETTERS, is_reading
from ..edits import Edit
from .script import converter

VERSION = 1
# At most seven letters: zhuāng has six, and one may be doubled by a combining tone mark. Half-width brackets only:
# mirrors write these, while the full-width ones of an author (亳（bó）州) belong to the text.
ANNOTATED = re.compile(rf"([{HANZI}])((?:\([{PRINTED_LETTERS}]{{1,7}}\))+)")
LEAST_IN_SIMPLIFIED = 3
"""How many annotations a text must have before those behind simplified characters count as damage."""


@cache
def _scripts_differ(character: str) -> str:
    """Return "traditional" or "simplified" for one of two forms of a character, "" for one with a single form."""
    if converter("t2s")(character) != character:
        return "traditional"
    return "simplified" if converter("s2t")(character) != character else ""


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
        if not kind:  # one form in both scripts: an author may gloss it, a mirror had nothing to convert
            continue
        end_of_last = match.end(1)
        for part in match[2][:-1].split(")"):
            if not is_reading(match[1], reading=part[1:]):
                break
            end = end_of_last + len(part) + 1
            found.append((Edit(end_of_last, end, "", note=f"{match[1]} {part[1:]}"), kind))
            end_of_last = end
    # A converted page that was converted back has its readings behind simplified characters. One or two such
    # may be an author's gloss; three are a machine's work.
    many = len(found) >= LEAST_IN_SIMPLIFIED
    return [edit for edit, kind in found if kind == "traditional" or many]
