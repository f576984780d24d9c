r"""The interval of a rate when words come in bursts and units are few.

The count of a unit of :math:`n_u` tokens has mean :math:`\mu = n_u p` and variance :math:`\mu + \kappa\mu^2`: paragraphs
differ in how much they speak of a subject, as if their rates were gamma. So the rate of a group is about gamma too, and
its interval is skewed as rates are. Coverage is simulated in `benchmarks/themes.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NO_SHAPE = 0.1
"""A rate known as badly as this stands on one unit: it has no upper limit."""
SPREAD_OF_SPREAD = 0.5
"""How much of the degrees of freedom burstiness costs; the smallest with which the simulated coverage holds."""
UNKNOWN = 10.0
"""The burstiness of a subject that no group has: that of the burstiest words simulated."""


@dataclass(frozen=True, eq=False)
class Bursts:
    """Sums of the units of one group; arrays have one entry a column of counts."""

    units: int
    size: float
    inequality: float
    """Sum of squared shares of the tokens: 1/m for m units of one length."""
    counts: Floats
    excess: Floats
    """Squared coefficient of variation of the units' rates, less what chance gives; missing without an occurrence."""

    @property
    def kappa(self) -> Floats:
        """Burstiness, without the bound that few units set to their spread; infinite where one unit has all."""
        with np.errstate(divide="ignore", invalid="ignore"):
            bound = self.excess * self.inequality
            return np.where(bound >= 1.0, np.inf, self.excess / np.maximum(1.0 - bound, 1e-12))


def measure_bursts(counts: Floats, sizes: Floats) -> Bursts:
    """Return what the interval needs of counts (units by columns) and the units' tokens; empty units are left out.

    Examples
    --------
    >>> bursts = measure_bursts(np.array([[9.0, 3.0], [0.0, 3.0], [0.0, 3.0]]), np.array([100.0, 100.0, 100.0]))
    >>> bursts.kappa.round(6).tolist()
    [24.0, 0.0]
    """
    used = sizes > 0
    counts, sizes = counts[used], sizes[used]
    whole, total = float(sizes.sum()), counts.sum(axis=0)
    if len(sizes) < 2:
        return Bursts(len(sizes), whole, 1.0, total, np.full(total.shape, np.nan))
    share = (sizes / whole)[:, None]
    spread = ((counts - total * share) ** 2 / (1.0 - share)).sum(axis=0) / np.maximum(total, 1.0) ** 2
    inequality = float((share**2).sum())
    excess = np.maximum(spread - 1.0 / np.maximum(total, 1.0), 0.0) / inequality
    return Bursts(len(sizes), whole, inequality, total, np.where(total > 0, excess, np.nan))


def pool_kappa(groups: list[Bursts]) -> Floats:
    """Return the burstiness over groups, weighted by their units less one; `UNKNOWN` where no group can tell it."""
    weights = np.array([group.units - 1.0 for group in groups])[:, None]
    excess = np.stack([group.excess for group in groups])
    weights = np.where(np.isnan(excess), 0.0, weights)
    sizes = (weights * np.array([group.inequality for group in groups])[:, None]).sum(axis=0)
    mean, size = (weights * np.nan_to_num(excess)).sum(axis=0), weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = np.where(mean * sizes >= size**2, np.inf, mean / np.maximum(size - mean * sizes / size, 1e-12))
    return np.where(size > 0, np.minimum(kappa, UNKNOWN), UNKNOWN)


def rate_interval(group: Bursts, *, pooled: Floats, confidence: float) -> tuple[Floats, Floats]:
    r"""Return both limits of the rate of every column, between 0 and 1; missing for a group of one unit.

    Parameters
    ----------
    group : Bursts
        From `measure_bursts`.
    pooled : array
        From `pool_kappa`, for columns without an occurrence in this group.
    confidence : float
        Between 0 and 1.

    Notes
    -----
    With :math:`a` occurrences, :math:`h_u` a unit's share of the tokens and :math:`H = \sum_u h_u^2`, the true rate over
    the observed one is taken for the inverse of a gamma variable of shape :math:`1/(1/a + \kappa H)` and mean 1, as
    `log_ratio_interval` takes it for documents. Its quantiles are spread by :math:`t/z` with
    :math:`1/(1/(1/H - 1) + 0.5\,\kappa H)` degrees of freedom. A column without an occurrence reaches up to the
    rate at which all units are empty with probability :math:`(1 - \mathrm{confidence})/2`.

    Examples
    --------
    >>> group = measure_bursts(np.full((10, 1), 2.0), np.full(10, 100.0))
    >>> low, high = rate_interval(group, pooled=pool_kappa([group]), confidence=0.95)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.013], [0.035])
    """
    from scipy import special

    if group.units < 2:
        missing = np.full(group.counts.shape, np.nan)
        return missing, missing.copy()
    tail = (1.0 - confidence) / 2.0
    kappa = np.nan_to_num(group.kappa, nan=0.0, posinf=1e9)
    count = np.maximum(group.counts, 1.0)
    shape = 1.0 / (1.0 / count + kappa * group.inequality)
    freedom = 1.0 / (1.0 / (1.0 / group.inequality - 1.0) + SPREAD_OF_SPREAD * kappa * group.inequality)
    stretch = special.stdtrit(np.maximum(freedom, 1.0), 1.0 - tail) / special.ndtri(1.0 - tail)
    bounded = shape > NO_SHAPE
    known = np.where(bounded, shape, 1.0)
    ends = [np.log(np.maximum(special.gammaincinv(known, end), 1e-300) / known) for end in (1.0 - tail, tail)]
    rate = count / group.size
    with np.errstate(over="ignore"):
        low, high = (rate * np.exp(-stretch * end) for end in ends)
    low, high = np.where(bounded, low, 0.0), np.where(bounded, high, 1.0)
    inverse = pooled * group.inequality
    with np.errstate(over="ignore"):
        empty = np.where(
            inverse > 0, np.expm1(-np.log(tail) * inverse) / np.where(inverse > 0, inverse, 1.0), -np.log(tail)
        )
    low, high = np.where(group.counts > 0, low, 0.0), np.where(group.counts > 0, high, empty / group.size)
    return low, np.minimum(high, 1.0)
