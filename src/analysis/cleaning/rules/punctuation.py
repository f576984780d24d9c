"""Half-width → full-width punctuation in Chinese context.

Reason: a mirror folds ，：；？！（） to half width, and the same sentence then counts as another one. Not touched:
punctuation between Latin letters or digits (99.6%, 8:30, 1,119, 2.0版, “1+3+N”, 1-20日, VR), inside web
addresses, and every mark that is full width already.
"""

from __future__ import annotations

import re

from ...zh.characters import HANZI
from ...zh.marks import CHINESE_MARKS, FULL_WIDTH, STOPS
from ...zh.pinyin import LETTERS
from ..edits import Edit

VERSION = 2
IS_CHINESE = re.compile(f"[{HANZI}{CHINESE_MARKS}]")
# The space goes only before Chinese: before a digit or letter it may part a list of codes.
MARK = re.compile(rf"[,:;?!](?: {{1,2}}(?=[{HANZI}“《（]))?")
"""A mark, with the space behind it that half-width typing puts there."""
BRACKET = re.compile("[()]")
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII | re.IGNORECASE)
TORN = re.compile(rf"\?[{STOPS}“”]|\?[{LETTERS}]{{1,6}}\)|[A-Z^]\([{LETTERS}]{{1,6}}\)")
"""What torn characters look like; they are left for a reader to see as they are."""


def find_punctuation(text: str) -> list[Edit]:
    """Return the edits that make punctuation full width where its neighbours are Chinese.

    `,:;?!` change if the character before or after is Chinese and they do not stand between two letters or
    digits; a pair of brackets changes if it holds Chinese or follows Chinese.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Edit
        One a mark.

    Examples
    --------
    >>> from analysis.cleaning.plan import apply_edits
    >>> text = "同志们:化解率99.6%,8:30(周一)开会,VR(virtual reality)2.0版"
    >>> apply_edits(text, edits=find_punctuation(text))
    '同志们：化解率99.6%，8:30（周一）开会，VR(virtual reality)2.0版'
    """
    if not MARK.search(text) and not BRACKET.search(text):
        return []
    kept = _protected(text)
    edits = [
        Edit(index, match.end(), FULL_WIDTH[text[index]])
        for match in MARK.finditer(text)
        if not kept[index := match.start()] and _in_chinese(text, index)
    ]
    edits += [
        Edit(index, index + 1, FULL_WIDTH[text[index]])
        for pair in _pairs(text)
        if _brackets_chinese(text, *pair)
        for index in pair
        if text[index] in FULL_WIDTH and not kept[index]
    ]
    return sorted(edits, key=lambda edit: edit.start)


def _protected(text: str) -> bytearray:
    kept = bytearray(len(text))
    for pattern in (ADDRESS, TORN):
        for match in pattern.finditer(text):
            kept[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return kept


def _neighbour(text: str, index: int, step: int) -> str:
    """Return the nearest character on that side on the same line, over at most two spaces and any brackets."""
    for _ in range(4):
        index += step
        if not 0 <= index < len(text) or text[index] == "\n":
            return ""
        if text[index] not in " ()":
            return text[index]
    return ""


def _in_chinese(text: str, index: int) -> bool:
    before, after = _neighbour(text, index, -1), _neighbour(text, index, 1)
    # 99.6%,8:30 is a list of figures, 化解率99.6%,同比… a clause: the words before the figure decide.
    if text[index] == "," and before == "%" and text[index - 1] == "%":
        return bool(IS_CHINESE.search(text[max(0, index - 12) : index]))
    return bool(IS_CHINESE.match(before) or IS_CHINESE.match(after))


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the positions of brackets that belong together, on one line."""
    open_brackets: list[int] = []
    pairs = []
    for match in re.finditer(r"[()（）\n]", text):
        bracket = match[0]
        if bracket == "\n":  # a bracket that its line does not close is a smiley, a list 1) or damage
            open_brackets.clear()
        elif bracket in "(（":
            open_brackets.append(match.start())
        elif open_brackets:
            pairs.append((open_brackets.pop(), match.start()))
    return [pair for pair in pairs if text[pair[0]] == "(" or text[pair[1]] == ")"]


def _brackets_chinese(text: str, left: int, right: int) -> bool:
    if text[left] + text[right] != "()":
        return True
    inside = text[left + 1 : right]
    if IS_CHINESE.search(inside[:200]):
        return True
    before = text[left - 1] if left else ""
    return bool(inside.strip() and before and IS_CHINESE.match(before))
