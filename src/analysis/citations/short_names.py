"""Short names that a text gives: 《…》（以下简称《纲要》）, and where they stand for the full title later."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ..zh.marks import PAUSES, STOPS
from ..zh.numerals import ORDINALS, ZEROS
from .relations import is_generic
from .title_marks import REPUBLIC, Title, title_key

_GIVEN = re.compile(
    rf"[（({PAUSES}]?\s*(?:以下|下文|下)(?:简称|称)(?:为|作)?[：:]?\s*(?P<open>[《〈“「]?)"
    rf"(?P<name>[^{STOPS}《》〈〉“”「」（）()\n]{{2,24}})"
)
_BRACKET = re.compile(r"\s*[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
_OPEN = re.compile(r"\s*[，,]?\s*以下简称")
_LAW = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|公约|协定|条约|议定书|章程|纲要|规划|决定|意见|方案|计划|准则)$"
)
_LONGER = re.compile(r"^(?:实施|施行)|^(?:修正案|草案)")
_AFTERWARDS = re.compile(r"(?:实施|施行)(?:后|前|以|之|的|，|。)")
_OTHER_WORD = re.compile(r"定(?!义)|律|规(?!定)|院|人|制|治|庭|官|学|则")
"""After …法 these make another word of it: 公司法定代表人, 保密法律法规."""
_LINKED = re.compile(rf"(?:^|[{STOPS}（）“”\s]|违反|根据|依照|按照|依据|符合|执行|适用|[和与及或])$")
_ARTICLE = re.compile(rf"第[{ORDINALS}{ZEROS}\d]+[条章款]")
_FORMER_NAME = re.compile(r"(?:原称|原名|原名称为|原为|前身为|更名前为)$")


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name with the title that it stands for; `start, end` is where it is given."""

    name: str
    start: int
    end: int
    title: int
    """Number of the title in the text."""


def given_names(text: str, titles: list[Title]) -> list[ShortName]:
    """Return the short names that a text gives its titles.

    Examples
    --------
    >>> from .title_marks import find_titles
    >>> text = "根据《中华人民共和国商标法》（以下简称商标法）"
    >>> [short.name for short in given_names(text, find_titles(text))]
    ['商标法']
    """
    found: list[ShortName] = []
    if "简称" not in text and "下称" not in text:
        return found
    for number, title in enumerate(titles):
        if title.outer is not None:
            continue
        after = _BRACKET.match(text, title.closed, title.closed + 200)
        while after is not None and not _GIVEN.search(text, after.start(), after.end()):
            after = _BRACKET.match(text, after.end(), after.end() + 200)
        if after is not None:
            match = _GIVEN.search(text, after.start(), after.end())
        else:
            match = _OPEN.match(text, title.closed, title.closed + 30) and _GIVEN.match(
                text, title.closed, title.closed + 60
            )
        if match:
            found.append(ShortName(match["name"].strip(), match.start("name"), match.end("name"), number))
    return found


def bare_names(text: str, names: list[ShortName], titles: list[Title]) -> Iterator[tuple[int, int, int]]:
    """Yield where a short name stands without title marks, as (start, end, number of the short name).

    A short name that is a mere genre (条例) counts only before an article and after a word that governs it;
    商标法实施条例 is not the 商标法.
    """
    taken = sorted(
        [(title.opened, title.closed) for title in titles if title.outer is None]
        + [(name.start, name.end) for name in names]
    )
    table = lookup_names(names)
    last = -1
    for start, end in sorted(_spans(text, names)):
        name = text[start:end]
        around = bisect_right(taken, (start, len(text)))
        inside = around > 0 and taken[around - 1][1] > start
        known = text[end : end + 3]
        longer = _LONGER.match(known) and not _AFTERWARDS.match(known)
        other = name.endswith("法") and _OTHER_WORD.match(known)
        ruled = _ARTICLE.match(text, end) and _LINKED.search(text[max(0, start - 3) : start])
        free = start >= last and not inside and not longer and not other
        if free and text[start - 1 : start] not in "国本" and (ruled or not is_generic(name)):
            yield start, end, latest_name(table[title_key(name)], names, start)
            last = end


def _spans(text: str, names: list[ShortName]) -> Iterator[tuple[int, int]]:
    """Yield every span that reads like a short name which was given before it."""
    given: dict[str, int] = {}
    for short in names:
        given.setdefault(short.name, short.end)
    for name, since in given.items():
        if len(name) > 1 and _LAW.search(name) and not name.startswith(REPUBLIC):
            at = text.find(name, since)
            while at >= 0:
                yield at, at + len(name)
                at = text.find(name, at + len(name))


def lookup_names(names: list[ShortName]) -> dict[str, list[int]]:
    """Return the numbers of short names by the key that a title in marks is compared by."""
    table: dict[str, list[int]] = {}
    for number, short in enumerate(names):
        table.setdefault(title_key(short.name), []).append(number)
    return table


def latest_name(numbers: list[int], names: list[ShortName], at: int) -> int:
    """Return which of several short names of one form was given last before an index, −1 if none was."""
    return numbers[bisect_right(numbers, at, key=lambda number: names[number].end) - 1] if numbers else -1


def is_former_name(before: str) -> bool:
    """Return True where the words before a title say that it is the former name of the document itself.

    Examples
    --------
    >>> is_former_name("本法（原称")
    True
    """
    return _FORMER_NAME.search(before) is not None
