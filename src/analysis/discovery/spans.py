"""Stretches of tokens that may be a formulation, and which of them are the same string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..words.tokens import Tokens
from ..zh.characters import DIGIT, HANZI, LETTER
from ..zh.marks import STOPS

# Limits that hold 97 % of what readers listed (docs/decisions/discovery.md).
MAX_TOKENS = 9
MAX_LENGTH = 20
MAX_LENGTH_WITH_MARKS = 30
"""Characters of an enumeration or of clauses side by side: the longest that a term of the dictionary may be."""
MAX_PIECE = 12
"""Characters of one piece of these."""
MIN_CLAUSE = 4
"""Characters of a clause in a pair: the four-character phrase is the unit of written rhythm (解放思想，实事求是)."""
MAX_PIECES = 8

# 年 stands with the Latin letters and digits for 2035年; Hanzi and these never mix within one token.
_WORD = re.compile(rf"[{HANZI}]+|[{DIGIT}{LETTER}+.\-％%年]+")
# No formulation begins with a particle, conjunction, pronoun or auxiliary. Prepositions such as 以, 为 and 对 are
# missing on purpose: 以人为本 and 为民服务 begin with them.
_NEVER_FIRST = frozenset("的了着过和与及或而等之们得地是也都又还就才并在把被将已很更于这那其该此但") | {
    *("我们", "他们", "这些", "那些", "以及", "或者", "但是", "因为", "所以"),
}
# At the end prepositions and negation are excluded as well: they govern what follows.
_NEVER_LAST = _NEVER_FIRST | frozenset("最对从由向使让为以要不")
_COMMAS = "，,"
# Marks that belong to a name (《…》, 卡尔·马克思) do not end a candidate; all others do.
_INSIDE = frozenset("《》（）·・")
_BREAKS = re.compile(rf"[{STOPS}（）()…—]+")

# Odd, so that it has an inverse modulo 2^64 and a hash can be moved to the front of any text; 2^64 over the golden
# ratio, whose multiples spread evenly. The multiplier of SplitMix64 mixes the code points first.
_BASE = 0x9E37_79B9_7F4A_7C15
_MIX = np.uint64(0xBF58_476D_1CE4_E5B9)

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Pairs = tuple[Integers, Integers]
"""First and last tokens of candidates."""


@dataclass(frozen=True)
class Spans:
    """Occurrences of candidates as token indices, and the candidate that each is an occurrence of.

    Parameters
    ----------
    tokens : Tokens
        The tokens that the indices count.
    first, last : array of int, shape (n_occurrences,)
        The first and the last token of each.
    group : array of int, shape (n_occurrences,)
        Which candidate it is; the same string has the same number.
    begin, end : array of int, shape (n_tokens,)
        Offsets of each token, all texts one after another.
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
    line = _TokenLine(tokens)
    begin, end = line.begin, line.end
    pieces = [*_side_by_side(line), _enumerations(line), _equal_clauses(line)]
    first = np.concatenate([one for one, _ in pieces])
    last = np.concatenate([other for _, other in pieces])
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    # an enumeration of two words is found as words side by side as well
    fresh = np.ones(len(first), dtype=bool)
    fresh[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    first, last = first[fresh], last[fresh]
    _, group = np.unique(_Hash(tokens, begin, end)(begin[first], end[last]), return_inverse=True)
    return Spans(tokens, first, last, group.astype(np.int64), begin, end)


class _TokenLine:
    """All tokens one after another: where each begins and ends, and what it may be in a candidate."""

    def __init__(self, tokens: Tokens) -> None:
        def of_types(wanted: list[bool]) -> Booleans:
            return np.array(wanted, dtype=bool)[tokens.type_ids] if wanted else np.zeros(0, dtype=bool)

        names = tokens.types
        self.begin, self.end = _offsets(tokens)
        self.word = of_types([_WORD.fullmatch(name) is not None for name in names])
        self.opening = of_types([name == "“" for name in names])
        self.closing = of_types([name == "”" for name in names])
        self.listing = of_types([name == "、" for name in names])
        self.comma = of_types([name in _COMMAS for name in names])
        self.stop = of_types([_BREAKS.fullmatch(name) is not None for name in names])
        inside = of_types([name in _INSIDE for name in names])
        shut = of_types([name == "）" for name in names])
        self.may_begin = (self.word & ~of_types([name in _NEVER_FIRST for name in names])) | self.opening
        self.may_end = (self.word & ~of_types([name in _NEVER_LAST for name in names])) | self.closing | shut
        self.may_be_inside = self.word | self.opening | self.closing | inside
        # a token is joined if it follows the one before it directly, in the same unit and without white space
        self.joined = np.zeros(len(tokens.type_ids), dtype=bool)
        self.joined[1:] = self.begin[1:] == self.end[:-1]
        # running sums, so that marks inside any stretch are counted by one subtraction
        self.quoted = _running_sum(self.opening.astype(np.int64) - self.closing)
        self.closings = _running_sum(self.closing.astype(np.int64))
        self.bracketed = _running_sum(of_types([name == "（" for name in names]).astype(np.int64) - shut)
        index = np.arange(len(tokens.type_ids))
        marked = np.where(self.opening | self.closing, index, len(index))
        self.next_mark = np.minimum.accumulate(marked[::-1])[::-1]
        self.piece_first, self.piece_last = self._pieces()

    def __len__(self) -> int:
        return len(self.word)

    def _pieces(self) -> tuple[Integers, Integers]:
        """Return for every token the first and last token of the stretch between marks that holds it."""
        size = len(self)
        index = np.arange(size)
        breaks = self.stop | self.listing | self.comma
        before = breaks | ~self.joined
        first = np.maximum.accumulate(np.where(before, index, 0))
        first = first + breaks[first]
        after = np.ones(size, dtype=bool)
        after[:-1] = breaks[1:] | ~self.joined[1:]
        after |= breaks
        last = np.minimum.accumulate(np.where(after, index, size - 1)[::-1])[::-1]
        return first, last

    def length(self, first: int, last: int) -> int:
        """Return the characters from token `first` to token `last`."""
        return int(self.end[last] - self.begin[first])

    def is_whole(self, first: Integers, last: Integers) -> Booleans:
        """Return where marks inside stand in pairs, and no pair of quotation marks encloses the whole.

        “三重一大”决策 is a candidate; 三重一大”决策 is not, and “三重一大” is one without its marks.
        """
        even = (self.quoted[last + 1] == self.quoted[first]) & (
            self.bracketed[last + 1] == self.bracketed[first]
        )
        # equal numbers are not enough: ”和“ has one of each
        even &= (self.next_mark[first] > last) | ~self.closing[np.minimum(self.next_mark[first], last)]
        once = self.closings[last] == self.closings[first]
        return np.asarray(even & ~(self.opening[first] & self.closing[last] & once), dtype=bool)

    def is_between_words(self, mark: int) -> bool:
        """Return True where a mark has tokens on both sides that touch it."""
        return 0 < mark < len(self) - 1 and bool(self.joined[mark] and self.joined[mark + 1])

    def whole_pairs(self, found: list[tuple[int, int]]) -> Pairs:
        """Return pairs of first and last tokens as two arrays, without those that are not whole."""
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
        first, last = pairs[:, 0], pairs[:, 1]
        good = self.is_whole(first, last)
        return first[good], last[good]


def _running_sum(values: Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(values)])


def _offsets(tokens: Tokens) -> tuple[Integers, Integers]:
    """Return the begin and end of each token, all units one after another with one character between two units."""
    lengths = np.array([len(name) for name in tokens.types], dtype=np.int64)
    size = lengths[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=np.int64)
    counts = np.diff(tokens.offsets)
    ends = np.zeros(len(tokens), dtype=np.int64)
    full = counts > 0
    lasts = tokens.offsets[1:][full] - 1
    ends[full] = tokens.starts[lasts] + size[lasts]
    base = np.concatenate([[0], np.cumsum(ends + 1)])
    begin = tokens.starts + np.repeat(base[:-1], counts)
    return begin, begin + size


def _side_by_side(line: _TokenLine) -> list[Pairs]:
    """Return words side by side, with quotation marks in pairs: all candidates of one length at a time."""
    result = []
    alive = np.flatnonzero(line.may_begin)
    words = line.word[alive].astype(np.int64)
    # marks do not count as words, so the longest candidate has up to twice as many tokens
    for more in range(2 * MAX_TOKENS):
        last = alive + more
        if more:
            keep = last < len(line)
            alive, last, words = alive[keep], last[keep], words[keep]
            keep = line.joined[last] & line.may_be_inside[last]
            alive, last, words = alive[keep], last[keep], words[keep] + line.word[last[keep]]
            keep = (words <= MAX_TOKENS) & (line.end[last] - line.begin[alive] <= MAX_LENGTH)
            alive, last, words = alive[keep], last[keep], words[keep]
        if not len(alive):
            break
        # one character is a word and no formulation
        chosen = line.may_end[last] & line.is_whole(alive, last) & (line.end[last] - line.begin[alive] >= 2)
        result.append((alive[chosen], last[chosen]))
    return result


def _enumerations(line: _TokenLine) -> Pairs:
    """Return two to eight pieces between 、, the first and the last perhaps in part: 全面、协调、可持续发展."""
    found: list[tuple[int, int]] = []
    for mark in np.flatnonzero(line.listing).tolist():
        if line.is_between_words(mark) and not line.listing[mark - 1] and not _breaks_off(line, mark):
            found += _enumerations_from(line, mark)
    return line.whole_pairs(found)


def _breaks_off(line: _TokenLine, mark: int) -> bool:
    return bool(line.stop[mark + 1] or line.listing[mark + 1])


def _enumerations_from(line: _TokenLine, mark: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last tokens of enumerations whose first 、 is this one."""
    start, here = int(line.piece_first[mark - 1]), mark
    lengths: list[int] = []
    for _ in range(MAX_PIECES - 1):
        low = here + 1
        high = int(line.piece_last[low])
        lengths.append(line.length(low, high))
        # the second piece has to be of the same length as the first or the last part that is taken
        middle = lengths[0] if len(lengths) > 1 else None
        yield from _ends_of(line, (start, mark), (low, high), middle)
        here = high + 1
        if here >= len(line) or not line.listing[here] or lengths[-1] > MAX_PIECE:
            return
        if not line.is_between_words(here) or line.stop[here + 1]:
            return


def _ends_of(
    line: _TokenLine, opening: tuple[int, int], closing: tuple[int, int], middle: int | None
) -> Iterator[tuple[int, int]]:
    """Yield pairs of a first token in the first piece and a last token in the last, where the lengths go together.

    A piece may hold more than the item: 坚持稳增长、促改革 has 坚持 before it. Items of an enumeration mostly have
    one length, so a part of a piece is taken where it has that of another item.
    """
    start, mark = opening
    low, high = closing
    for first in range(start, mark):
        head = line.length(first, mark - 1)
        if head > MAX_PIECE or not line.may_begin[first]:
            continue
        for last in range(low, high + 1):
            tail = line.length(low, last)
            # the last item may be followed by a noun that governs all: 全面、协调、可持续发展
            if tail > MAX_PIECE + 2 or line.length(first, last) > MAX_LENGTH_WITH_MARKS:
                break
            even = tail == head or middle in (head, tail)
            if line.may_end[last] and (even or first == start or head <= MIN_CLAUSE):
                yield first, last


def _equal_clauses(line: _TokenLine) -> Pairs:
    """Return clauses of one length on both sides of a comma: 解放思想，实事求是."""
    found: list[tuple[int, int]] = []
    for comma in np.flatnonzero(line.comma).tolist():
        if line.is_between_words(comma) and line.word[comma - 1] and line.word[comma + 1]:
            for first, last in _pairs_around(line, comma):
                found.append((first, last))
                found += ((first, later) for later in _continued(line, first, last, comma))
    return line.whole_pairs(found)


def _pairs_around(line: _TokenLine, comma: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of a pair of clauses of one length around a comma."""
    leftmost, rightmost = int(line.piece_first[comma - 1]), int(line.piece_last[comma + 1])
    first_of_length = {line.length(first, comma - 1): first for first in range(leftmost, comma)}
    for last in range(comma + 1, rightmost + 1):
        length = line.length(comma + 1, last)
        first = first_of_length.get(length)
        if first is None or not MIN_CLAUSE <= length <= MAX_PIECE:
            continue
        # parts of two clauses have one length by chance, unless they are four-character phrases
        plausible = length == MIN_CLAUSE or first == leftmost or last == rightmost
        if plausible and line.may_begin[first] and line.may_end[last]:
            yield first, last


def _continued(line: _TokenLine, first: int, last: int, comma: int) -> Iterator[int]:
    """Yield the last tokens of further clauses of the same length: 自力更生，艰苦奋斗，勤俭建国."""
    length = line.length(comma + 1, last)
    if last != line.piece_last[comma + 1]:
        return
    while last + 2 < len(line) and line.comma[last + 1] and line.joined[last + 2]:
        following = int(line.piece_last[last + 2])
        if line.length(last + 2, following) != length or line.length(first, following) > MAX_LENGTH_WITH_MARKS:
            return
        last = following
        yield last


class _Hash:
    """A 64-bit hash of any stretch of characters: differences of a running sum of powers (Karp and Rabin 1987)."""

    def __init__(self, tokens: Tokens, begin: Integers, end: Integers) -> None:
        length = int(end.max(initial=0)) + 1
        codes = np.zeros(length, dtype=np.uint64)
        characters = np.frombuffer("".join(tokens.types).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        offsets = np.concatenate([[0], np.cumsum([len(name) for name in tokens.types])]).astype(np.int64)
        size = end - begin
        within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
        codes[np.repeat(begin, size) + within] = characters[np.repeat(offsets[tokens.type_ids], size) + within]
        codes = (codes + np.uint64(1)) * _MIX
        codes ^= codes >> np.uint64(29)
        # unsigned overflow is the arithmetic modulo 2^64 that is wanted here
        self._back = np.cumprod(np.full(length, pow(_BASE, -1, 1 << 64), dtype=np.uint64))
        powers = np.cumprod(np.full(length, _BASE, dtype=np.uint64))
        self._sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(codes * powers)])

    def __call__(self, begin: Integers, end: Integers) -> npt.NDArray[np.uint64]:
        return np.asarray((self._sums[end] - self._sums[begin]) * self._back[begin], dtype=np.uint64)
