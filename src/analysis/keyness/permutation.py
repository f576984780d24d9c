"""Would the groups differ as much if documents had been put into them by chance?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, log, log2

import numpy as np
import numpy.typing as npt

from .contingency import Floats

EXACT_LIMIT = 20_000
"""Up to so many arrangements of the documents all are tried; of more, a sample."""


@dataclass(frozen=True)
class Arrangements:
    """Ways to put rows (one a document and group) into the target group.

    Parameters
    ----------
    chosen : array of float, shape (n_arrangements, n_rows)
        1 where the row is in the target. In an exact set every arrangement stands once, the observed too.
    observed : array of float, shape (n_rows,)
        The arrangement that was found.
    free : array of int
        Rows that are dealt out anew.
    pairs : array of int, shape (n_pairs, 2)
        Rows of one document that can only change places.
    exact : bool
        All arrangements, or a sample of them (which leaves out the observed one).
    log_possible : float
        Natural logarithm of how many there are in all.
    """

    chosen: Floats
    observed: Floats
    free: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]
    exact: bool
    log_possible: float


def arrange(
    in_target: npt.NDArray[np.bool_], partner: npt.NDArray[np.int64], *, draws: int, seed: int
) -> Arrangements:
    """Return all arrangements of the rows, or `draws` random ones if there are too many.

    Parameters
    ----------
    in_target : array of bool, shape (n_rows,)
        The groups as they are.
    partner : array of int, shape (n_rows,)
        The row of the same document in the other group, or −1. Partners change places with each other only;
        all other rows are dealt out anew with the group's size kept.
    draws, seed : int
        Size and seed of a sample.
    """
    free = np.flatnonzero(partner < 0)
    pairs = np.array(
        [(row, partner[row]) for row in np.flatnonzero(in_target) if partner[row] >= 0], dtype=np.int64
    ).reshape(-1, 2)
    size = int(in_target[free].sum())
    possible = comb(len(free), size) * 2 ** len(pairs)
    observed = in_target.astype(np.float64)
    if possible <= max(EXACT_LIMIT, draws):
        dealt = np.zeros((comb(len(free), size), len(observed)))
        for number, rows in enumerate(combinations(free.tolist(), size)):
            dealt[number, list(rows)] = 1.0
        swapped = np.zeros((2 ** len(pairs), len(observed)))
        turned = (np.arange(len(swapped))[:, None] >> np.arange(len(pairs))) & 1
        if len(pairs):
            swapped[:, pairs[:, 0]], swapped[:, pairs[:, 1]] = 1 - turned, turned
        both = dealt[:, None, :] + swapped[None, :, :]
        return Arrangements(both.reshape(-1, len(observed)), observed, free, pairs, True, log(possible))
    random = np.random.default_rng(seed)
    chosen = np.zeros((draws, len(observed)))
    if size:
        order = np.argsort(random.random((draws, len(free))), axis=1, kind="stable")[:, :size]
        np.put_along_axis(chosen, free[order], 1.0, axis=1)
    if len(pairs):
        turned = random.integers(0, 2, size=(draws, len(pairs)))
        chosen[:, pairs[:, 0]], chosen[:, pairs[:, 1]] = 1 - turned, turned
    return Arrangements(chosen, observed, free, pairs, False, log(possible))


def whole_numbers(rates: Floats) -> Floats:
    """Return rates in whole units, so small that nothing is lost, so large that all sums are exact in any order."""
    rows = max(len(rates), 2)
    bits = 50 - 2 * int(np.ceil(log2(rows)))
    top = rates.max(axis=0, initial=0.0)
    return np.asarray(np.rint(rates / np.where(top > 0, top, 1.0) * 2.0**bits))


def _log_comb(whole: Floats, part: Floats) -> Floats:
    from scipy import special

    value = special.gammaln(whole + 1.0) - special.gammaln(part + 1.0) - special.gammaln(whole - part + 1.0)
    return np.asarray(value)


def _most_extreme(
    free: Floats, size: int, first: Floats, second: Floats, *, sign: float
) -> tuple[Floats, Floats]:
    """Largest sum of the target's rates (sign 1; −1: smallest, negated) and the logarithm of the ways to get it."""
    free, first, second = sign * free, sign * first, sign * second
    best = np.maximum(first, second).sum(axis=0)
    ways = np.log(2.0) * (first == second).sum(axis=0)
    if size:
        edge = np.sort(free, axis=0)[len(free) - size]
        above, tied = (free > edge).sum(axis=0), (free == edge).sum(axis=0)
        best = best + np.where(free > edge, free, 0.0).sum(axis=0) + (size - above) * edge
        ways = ways + _log_comb(tied.astype(np.float64), (size - above).astype(np.float64))
    return best, ways


def count_at_least(chosen: Floats, values: Floats, centre: Floats, found: Floats) -> npt.NDArray[np.int64]:
    """Return how many rows of `chosen @ values` lie at least `found` from `centre`, for every column."""
    counted = np.zeros(values.shape[1], dtype=np.int64)
    rows, with_centre = np.hstack([chosen, np.ones((len(chosen), 1))]), np.vstack([values, -centre])
    at_once = 255  # so many fit a byte, which NumPy adds up fastest
    distance = np.empty((at_once, values.shape[1]))
    far = np.empty(distance.shape, dtype=bool)
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        apart, reached = distance[: len(some)], far[: len(some)]
        np.matmul(some, with_centre, out=apart)
        np.abs(apart, out=apart)
        np.greater_equal(apart, found, out=reached)
        counted += np.add.reduce(reached.view(np.uint8), axis=0, dtype=np.uint8)
    return counted


def permutation_p(counts: Floats, lengths: Floats, *, arrangements: Arrangements) -> tuple[Floats, Floats]:
    r"""Return, for every term, the p value of the permutation of documents and the smallest it could be.

    Parameters
    ----------
    counts : array, shape (n_rows, n_terms)
        Occurrences.
    lengths : array, shape (n_rows,)
        Tokens.
    arrangements : Arrangements
        From `arrange`.

    Returns
    -------
    tuple of array
        The share of arrangements in which the groups' mean document rates differ at least as much as observed
        (for a sample, with the observed one counted in: :math:`(b + 1) / (m + 1)`), and the same share for the
        most extreme arrangement that these rates allow. A term of a single document can be in one of two
        groups only, so its smallest p is large however often it stands there.

    Notes
    -----
    The statistic is the mean of document rates and not the rate of all tokens together: with the latter, the
    lengths of documents that lack the term would decide, and a group of short documents would seem to differ.
    """
    rates = whole_numbers(counts / lengths[:, None])
    single, pairs = arrangements.free, arrangements.pairs
    free, first, second = rates[single], rates[pairs[:, 0]], rates[pairs[:, 1]]
    size = int(arrangements.observed[single].sum())
    factor = 2.0 * max(len(single), 1)
    centre = 2.0 * size * free.sum(axis=0) + factor / 2.0 * (first + second).sum(axis=0)
    slack = 4.0 * len(rates) ** 2  # in units: what the rounding to whole units can have moved
    found = np.abs(factor * (arrangements.observed @ rates) - centre) - slack
    at_least = count_at_least(arrangements.chosen, factor * rates, centre, found)
    top, ways_top = _most_extreme(free, size, first, second, sign=1.0)
    bottom, ways_bottom = _most_extreme(free, size, first, second, sign=-1.0)
    up, down = factor * top - centre, factor * bottom + centre
    share = np.where(up >= down - slack, np.exp(ways_top - arrangements.log_possible), 0.0)
    share = share + np.where(down >= up - slack, np.exp(ways_bottom - arrangements.log_possible), 0.0)
    share = np.where(up <= slack, 1.0, np.minimum(share, 1.0))  # no difference is possible at all
    tried = len(arrangements.chosen)
    if arrangements.exact:
        return at_least / tried, np.round(share * tried) / tried
    return (at_least + 1) / (tried + 1), np.maximum(share, 1.0 / (tried + 1))
