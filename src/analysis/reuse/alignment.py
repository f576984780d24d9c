"""Equal runs of characters in sequences, and chains of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Matches:
    """Maximal equal runs: documents, starts and lengths, sorted by documents and starts."""

    doc_a: Integers
    doc_b: Integers
    start_a: Integers
    start_b: Integers
    length: Integers


@dataclass
class Chain:
    """Equal runs that follow each other in both documents."""

    doc_a: int
    doc_b: int
    start_a: int
    end_a: int
    start_b: int
    end_b: int
    matched: int


def exact_matches(documents: Sequence[npt.NDArray[np.uint32]], *, length: int) -> Matches:
    """Return all maximal equal runs of at least `length` characters between two different documents.

    Every shingle of `length` characters is hashed; shingles of one hash are paired across documents, pairs are
    checked character by character, and pairs that follow each other on one diagonal make a run.
    """
    codes = np.concatenate([*documents, np.zeros(length, dtype=np.uint32)]).astype(np.uint64)
    sizes = np.array([len(document) for document in documents], dtype=np.int64)
    ends = np.cumsum(sizes)
    begins = ends - sizes
    positions = np.concatenate(
        [np.arange(begin, max(end - length + 1, begin)) for begin, end in zip(begins, ends, strict=True)]
        or [np.zeros(0, dtype=np.int64)]
    ).astype(np.int64)
    hashes = np.zeros(len(positions), dtype=np.uint64)
    for offset in range(length):
        hashes = (hashes ^ codes[positions + offset]) * MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    order = np.argsort(hashes, kind="stable")
    hashes, positions = hashes[order], positions[order]
    owner = np.searchsorted(ends, positions, side="right")
    first, second = _pairs(hashes, owner)
    first, second = positions[first], positions[second]
    same = np.ones(len(first), dtype=bool)
    for offset in range(length):
        same &= codes[first + offset] == codes[second + offset]
    first, second = first[same], second[same]
    order = np.lexsort((first, second - first))
    first, second = first[order], second[order]
    doc_a, doc_b = np.searchsorted(ends, first, side="right"), np.searchsorted(ends, second, side="right")
    fresh = np.ones(len(first), dtype=bool)
    fresh[1:] = (np.diff(first) != 1) | (np.diff(second) != 1) | (np.diff(doc_a) != 0) | (np.diff(doc_b) != 0)
    starts = np.flatnonzero(fresh)
    runs = np.diff(np.append(starts, len(first))) + length - 1
    found = Matches(
        doc_a[starts],
        doc_b[starts],
        first[starts] - begins[doc_a[starts]],
        second[starts] - begins[doc_b[starts]],
        runs.astype(np.int64),
    )
    order = np.lexsort((found.start_b, found.start_a, found.doc_b, found.doc_a))
    return Matches(
        *(getattr(found, name)[order] for name in ("doc_a", "doc_b", "start_a", "start_b", "length"))
    )


def chain_matches(matches: Matches, *, max_gap: int) -> Iterator[Chain]:
    """Yield chains of runs with at most `max_gap` other characters between neighbours in either document."""
    open_chains: list[Chain] = []
    pair = (-1, -1)
    columns = (matches.doc_a, matches.doc_b, matches.start_a, matches.start_b, matches.length)
    for doc_a, doc_b, start_a, start_b, length in zip(*(column.tolist() for column in columns), strict=True):
        if (doc_a, doc_b) != pair:
            yield from open_chains
            open_chains, pair = [], (doc_a, doc_b)
        # runs come in the order of start_a, so a chain that is too far behind can never be joined again
        yield from (chain for chain in open_chains if start_a - chain.end_a > max_gap)
        open_chains = [chain for chain in open_chains if start_a - chain.end_a <= max_gap]
        run = Chain(doc_a, doc_b, start_a, start_a + length, start_b, start_b + length, length)
        joinable = [chain for chain in open_chains if _joins(chain, run, max_gap)]
        if joinable:
            _append(max(joinable, key=lambda chain: chain.matched), run)
        else:
            open_chains.append(run)
    yield from open_chains


def _joins(chain: Chain, run: Chain, max_gap: int) -> bool:
    """Return True where a run continues a chain in both documents, beyond what the chain has already."""
    gap_a, gap_b = run.start_a - chain.end_a, run.start_b - chain.end_b
    overlap = max(-gap_a, -gap_b, 0)
    return max(gap_a, gap_b) <= max_gap and overlap < run.matched and run.start_b >= chain.start_b


def _append(chain: Chain, run: Chain) -> None:
    # runs on neighbouring diagonals overlap (the text has a character more on one side): count that part once
    overlap = max(chain.end_a - run.start_a, chain.end_b - run.start_b, 0)
    chain.matched += run.matched - overlap
    chain.end_a, chain.end_b = run.end_a, run.end_b


def _pairs(hashes: npt.NDArray[np.uint64], owner: Integers) -> tuple[Integers, Integers]:
    """Index pairs of equal hashes from different documents, the earlier document first."""
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = hashes[1:] != hashes[:-1]
    group = np.cumsum(fresh) - 1
    size = np.bincount(group) if len(group) else np.zeros(0, dtype=np.int64)
    end = np.cumsum(size)
    firsts, seconds = [], []
    left = np.arange(len(hashes))
    step = 1
    while len(left):
        left = left[left + step < end[group[left]]]
        different = owner[left] != owner[left + step]
        firsts.append(left[different])
        seconds.append(left[different] + step)
        step += 1
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *firsts]), np.concatenate([empty, *seconds])


@dataclass(frozen=True, eq=False)
class Alphanumerics:
    """Code points of a text's Hanzi, letters and digits, and the offset of each in the text."""

    codes: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of what runs from number `start` to the one before `end`."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


def alphanumerics_of(text: str) -> Alphanumerics:
    """Return a text's Hanzi, letters and digits with their offsets.

    Examples
    --------
    >>> alphanumerics_of("依法，行政。").offsets.tolist()
    [0, 1, 3, 4]
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, kind = np.unique(codes, return_inverse=True)
    kept = np.array([chr(code).isalnum() for code in kinds], dtype=bool)
    mask = kept[kind] if len(codes) else np.zeros(0, dtype=bool)
    return Alphanumerics(codes[mask], np.flatnonzero(mask).astype(np.int64))
