"""Rules of the segmentation standard that a word list cannot state: numbers, Latin, marks, suffixes.

First the pieces that are fixed whatever stands around them are set aside (99.6%, 2024年, “1+3+N”, VR); the
word engine cuts what is between; then numerals and measures are parted and suffixes joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain

from ..zh.characters import DIGIT, HANZI, LETTER, has_chinese
from ..zh.measures import PARTED
from ..zh.numerals import COUNTING, HAN_YEAR, MORE, NUMERALS

Cut = Callable[[str], list[str]]

_HAN_RUN = re.compile(f"[{HANZI}]+")

_DIGITS = f"[{DIGIT}]"
_NUMBER = rf"{_DIGITS}+(?:[.,．，]{_DIGITS}+)*"
_RANGE = rf"{_NUMBER}(?:[-－~～—]{_NUMBER})?"
_LETTERS = f"[{LETTER}]"
_YEAR = rf"(?:{_DIGITS}{{4}}|{_DIGITS}{{2}}[xX×*]{{2}})"
_FIXED = (
    r"\s+",
    r"https?://[!-~]+|www\.[!-~]+",
    r"—+|…+|\.{3,}|·{3,}",
    rf"{_YEAR}(?:[-－~～—]{_YEAR})?年(?!度)",
    rf"{_DIGITS}{{1,2}}(?:[-－~～—]{_DIGITS}{{1,2}})?(?:月份|月|日|时(?!代|期|候|间|刻))",
    rf"{_RANGE}(?:%|％|‰|℃)",
    rf"{_NUMBER}版",
    rf"第{_DIGITS}+",
    rf"{_RANGE}(?:万亿|千万|百万|亿|万|千(?!米|克|瓦)|百)?(?![{LETTER}{DIGIT}+＋])",
    rf"(?:{_LETTERS}|{_DIGITS})(?:[-+＋./_&]?(?:{_LETTERS}|{_DIGITS}))*",
)

_BEGINS = rf"\s{DIGIT}{LETTER}—….·第"
"""Every fixed piece begins with one of these: looked at first, for speed."""

_COUNTING = frozenset(COUNTING)
_MORE = frozenset(MORE)
_AFTER_NUMERALS = PARTED | _MORE | frozenset("人")
_JOINING = _COUNTING | frozenset("率年")
_YEARS = re.compile(HAN_YEAR)
_POINT = re.compile(rf"(?:百分之)?[{NUMERALS}]+点?")


def parts_of_terms(forms: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that terms add to a dictionary, and the terms with Latin letters or digits in them.

    Marks are tokens of their own, so that a term with marks inside adds the words between them. The same
    term written without its marks is cut at the same positions.

    Examples
    --------
    >>> parts_of_terms(["府院联动", "双随机、一公开", "双随机一公开", "12345热线"])
    (('一公开', '双随机', '府院联动'), ('12345热线',))
    """
    words: set[str] = set()
    fixed: set[str] = set()
    apart: set[str] = set()
    for form in forms:
        parts = [part for run in re.findall(r"[\w+.\-]+", form) if (part := run.strip("._-"))]
        if len(parts) > 1:
            apart.add("".join(parts))
        for part in parts:
            if not _HAN_RUN.fullmatch(part):
                fixed.update([part] if has_chinese(part) else [])
            elif len(part) > 1:
                words.add(part)
    return tuple(sorted(words - apart)), tuple(sorted(fixed))


def fixed_pattern(terms: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of all pieces that are one token whatever stands around them.

    Examples
    --------
    >>> fixed_pattern(["12345热线"]).findall("拨打12345热线，办结率99.6%，4.2亿元，1-20日，“1+3+N”")
    ['12345热线', '99.6%', '4.2亿', '1-20日', '1+3+N']
    """
    own = [re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term))]
    begins = _BEGINS + "".join(sorted({re.escape(term[0]) for term in terms}))
    return re.compile(f"(?=[{begins}])(?:{'|'.join([*own, *_FIXED])})")


def apply_rules(
    text: str, *, cut: Cut, fixed: re.Pattern[str], parts: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the tokens of a text: fixed pieces, and between them what the engine cuts, put right.

    Parameters
    ----------
    text : str
        Any text.
    cut : callable
        The word engine.
    fixed : pattern
        As made by `fixed_pattern`.
    parts : mapping
        For every word of the engine the words that it stands for.

    Examples
    --------
    >>> apply_rules("共36项", cut=list, fixed=fixed_pattern([]), parts={w: (w,) for w in ("共", "36", "项")})
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
    return _join(list(chain.from_iterable(map(parts.__getitem__, tokens))))


def part_numeral(word: str) -> tuple[str, ...]:
    """Return numeral and measure of a word apart; a word that is no such pair as it is.

    Examples
    --------
    >>> part_numeral("两个"), part_numeral("第三轮"), part_numeral("数千份"), part_numeral("一个")
    (('两', '个'), ('第三', '轮'), ('数千', '份'), ('一个',))
    """
    if word == "一个" or word[-1] not in _AFTER_NUMERALS:
        return (word,)
    body = word[1:-1] if word[0] == "第" else word[:-1]
    more = body[-1:] if body[-1:] in _MORE else ""
    bare = body[: len(body) - len(more)]
    if (bare or more in ("多", "余")) and all(character in _COUNTING for character in bare):
        head = word[: len(word) - 1 - len(more)]
        return tuple(part for part in (head, more, word[-1]) if part)
    return (word,)


def _join(tokens: list[str]) -> list[str]:
    result: list[str] = []
    done = 0
    for index in [number for number, token in enumerate(tokens) if token[0] in _JOINING]:
        result += tokens[done:index]
        done = index + 1
        token = tokens[index]
        before = result[-1] if result else ""
        if before and _belongs(before, token):
            result[-1] = before + token
        elif before == "点" and len(result) > 1 and _is_numeral(token) and _is_numeral(result[-2]):
            result[-2:] = [result[-2] + before + token]
        else:
            result.append(token)
    return result + tokens[done:]


def _belongs(before: str, token: str) -> bool:
    """Whether a token is part of the word before it."""
    if token == "率":
        return len(before) == 2 and _HAN_RUN.fullmatch(before) is not None
    if token == "年":
        return _YEARS.fullmatch(before) is not None
    if _is_numeral(token):
        return before in ("第", "百分之") or _is_numeral(before) or _POINT.fullmatch(before) is not None
    return False


def _is_numeral(token: str) -> bool:
    return token[0] in _COUNTING and all(character in _COUNTING for character in token)
