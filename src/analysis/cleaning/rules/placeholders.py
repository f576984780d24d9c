"""What is recognised and deliberately left: placeholders, and a text that seems cut off.

Reason: XX市, 20xx年 and 王** are what the source chose to publish. They are data; inventing a name for them, or
deleting them, would falsify it. But a reader should know that they are there. These two rules change nothing.
"""

from __future__ import annotations

import re

from ...zh.characters import HANZI, is_hanzi
from ...zh.marks import OPENERS, PAUSES
from ..edits import Edit

PLACEHOLDERS_VERSION = 1
CUT_OFF_VERSION = 2
# XX市 but not VR; 20xx年; 3××号 but not 3×4; 王** behind a surname; 〇〇省 but not
# one 〇, a numeral; a row of dots only where a unit or a date follows, else it is an ellipsis.
PLACEHOLDER = re.compile(
    rf"(?<![A-Za-z])(?:[Xx×Ｘｘ]{{2,6}}|[Xx×Ｘｘ](?=[省市区县镇乡村年月]))(?![A-Za-z])|(?:19|20)[Xx×Ｘｘ]{{2}}|\d{{1,4}}[×Ｘｘ]{{1,3}}(?=[{HANZI}])"
    rf"|(?<=[{HANZI}“（])[*＊]{{1,6}}|[*＊]{{1,6}}(?=[{HANZI}])|[〇○]{{2,6}}(?=[省市区县镇乡村])|[□■▇]{{1,6}}|_{{3,}}|(?<!\.)\.{{6,}}+(?=[省市区县年月])"
)
# Asked first, because most pages have none and the pattern above is slow.
ANY = re.compile(r"[Xx×Ｘｘ*＊□■▇_○]|〇〇|\.{6}")
LONG = 40
"""A last line of so many characters is prose: without a stop at its end it is cut off. Shorter ones are signatures."""
UNFINISHED = PAUSES + OPENERS
"""What no text ends with."""


def find_placeholders(text: str) -> list[Edit]:
    """Return the positions where the source left something out on purpose; none of them is changed.

    Examples
    --------
    >>> text = "《纲要（20xx-20xx年）》；XX市王**；VR、1×2"
    >>> [text[edit.start:edit.end] for edit in find_placeholders(text)]
    ['20xx', '20xx', 'XX', '**']
    """
    if not ANY.search(text):
        return []
    return [
        Edit(*match.span(), match[0], "unresolved", "placeholder: kept, it is data")
        for match in PLACEHOLDER.finditer(text)
    ]


def find_cut_off(text: str) -> list[Edit]:
    """Return the end of a text that stops in the middle of a sentence, as one edit that changes nothing.

    Examples
    --------
    >>> [edit.note for edit in find_cut_off("同志们：推进依法行政，")]
    ['the text seems cut off here']
    >>> find_cut_off("谢谢大家！")
    []
    """
    body = text.rstrip()
    line = body[body.rfind("\n") + 1 :]
    if body and (body[-1] in UNFINISHED or (len(line) >= LONG and is_hanzi(body[-1]))):
        return [Edit(len(body) - 1, len(body), body[-1], "unresolved", "the text seems cut off here")]
    return []
