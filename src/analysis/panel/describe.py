"""Sentences that say what a panel covers and what it cannot show; every one is computed from its tables."""

from __future__ import annotations

from typing import Literal

import pandas as pd

Language = Literal["zh", "en"]

SENTENCES = {
    "zh": {
        "cells": "面板含 {levels}，{cells} 个单元格中有 {filled} 个有文本，共 {documents} 篇。",
        "level": "{number} 个{name}",
        "joint": "、",
        "several": "有 {number} 个单元格合并了多篇文本（词数相加）。",
        "excluded": "{number} 篇文本未计入：{reasons}。",
        "reason": "{reason}（{number} 篇）",
        "sections": "仅统计 {kinds} 部分。",
        "one_year": "只有一个年份，不能估计变化，滞后值和年际变化均为缺失。",
        "no_lag": "没有一个地区有相邻两年的文本，年际变化均为缺失。",
        "measure": "{name}：占比 {low:.2f}‰—{high:.2f}‰，中位数 {middle:.2f}‰{zeros}。",
        "zeros": "；{number} 个单元格的计数为 0",
        "wide": "{name} 有 {number} 个单元格的区间没有上限，段落过少或词语过于集中。",
        "matching": "{name} 的三种匹配方式合计为：按词 {token}，词内 {nested}，按字符 {characters}。",
    },
    "en": {
        "cells": "The panel has {levels}; {filled} of {cells} cells have text, {documents} documents in all.",
        "level": "{number} {name}",
        "joint": ", ",
        "several": "Cells that add up several documents (their tokens are summed): {number}.",
        "excluded": "Documents left out: {number}; {reasons}.",
        "reason": "{reason} ({number})",
        "sections": "Only these parts are counted: {kinds}.",
        "one_year": "There is a single year: no change can be estimated, and lags and changes are missing.",
        "no_lag": "No place has text in two consecutive years: all changes are missing.",
        "measure": "{name}: share from {low:.2f} to {high:.2f} per thousand, median {middle:.2f}{zeros}.",
        "zeros": "; cells with a count of 0: {number}",
        "wide": "{name}: cells whose interval has no upper end, with too few paragraphs or words too clustered: {number}.",
        "matching": "{name} by the three matchings, in all: {token} as tokens, {nested} inside tokens, {characters} as characters.",
    },
}
NAMES = {
    "zh": {"place_code": ("地区", "地区"), "place": ("地区", "地区"), "year": ("年份", "年份")},
    "en": {"place_code": ("place", "places"), "place": ("place", "places"), "year": ("year", "years")},
}
"""What one and what several values of a column are called; other columns keep their own name."""


def describe_panel(
    table: pd.DataFrame,
    *,
    coverage: pd.DataFrame,
    excluded: pd.DataFrame,
    by: tuple[str, ...],
    sections: tuple[str, ...],
    language: Language,
) -> str:
    """Return the sentences of a panel, one a line, from its tables."""
    words = SENTENCES[language]
    levels = [
        words["level"].format(number=number, name=_name(name, language, number))
        for name, number in ((name, int(coverage[name].nunique())) for name in by)
    ]
    lines = [
        words["cells"].format(
            levels=words["joint"].join(levels),
            cells=len(coverage),
            filled=int((coverage["n_docs"] > 0).sum()),
            documents=int(coverage["n_docs"].sum()),
        )
    ]
    if several := int((coverage["n_docs"] > 1).sum()):
        lines.append(words["several"].format(number=several))
    if len(excluded):
        reasons = excluded["reason"].value_counts()
        said = [
            words["reason"].format(reason=_reason(str(reason), language), number=number)
            for reason, number in reasons.items()
        ]
        lines.append(words["excluded"].format(number=len(excluded), reasons=words["joint"].join(said)))
    if sections:
        lines.append(words["sections"].format(kinds=words["joint"].join(sections)))
    if "year" in by:
        if coverage["year"].nunique() == 1:
            lines.append(words["one_year"])
        elif not bool(table["share_lag"].notna().any()):
            lines.append(words["no_lag"])
    for measure, part in table.groupby("measure", sort=False):
        lines += _measure(str(measure), part, words)
    return "\n".join(lines)


def _measure(name: str, part: pd.DataFrame, words: dict[str, str]) -> list[str]:
    known = part.loc[part["share"].notna()]
    if not len(known):
        return []
    zeros = int((known["count"] == 0).sum())
    thousand = 1000 * known["share"]
    lines = [
        words["measure"].format(
            name=name,
            low=thousand.min(),
            high=thousand.max(),
            middle=thousand.median(),
            zeros=words["zeros"].format(number=zeros) if zeros else "",
        ),
        words["matching"].format(
            name=name,
            token=int(known["token_count"].sum()),
            nested=int(known["nested_count"].sum()),
            characters=int(known["characters_count"].sum()),
        ),
    ]
    if wide := int(known["share_high"].isna().sum()):
        lines.append(words["wide"].format(name=name, number=wide))
    return lines


def _name(column: str, language: Language, number: int) -> str:
    one, several = NAMES[language].get(column, (f" {column}" if language == "zh" else column,) * 2)
    return one if number == 1 else several


def _reason(reason: str, language: Language) -> str:
    if language == "en":
        return reason
    section = reason.removeprefix("no section of ")
    return f"没有 {section} 部分" if section != reason else f"缺少 {reason.removeprefix('no ')}"
