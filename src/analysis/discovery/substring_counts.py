"""Count many strings in many texts, in one pass for each length: a rolling hash over code points."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

COLUMNS = ("term", "count", "n_docs", "unit", "start")
# A prime above the code points of every script, so that each character moves the hash of its neighbours by more
# than another character could make up for. A collision is an error and never a count.
_BASE = np.uint64(1_000_003)


def count_substrings(texts: Sequence[str], *, terms: Collection[str], doc_ids: Sequence[str]) -> pd.DataFrame:
    """Return how often and where each of many terms occurs, as characters, overlaps counted.

    Parameters
    ----------
    texts : sequence of str
        The texts to search.
    terms : collection of str
        What to look for; nothing is done to it.
    doc_ids : sequence of str
        The document that each text belongs to.

    Returns
    -------
    DataFrame
        One row a term that occurs, by term: `term`, `count`, `n_docs`, and its first occurrence:
        `unit` (number of the text, from 0) and `start` (characters).

    Notes
    -----
    Every stretch of n characters gets the hash of Karp and Rabin (1987), 64 bits wide; each term is compared
    with the text at its first occurrence, so that a false match is an error and not a count.

    Examples
    --------
    >>> count_substrings(["依法治区，依法", "依法"], terms=["依法", "治区", "述法"], doc_ids=["甲", "乙"])
      term  count  n_docs  unit  start
    0   依法      3       2     0      0
    1   治区      1       1     0      2
    """
    # a separator that no term holds, so that none is found across two texts
    whole = "\x00".join([*texts, ""])
    bases = np.cumsum([0, *[len(text) + 1 for text in texts]])
    _, doc_of = np.unique(np.array(doc_ids, dtype=str), return_inverse=True)
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    wanted: dict[int, list[str]] = {}
    for term in sorted(set(terms)):
        wanted.setdefault(len(term), []).append(term)
    rows: list[tuple[str, int, int, int, int]] = []
    # The hash of length n + 1 is made from that of length n, so that all lengths cost one pass each.
    rolling = np.zeros(len(codes) + 1, dtype=np.uint64)
    for length in range(1, max(wanted, default=0) + 1):
        if length > len(codes):
            break
        rolling = rolling[: len(codes) - length + 1] * _BASE + codes[length - 1 :]
        if length in wanted:
            rows += _matches(rolling, wanted[length], whole, bases, doc_of)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("term", ignore_index=True)


def _matches(
    rolling: np.ndarray[tuple[int], np.dtype[np.uint64]],
    terms: list[str],
    whole: str,
    bases: np.ndarray[tuple[int], np.dtype[np.int64]],
    doc_of: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> list[tuple[str, int, int, int, int]]:
    hashes = np.array([_hash(term) for term in terms], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    slot = np.minimum(np.searchsorted(hashes[order], rolling), len(terms) - 1)
    positions = np.flatnonzero(hashes[order][slot] == rolling)
    found = order[slot[positions]]
    units = np.searchsorted(bases, positions, side="right") - 1
    counts = np.bincount(found, minlength=len(terms))
    size = int(doc_of.max()) + 1 if len(doc_of) else 1
    n_docs = np.bincount(np.unique(found * size + doc_of[units]) // size, minlength=len(terms))
    numbers, firsts = np.unique(found, return_index=True)
    rows = []
    for number, first in zip(numbers.tolist(), firsts.tolist(), strict=True):
        term, at = terms[number], int(positions[first])
        if whole[at : at + len(term)] != term:
            raise ArithmeticError(f"two strings share one hash: {term!r} and {whole[at : at + len(term)]!r}")
        unit = int(units[first])
        rows.append((term, int(counts[number]), int(n_docs[number]), unit, at - int(bases[unit])))
    return rows


def _hash(term: str) -> int:
    value = 0
    for character in term:
        value = (value * int(_BASE) + ord(character)) & 0xFFFF_FFFF_FFFF_FFFF
    return value
