"""Where titles stand: 《…》, with what is nested in it, and the form under which a title is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..zh.marks import STATEMENT_ENDS

LONGEST = 160
"""No title of the corpora that were read is longer; an opening mark without its closing one must end somewhere."""

_MARK = re.compile(rf"[《》〈〉<>＜＞{STATEMENT_ENDS}]|\n[^\S\n]*\n")
_OPEN, _CLOSE = "〈<＜", "〉>＞"

REPUBLIC = "中华人民共和国"
_SAME = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
        **dict.fromkeys("<《＜", "〈"),
        **dict.fromkeys(">》＞", "〉"),
        "(": "（",
        ")": "）",
        "[": "〔",
        "]": "〕",
        "［": "〔",
        "］": "〕",
        **dict.fromkeys("–—-－─~～至", "—"),
        **dict.fromkeys("、“”‘’\"'·，,", None),
    }
)
_VERSION = re.compile(r"[（(](?P<year>(?:19|20)\d\d)年?(?:第?.{0,3}次)?(?:修正|修订|修改|版|本|公布)[）)]$")
_SPACE = re.compile(r"\s+")
_DASHES = re.compile("—+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a text: `start, end` without marks and white space, `opened, closed` with the marks."""

    start: int
    end: int
    opened: int
    closed: int
    outer: int | None = None
    """Number of the title that this one is nested in."""


def find_titles(text: str) -> list[Title]:
    """Return every title between 《 and 》, and those between 〈 〉 < > or 《 》 inside one, in order.

    Why not one pattern: titles hold titles (《关于修改〈审计法〉的决定》, also with 《》 inside), lose their
    closing mark, and are broken by line ends where a web page had a link. A title ends at its own mark; an
    opening mark that meets the end of the sentence first, an empty line, or 160 characters, opens nothing.

    Examples
    --------
    >>> text = "依照《关于修改〈审计法〉的决定》和《预算法》"
    >>> [(text[title.start : title.end], title.outer) for title in find_titles(text)]
    [('关于修改〈审计法〉的决定', None), ('审计法', 0), ('预算法', None)]
    """
    found: list[Title] = []
    begin = text.find("《")
    while begin >= 0:
        group = _read_group(text, begin)
        base = len(found)
        for opened, closed, outer in group:
            start, end = _without_space(text, opened + 1, closed - 1)
            found.append(Title(start, end, opened, closed, None if outer is None else base + outer))
        begin = text.find("《", group[0][1] if group else begin + 1)
    return found


def _read_group(text: str, begin: int) -> list[tuple[int, int, int | None]]:
    """Return the title that opens at `begin` and those in it as (opened, closed, outer); [] if it never closes."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _MARK.finditer(text, begin, begin + LONGEST):
        mark, at = match.group(), match.start()
        if mark == "《" or mark in _OPEN:
            stack.append((mark, at))
        elif mark == "》" or mark in _CLOSE:
            wanted = "《" if mark == "》" else _OPEN
            depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d][0] in wanted), None)
            if depth is None:
                continue
            if text[stack[depth][1] + 1 : at].strip():
                pairs.append((stack[depth][1], at + 1))
            del stack[depth:]
            if not stack:
                break
        else:
            break
    if stack or not pairs or pairs[-1][0] != begin:
        return []
    ordered = sorted(pairs)
    group: list[tuple[int, int, int | None]] = []
    for opened, closed in ordered:
        around = [i for i, (o, c, _) in enumerate(group) if o < opened and closed <= c]
        group.append((opened, closed, around[-1] if around else None))
    return group


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def title_key(title: str) -> str:
    """Return the form under which titles are the same: without 中华人民共和国, spaces, 、 and quotes.

    A version in brackets at the end (（2018年修正）) is taken off, （试行） and （草案） are not: they name
    other documents.

    Examples
    --------
    >>> title_key("中华人民共和国 审计法(2021年修正)") == title_key("审计法")
    True
    >>> title_key("预算法（草案）") == title_key("预算法")
    False
    """
    title = _VERSION.sub("", _SPACE.sub("", title))
    key = _DASHES.sub("—", title.translate(_SAME)).replace(f"〈{REPUBLIC}", "〈")
    short = key.removeprefix(REPUBLIC)
    return short if len(short) > 1 else key


def version_year(title: str) -> str:
    """Return the year of the version that a title names, `""` if it names none.

    Examples
    --------
    >>> version_year("审计法（2021年修正）")
    '2021'
    """
    match = _VERSION.search(_SPACE.sub("", title))
    return match["year"] if match else ""
