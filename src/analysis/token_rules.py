"""Rules of the segmentation standard that a word list cannot state: numbers, Latin, marks, suffixes.

First the pieces that are fixed whatever stands around them are set aside (99.6%, 2024年, “1+3+N”, VR); the
word engine cuts what is between; then numerals and measures are parted and suffixes joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

Cut = Callable[[str], list[str]]

_HAN_RUN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

_DIGITS = r"[0-9０-９]"
_NUMBER = rf"{_DIGITS}+(?:[.,．，]{_DIGITS}+)*"
_RANGE = rf"{_NUMBER}(?:[-－~～—]{_NUMBER})?"
_LETTERS = r"[A-Za-zＡ-Ｚａ-ｚ]"
_FIXED = (
    r"\s+",
    r"https?://[!-~]+|www\.[!-~]+",
    r"—+|…+|\.{3,}|·{3,}",
    rf"(?:{_DIGITS}{{4}}|{_DIGITS}{{2}}[xX×*]{{2}})(?:[-－~～—]{_DIGITS}{{4}})?年(?!度)",
    rf"{_DIGITS}{{1,2}}(?:[-－~～—]{_DIGITS}{{1,2}})?(?:月份|月|日|时(?!代|期|候|间|刻))",
    rf"{_RANGE}(?:%|％|‰|℃)",
    rf"{_NUMBER}版",
    rf"第{_DIGITS}+",
    rf"{_RANGE}(?:万亿|千万|百万|亿|万|千(?!米|克|瓦)|百)?(?![A-Za-zＡ-Ｚａ-ｚ0-9０-９+＋])",
    rf"(?:{_LETTERS}|{_DIGITS})(?:[-+＋./_&]?(?:{_LETTERS}|{_DIGITS}))*",
)

_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_COUNTING = _NUMERALS | frozenset("数几")
_MORE = frozenset("余多来")
_MEASURES = frozenset("项条件位名批套届轮份场次种户亩吨元级类期间家座支篇部册本张句段幅架辆艘只头株岁倍大")
_YEARS = re.compile(r"[一二][〇○零一二三四五六七八九]{3}")


def has_chinese(text: str) -> bool:
    """Return whether a text has a Chinese character.

    Examples
    --------
    >>> has_chinese("VR 法"), has_chinese("rule of law")
    (True, False)
    """
    return _HAN_RUN.search(text) is not None


def parts_of_terms(forms: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that terms add to a dictionary, and the terms with Latin letters or digits in them.

    Marks are tokens of their own, so that a term with marks inside adds the words between them.

    Examples
    --------
    >>> parts_of_terms(["府院联动", "双随机、一公开", "12345热线"])
    (('一公开', '双随机', '府院联动'), ('12345热线',))
    """
    words: set[str] = set()
    fixed: set[str] = set()
    for form in forms:
        for part in (run.strip("._-") for run in re.findall(r"[\w+.\-]+", form)):
            if _HAN_RUN.fullmatch(part):
                if len(part) > 1:
                    words.add(part)
            elif _HAN_RUN.search(part):
                fixed.add(part)
    return tuple(sorted(words)), tuple(sorted(fixed))


def fixed_pattern(terms: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of all pieces that are one token whatever stands around them.

    Examples
    --------
    >>> fixed_pattern(["12345热线"]).findall("拨打12345热线，办结率99.6%，4.2亿元，1-20日，“1+3+N”")
    ['12345热线', '99.6%', '4.2亿', '1-20日', '1+3+N']
    """
    own = [re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term))]
    return re.compile("|".join([*own, *_FIXED]))


def apply_rules(text: str, *, cut: Cut, fixed: re.Pattern[str], words: Collection[str]) -> list[str]:
    """Return the tokens of a text: fixed pieces, and between them what the engine cuts, put right.

    Parameters
    ----------
    text : str
        Any text.
    cut : callable
        The word engine.
    fixed : pattern
        As made by `fixed_pattern`.
    words : collection of str
        Words that no rule may part.

    Examples
    --------
    >>> apply_rules("共36项", cut=list, fixed=fixed_pattern([]), words=())
    ['共', '36', '项']
    """
    tokens: list[str] = []
    end = 0
    for match in fixed.finditer(text):
        start = match.start()
        if start > end:
            tokens += cut(text[end:start])
        tokens.append(match.group())
        end = match.end()
    if end < len(text):
        tokens += cut(text[end:])
    return _join(_part(tokens, words))


def _part(tokens: list[str], words: Collection[str]) -> list[str]:
    result: list[str] = []
    for token in tokens:
        if len(token) > 1 and (token[0] in _COUNTING or token[0] == "第") and token not in words:
            result += _part_numeral(token)
        else:
            result.append(token)
    return result


def _part_numeral(token: str) -> list[str]:
    body = token[1:-1] if token[0] == "第" else token[:-1]
    if body and (token[-1] in _MEASURES or token[-1] in _MORE) and all(sign in _COUNTING for sign in body):
        return [token[:-1], token[-1]]
    return [token]


def _join(tokens: list[str]) -> list[str]:
    result: list[str] = []
    for token in tokens:
        if result:
            before = result[-1]
            if _is_numeral(token) and (_is_numeral(before) or before in ("第", "百分之")):
                result[-1] = before + token
                continue
            if token == "率" and len(before) == 2 and _HAN_RUN.fullmatch(before):
                result[-1] = before + token
                continue
            if token == "年" and _YEARS.fullmatch(before):
                result[-1] = before + token
                continue
        result.append(token)
    return result


def _is_numeral(token: str) -> bool:
    return token[0] in _NUMERALS and all(sign in _NUMERALS for sign in token)
