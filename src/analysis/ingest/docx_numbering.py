"""The numbers that Word puts before paragraphs (一、 （一） 1.): a reader sees them, but the text does not hold them."""

from __future__ import annotations

import re
from typing import Any

from ..zh.characters import WIDE_DIGITS
from ..zh.numerals import FORGERY_PROOF, format_numeral

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = {
    1000: "m",
    900: "cm",
    500: "d",
    400: "cd",
    100: "c",
    90: "xc",
    50: "l",
    40: "xl",
    10: "x",
    9: "ix",
    5: "v",
} | {
    4: "iv",
    1: "i",
}
CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


def format_number(number: int, kind: str) -> str | None:
    """Return a number in one of Word's formats, or None for a format that is not known here.

    Examples
    --------
    >>> [format_number(3, kind) for kind in ("chineseCounting", "decimalEnclosedCircle", "ideographTraditional")]
    ['三', '③', '丙']
    >>> format_number(28, "lowerLetter"), format_number(1994, "upperRoman")
    ('bb', 'MCMXCIV')
    """
    if kind == "decimal":
        return str(number)
    if kind == "decimalZero":
        return f"{number:02}"
    if kind == "chineseLegalSimplified":
        return format_numeral(number).translate(FORGERY_PROOF)
    if kind in CHINESE:
        return format_numeral(number)
    if kind == "ideographTraditional" and 1 <= number <= 10:
        return STEMS[number - 1]
    if kind in CIRCLED and 1 <= number <= 20:
        return chr(0x245F + number)
    if kind == "decimalFullWidth":
        return str(number).translate(WIDE_DIGITS)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        text = ""
        for value, character in ROMAN.items():
            text += character * (number // value)
            number %= value
        return text if kind == "lowerRoman" else text.upper()
    return "" if kind in ("bullet", "none") else None


class WordNumbers:
    """Counts the paragraphs of a Word file as Word does. Ask it for each paragraph once, in order.

    Parameters
    ----------
    numbering, styles : lxml elements or None
        The roots of `numbering.xml` and `styles.xml`.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.levels: dict[tuple[str, int], Any] = {}
        self.list_of: dict[str, str] = {}
        self.overrides: dict[str, dict[int, int]] = {}
        self.styles = {style.get(WORD + "styleId"): style for style in (styles if styles is not None else ())}
        self.counters: dict[str, dict[int, int]] = {}
        self.unknown: set[str] = set()
        for child in numbering if numbering is not None else ():
            if child.tag == WORD + "abstractNum":
                for level in child.findall(WORD + "lvl"):
                    self.levels[child.get(WORD + "abstractNumId"), _whole(level.get(WORD + "ilvl"), 0)] = level
            elif child.tag == WORD + "num":
                name = child.get(WORD + "numId")
                self.list_of[name] = _value(child, "abstractNumId")
                self.overrides[name] = {
                    _whole(change.get(WORD + "ilvl"), 0): _whole(_value(change, "startOverride"), 1)
                    for change in child.findall(WORD + "lvlOverride")
                    if _value(change, "startOverride")
                }

    def before(self, paragraph: Any) -> str:
        """Return the number that stands before a paragraph, such as “（一）”; empty if none does."""
        name, index = self._list(paragraph.find(WORD + "pPr"))
        if not name or (self.list_of.get(name, ""), index) not in self.levels:
            return ""
        home = self.list_of[name]
        counter = self.counters.setdefault(home, {})
        override = self.overrides[name].pop(index, None)
        if override is not None:
            counter[index] = override
        else:
            counter[index] = counter[index] + 1 if index in counter else self._start(home, index)
        for deeper in [other for other in counter if other > index]:
            del counter[deeper]

        def filled(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            kind = _value(self.levels.get((home, other)), "numFmt") or "decimal"
            text = format_number(counter.get(other, self._start(home, other)), kind)
            if text is None:
                self.unknown.add(kind)
            return text or ""

        level = self.levels[home, index]
        if _value(level, "numFmt") in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", filled, _value(level, "lvlText"))

    def _start(self, home: str, index: int) -> int:
        return _whole(_value(self.levels.get((home, index)), "start"), 1)

    def _list(self, properties: Any) -> tuple[str, int]:
        """Return the list that a paragraph or its style belongs to, and the level."""
        style = _value(properties, "pStyle") if properties is not None else ""
        own = properties.find(WORD + "numPr") if properties is not None else None
        if own is not None and _value(own, "numId"):
            name = _value(own, "numId")
            return ("" if name == "0" else name), _whole(_value(own, "ilvl"), 0)
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            inside = self.styles[style].find(f"{WORD}pPr/{WORD}numPr")
            if inside is not None and _value(inside, "numId") not in ("", "0"):
                name = _value(inside, "numId")
                home = self.list_of.get(name, "")
                linked = [
                    at
                    for (key, at), level in self.levels.items()
                    if key == home and _value(level, "pStyle") == style
                ]
                return name, _whole(_value(inside, "ilvl"), linked[0] if linked else 0)
            style = _value(self.styles[style], "basedOn")
        return "", 0


def _value(element: Any, name: str) -> str:
    """Return the value of an element's child, or nothing."""
    child = element.find(WORD + name) if element is not None else None
    return str(child.get(WORD + "val") or "") if child is not None else ""


def _whole(text: str | None, default: int) -> int:
    """Return a whole number; the default where a file has something else, for a wrong level is no reason to refuse it."""
    try:
        return int(text or default)
    except ValueError:
        return default
