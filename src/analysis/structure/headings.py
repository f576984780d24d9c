"""How headings are written: 一、 （一） 1. （1） 一是 第一， ——, and the lines around the text."""

from __future__ import annotations

import re

from ..zh.formulas import HEADING_NUMBERS, SERIES_NUMBER, UNNUMBERED_HEADING
from ..zh.marks import CLAUSE_ENDS, LINE_ENDS, PAUSES
from .pieces import Heading
from .section_kinds import classify_heading

LONGEST_LINE = 60
"""A numbered line up to this long, without a sentence after its first, is a heading alone on its line."""

_STOP = re.compile(rf"[{LINE_ENDS}]|\u3000|\s{{2,}}")
# Only for a paragraph's first words that run on past LONGEST_LINE without a stop: there a comma ends the heading.
_STOP_OR_COMMA = re.compile(rf"[{CLAUSE_ENDS}]|\u3000|\s{{2,}}")


def line_heading(line: str, *, offset: int) -> Heading | None:
    """Return the heading that a paragraph is or begins with, or None.

    Examples
    --------
    >>> line_heading("（一）深入贯彻落实", offset=0).number
    '（一）'
    """
    if UNNUMBERED_HEADING.match(line):
        return Heading(1, "", line, offset, offset + len(line), classify_heading(line), "line")
    for level, pattern in HEADING_NUMBERS:
        match = pattern.match(line)
        if match is None:
            continue
        number = match.group().strip()
        rest = line[match.end() :]
        stop = _STOP.search(rest)
        alone = len(line) <= LONGEST_LINE and (
            stop is None or stop.end() == len(rest) or rest[stop.start()] in "：:"
        )
        if not alone and (stop is None or stop.start() > LONGEST_LINE):
            stop = _STOP_OR_COMMA.search(rest)
            if stop is None or stop.start() > LONGEST_LINE:
                return None
        end = len(rest) if stop is None or (alone and rest[stop.start()] in "：:") else stop.start()
        text = rest[:end].rstrip(f"。 {PAUSES}").strip()
        if not text:
            return None
        return Heading(
            level,
            number,
            text,
            offset,
            offset + match.end() + end,
            classify_heading(text),
            "line" if alone and number[0] != "—" else "run_in",
        )
    return None


def run_in_headings(line: str, *, offset: int) -> list[Heading]:
    """Return the headings 一是, 二要, 第一， that stand inside a paragraph.

    A series has to begin: 二是 counts only after 一是 in the same paragraph or at its beginning.

    Examples
    --------
    >>> [heading.text for heading in run_in_headings("一是提高认识。二是压实责任，抓好落实。", offset=0)]
    ['提高认识', '压实责任']
    """
    found = []
    open_series = False
    for match in SERIES_NUMBER.finditer(line):
        number = match.group(1)
        open_series = open_series or number.lstrip("第")[0] == "一" or match.start(1) == 0
        if not open_series:
            continue
        rest = line[match.end() : match.end() + LONGEST_LINE]
        stop = _STOP_OR_COMMA.search(rest)
        text = rest[: stop.start()] if stop else rest
        if text.strip():
            found.append(
                Heading(
                    4,
                    number,
                    text.strip(),
                    offset + match.start(1),
                    offset + match.end() + len(text.rstrip()),
                    classify_heading(text),
                    "run_in",
                )
            )
    return found
