"""Measure words and units, from the one list `resources/measure_words.tsv`.

Four questions are asked of the list, and each has its own answer:

* Is 三个 a quantity? Units (吨, 倍) make one of any number, measure words (个, 项) only of a number that is more than a
  name for a set: 三个代表 is none.
* What must not follow? 人 is a measure word, 人民 is not: 不 `not_before`.
* Is the number a token of its own? Segmentation parts 三 | 个 where the measure is `parted`.
* Does it follow a number at all? `COUNTERS`, in both scripts, for pages whose characters are torn.
"""

from __future__ import annotations

from collections.abc import Iterable

from .word_lists import load_word_list

_ROWS = load_word_list("measure_words.tsv").rows[1:]


def _of_use(use: str) -> tuple[str, ...]:
    return tuple(word for word, named, _, _ in _ROWS if named == use)


UNITS = _of_use("unit")
"""Units of measurement: with these, one numeral (三倍, 五吨) is enough."""
MEASURE_WORDS = _of_use("measure")
"""Measure words: with these a single Chinese numeral (三个, 五项) names a set, and is no quantity."""
DURATIONS = _of_use("duration")
"""Time is a quantity only where a limit or a length is stated (压减到3个工作日, 10天以内, 10.8年)."""
PARTED = frozenset(word for word, _, _, parted in _ROWS if parted == "yes")
"""Single characters that segmentation cuts off behind a numeral (两 | 个): those of the list that count, and those
that are too literary or too rare to be a quantity (一盏灯, 一席之地), but are cut off all the same."""
NOT_BEFORE = {word: barred for word, _, barred, _ in _ROWS if barred}
"""Characters that make another word of a measure word: 人 is none in 人民, 人口, 人均."""

# In both scripts and without the list's rarer words: it is asked about one character on a damaged page, where a
# false yes leaves a gap unresolved and a false no takes a lost digit for a blank. Thus 年月日号, though no measures.
COUNTERS = frozenset(
    "年月日号號时時分天"  # dates and times
    "个個位项項条條次人户戶家所名章卷期届屆"  # what is counted
    "元成倍米公吨噸"  # 公 for 公里, 公斤
    "万萬亿億千百多余餘"  # what continues a number
)
"""What may follow the last digit of a number."""


def alternatives(units: Iterable[str]) -> str:
    """Return a regular expression for the units, longest first, each barred before what makes it another word.

    Examples
    --------
    >>> alternatives(["人", "人次"])
    '人次|人(?![口民均才员士群家工力类大数文心质])'
    """
    parts = []
    for unit in sorted(units, key=lambda name: (-len(name), name)):
        barred = NOT_BEFORE.get(unit, "")
        parts.append(f"{unit}(?![{barred}])" if barred else unit)
    return "|".join(parts)
