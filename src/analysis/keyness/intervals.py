"""The interval of a log ratio when documents, not tokens, are the sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ..errors import check_choice, explain
from .contingency import Floats, Numbers

Interval = Literal["gamma_poisson", "quasi_poisson"]
NO_LIMIT = 20.0
"""A log ratio beyond this, a factor of a million, is no limit: it is given as infinite."""

NO_SHAPE = 0.1
"""A group whose rate is known as badly as this stands on one document: it gives no limits at all."""

INTERVALS: tuple[str, ...] = ("gamma_poisson", "quasi_poisson")


@dataclass(frozen=True)
class _Group:
    """Sums of one group of documents; arrays have one entry a term."""

    documents: int
    tokens: float
    sizes: float  # sum of squared shares of the tokens, 1/n for n documents of one length
    counts: Floats
    spread: Floats  # squared coefficient of variation of the sum, from document to document

    @property
    def usable(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.counts > 0)


def _summarize(counts: Floats, lengths: Floats) -> _Group:
    tokens = float(lengths.sum())
    share = (lengths / tokens)[:, None]
    total = counts.sum(axis=0)
    if len(lengths) < 2:
        spread = np.full(total.shape, np.nan)
    else:
        apart = (counts - total * share) ** 2 / (1.0 - share)
        spread = apart.sum(axis=0) / np.maximum(total, 1.0) ** 2
    return _Group(len(lengths), tokens, float((share**2).sum()), total, spread)


def _burstiness(group: _Group) -> Floats:
    """What of the spread is more than Poisson, per document; missing where the term does not occur."""
    excess = np.maximum(group.spread - 1.0 / np.maximum(group.counts, 1.0), 0.0) / group.sizes
    return np.where(group.usable, excess, np.nan)


def _unbias(excess: Floats, sizes: Floats | float) -> Floats:
    """Undo the bound that n documents set to their spread: E = k / (1 + k/n) for gamma rates."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(excess * sizes >= 1.0, np.inf, excess / np.maximum(1.0 - excess * sizes, 1e-12))


def _log_f(upper_tail: float, shape1: Floats, shape2: Floats) -> Floats:
    from scipy import special

    bounded = (shape1 > NO_SHAPE) & (shape2 > NO_SHAPE)
    one, two = np.where(bounded, shape1, 1.0), np.where(bounded, shape2, 1.0)
    with np.errstate(divide="ignore"):
        value = np.log(special.fdtri(2.0 * one, 2.0 * two, 1.0 - upper_tail))
    return np.where(bounded, value, np.inf if upper_tail < 0.5 else -np.inf)


def _log_gamma(tail: float, shape: Floats) -> Floats:
    """Quantile of the logarithm of a gamma variable with mean 1, infinite where the shape is next to nothing."""
    from scipy import special

    known = np.clip(shape, NO_SHAPE, 1e6)
    value = np.log(np.maximum(special.gammaincinv(known, tail), 1e-300) / known)
    return np.where(shape > NO_SHAPE, value, np.inf if tail > 0.5 else -np.inf)


def _gamma_poisson(target: _Group, reference: _Group, confidence: float) -> tuple[Floats, Floats]:
    from scipy import special

    groups = (target, reference)
    excess = [_burstiness(group) for group in groups]
    weight = [np.where(group.usable, group.documents - 1.0, 0.0) for group in groups]
    freedom = np.maximum(weight[0] + weight[1], 1.0)
    pooled = sum(w * np.nan_to_num(e) for w, e in zip(weight, excess, strict=True)) / freedom
    sizes = sum(w * group.sizes for w, group in zip(weight, groups, strict=True)) / freedom
    common = _unbias(pooled, sizes)
    shapes, rates, spread, share, bursts = [], [], [], [], []
    for group, mine in zip(groups, excess, strict=True):
        own = np.fmax(_unbias(mine, group.sizes), 0.0)
        count = np.maximum(group.counts, 1.0)
        bursts.append(group.sizes * np.fmax(common, own))
        shape = 1.0 / (1.0 / count + bursts[-1])
        shapes.append(shape)
        rates.append(np.log(count) - np.log(group.tokens))
        spread.append(1.0 / np.maximum(shape, 1e-6))
        share.append(spread[-1] ** 2 / np.where(own > common, max(group.documents - 1.0, 1.0), freedom))
    welch = (spread[0] + spread[1]) ** 2 / (share[0] + share[1])
    tail = (1.0 - confidence) / 2.0
    stretch = special.stdtrit(np.minimum(welch, freedom), 1.0 - tail) / special.ndtri(1.0 - tail)
    apart = rates[0] - rates[1]
    low, high = (apart - stretch * _log_f(end, shapes[0], shapes[1]) for end in (tail, 1.0 - tail))
    # A group without the term: its rate is at most -ln(tail) occurrences (Garwood 1936), more if words are bursty;
    # the distances of the parts from their centres are added as squares (Zou and Donner 2008).
    poisson = np.log(-np.log(tail))
    rare = [np.sqrt(poisson**2 + _log_gamma(tail, 1.0 / np.maximum(burst, 1e-6)) ** 2) for burst in bursts]
    common_end = [_log_gamma(1.0 - tail, shape) for shape in shapes]
    high = np.where(target.usable, high, apart + stretch * np.hypot(rare[0], common_end[1]))
    low = np.where(reference.usable, low, apart - stretch * np.hypot(rare[1], common_end[0]))
    return np.where(target.usable, low, -np.inf), np.where(reference.usable, high, np.inf)


def _quasi_poisson(target: _Group, reference: _Group, chi2: Floats, confidence: float) -> tuple[Floats, Floats]:
    from scipy import special

    freedom = target.documents + reference.documents - 2
    both = target.usable & reference.usable
    dispersion = np.maximum(chi2 / freedom, 1.0)
    one, two = np.maximum(target.counts, 1.0), np.maximum(reference.counts, 1.0)
    centre = np.log(one) - np.log(two) - np.log(target.tokens) + np.log(reference.tokens)
    half = special.stdtrit(freedom, (1.0 + confidence) / 2.0) * np.sqrt(dispersion * (1.0 / one + 1.0 / two))
    return np.where(both, centre - half, -np.inf), np.where(both, centre + half, np.inf)


def _pearson(counts: Floats, lengths: Floats) -> Floats:
    expected = counts.sum(axis=0) * (lengths / lengths.sum())[:, None]
    return np.asarray(((counts - expected) ** 2 / np.where(expected > 0, expected, 1.0)).sum(axis=0))


def log_ratio_interval(
    target_counts: Numbers,
    reference_counts: Numbers,
    *,
    target_lengths: Numbers,
    reference_lengths: Numbers,
    confidence: float = 0.95,
    interval: Interval = "gamma_poisson",
) -> tuple[Any, Any]:
    r"""Return the lower and the upper limit of the log ratio, with documents as the sample.

    Parameters
    ----------
    target_counts, reference_counts : array, shape (n_documents,) or (n_documents, n_terms)
        Occurrences in every document of a group.
    target_lengths, reference_lengths : array, shape (n_documents,)
        Tokens of every document, above zero.
    confidence : float
        Between 0 and 1.
    interval : {"gamma_poisson", "quasi_poisson"}
        The variance that a count :math:`x` in a document is given, with :math:`\mu` its mean:

        - "gamma_poisson": :math:`\mu + \kappa \mu^2`. The burstiness :math:`\kappa` is estimated from the
          spread between the documents of a group, without the bias that its bound by the number of documents
          sets to it, :math:`\hat\kappa = e / (1 - e \sum_i h_i^2)`, where :math:`h_i` is a document's share of
          the group's tokens and :math:`e = (\hat v - 1/a) / \sum_i h_i^2` with
          :math:`\hat v = \sum_i \frac{(x_i - a h_i)^2}{1 - h_i} / a^2`. A group gets its own estimate or that
          of both groups pooled, whichever is larger. A group's rate is then about gamma with
          shape :math:`1 / (1/a + \kappa \sum_i h_i^2)` and the ratio about F; its quantiles are spread by
          :math:`t / z`, the quantiles of Student's t and of the normal. The degrees of freedom are Welch's and
          Satterthwaite's, with :math:`n_1 + n_2 - 2` for a group that takes the pooled estimate and
          :math:`n_g - 1` for one that takes its own. For a group without the term, Garwood's limit of a zero
          (1936) and the burstiness are put together as Zou and Donner (2008) do.
        - "quasi_poisson": :math:`\varphi \mu`, the textbook's
          :math:`\pm t_{n - 2} \sqrt{\hat\varphi (1/a + 1/b)}` with Pearson's :math:`\hat\varphi`, at least 1
          (McCullagh and Nelder 1989). Covers less than it says where words are bursty.

    Returns
    -------
    tuple of float or of array
        In binary logarithms. Where a group has none of the term the limit on its side is infinite, and so is a
        limit beyond a factor of a million; both are where nearly all occurrences of a group stand in one
        document. Where a group is a single document, whose spread nothing tells, both limits are missing.

    Raises
    ------
    ValueError
        Shapes do not agree, a count is negative, a length is zero.

    Notes
    -----
    Measured coverage stands in `benchmarks/keyness.md`.

    Examples
    --------
    “督察”在三份讲话与三份报告中的次数，每份都是一千词：

    >>> low, high = log_ratio_interval([6, 9, 12], [1, 2, 3],
    ...                                target_lengths=[1000] * 3, reference_lengths=[1000] * 3)
    >>> round(low, 2), round(high, 2)
    (0.02, 3.78)
    """
    check_choice(interval, INTERVALS, name="interval")
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    sides = []
    for name, counts, lengths in (
        ("target", target_counts, target_lengths),
        ("reference", reference_counts, reference_lengths),
    ):
        x, n = np.asarray(counts, dtype=np.float64), np.asarray(lengths, dtype=np.float64)
        if n.ndim != 1 or x.shape[:1] != n.shape or len(n) == 0:
            raise ValueError(
                explain(
                    f"{name}_counts of shape {x.shape} for {name}_lengths of shape {n.shape}",
                    allowed="one row of counts for every document, and at least one document",
                )
            )
        if not (bool((x >= 0).all()) and bool((n > 0).all())):
            raise ValueError(
                explain(f"{name} has a negative count or a length of zero", todo="leave out empty documents")
            )
        sides.append((x.reshape(len(n), -1), n))
    low, high = interval_of_blocks(sides[0], sides[1], confidence=confidence, interval=interval)
    if np.ndim(target_counts) == 1:
        return float(low[0]), float(high[0])
    return low, high


def interval_of_blocks(
    target: tuple[Floats, Floats], reference: tuple[Floats, Floats], *, confidence: float, interval: Interval
) -> tuple[Floats, Floats]:
    """Return both limits in binary logarithms for counts (documents by terms) and lengths of two groups."""
    one, two = _summarize(*target), _summarize(*reference)
    if min(one.documents, two.documents) < 2:
        missing = np.full(one.counts.shape, np.nan)
        return missing, missing.copy()
    if interval == "gamma_poisson":
        low, high = _gamma_poisson(one, two, confidence)
    else:
        low, high = _quasi_poisson(one, two, _pearson(*target) + _pearson(*reference), confidence)
    absent = ~one.usable & ~two.usable
    low, high = low / np.log(2.0), high / np.log(2.0)
    low, high = np.where(low < -NO_LIMIT, -np.inf, low), np.where(high > NO_LIMIT, np.inf, high)
    return np.where(absent, np.nan, low), np.where(absent, np.nan, high)


def conservative_estimate(low: Numbers, *, high: Numbers) -> Any:
    """Return the limit nearer to zero, or zero where the interval holds zero: an effect one can rely on.

    Parameters
    ----------
    low, high : number or array
        Limits of an interval, as in `log_ratio_low` and `log_ratio_high` of `compare_vocabulary`.

    Returns
    -------
    float or array
        Missing where a limit is.

    Examples
    --------
    “督察”“法治”“产业”三个词的区间：

    >>> conservative_estimate([0.5, -0.2, -3.0], high=[3.0, 0.4, -1.0]).tolist()
    [0.5, 0.0, -1.0]
    """
    lower, upper = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    value = np.where(lower > 0, lower, np.where(upper < 0, upper, 0.0))
    value = np.where(np.isnan(lower) | np.isnan(upper), np.nan, value)
    return float(value) if value.ndim == 0 else value
