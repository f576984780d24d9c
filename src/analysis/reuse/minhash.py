"""Which documents may share a passage, for corpora too large to compare all pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .alignment import alphanumerics_of

SHINGLE, PERMUTATIONS, THRESHOLD, SEED = 5, 128, 0.5, 1
SHORTEST = 20


def candidate_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of texts with a pair of similar paragraphs, by MinHash and locality-sensitive hashing."""
    from datasketch import MinHashLSH

    index: Any = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs: set[tuple[int, int]] = set()
    for number, text in enumerate(texts):
        sketches = [_sketch(paragraph) for paragraph in text.splitlines()]
        known = [sketch for sketch in sketches if sketch is not None]
        for sketch in known:
            pairs |= {(int(key.split("#")[0]), number) for key in index.query(sketch)}
        for paragraph, sketch in enumerate(known):
            index.insert(f"{number}#{paragraph}", sketch, check_duplication=False)
    return sorted(pairs)


def _sketch(paragraph: str) -> Any:
    from datasketch import MinHash

    codes = alphanumerics_of(paragraph).codes.astype(np.uint64)
    if len(codes) < SHORTEST:
        return None
    hashes = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashes = (hashes ^ codes[offset : len(hashes) + offset]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    sketch: Any = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    sketch.update_batch((np.unique(hashes) >> np.uint64(32)).tolist())
    return sketch
