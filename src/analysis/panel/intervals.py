r"""Intervals of a share when words come in bursts, for cells of few paragraphs.

The count of a unit of :math:`n_u` tokens has mean :math:`n_u p` and variance :math:`n_u p + \kappa (n_u p)^2`
(negative binomial): paragraphs differ in how much they speak of a subject. :math:`\kappa` is estimated once for a
measure, by moments over the units of all cells, since one report has too few paragraphs to show it. The interval of a
cell with :math:`N` tokens and :math:`S = \sum_u n_u^2` holds the shares that the observed one does not contradict,

.. math:: (\hat p - p)^2 \le z^2 \left(\frac{p}{N} + \kappa p^2 \frac{S}{N^2}\right),

a quadratic in :math:`p` (a score interval; for :math:`\kappa = 0` that of the Poisson distribution). Unlike one that puts
the observed share into the variance it says something of a count of zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ROUNDS = 20
"""The repetition gains about a digit a round; twenty are more than the estimate deserves."""


def burstiness(counts: Floats, sizes: Floats, cells: npt.NDArray[np.int64]) -> float:
    r"""Return :math:`\kappa` of a measure: 0 where paragraphs of a cell differ as chance lets them, or cannot tell.

    Moments within cells, so that a difference between cells is no burst: :math:`\kappa` is the sum over cells of
    :math:`\frac{m}{m-1}\left[\sum_u (c_u - n_u \hat p)^2 - \sum_u n_u \hat p (1 - n_u/N)\right]` over that of
    :math:`p^2 \sum_u n_u^2`. The square of the observed share is too large for :math:`p^2` by its own variance, which
    holds :math:`\kappa`; so the equation is solved by repetition. NaN where no cell has two units and an occurrence.

    Examples
    --------
    >>> bool(burstiness(np.array([9.0, 0, 0, 9, 0, 0]), np.full(6, 100.0), np.array([0, 0, 0, 1, 1, 1])) > 1)
    True
    """
    used = sizes > 0
    _, cell = np.unique(cells[used], return_inverse=True)
    c, n = counts[used], sizes[used]
    units, whole = np.bincount(cell).astype(np.float64), np.bincount(cell, weights=n)
    squares, share = (
        np.bincount(cell, weights=n**2),
        np.bincount(cell, weights=c) / np.bincount(cell, weights=n),
    )
    expected = n * share[cell]
    spread = np.bincount(cell, weights=(c - expected) ** 2 - expected * (1 - n / whole[cell]))
    told = (units > 1) & (share > 0)
    if not bool(told.any()):
        return float("nan")
    above = float((units / np.maximum(units - 1, 1) * spread)[told].sum())
    free = np.maximum(share**2 - share / whole, 0.0)[told]
    kappa = 0.0
    for _ in range(ROUNDS):
        below = float((free / (1 + kappa * squares[told] / whole[told] ** 2) * squares[told]).sum())
        if below <= 0:
            # Every cell with an occurrence has so few that their spread says nothing.
            return 0.0
        kappa = max(above / below, 0.0)
    return kappa


def share_interval(
    share: Floats, total: Floats, squares: Floats, *, kappa: float, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the ends of the interval of shares; the upper one is missing where the bursts allow any share.

    Parameters
    ----------
    share, total, squares : array
        Share of each cell, its tokens, and the sum of the squares of its units' tokens.
    kappa : float
        From `burstiness`; a missing one counts as 0 and makes the interval too narrow, which the caller must say.
    confidence : float
        0 to 1.

    Examples
    --------
    >>> low, high = share_interval(np.array([0.0]), np.array([1000.0]), np.array([1e5]), kappa=0.5)
    >>> float(low[0]), bool(0.003 < high[0] < 0.006)
    (0.0, True)
    """
    from scipy.stats import norm

    z = float(norm.ppf(0.5 + confidence / 2))
    bursts = 0.0 if np.isnan(kappa) else kappa
    with np.errstate(divide="ignore", invalid="ignore"):
        square = 1.0 - z**2 * bursts * squares / total**2
        linear = 2.0 * share + z**2 / total
        root = np.sqrt(np.maximum(linear**2 - 4.0 * square * share**2, 0.0))
        # Both roots in the form that loses no digits: low = q / high with q the product of the roots.
        half = (linear + root) / 2.0
        low = share**2 / half
        high = np.where(square > 0, half / square, np.nan)
    empty = ~(total > 0)
    low, high = np.where(empty, np.nan, low), np.where(empty, np.nan, np.minimum(high, 1.0))
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
