"""The single statistics of keyness, on plain numbers or arrays, each after its paper.

The four numbers of every comparison are the counts :math:`a` and :math:`b` of a term in target and reference
and the tokens :math:`n_1` and :math:`n_2` of both. The statistics of this module take tokens for independent
draws, which words of a document are not: they describe, and `compare_vocabulary` infers.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from ..errors import check_choice, explain
from .contingency import Floats, Numbers, divide, give_back, read_table

Cells = Literal["four", "two"]
Smoothing = Literal["zero_half", "add_half", "none"]
Alternative = Literal["two_sided", "greater", "less"]
Variance = Literal["two_term", "four_term"]


def _x_log_x_over(observed: Floats, expected: Floats) -> Floats:
    ratio = divide(observed, np.where(expected > 0, expected, 1.0))
    return np.asarray(observed * np.log(np.where(observed > 0, ratio, 1.0)))


def g2(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    cells: Cells = "four",
    signed: bool = False,
) -> Any:
    r"""Return the log-likelihood ratio statistic G2, zero or more (or signed).

    Parameters
    ----------
    target_count, reference_count : number or array
        Occurrences of the term.
    target_total, reference_total : number or array
        Tokens in all.
    cells : {"four", "two"}
        "four": :math:`G^2 = 2 \sum_{ij} O_{ij} \ln(O_{ij} / E_{ij})` over the whole table of the term and all
        other tokens (Dunning 1993). "two": the sum over the term's two cells only (Rayson and Garside 2000),
        as Wmatrix prints it and, by that tradition, many calculators. The two agree for rare terms.
    signed : bool
        Negative where the term is rarer in the target.

    Returns
    -------
    float or array
        Asymptotically chi-squared with one degree of freedom *if tokens were independent*.

    References
    ----------
    Dunning (1993), Computational Linguistics 19(1); Rayson and Garside (2000), Comparing Corpora.

    Examples
    --------
    “述法”在讲话中出现10次，在报告中一次也没有：

    >>> round(g2(10, 0, 13, 31764), 2)
    167.23
    """
    check_choice(cells, ("four", "two"), name="cells")
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    total = n1 + n2
    value = _x_log_x_over(a, n1 * (a + b) / total) + _x_log_x_over(b, n2 * (a + b) / total)
    if cells == "four":
        rest = total - a - b
        value = value + _x_log_x_over(n1 - a, n1 * rest / total) + _x_log_x_over(n2 - b, n2 * rest / total)
    value = np.maximum(2.0 * value, 0.0)
    return give_back(value * np.where(a * n2 < b * n1, -1.0, 1.0) if signed else value, *given)


def chi_squared(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    yates: bool = False,
) -> Any:
    r"""Return Pearson's chi-squared over the four cells; missing where a margin is zero.

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : number or array
        Occurrences of the term, and tokens in all.
    yates : bool
        Take 1/2 from every :math:`|O - E|`, but no more than is there (Yates 1934).

    Notes
    -----
    :math:`\chi^2 = \sum_{ij} (O_{ij} - E_{ij})^2 / E_{ij}`, one degree of freedom.

    Examples
    --------
    “府院联动”共4次，讲话与报告各4个词：

    >>> chi_squared(1, 3, 4, 4, yates=True)
    0.5
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    total = n1 + n2
    apart = np.abs(a - n1 * (a + b) / total)
    if yates:
        apart = apart - np.minimum(0.5, apart)
    margins = n1 * n2 * (a + b) * (total - a - b)
    return give_back(divide(apart**2 * total**3, margins), *given)


def fisher_exact(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    alternative: Alternative = "two_sided",
) -> Any:
    """Return the p value of Fisher's exact test, from SciPy.

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : integer or array of integers
        Occurrences of the term, and tokens in all.
    alternative : {"two_sided", "greater", "less"}
        Two-sided adds the probabilities of all tables that are no likelier than this one.

    Returns
    -------
    float or array
        A probability of tokens, not of documents.

    Examples
    --------
    “枫桥经验”：讲话4词中1次，报告4词中3次。

    >>> round(fisher_exact(1, 3, 4, 4), 3)
    0.486
    """
    from scipy import stats

    check_choice(alternative, ("two_sided", "greater", "less"), name="alternative")
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    side = alternative.replace("_", "-")
    tables = np.stack([a, b, n1 - a, n2 - b], axis=-1).reshape(-1, 2, 2)
    distinct, back = np.unique(tables.astype(np.int64), axis=0, return_inverse=True)
    p = np.array([stats.fisher_exact(table, alternative=side)[1] for table in distinct], dtype=np.float64)
    return give_back(p[back.reshape(a.shape)] if len(p) else np.empty(a.shape), *given)


def log_ratio(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    smoothing: Smoothing = "zero_half",
) -> Any:
    r"""Return the binary logarithm of the ratio of rates: 1 means twice, −1 half as frequent.

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : number or array
        Occurrences of the term, and tokens in all.
    smoothing : {"zero_half", "add_half", "none"}
        "zero_half" replaces a zero count by 0.5 and leaves all others alone (Hardie 2014);
        "add_half" adds 0.5 to both counts; "none" gives infinities.

    Notes
    -----
    :math:`\log_2 \frac{a / n_1}{b / n_2}`; missing where the term occurs nowhere and nothing is added.

    Examples
    --------
    “数字政府”在报告中每千词2次，在讲话中每千词1次：

    >>> log_ratio(2, 1, 1000, 1000)
    1.0
    """
    check_choice(smoothing, ("zero_half", "add_half", "none"), name="smoothing")
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    if smoothing == "zero_half":
        a, b = np.where(a == 0, 0.5, a), np.where(b == 0, 0.5, b)
    elif smoothing == "add_half":
        a, b = a + 0.5, b + 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log2(a) - np.log2(b) - np.log2(n1) + np.log2(n2)
    return give_back(np.asarray(value), *given)


def conservative_log_ratio(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    confidence: float = 0.95,
    n_tests: int = 1,
) -> Any:
    r"""Return the end of the log ratio's confidence interval that is nearer to zero, or zero (Evert 2022).

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : number or array
        Occurrences of the term, and tokens in all.
    confidence : float
        Of the two-sided interval, between 0 and 1.
    n_tests : int
        Number of terms looked at; the interval is widened by Bonferroni's correction.

    Notes
    -----
    Given :math:`a + b`, the count :math:`a` is binomial; the interval is Clopper and Pearson's for its share
    :math:`\pi`, and :math:`\log_2 \frac{\pi}{1 - \pi} \frac{n_2}{n_1}` its log ratio. Tokens are taken for
    independent: for the interval by document see `log_ratio_interval` and `conservative_estimate`.

    Examples
    --------
    “改革”45次对60次：稍多，并不可靠；“创新”60次对12次：可靠。

    >>> conservative_log_ratio([45, 60], [60, 12], 1400, 3000, n_tests=12).round(2).tolist()
    [0.0, 2.16]
    """
    from scipy import special

    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    if n_tests < 1:
        raise ValueError(explain(f"n_tests is {n_tests}", allowed="1 or more"))
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    tail = (1.0 - confidence) / 2.0 / n_tests
    low = np.where(a > 0, special.betaincinv(np.maximum(a, 1e-9), b + 1.0, tail), 0.0)
    high = np.where(b > 0, special.betaincinv(a + 1.0, np.maximum(b, 1e-9), 1.0 - tail), 1.0)
    with np.errstate(divide="ignore"):
        odds = np.log2(n2) - np.log2(n1)
        low, high = np.log2(low) - np.log2(1 - low) + odds, np.log2(high) - np.log2(1 - high) + odds
    value = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return give_back(value, *given)


def percent_difference(
    target_count: Numbers, reference_count: Numbers, target_total: Numbers, reference_total: Numbers
) -> Any:
    r"""Return %DIFF: by how many per cent the target's rate exceeds the reference's.

    Notes
    -----
    :math:`100 (r_1 - r_2) / r_2` with :math:`r = ` count / total (Gabrielatos and Marchi 2011). Infinite where
    the reference has none; the authors then put a very small number instead, which makes the result a
    statement about that number.

    Examples
    --------
    “整改”在督察讲话中每千词3次，在其他文本中每千词2次：

    >>> round(percent_difference(3, 2, 1000, 1000), 1)
    50.0
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    return give_back(100.0 * (divide(a * n2, b * n1) - 1.0), *given)


def odds_ratio(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    add: float = 0.0,
) -> Any:
    r"""Return the sample odds ratio; infinite where only the target has the term.

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : number or array
        Occurrences of the term, and tokens in all.
    add : float
        Added to every cell; 0.5 is Haldane's and Anscombe's correction.

    Notes
    -----
    :math:`\frac{a / (n_1 - a)}{b / (n_2 - b)}` (Pojanapunya and Watson Todd 2016). Not the conditional maximum
    likelihood estimate that R's `fisher.test` prints.

    Examples
    --------
    “乡村振兴”14次对1次：

    >>> round(odds_ratio(14, 1, 1400, 3000), 2)
    30.29
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    return give_back(divide((a + add) * (n2 - b + add), (b + add) * (n1 - a + add)), *given)


def difference_coefficient(
    target_count: Numbers, reference_count: Numbers, target_total: Numbers, reference_total: Numbers
) -> Any:
    r"""Return the difference coefficient, from −1 (only in the reference) to 1 (only in the target).

    Notes
    -----
    :math:`(r_1 - r_2) / (r_1 + r_2)` with :math:`r = ` count / total (Hofland and Johansson 1982, whose raw
    frequencies come from two corpora of one size).

    Examples
    --------
    “法治”每百万词18次对35次：

    >>> round(difference_coefficient(18, 35, 1_000_000, 1_000_000), 2)
    -0.32
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    return give_back(divide(a * n2 - b * n1, a * n2 + b * n1), *given)


def simple_maths(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    add: float = 1.0,
    per: float = 1_000_000.0,
) -> Any:
    r"""Return Kilgarriff's simple maths: the ratio of rates after a constant was added to both.

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : number or array
        Occurrences of the term, and tokens in all.
    add : float
        The constant: 1 favours rare terms, 100 and more common ones.
    per : float
        Tokens that a rate refers to.

    Notes
    -----
    :math:`(r_1 + c) / (r_2 + c)` with :math:`r` the rate per million (Kilgarriff 2009; Sketch Engine).

    Examples
    --------
    “专项督查”35次对263次，语料库规模悬殊：

    >>> round(simple_maths(35, 263, 112_289_776, 1_559_716_979), 4)
    1.1224
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    return give_back(divide(per * a / n1 + add, per * b / n2 + add), *given)


def bic(
    target_count: Numbers,
    reference_count: Numbers,
    target_total: Numbers,
    reference_total: Numbers,
    *,
    cells: Cells = "four",
) -> Any:
    r"""Return the approximate Bayes factor of Wilson (2013): above 10 very strong, below 0 for no difference.

    Parameters
    ----------
    target_count, reference_count, target_total, reference_total : number or array
        Occurrences of the term, and tokens in all.
    cells : {"four", "two"}
        Cells of the G2 in it.

    Notes
    -----
    :math:`G^2 - \ln(n_1 + n_2)`, one degree of freedom. Its sample size is tokens: it shares the fault of
    taking them for independent.

    Examples
    --------
    “发展”120次对300次：没有差别的证据。

    >>> round(bic(120, 300, 1400, 3000), 2)
    -6.09
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = read_table(*given)
    return give_back(np.asarray(g2(a, b, n1, n2, cells=cells)) - np.log(n1 + n2), *given)


def log_odds_dirichlet(
    target_counts: Numbers,
    reference_counts: Numbers,
    *,
    prior_counts: Numbers = None,
    prior_weight: float | None = None,
    variance: Variance = "two_term",
) -> Floats:
    r"""Return z, the log-odds ratio with an informative Dirichlet prior over its standard deviation.

    Parameters
    ----------
    target_counts, reference_counts : array, shape (n_terms,)
        Counts of the *whole* vocabulary: their sums are the totals.
    prior_counts : array, shape (n_terms,), optional
        Counts that the prior is proportional to; of a background corpus, or (None) of both groups together.
    prior_weight : float, optional
        The prior's size :math:`\alpha_0` in tokens: the prior counts are scaled to this sum. None takes them
        as they are, which with both groups together shrinks strongly.
    variance : {"two_term", "four_term"}
        "two_term": :math:`\frac{1}{y_1 + \alpha} + \frac{1}{y_2 + \alpha}`, the paper's approximation;
        "four_term" adds :math:`\frac{1}{n_1 + \alpha_0 - y_1 - \alpha} + \frac{1}{n_2 + \alpha_0 - y_2 - \alpha}`.

    Returns
    -------
    array, shape (n_terms,)
        :math:`z = \hat\delta / \sqrt{\mathrm{var}(\hat\delta)}` with
        :math:`\hat\delta = \ln\frac{y_1 + \alpha}{n_1 + \alpha_0 - y_1 - \alpha}
        - \ln\frac{y_2 + \alpha}{n_2 + \alpha_0 - y_2 - \alpha}`; positive where the target has more. Missing for
        a term with neither count nor prior. A score for ordering: its variance is one of tokens.

    Raises
    ------
    ValueError
        Shapes differ, a number is negative, or a term that occurs has no prior.

    References
    ----------
    Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), equations 15, 16, 18, 20 and 22.

    Examples
    --------
    词表：“法治”“督察”“产业”；目标为督察讲话。

    >>> log_odds_dirichlet([30, 20, 1], [60, 4, 40]).round(2).tolist()
    [0.11, 3.34, -3.02]
    """
    check_choice(variance, ("two_term", "four_term"), name="variance")
    y1 = np.atleast_1d(np.asarray(target_counts, dtype=np.float64))
    y2 = np.atleast_1d(np.asarray(reference_counts, dtype=np.float64))
    alpha = y1 + y2 if prior_counts is None else np.atleast_1d(np.asarray(prior_counts, dtype=np.float64))
    if not y1.shape == y2.shape == alpha.shape:
        raise ValueError(
            explain(
                f"shapes {y1.shape}, {y2.shape} and, for the prior, {alpha.shape}",
                allowed="one count a term in each, over the whole vocabulary",
            )
        )
    if not bool(((y1 >= 0) & (y2 >= 0) & (alpha >= 0)).all()):
        raise ValueError(explain("a count is negative or missing", allowed="numbers that are zero or more"))
    if prior_weight is not None:
        if not prior_weight > 0 or alpha.sum() == 0:
            raise ValueError(
                explain(
                    f"prior_weight is {prior_weight} for {alpha.sum():g} prior counts", allowed="above zero"
                )
            )
        alpha = alpha * (prior_weight / alpha.sum())
    if bool(((alpha == 0) & (y1 + y2 > 0)).any()):
        index = int(np.flatnonzero((alpha == 0) & (y1 + y2 > 0))[0])
        raise ValueError(
            explain(
                f"term number {index} occurs but its prior is zero",
                allowed="a prior above zero for every term that occurs",
                todo="add a small number to prior_counts, or leave prior_counts out",
            )
        )
    alpha0 = alpha.sum()
    inside1, inside2 = y1 + alpha, y2 + alpha
    outside1, outside2 = y1.sum() + alpha0 - inside1, y2.sum() + alpha0 - inside2
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(inside1 / outside1) - np.log(inside2 / outside2)
        spread = 1.0 / inside1 + 1.0 / inside2
        if variance == "four_term":
            spread = spread + 1.0 / outside1 + 1.0 / outside2
        z = delta / np.sqrt(spread)
    return np.asarray(np.where(alpha > 0, z, np.nan), dtype=np.float64)


def rank_sum(target_counts: Numbers, reference_counts: Numbers) -> Any:
    r"""Return the target's sum of ranks (Wilcoxon; Mann and Whitney), ties at their mean rank.

    Parameters
    ----------
    target_counts, reference_counts : array, shape (n_documents,) or (n_documents, n_terms)
        Counts or rates of a term in the documents of both groups.

    Notes
    -----
    The sum is :math:`U + n(n + 1) / 2` with Mann and Whitney's :math:`U`; Kilgarriff (2001), International
    Journal of Corpus Linguistics 6(1), proposed it for words because it counts documents and not tokens.

    Examples
    --------
    “清单”在两组各五份文本中的次数：

    >>> rank_sum([12, 15, 18, 24, 88], [3, 3, 13, 27, 33])
    31.0
    """
    from scipy import stats

    target, reference = np.asarray(target_counts, dtype=float), np.asarray(reference_counts, dtype=float)
    ranks = stats.rankdata(np.concatenate([target, reference]), axis=0)
    sums = ranks[: len(target)].sum(axis=0)
    return float(sums) if np.ndim(sums) == 0 else sums
