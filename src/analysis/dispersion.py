"""How evenly a term is spread over the parts of a corpus, and frequencies adjusted for it.

Counts have a row a part, or a row a part and a column a term; sizes are the tokens of the parts. Where a term
does not occur at all the result is missing.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .errors import check_choice, explain

Floats = npt.NDArray[np.float64]
Numbers = Any
Form = Literal["gries_2008", "lijffijt_gries_2012", "egbert_2020"]


def _read(counts: Numbers, part_sizes: Numbers) -> tuple[Floats, Floats, Floats]:
    """Return counts (parts by terms), the parts' shares of all tokens (a column) and the terms' totals."""
    x = np.asarray(counts, dtype=np.float64)
    if x.ndim not in (1, 2) or len(x) == 0:
        raise ValueError(explain(f"counts of shape {x.shape}", allowed="a row a part, at least one part"))
    sizes = np.ones(len(x)) if part_sizes is None else np.asarray(part_sizes, dtype=np.float64)
    if sizes.shape != x.shape[:1]:
        raise ValueError(
            explain(f"{len(x)} parts but part_sizes of shape {sizes.shape}", allowed="one size a part")
        )
    if not (bool((x >= 0).all()) and bool((sizes > 0).all())):
        raise ValueError(explain("a count is negative, or a part has no tokens", todo="leave out empty parts"))
    x = x.reshape(len(x), -1)
    return x, (sizes / sizes.sum())[:, None], x.sum(axis=0)


def _write(values: Floats, totals: Floats, counts: Numbers) -> Any:
    values = np.where(totals > 0, values, np.nan)
    return float(values[0]) if np.ndim(counts) == 1 else values


def _shares(x: Floats, totals: Floats) -> Floats:
    return np.asarray(x / np.where(totals > 0, totals, 1.0))


def _rate_shares(x: Floats, sizes: Floats) -> Floats:
    rates = x / sizes
    return _shares(rates, rates.sum(axis=0))


def deviation_of_proportions(
    counts: Numbers, part_sizes: Numbers = None, *, form: Form = "gries_2008", even_is_one: bool = False
) -> Any:
    r"""Return DP: 0 for a term spread as the parts' sizes would have it, near 1 for one in a small part only.

    Parameters
    ----------
    counts : array, shape (n_parts,) or (n_parts, n_terms)
        Occurrences in every part.
    part_sizes : array, shape (n_parts,), optional
        Tokens of every part; None for equal parts.
    form : {"gries_2008", "lijffijt_gries_2012", "egbert_2020"}
        With :math:`v_i` a part's share of the occurrences and :math:`s_i` its share of the tokens:

        - "gries_2008": :math:`DP = \frac{1}{2} \sum_i |v_i - s_i|`, at most :math:`1 - \min s`;
        - "lijffijt_gries_2012": :math:`DP / (1 - \min_i s_i)`, DP normalised, at most 1;
        - "egbert_2020": :math:`DP / (1 - \min_{i: v_i > 0} s_i)`, at most 1 for every term by itself.
    even_is_one : bool
        Give :math:`1 - DP`, the direction of Juilland's D and the other older measures.

    Returns
    -------
    float or array, shape (n_terms,)
        Missing where a normalised form divides by zero (a single part).

    References
    ----------
    Gries (2008), International Journal of Corpus Linguistics 13(4); Lijffijt and Gries (2012), ibid. 17(1);
    Egbert, Burch and Biber (2020), ibid. 25(1).

    Examples
    --------
    “清单”在三份同样长的文本中出现2、1、0次：

    >>> round(deviation_of_proportions([2, 1, 0], [1000, 1000, 1000]), 3)
    0.333
    >>> round(deviation_of_proportions([2, 1, 0], [1000, 1000, 1000], form="lijffijt_gries_2012"), 3)
    0.5
    """
    check_choice(form, ("gries_2008", "lijffijt_gries_2012", "egbert_2020"), name="form")
    x, sizes, totals = _read(counts, part_sizes)
    dp = 0.5 * np.abs(_shares(x, totals) - sizes).sum(axis=0)
    if form != "gries_2008":
        held = np.where(x > 0, sizes, np.inf) if form == "egbert_2020" else np.broadcast_to(sizes, x.shape)
        room = 1.0 - np.where(totals > 0, held.min(axis=0), 0.0)
        dp = np.where(room > 0, dp / np.where(room > 0, room, 1.0), np.nan)
    return _write(1.0 - dp if even_is_one else dp, totals, counts)


def juilland_d(counts: Numbers, part_sizes: Numbers = None) -> Any:
    r"""Return Juilland's D: 1 for equal rates in all parts, 0 for a term of one part.

    Notes
    -----
    :math:`D = 1 - V / \sqrt{n - 1}` with :math:`V` the standard deviation (divided by :math:`n`) of the parts'
    rates over their mean (Juilland and Chang-Rodríguez 1964; rates instead of counts where parts differ in
    size, as in Gries 2008). Nears 1 for almost every term when parts are many. Missing for a single part.

    Examples
    --------
    “普法”在五个等长部分中的次数：

    >>> round(juilland_d([0, 4, 3, 2, 1]), 4)
    0.6464
    """
    x, sizes, totals = _read(counts, part_sizes)
    shares = _rate_shares(x, sizes)
    if len(x) < 2:
        return _write(np.full(len(totals), np.nan), totals, counts)
    return _write(1.0 - shares.std(axis=0) * len(x) / np.sqrt(len(x) - 1), totals, counts)


def carroll_d2(counts: Numbers, part_sizes: Numbers = None) -> Any:
    r"""Return Carroll's D2: the entropy of the parts' rates over its maximum.

    Notes
    -----
    :math:`D_2 = -\sum_i p_i \ln p_i / \ln n` with :math:`p_i` a part's rate over the sum of rates
    (Carroll 1970). Missing for a single part.

    Examples
    --------
    “普法”在五个等长部分中的次数：

    >>> round(carroll_d2([2, 1, 1, 1, 0]), 4)
    0.8277
    """
    x, sizes, totals = _read(counts, part_sizes)
    p = _rate_shares(x, sizes)
    if len(x) < 2:
        return _write(np.full(len(totals), np.nan), totals, counts)
    entropy = -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=0)
    return _write(np.asarray(entropy / np.log(len(x))), totals, counts)


def rosengren_s(counts: Numbers, part_sizes: Numbers = None) -> Any:
    r"""Return Rosengren's S: 1 for an even spread, at least the smallest part's share of the tokens.

    Notes
    -----
    :math:`S = (\sum_i \sqrt{s_i x_i})^2 / \sum_i x_i` with :math:`s_i` a part's share of the tokens
    (Rosengren 1971).

    Examples
    --------
    “普法”在五个等长部分中的次数：

    >>> round(rosengren_s([1, 2, 3, 4, 5], [10, 10, 10, 10, 10]), 3)
    0.937
    """
    x, sizes, totals = _read(counts, part_sizes)
    return _write(np.sqrt(sizes * x).sum(axis=0) ** 2 / np.where(totals > 0, totals, 1.0), totals, counts)
