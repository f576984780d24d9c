"""How headings are written: 一、 （一） 1. （1） 一是 第一， ——, and the lines around the text."""

from __future__ import annotations

import re

from .pieces import Heading
from .section_kinds import classify_heading

_HAN = "一二三四五六七八九十"
LONGEST_LINE = 60
"""A numbered line up to this long, without a sentence after its first, is a heading alone on its line."""

_AT_LINE_START: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(words))
    for level, words in (
        (1, rf"[{_HAN}]{{1,3}}、(?![{_HAN}]+、|[{_HAN}]?产业)\s*"),
        (1, rf"第[{_HAN}]{{1,3}}(?:部分|章|篇)[\s：:，、]*"),
        (2, rf"[（(〔][{_HAN}]{{1,3}}[）)〕][、，\s]*"),
        (3, r"[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|、(?![0-9０-９]))\s*"),
        (4, r"[（(][0-9０-９]{1,2}[）)]\s*"),
        (4, r"[①-⑳]\s*"),
        (4, r"—{2,}\s*"),
    )
)
_RUN_IN = re.compile(
    rf"(?:(?<=[。；：:;，,、！？”])|^)\s*((?:[{_HAN}]{{1,2}}(?:是(?!非)|要(?=[^，。]))|第[{_HAN}]{{1,2}}[，,、：](?!第)))"
)
_UNNUMBERED = re.compile(r"^(?:结束语|结语|前言|引言|导言|序言)$")
_STOP = re.compile(r"[。；：:！？;]|\u3000|\s{2,}")
_STOP_OR_COMMA = re.compile(r"[。；：:，,！？;]|\u3000|\s{2,}")

SALUTATION = re.compile(
    r"^(?:尊敬的)?[^。；，]{0,20}?(?:各位[^。；：:！!]{1,24}|同志们|女士们|先生们|朋友们|代表们|委员们|乡亲们|同志們|各位代表)"
    r"[、，\s]*[^。；]{0,12}[：:！!]$"
)
ADDRESS = re.compile(r"^(?:各位[^，,。！!：:；]{1,8}|同志们|同志們|朋友们|女士们、先生们)[，,！!：:]")
SIGN_OFF = re.compile(
    r"^(?:谢谢[^。]{0,6}[！!。]?|完了[！。，].{0,6}"
    r"|[（(]?(?:[0-9０-９]{4}|[〇零○Ｏ一二三四五六七八九]{4})年[0-9０-９一二三四五六七八九十]{1,2}月(?:[0-9０-９一二三四五六七八九十]{1,3}日)?[）)]?)$"
)


def line_heading(line: str, *, offset: int) -> Heading | None:
    """Return the heading that a paragraph is or begins with, or None.

    Examples
    --------
    >>> line_heading("（一）深入贯彻落实", offset=0).number
    '（一）'
    """
    if _UNNUMBERED.match(line):
        return Heading(1, "", line, offset, offset + len(line), classify_heading(line), "line")
    for level, pattern in _AT_LINE_START:
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
        text = rest[:end].rstrip("。；：: ，,").strip()
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
    for match in _RUN_IN.finditer(line):
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
