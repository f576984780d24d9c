"""Numbers as governance texts write them: 1119, ９.４万, 1，992亿, 百分之八点五, 十四万多, 数万, 1亿3千多万."""

from __future__ import annotations

import re

_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}

ABOUT = "多余来几"
"""Signs inside a number that say that it is rounded down: 20000余, 8000多亿."""
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
    """Return the text with full-width digits, points and percent signs in half width; no place changes.

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
        decimals = "".join(str(_DIGITS[sign]) for sign in fraction if sign in _DIGITS)
        return round(parse_number(whole) + float(f"0.{decimals or 0}"), 9)
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return float("".join(str(_DIGITS[token]) for token in tokens))
    total, section = 0.0, 0.0
    current: float | None = None
    for token in tokens:
        if token in _GREAT:
            bare = current is None and section == 0.0
            section = (1.0 if bare else section + (current or 0.0)) * _GREAT[token]
            current = None
            if token == "亿":
                total, section = total + section, 0.0
        elif token in _SMALL:
            section += (1.0 if current is None else current) * _SMALL[token]
            current = None
        elif token in _DIGITS:
            current = float(_DIGITS[token])
        elif token in "数几":
            current = 1.0
        else:
            current = float(re.sub(r"[,， ]", "", token).replace("·", "."))
    return round(total + section + (current or 0.0), 6)
