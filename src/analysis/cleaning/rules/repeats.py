"""A title that stands again inside the body, and a text that the page holds twice.

Reason: a repeated text doubles every count. Not touched: a heading or slogan that comes back, paragraphs that
two sections share, a title that the first sentence quotes.
"""

from __future__ import annotations

import re

from ...zh.formulas import BODY_BEGINS
from ...zh.marks import NEVER_IN_TITLES
from ..edits import Edit

VERSION = 1
NEAR = 6
"""The title is looked for in this many lines behind itself. Further down a line like it is a heading or a slogan."""
UNTITLED = NEVER_IN_TITLES + "：:"
"""A first line that ends so is a sentence or a salutation; inside, a title may have a colon."""
LONG_TEXT = 150
"""A repeated run of paragraphs is a text held twice from this many characters on."""


def find_repeats(text: str) -> list[Edit]:
    r"""Return the edits that take away a repeated title, and the second of two copies of a text.

    A title is the first line, 8 to 100 characters without a full stop; blanks do not count in comparing. In
    front of a salutation or of a first heading it may be glued to it. A copy must begin as the text does, run
    to its end paragraph by paragraph (the last may be cut off) and hold 150 characters or more.

    Examples
    --------
    >>> from analysis.cleaning.edits import apply_edits
    >>> text = "在全区法治建设会议上的讲话\n在全区法治建设会议上 的讲话同志们：\n依法行政。"
    >>> apply_edits(text, edits=find_repeats(text))
    '在全区法治建设会议上的讲话\n同志们：\n依法行政。'
    """
    lines = [match.span() for match in re.finditer(r"[^\n]+", text) if not match[0].isspace()]
    if len(lines) < 2:
        return []
    # Together they would overlap where the second copy begins with the title; the next pass finds the other.
    edits = _second_title(text, lines[: NEAR + 1])
    return edits or _second_copy(text, lines)


def _bare(text: str) -> str:
    return re.sub(r"[\s　]+", "", text)


def _second_title(text: str, lines: list[tuple[int, int]]) -> list[Edit]:
    title = _bare(text[slice(*lines[0])])
    if not 8 <= len(title) <= 100 or title[-1] in UNTITLED:
        return []
    for start, end in lines[1:]:
        matched = _match_bare(text, start, end, title)
        if matched is None:
            continue
        if matched == end or not text[matched:end].strip():
            return [Edit(start, min(end + 1, len(text)), "", note="title again")]
        if BODY_BEGINS.match(text, matched, end):
            return [Edit(start, matched, "", note="title again, glued to the text")]
    return []


def _match_bare(text: str, start: int, end: int, title: str) -> int | None:
    """Return where the title ends if the line begins with it, blanks not counted."""
    index = start
    for character in title:
        while index < end and text[index].isspace():
            index += 1
        if index >= end or text[index] != character:
            return None
        index += 1
    return index


def _second_copy(text: str, lines: list[tuple[int, int]]) -> list[Edit]:
    parts = [_bare(text[start:end]) for start, end in lines]
    for first in (0, 1):  # the copy may leave out the title
        if first >= len(parts) or len(parts[first]) < 4:
            continue
        left = sum(map(len, parts[first:]))
        for again in range(first + 1, len(parts)):
            left -= len(parts[again - 1])  # what a copy from here on could hold
            if left < LONG_TEXT:
                break
            if parts[again] == parts[first] and _is_copy(parts, first, again):
                start = lines[again][0]
                return [Edit(text.rindex("\n", 0, start), len(text), "", note="the same text again")]
    return []


def _is_copy(parts: list[str], first: int, again: int) -> bool:
    """Return whether everything from `again` on repeats what begins at `first`."""
    size = len(parts) - again
    if size > again - first or size < 2:
        return False
    whole = all(parts[first + step] == parts[again + step] for step in range(size - 1))
    return whole and parts[first + size - 1].startswith(parts[-1])
