"""Headings that run on inside a paragraph, found again by their numbers 一、（一）二、… and put on lines of their own.

Reason: in a text that has lost its full stops the headings have lost their line ends too, and some their opening
bracket (二) for （二）. The numbers run on, so they can be trusted: only the next number of a level counts. No word
is added. Not touched: a text with full stops, 统一、规范 and other words in 一, a number out of sequence, and
the text of the heading (where it ends is a question of sentence ends).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...zh.characters import is_hanzi
from ...zh.formulas import GLUED_SALUTATION, RUN_ON_CLOSING, RUN_ON_NUMBER, WORDS_WITH_ONE
from ...zh.marks import LINE_ENDS
from ...zh.numerals import DIGITS, ordinal
from ..edits import Edit
from .sentence_ends import lost_full_stops

VERSION = 1
INDENT = 8
"""A heading may stand this far in from the beginning of its line."""


def find_headings(text: str) -> list[Edit]:
    r"""Return the edits that put headings, salutation and closing address on lines of their own.

    In a text that has lost its full stops, each heading gets a line end before it, the paragraph before it a
    full stop, and a number its opening bracket if it has lost it. In any text, a line that begins with 二) gets
    its bracket if （一） went before.

    Examples
    --------
    >>> from analysis.cleaning.edits import apply_edits
    >>> text = "同志们：我讲三点意见一、统一、规范思想（一）提高站位" + "依法行政，" * 120 + "保障到位二）压实责任"
    >>> done = apply_edits(text, edits=find_headings(text))
    >>> done.replace("依法行政，" * 120, "……")
    '同志们：\n我讲三点意见。\n一、统一、规范思想\n（一）提高站位……保障到位。\n（二）压实责任'
    """
    lost = lost_full_stops(text)
    edits = _salutation(text) if lost else []
    edits += [
        edit for number in _running_numbers(text, lost=lost) for edit in _own_line(text, number, lost=lost)
    ]
    if lost:
        edits += [
            Edit(match.start(), match.start(), "。\n", "inferred", "closing address")
            for match in RUN_ON_CLOSING.finditer(text)
        ]
    return sorted(edits, key=lambda edit: edit.start)


@dataclass(frozen=True)
class _RunningNumber:
    """The number of a heading: where it stands, what it has lost, and where the heading before it began."""

    start: int
    previous: int
    missing: str
    at_line_start: bool
    opens_list: bool


def _running_numbers(text: str, *, lost: bool) -> Iterator[_RunningNumber]:
    """Yield the numbers of headings: of those of each level only the next in sequence."""
    high = low = 0
    previous = -1
    for match in RUN_ON_NUMBER.finditer(text):
        at_line_start = text[max(0, match.start() - INDENT) : match.start()].rstrip(" 　")[-1:] in ("", "\n")
        if match["first"]:
            if ordinal(match["first"]) != high + 1 or not _is_first_level(text, match, at_line_start):
                continue
            high, low = high + 1, 0
        else:
            if ordinal(match["second"]) != low + 1:
                continue
            # 二) alone is trusted where （一） went before and either a line begins or line ends are lost
            if not match["left"] and (low == 0 or not (at_line_start or lost)):
                continue
            low += 1
        missing = "" if match["first"] or match["left"] else "（"
        yield _RunningNumber(match.start(), previous, missing, at_line_start, opens_list=low == 1)
        previous = match.start()


def _own_line(text: str, number: _RunningNumber, *, lost: bool) -> list[Edit]:
    """Return the edit that puts a heading on its own line, or gives its number the bracket; none if it has both."""
    start = number.start
    if lost and not number.at_line_start:
        # （一） directly below 一、: what stands between is the upper heading, which takes no full stop
        ends_heading = number.opens_list and "。" not in text[number.previous : start]
        stop = "" if ends_heading or text[start - 1] in LINE_ENDS else "。"
        return [Edit(start, start, f"{stop}\n{number.missing}", "inferred", "heading, by its number")]
    if number.missing:
        return [Edit(start, start, number.missing, "inferred", "bracket, by the number")]
    return []


def _is_first_level(text: str, match: re.Match[str], at_line_start: bool) -> bool:
    """Return True where 一、 is a heading's number and not part of a word or of a list of numbers."""
    following = text[match.end() : match.end() + 1]
    if not is_hanzi(following):
        return False
    return at_line_start or text[match.start() - 1] not in WORDS_WITH_ONE + DIGITS + "、（("


def _salutation(text: str) -> list[Edit]:
    match = GLUED_SALUTATION.search(text)
    # Further down, 同志们： introduces a quotation or is the closing address.
    if match is None or text.count("\n", 0, match.start()) > 4:
        return []
    return [Edit(match.end(), match.end(), "\n", "inferred", "salutation")]
