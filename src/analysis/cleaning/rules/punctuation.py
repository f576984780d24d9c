"""Half-width → full-width punctuation in Chinese context.

Reason: a mirror folds ，：；？！（） to half width, and the same sentence then counts as another one. Not touched:
punctuation between Latin letters or digits (99.6%, 8:30, 1,119, 2.0版, “1+3+N”, 1-20日, VR), inside web
addresses, and every sign that is full width already.
"""

from __future__ import annotations

import re

from ..edits import Edit

VERSION = 1
FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
CHINESE = r"\u3400-\u9fff\uf900-\ufaff〇\u3001-\u3003\u3008-\u3011\u3014-\u301b“”‘’…—，：；？！（）％"
IS_CHINESE = re.compile(f"[{CHINESE}]")
SIGN = re.compile(r"[,:;?!](?: {1,2}(?=[\u3400-\u9fff“《（]))?")
"""A sign, with the space behind it that half-width typing puts there."""
BRACKET = re.compile("[()]")
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII | re.IGNORECASE)
TORN = re.compile(r"\?[。，、“”！：；,!?]|\?[a-zà-ǜ]{1,6}\)|[A-Z^]\([a-zà-ǜ]{1,6}\)")
"""What torn characters look like; such places are left for a reader to see as they are."""


def find_punctuation(text: str) -> list[Edit]:
    """Return the edits that make punctuation full width where its neighbours are Chinese.

    `,:;?!` change if the sign before or after is Chinese and they do not stand between two letters or
    digits; a pair of brackets changes if it holds Chinese or follows Chinese.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Edit
        One a sign.

    Examples
    --------
    >>> from analysis.cleaning.plan import apply_edits
    >>> text = "同志们:化解率99.6%,8:30(周一)开会,VR(virtual reality)2.0版"
    >>> apply_edits(text, edits=find_punctuation(text))
    '同志们：化解率99.6%，8:30（周一）开会，VR(virtual reality)2.0版'
    """
    if not SIGN.search(text) and not BRACKET.search(text):
        return []
    kept = _protected(text)
    edits = [
        Edit(place, match.end(), FULL[text[place]])
        for match in SIGN.finditer(text)
        if not kept[place := match.start()] and _in_chinese(text, place)
    ]
    edits += [
        Edit(place, place + 1, FULL[text[place]])
        for pair in _pairs(text)
        if _brackets_chinese(text, *pair)
        for place in pair
        if text[place] in FULL and not kept[place]
    ]
    return sorted(edits, key=lambda edit: edit.start)


def _protected(text: str) -> bytearray:
    kept = bytearray(len(text))
    for pattern in (ADDRESS, TORN):
        for match in pattern.finditer(text):
            kept[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return kept


def _neighbour(text: str, place: int, step: int) -> str:
    """Return the nearest sign on that side on the same line, over at most two spaces and any brackets."""
    for _ in range(4):
        place += step
        if not 0 <= place < len(text) or text[place] == "\n":
            return ""
        if text[place] not in " ()":
            return text[place]
    return ""


def _in_chinese(text: str, place: int) -> bool:
    before, after = _neighbour(text, place, -1), _neighbour(text, place, 1)
    if text[place] == "," and before == "%" and text[place - 1] == "%":
        return bool(IS_CHINESE.search(text[max(0, place - 12) : place]))
    return bool(IS_CHINESE.match(before) or IS_CHINESE.match(after))


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, on one line."""
    open_places: list[int] = []
    pairs = []
    for match in re.finditer(r"[()（）\n]", text):
        sign = match[0]
        if sign == "\n":
            open_places.clear()
        elif sign in "(（":
            open_places.append(match.start())
        elif open_places:
            pairs.append((open_places.pop(), match.start()))
    return [pair for pair in pairs if text[pair[0]] == "(" or text[pair[1]] == ")"]


def _brackets_chinese(text: str, left: int, right: int) -> bool:
    if text[left] + text[right] != "()":
        return True
    inside = text[left + 1 : right]
    if IS_CHINESE.search(inside[:200]):
        return True
    before = text[left - 1] if left else ""
    return bool(inside.strip() and before and IS_CHINESE.match(before))
