"""Correction of p values for the number of tests."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from ..errors import check_choice, explain

Correction = Literal["bh", "holm", "by", "bonferroni", "none"]
CORRECTIONS: tuple[str, ...] = ("bh", "holm", "by", "bonferroni", "none")


def adjust_p(p_values: npt.ArrayLike, *, correction: Correction = "bh") -> npt.NDArray[np.float64]:
    r"""Return p values adjusted for their family, in the order given; missing ones are no part of it.

    Parameters
    ----------
    p_values : array, shape (n_tests,)
        Between 0 and 1, or missing.
    correction : {"bh", "holm", "by", "bonferroni", "none"}
        With :math:`m` tests and :math:`p_{(i)}` the i-th smallest: "bh" controls the share of false findings
        (Benjamini and Hochberg 1995), :math:`\min_{j \ge i} p_{(j)} m / j`; "by" the same under any dependence
        (Benjamini and Yekutieli 2001), times :math:`\sum_{i \le m} 1/i`; "holm" the chance of a single false
        finding (Holm 1979), :math:`\max_{j \le i} (m - j + 1) p_{(j)}`; "bonferroni" :math:`m p`.

    Returns
    -------
    array, shape (n_tests,)
        At most 1.

    Examples
    --------
    “法治”“督察”“产业”三个词的 p 值：

    >>> adjust_p([0.01, 0.04, 0.03], correction="bh").tolist()
    [0.03, 0.04, 0.04]
    >>> adjust_p([0.01, 0.04, 0.03], correction="holm").tolist()
    [0.03, 0.06, 0.06]
    """
    check_choice(correction, CORRECTIONS, name="correction")
    p = np.asarray(p_values, dtype=np.float64)
    known = ~np.isnan(p)
    if bool(((p[known] < 0) | (p[known] > 1)).any()):
        raise ValueError(explain("a p value is below 0 or above 1", allowed="probabilities, or missing"))
    result = np.full(p.shape, np.nan)
    m = int(known.sum())
    if m == 0:
        return result
    order = np.argsort(p[known], kind="stable")
    ordered, index = p[known][order], np.arange(1, m + 1)
    if correction in ("bh", "by"):
        factor = float(np.sum(1.0 / index)) if correction == "by" else 1.0
        adjusted = np.minimum.accumulate((ordered * m * factor / index)[::-1])[::-1]
    elif correction == "holm":
        adjusted = np.maximum.accumulate(ordered * (m - index + 1))
    else:
        adjusted = ordered * (m if correction == "bonferroni" else 1)
    back = np.empty(m)
    back[order] = np.minimum(adjusted, 1.0)
    result[known] = back
    return result
