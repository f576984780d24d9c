"""Numbers with units in a sentence, and which of them are quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .numbers import ABOUT, HAN, NUMBER, SCALE, parse_number, to_half_width
from .units import COUNTS, DURATIONS, MEASURES, alternatives

_PER = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_MEASURE = alternatives(MEASURES)
_UNIT = (
    rf"[ ]?(?:(?P<percent>[%‰])|(?P<measure>{_MEASURE})|(?P<duration>{alternatives(DURATIONS)})|(?P<count>{alternatives(COUNTS)})"
    r"|(?P<tenth>成(?=[，。；、的以左多]))|(?P<doubling>番))"
)
_JOIN = r"[ ]?(?:[-—–－~～]{1,2}|至|到)[ ]?"
_QUANTITY = re.compile(
    rf"(?P<share>[百千万]分之(?:百(?!分)|{NUMBER}))(?:{_JOIN}(?P<share_to>(?:[百千万]分之)?{NUMBER}))?"
    rf"|(?P<fraction>{HAN}分之{NUMBER}|(?<!\d)1/\d(?!\d))"
    rf"|(?P<low>{NUMBER})(?:(?P<low_unit>[%‰]|{_MEASURE})?{_JOIN}(?P<high>{NUMBER}))?[ ]?(?P<about>[{ABOUT}]?){_UNIT}"
    rf"|(?P<shared>\d+\.\d+)(?=[和、]{NUMBER}(?P<next_unit>%|个百分点))"
    rf"|(?P<bare>{NUMBER})(?P<bare_about>[{ABOUT}]?)"
)
_RIGHT = re.compile(r"[ ]?(以上|以下|以内|之内|左右|上下|之多|多|余|内(?=[，。；、的]|[一-龥]))")
_RIGHT_NAME = {"之内": "以内", "内": "以内", "上下": "左右", "之多": ""}
_LEFT = re.compile(
    r"(不超过|不得超过|不少于|不得少于|不低于|不得低于|不高于|不足|不到|超过|高出|超|逾|突破|达到|高达|多达|达|将近|接近|近|大约|约为|约|最高|最多|最低"
    r"|至少|(?<!以)上|仅)(?:了|为|到)?[ ]?$"
)
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
_FAR_LEFT = re.compile(r"(约占|接近|超过)[^，。；、0-9]{1,20}的?$")
_QUOTED = re.compile(
    r"“[^“”。！？]{1,20}”|‘[^‘’。！？]{1,20}’|《[^《》]{1,60}》|[〔\[［][^〕\]］]{0,12}[〕\]］]"
)
_LIMIT_BEFORE = re.compile(
    r"(?:缩短|压缩|压减|减少|延长|提高|增加|控制|限|不超过|不少于|至少|达|为|需)(?:到|至|在)?$"
)
_LIMIT_AFTER = re.compile(r"[ ]?(?:以内|之内|内|以上|以下|左右)")
_WINDOW = 40
"""Characters before and after a number that are looked at."""


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
    text = _QUOTED.sub(lambda match: "＊" * len(match.group()), to_half_width(sentence))
    return [
        quantity
        for match in _QUANTITY.finditer(text)
        if _is_quantity(text, match)
        for quantity in _read(sentence, text, match)
    ]


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    after = text[match.end() : match.end() + _WINDOW]
    low = _number(match)
    if re.search(r"(?:第|[A-Za-z0-9+.]|每|〔|前(?=\S{0,3}$))[ ]?$", before[-3:]) and not before.endswith(
        "以前"
    ):
        return False
    if re.match(r"级|[A-Za-z+]", after):
        return False
    if match["share"] or match["fraction"] or match["shared"]:
        return True
    han = re.fullmatch(HAN, low)
    if han and len(low) > 1 and not re.search(f"{SCALE}|点", low):
        return False  # 一九五三, 两三
    scale_only = re.fullmatch(f"{SCALE}+", low) is not None
    hedged = _LEFT.search(before) is not None or bool(match["about"] or match["bare_about"])
    if match["bare"] is not None:
        if scale_only and (len(low) == 1 or not hedged):
            return False  # 亿万人民
        return re.search("[万亿]", low) is not None and not re.match(r"[年月日里号时分之]", after)
    if match["percent"]:
        return True
    if match["duration"]:
        return _is_limited(before, after, low, match["duration"])
    if match["tenth"] or match["doubling"]:
        return match["doubling"] is None or before.endswith(("翻", "翻了"))
    if match["measure"]:
        if scale_only and (len(low) == 1 or re.match("[户村镇]", after)):
            return hedged
        return low != "一" or match["measure"] in ("倍", "百分点", "个百分点")
    if scale_only:
        return hedged
    if han and len(low) == 1:
        return bool(match["about"])
    return not re.match(r"方面|五年|年头|世纪|多?月|百年|多?小时|多?星期|季度", after)


def _is_limited(before: str, after: str, low: str, unit: str) -> bool:
    """Time counts where it is a limit or a measured length, never as a date or a period."""
    if re.match("以?[来前后间]|代|计划|规划|期", after):
        return False
    if unit == "年":
        return (bool(_LIMIT_BEFORE.search(before)) and len(low.replace(" ", "")) < 4) or (
            "." in low and "·" not in low
        )
    if unit == "日" and before.endswith(("月", "-", "—")):
        return False
    return bool(_LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after))


def _number(match: re.Match[str]) -> str:
    return match["share"] or match["fraction"] or match["low"] or match["shared"] or match["bare"]


def _read(sentence: str, text: str, match: re.Match[str]) -> Iterator[Quantity]:
    low, high = _number(match), match["high"] or match["share_to"]
    unit, scale = _unit(match), 10 if match["tenth"] else 1
    end = match.end()
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    about = match["about"] or match["bare_about"] or "".join(re.findall(f"[{ABOUT}]", low.lstrip("几")))[:1]
    hedge = _join([low[0] if low[0] in "数几" else "", about])
    right = _RIGHT.match(text, end)
    after = ""
    if right and not (right[1] in "多余" and hedge):
        after, end = _RIGHT_NAME.get(right[1], right[1]), right.end()
    if high and re.search(r"(?:从|由)[^，。；]{0,12}$", before):  # from … to …: two quantities, no range
        middle = match.start("high" if match["high"] else "share_to")
        first = sentence[match.start() : middle].rstrip("至到-—–－~～ ")
        yield Quantity(
            match.start(),
            match.start() + len(first),
            first,
            _value(low) * scale,
            None,
            unit,
            _join(_left(before)),
        )
        yield Quantity(
            middle, end, sentence[middle:end], _value(high) * scale, None, unit, _join([hedge, after])
        )
        return
    yield Quantity(
        match.start(),
        end,
        sentence[match.start() : end],
        _value(low) * scale,
        _value(high) * scale if high else None,
        unit,
        _join([*_left(before), hedge, after]),
    )


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
    while match := _LEFT.search(before):
        found.insert(0, _LEFT_NAME.get(match[1], match[1]))
        before = before[: match.start()]
    if not found and (far := _FAR_LEFT.search(before)):
        found.append({"约占": "约", "接近": "近", "超过": "超"}[far[1]])
    return found


def _join(words: list[str]) -> str:
    return "、".join(word for word in words if word)
