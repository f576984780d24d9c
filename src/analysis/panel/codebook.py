"""What every variable of an exported panel means, in Chinese and English, and its name in Stata and R."""

from __future__ import annotations

import re

import pandas as pd

from ..zh.pinyin import readings_of, without_tone
from .measures import Measure

COLUMNS = ("variable", "measure", "label_zh", "label_en", "unit", "method")
LONGEST = 32
"""Characters of a variable's name in Stata."""
OF_CELL = {
    "n_docs": ("文本篇数", "documents", "documents"),
    "n_units": ("段落数", "paragraphs", "paragraphs"),
    "n_tokens": ("词数（含字母、数字或汉字的词）", "tokens that hold a letter or digit", "tokens"),
}
OF_MEASURE = {
    "count": ("次数", "occurrences", "occurrences"),
    "share": ("占词数的比例", "share of tokens", "0 to 1"),
    "share_low": ("占比区间下限", "lower end of the share's interval", "0 to 1"),
    "share_high": (
        "占比区间上限（缺失表示无上限）",
        "upper end of the share's interval, missing if there is none",
        "0 to 1",
    ),
    "ln_count": ("ln(1+次数)", "ln(1 + occurrences)", "log"),
    "token_count": ("次数：独立成词", "occurrences as tokens", "occurrences"),
    "nested_count": ("次数：含词内", "occurrences inside tokens too", "occurrences"),
    "characters_count": ("次数：按字符", "occurrences as characters", "occurrences"),
    "share_lag": ("上一年占比", "share of the year before", "0 to 1"),
    "share_change": ("占比较上一年变化", "change of the share from the year before", "0 to 1"),
    "share_z": ("占比的年内标准分", "share in standard deviations of its year", "z"),
    "kappa": ("词语集中程度 κ", "burstiness κ of the measure", ""),
}
SUFFIXES = {
    "count": "n", "share": "share", "share_low": "low", "share_high": "high", "ln_count": "ln", "token_count": "tok",
    "nested_count": "nst", "characters_count": "chr", "share_lag": "lag", "share_change": "chg", "share_z": "z",
    "kappa": "kappa",
}  # fmt: skip
"""Ends of the variables of a wide table: short, since Stata allows 32 characters in all."""


def variable_names(names: list[str]) -> dict[str, str]:
    """Return for every measure a name that Stata, R and Python take: its pinyin, if it is not in Latin letters.

    Examples
    --------
    >>> variable_names(["生态环保", "digital", "生态环保!"])
    {'生态环保': 'shengtaihuanbao', 'digital': 'digital', '生态环保!': 'shengtaihuanbao2'}
    """
    made: dict[str, str] = {}
    longest = LONGEST - 1 - max(map(len, SUFFIXES.values()))
    for name in names:
        latin = "".join(without_tone(readings_of(one)[0]) if readings_of(one) else one for one in name)
        stem = re.sub(r"\W+", "_", latin.replace("ü", "v"), flags=re.ASCII).strip("_") or "measure"
        stem = (stem if not stem[0].isdigit() else f"m{stem}")[: longest - 2].rstrip("_")
        number = 1
        while (candidate := stem if number == 1 else f"{stem}{number}") in made.values():
            number += 1
        made[name] = candidate
    return made


def table_codebook(by: tuple[str, ...], *, method: str) -> pd.DataFrame:
    """Return the codebook of the panel's long table: variable, measure, labels in both languages, unit and method."""
    rows = [_key(name) for name in by] + [("measure", "", "指标", "measure", "", "")]
    rows += [(name, "", *labels, "") for name, labels in OF_CELL.items()]
    rows += [(name, "", *labels, method) for name, labels in OF_MEASURE.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def wide_codebook(by: tuple[str, ...], *, measures: tuple[Measure, ...], method: str) -> pd.DataFrame:
    """Return the codebook of the panel's wide table, a row a variable."""
    rows = [_key(name) for name in by] + [(name, "", *labels, "") for name, labels in OF_CELL.items()]
    names = variable_names([measure.name for measure in measures])
    for measure in measures:
        words = " ".join(measure.words) or "tokens"
        but = f"; not in: {' '.join(measure.exclusions)}" if measure.exclusions else ""
        for column, (zh, en, unit) in OF_MEASURE.items():
            rows.append(
                (
                    f"{names[measure.name]}_{SUFFIXES[column]}",
                    measure.name,
                    f"{measure.name}：{zh}",
                    f"{measure.name}: {en}",
                    unit,
                    f"{method}; words {measure.digest}: {words}{but}",
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _key(name: str) -> tuple[str, str, str, str, str, str]:
    zh, en = {
        "place_code": ("行政区划代码（GB/T 2260）", "division code (GB/T 2260)"),
        "year": ("年份", "year"),
    }.get(name, (name, name))
    return (name, "", zh, en, "", "")
