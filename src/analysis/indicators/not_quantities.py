"""Numbers that are no quantities: one named test for each reason, three lines each, with its example.

docs/decisions/indicators.md explains each line drawn and gives the name of its test. The tests are independent of each
other: a number is a quantity where none of them holds, whatever their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..zh.numerals import HAN, SCALE

# Longer forms stand before the shorter ones they contain, so that 不得超过 is not read as 超过.
HEDGE_BEFORE = re.compile(
    r"(不超过|不得超过|不少于|不得少于|不低于|不得低于|不高于|不足|不到|超过|高出|超|逾|突破|达到|高达|多达|达|将近|接近|近|大约|约为|约|最高|最多|最低"
    r"|至少|(?<!以)上|仅)(?:了|为|到)?[ ]?$"
)
"""What may limit a number directly before it. 上 hedges in 上千人, but 以上 belongs to the number before."""
_WINDOW = 40
"""Characters before and after a number that are looked at: the longest hedge with its blank is much shorter, and
the slice keeps regular expressions anchored at `$` from running over a whole paragraph."""
# Verbs that set a limit to a time. 年 needs one of these; other durations may also have 以内 and the like after them.
_LIMIT_BEFORE = re.compile(
    r"(?:缩短|压缩|压减|减少|延长|提高|增加|控制|限|不超过|不少于|至少|达|为|需)(?:到|至|在)?$"
)
_LIMIT_AFTER = re.compile(r"[ ]?(?:以内|之内|内|以上|以下|左右)")


@dataclass(frozen=True)
class NumberInContext:
    """A number of a sentence, its unit, and the text on both sides.

    Parameters
    ----------
    match : re.Match
        Of the expression of `find_quantities`; its groups say what kind of number it is.
    low : str
        The number, or the lower end of a range, without its unit.
    before, after : str
        Up to 40 characters on either side.
    """

    match: re.Match[str]
    low: str
    before: str
    after: str

    @classmethod
    def of(cls, match: re.Match[str]) -> NumberInContext:
        """Return a match with its surroundings."""
        text = match.string
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        low = match["share"] or match["fraction"] or match["low"] or match["shared"] or match["bare"]
        return cls(match, low, before, text[match.end() : match.end() + _WINDOW])

    @property
    def is_han(self) -> bool:
        """True where it is written in Chinese numerals only."""
        return re.fullmatch(HAN, self.low) is not None

    @property
    def is_scale(self) -> bool:
        """True where it is only 十, 百, 千, 万, 亿, in whatever combination."""
        return re.fullmatch(f"{SCALE}+", self.low) is not None

    @property
    def is_hedged(self) -> bool:
        """True where a word or character makes the number approximate or a limit (近千, 十余)."""
        about = self.match["about"] or self.match["bare_about"]
        return bool(about) or HEDGE_BEFORE.search(self.before) is not None


def ordinal(number: NumberInContext) -> bool:
    """第三次, 前20位; but 以前20 ends a phrase of time, and the number is new."""
    return re.search("(?:第[ ]?|(?<!以)前)$", number.before) is not None


def denominator(number: NumberInContext) -> bool:
    """每万人, 每50公斤: the quantity is what there is of it."""
    return re.search("每[ ]?$", number.before) is not None


def document_number(number: NumberInContext) -> bool:
    """〔2024〕13号 where the bracket is never closed, as in torn text."""
    return re.search("〔[ ]?$", number.before) is not None


def version(number: NumberInContext) -> bool:
    """PM2.5, 5G, 1+3+N, 2.0.1: letters, digits or operators of a formula touch it."""
    touched = re.search("[A-Za-z0-9+.][ ]?$", number.before) is not None
    return touched or re.match("[A-Za-z+]", number.after) is not None


def grade(number: NumberInContext) -> bool:
    """百万千瓦级机组, 千万吨级炼油厂: a size class, no amount."""
    return number.after.startswith("级")


def spelled_digits(number: NumberInContext) -> bool:
    """一九五三, 两三: Chinese digits side by side are a year or a guess, never a measured number."""
    return number.is_han and len(number.low) > 1 and not re.search(f"{SCALE}|点", number.low)


def idiom(number: NumberInContext) -> bool:
    """亿万人民, 万户, 十项工作: 十, 千, 万 alone say “many” or name a set, unless something limits them (近千户)."""
    if not number.is_scale or not (number.match["bare"] or number.match["measure"] or number.match["count"]):
        return False
    # 千百吨 still measures, but 千万户 are “all households”; a lone 万 without a unit is never a number
    measures = number.match["measure"] and len(number.low) > 1 and not re.match("[户村镇]", number.after)
    single = number.match["bare"] and len(number.low) == 1
    return not measures and (bool(single) or not number.is_hedged)


def without_unit(number: NumberInContext) -> bool:
    """1949, 2.0版, 统一: without a unit only 万 and 亿 make a quantity (十一亿, 3700多万学生)."""
    return number.match["bare"] is not None and re.search("[万亿]", number.low) is None


def date(number: NumberInContext) -> bool:
    """两万年, 二万里, 3月以内的5日: points of the calendar, and 万 as a part of 万分之."""
    if number.match["bare"]:
        return re.match("[年月日里号时分之]", number.after) is not None
    return number.match["duration"] == "日" and number.before.endswith(("月", "-", "—"))


def period(number: NumberInContext) -> bool:
    """五年来, 90年代, 五年计划: time that passes is no measure."""
    return (
        bool(number.match["duration"]) and re.match("以?[来前后间]|代|计划|规划|期", number.after) is not None
    )


def year(number: NumberInContext) -> bool:
    """2024年, 连续五年; but 延长到5年 is a limit and 10.8年 a measured length."""
    if number.match["duration"] != "年":
        return False
    # four digits after 达 or 到 are still a calendar year: 到2035年
    is_limit = _LIMIT_BEFORE.search(number.before) is not None and len(number.low.replace(" ", "")) < 4
    return not is_limit and "." not in number.low  # 1·5年 is a date set with the point of names, not 1.5 years


def unlimited_time(number: NumberInContext) -> bool:
    """三天, 12个月; but 压减到3天 and 10天以内 are limits."""
    if number.match["duration"] in (None, "年"):
        return False
    return not (_LIMIT_BEFORE.search(number.before) or _LIMIT_AFTER.match(number.after))


def repetition(number: NumberInContext) -> bool:
    """几番, 一番: only after 翻 does 番 mean a doubling."""
    return bool(number.match["doubling"]) and not number.before.endswith(("翻", "翻了"))


def single_measure(number: NumberInContext) -> bool:
    """一吨钢, 一元: “one” with a unit of measurement is an article; 一倍 and 一个百分点 are not."""
    measure = number.match["measure"]
    return bool(measure) and number.low == "一" and measure not in ("倍", "百分点", "个百分点")


def set_name(number: NumberInContext) -> bool:
    """两个确立, 三项制度, 五个方面: one Chinese digit with a measure word names a set more often than it counts."""
    one_digit = number.is_han and len(number.low) == 1 and not number.is_scale
    return bool(number.match["count"]) and one_digit and not number.match["about"]


def aspect(number: NumberInContext) -> bool:
    """12个方面, 20个世纪, 36个月: what 个 counts is a point of an argument or a time."""
    if not number.match["count"] or number.is_scale or (number.is_han and len(number.low) == 1):
        return False
    return re.match("方面|五年|年头|世纪|多?月|百年|多?小时|多?星期|季度", number.after) is not None


NOT_QUANTITIES = (
    ordinal,
    denominator,
    document_number,
    version,
    grade,
    spelled_digits,
    idiom,
    without_unit,
    date,
    period,
    year,
    unlimited_time,
    repetition,
    single_measure,
    set_name,
    aspect,
)
