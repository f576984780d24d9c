"""Stretches of tokens that may be a formulation, and which of them are the same string."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..words.tokens import Tokens
from ..zh.characters import DIGIT, HANZI, LETTER
from ..zh.marks import STOPS

MAX_TOKENS = 9
MAX_LENGTH = 20
MAX_LENGTH_WITH_MARKS = 30
MAX_PIECE = 12

_WORD = re.compile(rf"[{HANZI}]+|[{DIGIT}{LETTER}+.\-％%年]+")
_NEVER_FIRST = frozenset("的了着过和与及或而等之们得地是也都又还就才并在把被将已很更于这那其该此但") | {
    *("我们", "他们", "这些", "那些", "以及", "或者", "但是", "因为", "所以"),
}
_NEVER_LAST = _NEVER_FIRST | frozenset("最对从由向使让为以要不")
_COMMAS = "，,"
_INSIDE = frozenset("《》（）·・")
_BREAKS = re.compile(rf"[{STOPS}（）()…—]+")

_BASE = 0x9E37_79B9_7F4A_7C15
_MIX = np.uint64(0xBF58_476D_1CE4_E5B9)

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Spans:
    """Occurrences of candidates, as numbers of tokens, and the candidate that each is an occurrence of.

    Parameters
    ----------
    tokens : Tokens
        Where they stand.
    first, last : array of int, shape (n_occurrences,)
        The first and the last token of each.
    group : array of int, shape (n_occurrences,)
        Which candidate it is; the same string has the same number.
    begin, end : array of int, shape (n_tokens,)
        Where each token begins and ends, all texts one after another.
    """

    tokens: Tokens
    first: Integers
    last: Integers
    group: Integers
    begin: Integers
    end: Integers


def find_spans(tokens: Tokens) -> Spans:
    """Return every stretch of tokens that may be a formulation.

    Up to nine words side by side, up to 20 characters; and enumerations (稳增长、促改革、调结构) and pairs of
    clauses of one length (自力更生，艰苦奋斗), up to 30 characters. Quotation marks inside stand in pairs.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["深化", "府院", "联动", "。"]], starts=[[0, 2, 4, 6]])
    >>> spans = find_spans(tokens)
    >>> sorted("".join(tokens["1"][a : b + 1]) for a, b in zip(spans.first, spans.last, strict=True))
    ['府院', '府院联动', '深化', '深化府院', '深化府院联动', '联动']
    """
    begin, end = _places(tokens)
    kinds = _Kinds(tokens)
    pieces = _plain(kinds, begin, end) + _enumerations(kinds, begin, end) + _pairs_of_clauses(kinds, begin, end)
    first = np.concatenate([one for one, _ in pieces])
    last = np.concatenate([other for _, other in pieces])
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    fresh = np.ones(len(first), dtype=bool)
    fresh[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    first, last = first[fresh], last[fresh]
    _, group = np.unique(_Hash(tokens, begin, end)(begin[first], end[last]), return_inverse=True)
    return Spans(tokens, first, last, group.astype(np.int64), begin, end)


class _Kinds:
    """What each token may be in a candidate."""

    def __init__(self, tokens: Tokens) -> None:
        def of_types(wanted: list[bool]) -> Booleans:
            return np.array(wanted, dtype=bool)[tokens.ids] if wanted else np.zeros(0, dtype=bool)

        names = tokens.types
        self.word = of_types([_WORD.fullmatch(name) is not None for name in names])
        self.opening = of_types([name == "“" for name in names])
        self.closing = of_types([name == "”" for name in names])
        self.listing = of_types([name == "、" for name in names])
        self.comma = of_types([name in _COMMAS for name in names])
        self.stop = of_types([_BREAKS.fullmatch(name) is not None for name in names])
        inside = of_types([name in _INSIDE for name in names])
        self.may_begin = (self.word & ~of_types([name in _NEVER_FIRST for name in names])) | self.opening
        shut = of_types([name == "）" for name in names])
        self.may_end = (self.word & ~of_types([name in _NEVER_LAST for name in names])) | self.closing | shut
        self.may_be_inside = self.word | self.opening | self.closing | inside
        unit = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
        lengths = np.array([len(name) for name in names], dtype=np.int64)
        ends = tokens.starts + lengths[tokens.ids] if len(tokens.ids) else tokens.starts
        self.joined = np.zeros(len(tokens.ids), dtype=bool)
        self.joined[1:] = (unit[1:] == unit[:-1]) & (ends[:-1] == tokens.starts[1:])
        self.quoted = np.concatenate([[0], np.cumsum(self.opening.astype(np.int64) - self.closing)])
        self.closings = np.concatenate([[0], np.cumsum(self.closing)])
        at = np.arange(len(tokens.ids))
        marked = np.where(self.opening | self.closing, at, len(at))
        self.next_mark = np.minimum.accumulate(marked[::-1])[::-1]
        brackets = of_types([name == "（" for name in names]).astype(np.int64) - shut
        self.bracketed = np.concatenate([[0], np.cumsum(brackets)])

    def sound(self, first: Integers, last: Integers) -> Booleans:
        """Whether marks inside stand in pairs, and no pair of quotation marks holds the whole."""
        even = (self.quoted[last + 1] == self.quoted[first]) & (
            self.bracketed[last + 1] == self.bracketed[first]
        )
        even &= (self.next_mark[first] > last) | ~self.closing[np.minimum(self.next_mark[first], last)]
        once = self.closings[last] == self.closings[first]
        return np.asarray(even & ~(self.opening[first] & self.closing[last] & once), dtype=bool)


def _places(tokens: Tokens) -> tuple[Integers, Integers]:
    """Where each token begins and ends when all units stand one after another."""
    lengths = np.array([len(name) for name in tokens.types], dtype=np.int64)
    size = lengths[tokens.ids] if len(tokens.ids) else np.zeros(0, dtype=np.int64)
    counts = np.diff(tokens.offsets)
    ends = np.zeros(len(tokens), dtype=np.int64)
    full = counts > 0
    lasts = tokens.offsets[1:][full] - 1
    ends[full] = tokens.starts[lasts] + size[lasts]
    base = np.concatenate([[0], np.cumsum(ends + 1)])
    begin = tokens.starts + np.repeat(base[:-1], counts)
    return begin, begin + size


def _plain(kinds: _Kinds, begin: Integers, end: Integers) -> list[tuple[Integers, Integers]]:
    """Words side by side, with quotation marks in pairs."""
    result = []
    size = len(begin)
    alive = np.flatnonzero(kinds.may_begin)
    words = kinds.word[alive].astype(np.int64)
    for more in range(2 * MAX_TOKENS):
        last = alive + more
        if more:
            keep = last < size
            alive, last, words = alive[keep], last[keep], words[keep]
            keep = kinds.joined[last] & kinds.may_be_inside[last]
            alive, last, words = alive[keep], last[keep], words[keep] + kinds.word[last[keep]]
            keep = (words <= MAX_TOKENS) & (end[last] - begin[alive] <= MAX_LENGTH)
            alive, last, words = alive[keep], last[keep], words[keep]
        if not len(alive):
            break
        chosen = kinds.may_end[last] & kinds.sound(alive, last) & (end[last] - begin[alive] >= 2)
        result.append((alive[chosen], last[chosen]))
    return result


def _bounds(kinds: _Kinds) -> tuple[Integers, Integers]:
    """For every token the first and the last token of the stretch between marks that it stands in."""
    size = len(kinds.word)
    at = np.arange(size)
    breaks = kinds.stop | kinds.listing | kinds.comma
    before = breaks | ~kinds.joined
    first = np.maximum.accumulate(np.where(before, at, 0))
    first = first + breaks[first]
    after = np.ones(size, dtype=bool)
    after[:-1] = breaks[1:] | ~kinds.joined[1:]
    after |= breaks
    last = np.minimum.accumulate(np.where(after, at, size - 1)[::-1])[::-1]
    return first, last


def _enumerations(kinds: _Kinds, begin: Integers, end: Integers) -> list[tuple[Integers, Integers]]:
    """Two to eight pieces between 、, the first and the last perhaps in part: 全面、协调、可持续发展."""
    piece_first, piece_last = _bounds(kinds)
    size = len(begin)
    found: list[tuple[int, int]] = []
    marks = set(np.flatnonzero(kinds.listing).tolist())
    for mark in sorted(marks):
        if mark == 0 or mark + 1 >= size or not (kinds.joined[mark] and kinds.joined[mark + 1]):
            continue
        if kinds.listing[mark - 1] or kinds.stop[mark + 1] or kinds.listing[mark + 1]:
            continue
        start, lengths = int(piece_first[mark - 1]), []
        here = mark
        for _ in range(7):
            low = here + 1
            high = int(piece_last[low]) if low < size else low
            lengths.append(int(end[high] - begin[low]))
            found += _ends_of(kinds, begin, end, (start, mark), (low, high), lengths)
            here = high + 1
            if here not in marks or lengths[-1] > MAX_PIECE or not kinds.joined[here]:
                break
            if here + 1 >= size or not kinds.joined[here + 1] or kinds.stop[here + 1]:
                break
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    first, last = pairs[:, 0], pairs[:, 1]
    good = kinds.sound(first, last)
    return [(first[good], last[good])]


def _ends_of(
    kinds: _Kinds,
    begin: Integers,
    end: Integers,
    opening: tuple[int, int],
    closing: tuple[int, int],
    lengths: list[int],
) -> list[tuple[int, int]]:
    """Pairs of a first token in the first piece and a last token in the last, where the lengths go together."""
    result = []
    middle = lengths[0] if len(lengths) > 1 else None
    start, mark = opening
    low, high = closing
    for first in range(start, mark):
        head = int(begin[mark] - begin[first])
        if head > MAX_PIECE or not kinds.may_begin[first]:
            continue
        for last in range(low, high + 1):
            tail = int(end[last] - begin[low])
            if tail > MAX_PIECE + 2 or end[last] - begin[first] > MAX_LENGTH_WITH_MARKS:
                break
            even = tail == head or middle in (head, tail)
            if kinds.may_end[last] and (even or first == start or head <= 4):
                result.append((first, last))
    return result


def _pairs_of_clauses(kinds: _Kinds, begin: Integers, end: Integers) -> list[tuple[Integers, Integers]]:
    """Clauses of one length on both sides of a comma: 解放思想，实事求是; longer than four signs where one is whole."""
    piece_first, piece_last = _bounds(kinds)
    size = len(begin)
    found: list[tuple[int, int]] = []
    for mark in np.flatnonzero(kinds.comma).tolist():
        if not 0 < mark < size - 1 or not (kinds.joined[mark] and kinds.joined[mark + 1]):
            continue
        if not (kinds.word[mark - 1] and kinds.word[mark + 1]):
            continue
        before = {int(begin[mark] - begin[i]): i for i in range(int(piece_first[mark - 1]), mark)}
        for last in range(mark + 1, int(piece_last[mark + 1]) + 1):
            length = int(end[last] - begin[mark + 1])
            if length > MAX_PIECE:
                break
            first = before.get(length)
            if first is None or length < 4 or not (kinds.may_begin[first] and kinds.may_end[last]):
                continue
            whole = last == piece_last[mark + 1]
            if length == 4 or whole or first == piece_first[mark - 1]:
                found.append((first, last))
            while whole and last + 2 < size and kinds.comma[last + 1] and kinds.joined[last + 2]:
                more = int(piece_last[last + 2])
                if end[more] - begin[last + 2] != length or end[more] - begin[first] > MAX_LENGTH_WITH_MARKS:
                    break
                last = more
                found.append((first, last))
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    good = kinds.sound(pairs[:, 0], pairs[:, 1])
    return [(pairs[good, 0], pairs[good, 1])]


class _Hash:
    """A 64-bit hash of any stretch of characters: differences of a running sum of powers (Karp and Rabin 1987)."""

    def __init__(self, tokens: Tokens, begin: Integers, end: Integers) -> None:
        length = int(end.max(initial=0)) + 1
        codes = np.zeros(length, dtype=np.uint64)
        signs = np.frombuffer("".join(tokens.types).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        offsets = np.concatenate([[0], np.cumsum([len(name) for name in tokens.types])]).astype(np.int64)
        size = end - begin
        within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
        codes[np.repeat(begin, size) + within] = signs[np.repeat(offsets[tokens.ids], size) + within]
        codes = (codes + np.uint64(1)) * _MIX
        codes ^= codes >> np.uint64(29)
        self._back = np.cumprod(np.full(length, pow(_BASE, -1, 1 << 64), dtype=np.uint64))
        powers = np.cumprod(np.full(length, _BASE, dtype=np.uint64))
        self._sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(codes * powers)])

    def __call__(self, begin: Integers, end: Integers) -> npt.NDArray[np.uint64]:
        return np.asarray((self._sums[end] - self._sums[begin]) * self._back[begin], dtype=np.uint64)
