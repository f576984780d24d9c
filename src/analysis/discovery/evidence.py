"""Features of a candidate: its words, the words around it, its shape, and how often it occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..zh.characters import is_hanzi
from .spans import Integers, Spans

Floats = npt.NDArray[np.float64]
_EDGE = "|"
"""The neighbour of what begins or ends a line."""
# Words of five characters or more count as five, so that six of them fit into digits to base 6.
_LONG_SHAPE = 6


@dataclass(frozen=True)
class Evidence:
    """Features of one kind, sparse: candidate `owner[i]` has the feature `label(code[i])` with `value[i]`."""

    kind: str
    owner: Integers
    code: Integers
    value: Floats
    label: Callable[[int], str]

    def labels(self) -> tuple[tuple[str, ...], Integers]:
        """Return the distinct features, and for each entry which of them it is; several may have one label."""
        kept, inverse = np.unique(self.code, return_inverse=True)
        return tuple(self.label(code) for code in kept.tolist()), inverse

    def weigh(self, known: Mapping[str, float]) -> Floats:
        """Return the weight of each entry, its value taken in; 0 where the feature is not known."""
        table = np.zeros(int(self.code.max(initial=0)) + 1)
        for code in np.flatnonzero(np.bincount(self.code)).tolist():
            table[code] = known.get(self.label(code), 0.0)
        return np.asarray(table[self.code] * self.value, dtype=np.float64)


@dataclass(frozen=True)
class PairEvidence(Evidence):
    """Features made of two words; code = index of the one × number of words + index of the other."""

    words: Sequence[str]

    def weigh(self, known: Mapping[str, float]) -> Floats:
        """Return the weight of each entry: known pairs are looked up among the codes, as most pairs are unknown."""
        number = {word: index for index, word in enumerate(self.words)}
        weights = {}
        for label, weight in known.items():
            one, other = (number.get(word) for word in label.split(" "))
            if one is not None and other is not None:
                weights[one * len(self.words) + other] = weight
        codes = np.array(sorted(weights), dtype=np.int64)
        if not len(codes):
            return np.zeros(len(self.code))
        slot = np.minimum(np.searchsorted(codes, self.code), len(codes) - 1)
        found = np.array([weights[code] for code in codes.tolist()])[slot]
        return np.where(codes[slot] == self.code, found * self.value, 0.0)


class Candidates:
    """The distinct candidates of a set of spans, with what is measured of each.

    Parameters
    ----------
    spans : Spans
        Occurrences.

    Attributes
    ----------
    count : array of int, shape (n_candidates,)
        How many occurrences each has.
    first, last : array of int, shape (n_candidates,)
        The tokens of its first occurrence.
    before, after : array of int, shape (n_occurrences,)
        The type beside each occurrence; one more than the last type where the line ends.
    pmi : array of float, shape (n_candidates,)
        The smallest pointwise mutual information of two neighbouring tokens, in bits, times n / (n + 1) for a
        pair that occurs n times; 0 for a single token.
    """

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        _, shown, self.count = np.unique(spans.group, return_index=True, return_counts=True)
        self.first, self.last = spans.first[shown], spans.last[shown]
        self.before, self.after = _neighbours(spans)
        self.pmi = _pairwise_pmi(spans, self.first, self.last)

    def __len__(self) -> int:
        return len(self.count)

    def strings(self, chosen: Integers) -> list[str]:
        """Return the candidates with these numbers as they are written."""
        types, ids = self.spans.tokens.types, self.spans.tokens.type_ids.tolist()
        ends = zip(self.first[chosen].tolist(), self.last[chosen].tolist(), strict=True)
        return ["".join(types[token] for token in ids[first : last + 1]) for first, last in ends]

    def evidence(self) -> Iterator[Evidence]:
        """Yield all features, one kind after another.

        `first`, `last`, `inside`: words by their position. `first character`, `last character`, `last characters`: one or
        two at the ends. `pair`, `last pair`: neighbouring words. `before`, `after`, `around`, `into`:
        the words beside it, both together, and the one before with its first word, each as a share of its
        occurrences. `shape`: characters in each word. `size`: words and characters. `often`: log2 of the
        count with the length. `bound`: the share of its occurrences that have one and the same word beside
        them, where there are several. `pmi`: tenths of bits.
        """
        names = list(self.spans.tokens.types)
        ids, group = self.spans.tokens.type_ids, self.spans.group
        first, last = ids[self.first], ids[self.last]
        everyone = np.arange(len(self))
        words = [*names, _EDGE]
        base = len(words)

        def pairs(
            kind: str, owner: Integers, one: Integers, other: Integers, value: Floats | None = None
        ) -> Evidence:
            filled = np.ones(len(owner)) if value is None else value
            return PairEvidence(kind, owner, one * base + other, filled, lambda code: _two(words, code), words)

        yield _evidence("first", everyone, first, words.__getitem__)
        yield _evidence("last", everyone, last, words.__getitem__)
        yield _evidence("first character", everyone, first, lambda code: names[code][0])
        yield _evidence("last character", everyone, last, lambda code: names[code][-1])
        yield _evidence("last characters", everyone, last, lambda code: names[code][-2:])
        size = self.last - self.first + 1
        owner = np.repeat(everyone, size)
        within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
        token = ids[self.first[owner] + within]
        inner, later = (within > 0) & (within < size[owner] - 1), within > 0
        yield _evidence("inside", owner[inner], token[inner], words.__getitem__)
        yield pairs("pair", owner[later], ids[self.first[owner[later]] + within[later] - 1], token[later])
        long = size > 1
        yield pairs("last pair", everyone[long], ids[self.last[long] - 1], last[long])
        # Shares and not counts, so that what surrounds a frequent candidate weighs no more than its own words.
        share = 1.0 / self.count[group]
        yield _evidence("before", group, self.before, words.__getitem__, share)
        yield _evidence("after", group, self.after, words.__getitem__, share)
        yield pairs("around", group, self.before, self.after, share)
        yield pairs("into", group, self.before, ids[self.spans.first], share)
        length = self.spans.end[self.last] - self.spans.begin[self.first]
        yield _evidence("shape", everyone, self._shapes(size), _shape)
        # Above nine words or 20 characters candidates are too few to have a weight of their own.
        size_code = np.minimum(size, 9) * 100 + np.minimum(length, 20)
        yield _evidence("size", everyone, size_code, lambda code: f"{code // 100} {code % 100}")
        # Four classes of count by five of length: a long string that occurs twice says more than a short one.
        often = np.minimum(np.log2(self.count).astype(np.int64), 3) * 10 + np.digitize(length, [3, 4, 5, 8])
        yield _evidence("often", everyone, often, lambda code: f"{code // 10} {code % 10}")
        yield _evidence("bound", everyone, np.minimum(self.count, 2) - 1, str, self._bound(words))
        none = np.zeros(int(long.sum()), dtype=np.int64)
        yield _evidence("pmi", everyone[long], none, str, self.pmi[long] / 10)

    def _shapes(self, size: Integers) -> Integers:
        """Return the characters of each word as digits to base 6 (2, 2, 4 is 224); 0 for seven words or more."""
        lengths = np.array([min(len(name), 5) for name in self.spans.tokens.types], dtype=np.int64)
        shape = np.zeros(len(self), dtype=np.int64)
        for offset in range(_LONG_SHAPE):
            has = (size > offset) & (size <= _LONG_SHAPE)
            shape[has] = shape[has] * 6 + lengths[self.spans.tokens.type_ids[self.first[has] + offset]]
        return shape

    def _bound(self, words: list[str]) -> Floats:
        """Return the share of occurrences beside the most frequent word, on the side where it is larger."""
        # Only a Chinese neighbour binds: before a comma a candidate is at its end and free.
        is_word = np.array([is_hanzi(word[:1]) for word in words])
        most = np.zeros(len(self))
        for beside in (self.before, self.after):
            kept = is_word[beside]
            pairs, count = np.unique(self.spans.group[kept] * len(words) + beside[kept], return_counts=True)
            np.maximum.at(most, pairs // len(words), count)
        return np.where(self.count > 1, most / self.count, 0.0)


def _evidence(
    kind: str, owner: Integers, code: Integers, label: Callable[[int], str], value: Floats | None = None
) -> Evidence:
    return Evidence(kind, owner, code, np.ones(len(owner)) if value is None else value, label)


def _two(words: Sequence[str], code: int) -> str:
    return f"{words[code // len(words)]} {words[code % len(words)]}"


def _shape(code: int) -> str:
    digits = ""
    while code:
        code, digit = divmod(code, 6)
        digits = f"{digit}{digits}"
    return digits or "long"


def _neighbours(spans: Spans) -> tuple[Integers, Integers]:
    ids, edge = spans.tokens.type_ids, len(spans.tokens.types)
    size = len(ids)
    touching = np.zeros(size + 1, dtype=bool)
    touching[1:size] = spans.end[:-1] == spans.begin[1:]
    after = spans.last + 1
    left = np.where(touching[spans.first], ids[np.maximum(spans.first - 1, 0)], edge)
    right = np.where(touching[after], ids[np.minimum(after, size - 1)], edge)
    return left, right


def _pairwise_pmi(spans: Spans, first: Integers, last: Integers) -> Floats:
    ids, size = spans.tokens.type_ids, len(spans.tokens.types)
    result = np.full(len(first), np.inf)
    if len(ids) > 1:
        frequency = np.bincount(ids, minlength=size)
        _, pair, count = np.unique(ids[:-1] * size + ids[1:], return_inverse=True, return_counts=True)
        information = np.log2(count[pair] * float(len(ids)) / (frequency[ids[:-1]] * frequency[ids[1:]]))
        # PMI is highest for pairs that occur once; the factor (half for one, near 1 for many) takes that back
        # (Pantel and Lin 2002 discount in the same way).
        information *= count[pair] / (count[pair] + 1.0)
        for offset in range(int((last - first).max(initial=0))):
            has = first + offset < last
            result[has] = np.minimum(result[has], information[first[has] + offset])
    return np.where(np.isfinite(result), result, 0.0)
