"""How numbers are written in Chinese: 三, 十二, 二〇二五, 一百二十万, 三十八点三, 4.2亿, 数千, 20多万.

The sets of characters differ because the questions do; each set has one name and one reason:

===================  ==========================  =====================================================
`DIGITS`             一 … 九                      a digit that counts
`ZEROS`              〇零○                        nought
`YEAR_DIGITS`        both, and Ｏ                 a year written digit by digit
`ORDINALS`           一 … 九十百                   what headings, articles and chapters are numbered with
`FEW`                一 … 十两                     how many members a slogan has (三个代表, 两山)
`NUMERALS`           all of them with 千万亿两       any number that has a value
`COUNTING`           `NUMERALS` and 数几           any number, exact or not
===================  ==========================  =====================================================
"""

from __future__ import annotations

import re

from .characters import narrow_numbers

DIGITS = "一二三四五六七八九"
"""The nine digits. 两 is not among them: it is a word for two before a measure word, never part of 二十 or of a year."""

# 〇 is U+3007, the zero of official dates; 零 is its character. ○ (U+25CB, a circle) is what typists take for it,
# since input methods offer the circle first.
ZEROS = "〇零○"
"""What stands for nought."""

# Ｏ, a full-width letter, is what scanners read for 〇. It is a nought between the digits of a year only: elsewhere
# it is the letter of ＣＯ２. Latin O is left out altogether: 二OO八 is rare, and half-width letters make names.
YEAR_DIGITS = ZEROS + "Ｏ" + DIGITS
"""Digits of a year that is written digit by digit: 二〇二五年. No 十: 二十五年 is a duration."""
HAN_YEAR = rf"[一二][{YEAR_DIGITS}]{{3}}"
"""A year of four Chinese digits. It begins with 一 or 二: 三五九〇 is the number of a brigade, not a year."""

# With 百, since laws reach 第一百二十条. Without 千: no text numbers its parts so far, and 千、 begins 千、百、十.
# Without 两 and 零 alone: 两是 and 零、 number nothing.
ORDINALS = DIGITS + "十百"
"""What headings, articles and chapters are numbered with."""

FEW = DIGITS + "十两"
"""Numbers of members in a formula: 三个代表, 四个意识, 两山. Larger ones (百, 千) are figures of speech: 百花齐放."""

SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
"""Units inside a group of four digits."""
GREAT_UNITS = {"万": 10_000, "亿": 100_000_000}
"""Units that multiply everything before them, as in 一千二百万. 兆 is left out: it means a million or a billion."""

NUMERALS = ZEROS + DIGITS + "".join(SMALL_UNITS) + "".join(GREAT_UNITS) + "两"
"""Every character of an exact number. The forms against forgery (壹贰叁) are not here: in running text 叁 occurs
in no number, while 伍, 陆 and 肆 are names and words."""

SOME = "数几"
"""Numbers that are not given: 数百, 几千. 若干 is a word of its own and no part of a number."""
COUNTING = NUMERALS + SOME
"""Every character that a number can have, exact or not."""
MORE = "多余来"
"""What behind a number means that it is rounded down: 20余件, 三十多个, 十来人."""
ABOUT = MORE + "几"
"""The same inside a number, where 几 stands for the last digit: 十几万."""

VALUES = (
    {digit: value for value, digit in enumerate(DIGITS, start=1)} | dict.fromkeys(ZEROS + "Ｏ", 0) | {"两": 2}
)
"""What each single digit is worth."""

FORGERY_PROOF = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
"""Everyday numerals to those of cheques and contracts, for writing only (see `NUMERALS`)."""

ARABIC = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?"  # 1,992; the comma may be full width, as in 1，992亿
    r"|\d(?:[ ]\d)+(?:[ ]?\.[ ]?\d(?:[ ]\d)*)?(?!\d)"  # 1 3 9 9, as some web pages set it
    r"|\d+(?:[ ]?[.·]\d+)?)"  # 4.2, and 4·2 as it was printed in the 1950s
)
"""A number in digits."""
HAN = rf"[{NUMERALS}]{{1,24}}(?:点[{ZEROS}{DIGITS}]{{1,8}})?"
"""A number in characters. At most 24: longer runs are torn text, and unbounded ones cost time."""
SCALE = f"[{''.join(SMALL_UNITS)}{''.join(GREAT_UNITS)}]"
"""A unit behind a number in digits: 4.2亿, 3百万."""
_PART = rf"(?:[{SOME}]{SCALE}{{1,3}}|{ARABIC}|{HAN})(?:[ ]?[{ABOUT}]?{SCALE}){{0,4}}"
NUMBER = rf"{_PART}(?:(?<={SCALE})(?:\d{{1,4}}|几){SCALE}(?:[{ABOUT}]?{SCALE}){{0,3}}){{0,2}}"
"""A number without unit, in digits, characters or both: 1亿3千多万."""

# 十分之 is left to fractions (七分之三): as a share it is written with its number, 十分之一, and seldom means 10 %.
PARTS_OF = "[百千万]分之"
"""What begins a share: per cent, per thousand, per ten thousand; a pattern."""

_TOKEN = re.compile(rf"{ARABIC}|[{COUNTING}点]")
_ALL_NUMERALS = re.compile(f"[{NUMERALS}]+")


def parse_number(text: str) -> float:
    """Return the value of a number as written; 数 and 几 count as one, 多 and 余 as nothing.

    Raises
    ------
    ValueError
        There is no numeral in `text`.

    Examples
    --------
    >>> parse_number("一亿四千万"), parse_number("9.4万"), parse_number("1亿3千多万"), parse_number("数万")
    (140000000.0, 94000.0, 130000000.0, 10000.0)
    >>> parse_number("三十八点三"), parse_number("1，992亿"), parse_number("一九五三")
    (38.3, 199200000000.0, 1953.0)
    """
    tokens = _TOKEN.findall(narrow_numbers(text))
    if not tokens:
        raise ValueError(f"no numeral in {text!r}")
    whole, point, fraction = "".join(tokens).partition("点")
    if point:
        decimals = "".join(str(VALUES[digit]) for digit in fraction if digit in VALUES)
        # Rounded, because a sum of binary fractions would show 38.300000000000004.
        return round(parse_number(whole) + float(f"0.{decimals or 0}"), 9)
    if len(tokens) > 1 and all(token in VALUES for token in tokens):  # digit by digit, like a year
        return float("".join(str(VALUES[token]) for token in tokens))
    return round(_add_up(tokens), 6)


def _add_up(tokens: list[str]) -> float:
    """Return the value of numerals and units: `section` is what 万 and 亿 will multiply, `digit` what 十 will."""
    total, section = 0.0, 0.0
    digit: float | None = None
    for token in tokens:
        if token in GREAT_UNITS:
            bare = digit is None and section == 0.0
            section = (1.0 if bare else section + (digit or 0.0)) * GREAT_UNITS[token]
            digit = None
            if token == "亿":  # 亿 closes its group, 万 does not: in 一万亿 the 万 is multiplied again
                total, section = total + section, 0.0
        elif token in SMALL_UNITS:
            section += (1.0 if digit is None else digit) * SMALL_UNITS[token]  # 十二 has no 一 before 十
            digit = None
        elif token in VALUES:
            digit = float(VALUES[token])
        elif token in SOME:
            digit = 1.0
        else:
            digit = float(re.sub(r"[,， ]", "", token).replace("·", "."))
    return total + section + (digit or 0.0)


def numeral(text: str) -> int:
    """Return the value of a whole number in Chinese characters, however it is written.

    One meaning for every caller: 百 is a hundred, 二一 is twenty-one (digit by digit, like a year).

    Raises
    ------
    ValueError
        `text` has anything but Chinese numerals.

    Examples
    --------
    >>> numeral("百"), numeral("二一"), numeral("二十一"), numeral("二〇二五"), numeral("一百零五")
    (100, 21, 21, 2025, 105)
    """
    if not _ALL_NUMERALS.fullmatch(text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    return int(parse_number(text))


def ordinal(text: str) -> int:
    """Return which heading a numeral counts, 0 if headings are not counted so.

    A second name beside `numeral`, because a heading's number has one written form: 二三、 is two and three, no
    twenty-third heading, and a run of headings must not be continued by it. 一十二 for 十二 is let pass.

    Examples
    --------
    >>> ordinal("三"), ordinal("十二"), ordinal("一十二"), ordinal("一百二十"), ordinal("二三"), ordinal("百")
    (3, 12, 12, 120, 0, 0)
    """
    if not _ALL_NUMERALS.fullmatch(text):
        return 0
    value = numeral(text)
    written = format_numeral(value)
    return value if text == written or (10 <= value < 20 and text == "一" + written) else 0


def format_numeral(number: int) -> str:
    """Return a number from 1 to 9999 as it is counted in Chinese; any other one in digits.

    Examples
    --------
    >>> [format_numeral(n) for n in (1, 10, 12, 20, 101, 110, 2024)]
    ['一', '十', '十二', '二十', '一百零一', '一百一十', '二千零二十四']
    """
    if not 0 < number <= 9999:
        return str(number)
    text, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit - 1] + unit
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text
