"""How strongly two words go together, from their joint count, their own counts and the size of the corpus.

Every function takes `(joint_count, first_count, second_count, total)`: the cells of the two-by-two table are
:math:`a` (both), :math:`b` (the first alone), :math:`c` (the second alone) and :math:`d` (neither).
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .errors import check_choice, explain

Floats = npt.NDArray[np.float64]
Numbers = Any


def _read(
    joint: Numbers, first: Numbers, second: Numbers, total: Numbers
) -> tuple[Floats, Floats, Floats, Floats]:
    given = (joint, first, second, total)
    a, f1, f2, n = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in given))
    if not bool(((a >= 0) & (a <= f1) & (a <= f2) & (f1 + f2 - a <= n) & (n > 0)).all()):
        raise ValueError(
            explain(
                "the four counts do not fit together",
                allowed="0 ≤ joint_count ≤ first_count and second_count, and at most total in all",
            )
        )
    return a, f1, f2, n


def _write(values: Any, *given: Numbers) -> Any:
    return float(values) if all(np.ndim(value) == 0 for value in given) else np.asarray(values)


def _ratio(upper: Any, lower: Any) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.true_divide(upper, lower), dtype=np.float64)


def mutual_information(
    joint_count: Numbers, first_count: Numbers, second_count: Numbers, total: Numbers
) -> Any:
    r"""Return pointwise mutual information in bits: 0 for independence; minus infinity if never together.

    Notes
    -----
    :math:`\log_2 \frac{a n}{f_1 f_2}` (Church and Hanks 1990). Highest for the rarest words.

    Examples
    --------
    “府院”33次，“联动”10次，同现8次，语料共一百万词：

    >>> round(mutual_information(8, 33, 10, 1_000_000), 2)
    14.57
    """
    given = (joint_count, first_count, second_count, total)
    a, f1, f2, n = _read(*given)
    with np.errstate(divide="ignore"):
        return _write(np.log2(_ratio(a * n, f1 * f2)), *given)


def normalized_mutual_information(
    joint_count: Numbers, first_count: Numbers, second_count: Numbers, total: Numbers
) -> Any:
    r"""Return NPMI: −1 for never together, 0 for independence, 1 for always together.

    Notes
    -----
    :math:`\ln\frac{a n}{f_1 f_2} / -\ln\frac{a}{n}` (Bouma 2009).

    Examples
    --------
    “府院”与“联动”总是同现：

    >>> round(normalized_mutual_information(10, 10, 10, 100), 6)
    1.0
    """
    given = (joint_count, first_count, second_count, total)
    a, f1, f2, n = _read(*given)
    together = np.where(a > 0, a, 1.0)
    value = _ratio(np.log(_ratio(together * n, f1 * f2)), -np.log(together / n))
    return _write(np.where(a > 0, value, np.where((f1 > 0) & (f2 > 0), -1.0, np.nan)), *given)


def t_score(joint_count: Numbers, first_count: Numbers, second_count: Numbers, total: Numbers) -> Any:
    r"""Return the t-score of collocation.

    Notes
    -----
    :math:`(\frac{a}{n} - \frac{f_1 f_2}{n^2}) / \sqrt{\frac{a}{n} / n}`, the variance being the observed share
    (Church et al. 1991; Manning and Schütze 1999, section 5.3). Favours common pairs.

    Examples
    --------
    “法治”与“建设”：

    >>> round(t_score(8, 15828, 4675, 14307668), 4)
    0.9999
    """
    given = (joint_count, first_count, second_count, total)
    a, f1, f2, n = _read(*given)
    return _write(_ratio(a - f1 * f2 / n, np.sqrt(a)), *given)


def delta_p(
    joint_count: Numbers,
    first_count: Numbers,
    second_count: Numbers,
    total: Numbers,
    *,
    given: Literal["first", "second"] = "first",
) -> Any:
    r"""Return how much likelier one word is when the other is there, from −1 to 1.

    Parameters
    ----------
    joint_count, first_count, second_count, total : number or array
        Counts as at the head of the module.
    given : {"first", "second"}
        The word that is the cue: "first" gives :math:`\frac{a}{a + b} - \frac{c}{c + d}`.

    References
    ----------
    Gries (2013), International Journal of Corpus Linguistics 18(1).

    Examples
    --------
    有“枫桥”几乎就有“经验”，反之不然：

    >>> delta_p(9, 10, 60, 1000), round(delta_p(9, 10, 60, 1000, given="second"), 3)
    (0.8484848484848485, 0.149)
    """
    check_choice(given, ("first", "second"), name="given")
    inputs = (joint_count, first_count, second_count, total)
    a, f1, f2, n = _read(*inputs)
    if given == "second":
        f1, f2 = f2, f1
    return _write(_ratio(a, f1) - _ratio(f2 - a, n - f1), *inputs)


def dice(joint_count: Numbers, first_count: Numbers, second_count: Numbers, total: Numbers) -> Any:
    r"""Return the Dice coefficient, from 0 to 1: :math:`2 a / (f_1 + f_2)` (Smadja et al. 1996).

    Examples
    --------
    “述法”与“评议”：

    >>> dice(3, 4, 6, 1000)
    0.6
    """
    given = (joint_count, first_count, second_count, total)
    a, f1, f2, _ = _read(*given)
    return _write(_ratio(2.0 * a, f1 + f2), *given)


def phi_squared(joint_count: Numbers, first_count: Numbers, second_count: Numbers, total: Numbers) -> Any:
    r"""Return phi squared, chi-squared over the total, from 0 to 1 (Church and Gale 1991).

    Notes
    -----
    :math:`\frac{(a d - b c)^2}{(a + b)(a + c)(b + d)(c + d)}`.

    Examples
    --------
    “行政”与“复议”：

    >>> round(phi_squared(30, 60, 40, 1000), 3)
    0.352
    """
    given = (joint_count, first_count, second_count, total)
    a, f1, f2, n = _read(*given)
    return _write(_ratio((a * n - f1 * f2) ** 2, f1 * f2 * (n - f1) * (n - f2)), *given)


def minimum_sensitivity(
    joint_count: Numbers, first_count: Numbers, second_count: Numbers, total: Numbers
) -> Any:
    r"""Return the smaller of both words' shares of occurrences together (Pedersen and Bruce 1996).

    Notes
    -----
    :math:`\min(a / f_1, a / f_2)`.

    Examples
    --------
    “营商”与“环境”：

    >>> minimum_sensitivity(8, 8, 16, 1000)
    0.5
    """
    given = (joint_count, first_count, second_count, total)
    a, f1, f2, _ = _read(*given)
    return _write(np.minimum(_ratio(a, f1), _ratio(a, f2)), *given)
