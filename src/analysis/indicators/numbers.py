"""Numbers as governance texts write them: 1119, ９.４万, 1，992亿, 百分之八点五, 十四万多, 数万, 1亿3千多万."""

from __future__ import annotations

import re

_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}

ABOUT = "多余来几"
"""Characters inside a number that round it down: 20000余, 8000多亿."""
ARABIC = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?"  # 1,992
    r"|\d(?:[ ]\d)+(?:[ ]?\.[ ]?\d(?:[ ]\d)*)?(?!\d)"  # 1 3 9 9, as some web pages set it
    r"|\d+(?:[ ]?[.·]\d+)?)"
)
HAN = r"[零〇○一二三四五六七八九十百千万亿两]{1,24}(?:点[零〇○一二三四五六七八九]{1,8})?"
SCALE = "[十百千万亿]"
_PART = rf"(?:[数几]{SCALE}{{1,3}}|{ARABIC}|{HAN})(?:[ ]?[{ABOUT}]?{SCALE}){{0,4}}"
NUMBER = rf"{_PART}(?:(?<={SCALE})(?:\d{{1,4}}|几){SCALE}(?:[{ABOUT}]?{SCALE}){{0,3}}){{0,2}}"
"""A number without unit."""

_TOKEN = re.compile(rf"{ARABIC}|[零〇○一二三四五六七八九十百千万亿两点数几]")


def to_half_width(text: str) -> str:
    """Return the text with full-width digits, points and percent signs in half width; so that every position stays the same.

    Examples
    --------
    >>> to_half_width("增长１４．７％，")
    '增长14.7%，'
    """
    return text.translate(_WIDTH)


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
    tokens = _TOKEN.findall(to_half_width(text))
    if not tokens:
        raise ValueError(f"no numeral in {text!r}")
    whole, point, fraction = "".join(tokens).partition("点")
    if point:
        decimals = "".join(str(_DIGITS[digit]) for digit in fraction if digit in _DIGITS)
        return round(parse_number(whole) + float(f"0.{decimals or 0}"), 9)
    # 一九五三: digits side by side are read one by one
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return float("".join(str(_DIGITS[token]) for token in tokens))
    return round(_add_up(tokens), 6)


def _add_up(tokens: list[str]) -> float:
    """Return the value of numerals with 十, 百, 千 inside sections that 万 and 亿 close."""
    total = section = 0.0
    digit: float | None = None  # None and not 0: 十 alone is ten, and 〇十 is not
    for token in tokens:
        if token in _GREAT:
            section = (section + (digit or 0.0) if digit is not None or section else 1.0) * _GREAT[token]
            digit = None
            # 亿 closes for good, while 万 does not: in 十万亿 the 万 is itself multiplied
            if token == "亿":
                total, section = total + section, 0.0
        elif token in _SMALL:
            section += (1.0 if digit is None else digit) * _SMALL[token]
            digit = None
        else:
            digit = _digit(token)
    return total + section + (digit or 0.0)


def _digit(token: str) -> float:
    if token in _DIGITS:
        return float(_DIGITS[token])
    # 数万, 几十: “some”, counted as one of what follows
    return 1.0 if token in "数几" else float(re.sub(r"[,， ]", "", token).replace("·", "."))
