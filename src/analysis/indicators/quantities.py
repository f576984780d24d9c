"""Numbers with units in a sentence, and which of them are quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..zh.characters import HANZI, narrow_numbers
from ..zh.marks import PROSE_STOPS, SENTENCE_ENDS, STOPS
from ..zh.measures import DURATIONS, MEASURE_WORDS, UNITS, alternatives
from ..zh.numerals import ABOUT, HAN, NUMBER, PARTS_OF, parse_number
from .not_quantities import HEDGE_BEFORE, NOT_QUANTITIES, NumberInContext

_PER = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_MEASURE = alternatives(UNITS)
# 成 is a tenth only where the word ends: 三成以上, but not 三成员国. 番 is checked against 翻 afterwards.
_UNIT = (
    rf"[ ]?(?:(?P<percent>[%‰])|(?P<measure>{_MEASURE})|(?P<duration>{alternatives(DURATIONS)})|(?P<count>{alternatives(MEASURE_WORDS)})"
    rf"|(?P<tenth>成(?=[{STOPS}的以左多]))|(?P<doubling>番))"
)
_JOIN = r"[ ]?(?:[-—–－~～]{1,2}|至|到)[ ]?"
# The order is the order of preference: a share is tried before its number alone, a number with a unit before a
# bare one. `shared` is the first of two percentages with one sign (1.2和3.4个百分点).
_QUANTITY = re.compile(
    rf"(?P<share>{PARTS_OF}(?:百(?!分)|{NUMBER}))(?:{_JOIN}(?P<share_to>(?:{PARTS_OF})?{NUMBER}))?"
    rf"|(?P<fraction>{HAN}分之{NUMBER}|(?<!\d)1/\d(?!\d))"
    rf"|(?P<low>{NUMBER})(?:(?P<low_unit>[%‰]|{_MEASURE})?{_JOIN}(?P<high>{NUMBER}))?[ ]?(?P<about>[{ABOUT}]?){_UNIT}"
    rf"|(?P<shared>\d+\.\d+)(?=[和、]{NUMBER}(?P<next_unit>%|个百分点))"
    rf"|(?P<bare>{NUMBER})(?P<bare_about>[{ABOUT}]?)"
)
# A bare 内 hedges where the clause goes on after it (三天内办结).
_RIGHT = re.compile(rf"[ ]?(以上|以下|以内|之内|左右|上下|之多|多|余|内(?=[{STOPS}的]|[{HANZI}]))")
_RIGHT_NAME = {"之内": "以内", "内": "以内", "上下": "左右", "之多": ""}
# One form for each meaning, so that a table of qualifiers can be counted.
_LEFT_NAME = {
    "不得超过": "不超过",
    "不得少于": "不少于",
    "不得低于": "不低于",
    "超过": "超",
    "高出": "超",
    "逾": "超",
    "达到": "达",
    "高达": "达",
    "多达": "达",
    "将近": "近",
    "接近": "近",
    "大约": "约",
    "约为": "约",
    "不到": "不足",
}
# The hedge may stand before the noun: 约占总数的三成.
_FAR_LEFT = re.compile(rf"(约占|接近|超过)[^{PROSE_STOPS}、0-9]{{1,20}}的?$")
# What is quoted is a name (“1+3+N”, 《…》); longer quotations are speech, whose numbers count.
_QUOTED = re.compile(
    rf"“[^“”{SENTENCE_ENDS}]{{1,20}}”|‘[^‘’{SENTENCE_ENDS}]{{1,20}}’|《[^《》]{{1,60}}》|[〔\[［][^〕\]］]{{0,12}}[〕\]］]"
)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, where it stands and how it is hedged.

    Parameters
    ----------
    start, end : int
        Characters of the sentence, qualifiers after the unit included.
    text : str
        The stretch as it stands.
    value : float
        In plain units: 4.2亿元 is 420000000 元. A fraction is a percentage. 数万 is 10000.
    value_to : float or None
        The upper end of a range (8%至9%), else None.
    unit : str
        As it stands, without 万 and 亿; `"%"` for 百分之; `""` where the text gives none (十一亿).
    qualifier : str
        Such as `"近、余"`: what stands before and after, in order, each in one form (超过 is 超).
    """

    start: int
    end: int
    text: str
    value: float
    value_to: float | None
    unit: str
    qualifier: str


def find_quantities(sentence: str) -> list[Quantity]:
    """Return the quantities of a sentence, in order.

    Years, dates, ordinals, versions, document numbers, periods, slogans and names in quotation marks, and sets
    named by a single Chinese numeral (三项制度, 两个确立) are not quantities; docs/decisions/indicators.md draws
    the lines.

    Examples
    --------
    >>> for quantity in find_quantities("受理1119件，化解率99.6%，近五千余份，控制在5%以内，深化“1+3+N”机制。"):
    ...     print(quantity.text, quantity.value, quantity.unit, quantity.qualifier)
    1119件 1119.0 件
    99.6% 99.6 %
    五千余份 5000.0 份 近、余
    5%以内 5.0 % 以内
    """
    text = _QUOTED.sub(lambda match: "＊" * len(match.group()), narrow_numbers(sentence))
    numbers = map(NumberInContext.of, _QUANTITY.finditer(text))
    return [
        quantity
        for number in numbers
        if not any(test(number) for test in NOT_QUANTITIES)
        for quantity in _read(sentence, number)
    ]


def _read(sentence: str, number: NumberInContext) -> Iterator[Quantity]:
    match, low = number.match, number.low
    high = match["high"] or match["share_to"]
    unit, scale = _unit(match), 10 if match["tenth"] else 1
    about = match["about"] or match["bare_about"] or "".join(re.findall(f"[{ABOUT}]", low.lstrip("几")))[:1]
    hedge = _join([low[0] if low[0] in "数几" else "", about])
    after, end = _qualifier_after(match, hedged=hedge != "")
    if high and re.search(rf"(?:从|由)[^{PROSE_STOPS}]{{0,12}}$", number.before):
        # 由10.2%下降到3.1% reports two states, so it makes two rows; only 8%至9% is a range.
        middle = match.start("high" if match["high"] else "share_to")
        first = sentence[match.start() : middle].rstrip("至到-—–－~～ ")
        ends = match.start() + len(first)
        left = _join(_left(number.before))
        yield Quantity(match.start(), ends, first, _value(low) * scale, None, unit, left)
        last = sentence[middle:end]
        yield Quantity(middle, end, last, _value(high) * scale, None, unit, _join([hedge, after]))
        return
    yield Quantity(
        match.start(),
        end,
        sentence[match.start() : end],
        _value(low) * scale,
        _value(high) * scale if high else None,
        unit,
        _join([*_left(number.before), hedge, after]),
    )


def _qualifier_after(match: re.Match[str], *, hedged: bool) -> tuple[str, int]:
    """Return what limits a number after its unit, and where the quantity ends with it."""
    right = _RIGHT.match(match.string, match.end())
    # 十多个多部门: a number that was hedged once has no second 多 or 余; it begins the next word.
    if right is None or (right[1] in "多余" and hedged):
        return "", match.end()
    return _RIGHT_NAME.get(right[1], right[1]), right.end()


def _unit(match: re.Match[str]) -> str:
    if match["share"]:
        return _PER[match["share"][:3]]
    if match["fraction"] or match["tenth"]:
        return "%"
    groups = ("percent", "measure", "count", "duration", "doubling", "next_unit")
    name = next((match[group] for group in groups if match[group]), "")
    return name.removeprefix("个") if len(name) > 1 else name


def _value(number: str) -> float:
    below, slash, above = number.partition("分之")
    if slash and f"{below}{slash}" in _PER:
        return parse_number(above)
    if slash:
        return round(100 * parse_number(above) / parse_number(below), 6)
    if "/" in number:
        return round(100 / parse_number(number.partition("/")[2]), 6)
    return parse_number(number)


def _left(before: str) -> list[str]:
    found: list[str] = []
    while match := HEDGE_BEFORE.search(before):
        found.insert(0, _LEFT_NAME.get(match[1], match[1]))
        before = before[: match.start()]
    if not found and (far := _FAR_LEFT.search(before)):
        found.append({"约占": "约", "接近": "近", "超过": "超"}[far[1]])
    return found


def _join(words: list[str]) -> str:
    return "、".join(word for word in words if word)
