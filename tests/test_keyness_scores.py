"""The single statistics against SciPy, statsmodels and what their definitions promise."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from analysis import association, keyness

counts = st.integers(0, 400)
totals = st.integers(401, 5000)
ANTISYMMETRIC = (keyness.log_ratio, keyness.difference_coefficient)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(counts, counts, totals, totals)
def test_four_cell_statistics_are_scipys(a, b, n1, n2):
    assume(a + b > 0)
    table = [[a, b], [n1 - a, n2 - b]]
    theirs = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    assert keyness.g2(a, b, n1, n2) == pytest.approx(theirs.statistic, abs=1e-8)
    assert keyness.chi_squared(a, b, n1, n2) == pytest.approx(
        stats.chi2_contingency(table, correction=False).statistic, abs=1e-8
    )
    assert keyness.chi_squared(a, b, n1, n2, yates=True) == pytest.approx(
        stats.chi2_contingency(table, correction=True).statistic, abs=1e-8
    )
    assert keyness.fisher_exact(a, b, n1, n2) == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-9)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(counts, counts, totals, totals)
def test_two_cell_g2_is_the_sum_of_the_terms_cells(a, b, n1, n2):
    assume(a > 0 and b > 0)
    rate = (a + b) / (n1 + n2)
    wanted = 2 * (a * np.log(a / (n1 * rate)) + b * np.log(b / (n2 * rate)))
    assert keyness.g2(a, b, n1, n2, cells="two") == pytest.approx(wanted, abs=1e-8)
    signed = keyness.g2(a, b, n1, n2, signed=True)
    assert np.sign(signed) in (np.sign(a / n1 - b / n2), 0.0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(counts, counts, totals, totals)
def test_swapping_the_groups_flips_signs_and_inverts_ratios(a, b, n1, n2):
    assume(a + b > 0)
    for function in ANTISYMMETRIC:
        assert function(a, b, n1, n2) == pytest.approx(-function(b, a, n2, n1), abs=1e-12)
    assert keyness.g2(a, b, n1, n2) == pytest.approx(keyness.g2(b, a, n2, n1), abs=1e-9)
    assert keyness.conservative_log_ratio(a, b, n1, n2) == pytest.approx(
        -keyness.conservative_log_ratio(b, a, n2, n1), abs=1e-6
    )
    assume(a > 0 and b > 0)
    for function in (keyness.odds_ratio, keyness.simple_maths):
        assert function(a, b, n1, n2) == pytest.approx(1 / function(b, a, n2, n1))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=5), totals, totals)
def test_arrays_give_what_single_numbers_give(pairs, n1, n2):
    a, b = np.array(pairs).T
    for function in (
        keyness.g2,
        keyness.chi_squared,
        keyness.fisher_exact,
        keyness.log_ratio,
        keyness.percent_difference,
        keyness.odds_ratio,
        keyness.difference_coefficient,
        keyness.simple_maths,
        keyness.bic,
        keyness.conservative_log_ratio,
    ):
        single = [function(int(x), int(y), n1, n2) for x, y in pairs]
        assert all(isinstance(value, float) for value in single)
        np.testing.assert_allclose(function(a, b, n1, n2), single, atol=1e-12)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.integers(1, 60), st.integers(1, 60), totals, totals)
def test_the_conservative_log_ratio_is_an_end_of_the_exact_binomial_interval(a, b, n1, n2):
    share = stats.binomtest(a, a + b).proportion_ci(confidence_level=1 - 0.05 / 7, method="exact")
    ends = [np.log2(p / (1 - p) * n2 / n1) for p in share]
    wanted = ends[0] if ends[0] > 0 else min(ends[1], 0.0)
    assert keyness.conservative_log_ratio(a, b, n1, n2, n_tests=7) == pytest.approx(wanted, abs=1e-6)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrections_are_scipys_and_holms(p):
    for method in ("bh", "by"):
        theirs = stats.false_discovery_control(p, method=method)
        np.testing.assert_allclose(keyness.adjust_p(p, correction=method), theirs, atol=1e-12)
    rejected_from = [max(sum(other >= q for other in p) * q for q in p if q <= mine) for mine in p]
    np.testing.assert_allclose(keyness.adjust_p(p, correction="holm"), np.minimum(rejected_from, 1), atol=1e-12)
    for correction in ("bh", "by", "holm", "bonferroni"):
        assert (keyness.adjust_p(p, correction=correction) >= np.asarray(p) - 1e-12).all()


def test_corrections_are_those_of_statsmodels():
    p = np.random.default_rng(6).random(50) ** 2
    for ours, theirs in (("bh", "fdr_bh"), ("by", "fdr_by"), ("holm", "holm"), ("bonferroni", "bonferroni")):
        found = keyness.adjust_p(p, correction=ours)
        np.testing.assert_allclose(found, multipletests(p, method=theirs)[1], atol=1e-12)


def test_missing_p_values_are_no_part_of_the_family():
    found = keyness.adjust_p([0.01, np.nan, 0.04], correction="bonferroni")
    np.testing.assert_allclose(found, [0.02, np.nan, 0.08])
    assert len(keyness.adjust_p([])) == 0


def by_hand(y1, y2, alpha, word, four):
    """Monroe, Colaresi and Quinn's equations, one word at a time."""
    n1, n2, alpha0 = sum(y1), sum(y2), sum(alpha)
    odds1 = (y1[word] + alpha[word]) / (n1 + alpha0 - y1[word] - alpha[word])
    odds2 = (y2[word] + alpha[word]) / (n2 + alpha0 - y2[word] - alpha[word])
    variance = 1 / (y1[word] + alpha[word]) + 1 / (y2[word] + alpha[word])
    if four:
        variance += 1 / (n1 + alpha0 - y1[word] - alpha[word]) + 1 / (n2 + alpha0 - y2[word] - alpha[word])
    return (np.log(odds1) - np.log(odds2)) / np.sqrt(variance)


@pytest.mark.parametrize("four", [False, True])
def test_log_odds_follow_the_papers_equations(four):
    y1, y2 = [30, 20, 1, 0], [60, 4, 40, 7]
    variance = "four_term" if four else "two_term"
    for alpha in ([0.5] * 4, [3, 9, 2, 1]):
        found = keyness.log_odds_dirichlet(y1, y2, prior_counts=alpha, variance=variance)
        np.testing.assert_allclose(found, [by_hand(y1, y2, alpha, word, four) for word in range(4)])
    both = [x + y for x, y in zip(y1, y2, strict=True)]
    scaled = [10 * x / sum(both) for x in both]
    found = keyness.log_odds_dirichlet(y1, y2, prior_weight=10, variance=variance)
    np.testing.assert_allclose(found, [by_hand(y1, y2, scaled, word, four) for word in range(4)])
    np.testing.assert_allclose(keyness.log_odds_dirichlet(y2, y1, prior_weight=10, variance=variance), -found)


def test_a_heavier_prior_shrinks_and_four_terms_give_less():
    y1, y2 = [30, 20, 1], [60, 4, 40]
    light = np.abs(keyness.log_odds_dirichlet(y1, y2, prior_weight=5))
    heavy = np.abs(keyness.log_odds_dirichlet(y1, y2, prior_weight=5000))
    assert (heavy < light).all()
    assert (np.abs(keyness.log_odds_dirichlet(y1, y2, prior_weight=5, variance="four_term")) < light).all()


def test_a_word_without_prior_is_refused_and_one_that_nobody_uses_is_missing():
    with pytest.raises(ValueError, match="its prior is zero"):
        keyness.log_odds_dirichlet([1, 2], [2, 1], prior_counts=[0, 1])
    assert np.isnan(keyness.log_odds_dirichlet([0, 2], [0, 1])[0])
    with pytest.raises(ValueError, match="shapes"):
        keyness.log_odds_dirichlet([1, 2], [2])


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((-1, 2, 10, 10), "target_count holds -1"),
        ((1, 2, 10, 0), "reference_total is 0"),
        ((11, 2, 10, 10), "target_count 11 is larger"),
        ((1, float("nan"), 10, 10), "reference_count holds nan"),
    ],
)
def test_impossible_counts_are_refused(numbers, message):
    for function in (keyness.g2, keyness.log_ratio, keyness.odds_ratio):
        with pytest.raises(ValueError, match=message):
            function(*numbers)


def test_the_quasi_poisson_interval_is_that_of_a_regression():
    random = np.random.default_rng(3)
    for n1, n2 in ((4, 6), (10, 10)):
        lengths = random.integers(500, 3000, size=n1 + n2)
        target = np.arange(n1 + n2) < n1
        x = random.poisson(lengths * 0.01 * random.gamma(1.0, 1.0, size=n1 + n2))
        model = sm.GLM(x, sm.add_constant(target.astype(float)), sm.families.Poisson(), offset=np.log(lengths))
        fit = model.fit(scale="X2")
        wide = stats.t.ppf(0.975, n1 + n2 - 2) * fit.bse[1] * max(1.0, fit.scale**-0.5)
        low, high = keyness.log_ratio_interval(
            x[target],
            x[~target],
            target_lengths=lengths[target],
            reference_lengths=lengths[~target],
            interval="quasi_poisson",
        )
        assert low * np.log(2) == pytest.approx(fit.params[1] - wide, abs=1e-6)
        assert high * np.log(2) == pytest.approx(fit.params[1] + wide, abs=1e-6)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from(["gamma_poisson", "quasi_poisson"]))
def test_an_interval_of_higher_confidence_holds_one_of_lower(seed, interval):
    random = np.random.default_rng(seed)
    x = random.poisson(5 * random.gamma(1.0, 1.0, size=(8, 3)))
    lengths = random.integers(500, 2000, size=8)

    def limits(confidence):
        return keyness.log_ratio_interval(
            x[:4],
            x[4:],
            target_lengths=lengths[:4],
            reference_lengths=lengths[4:],
            confidence=confidence,
            interval=interval,
        )

    (low, high), (lower, higher) = limits(0.8), limits(0.95)
    known = ~np.isnan(low)
    assert (lower[known] <= low[known]).all()
    assert (higher[known] >= high[known]).all()


def test_a_zero_count_leaves_its_side_open():
    low, high = keyness.log_ratio_interval(
        [0] * 5, [4, 6, 5, 9, 2], target_lengths=[900] * 5, reference_lengths=[900] * 5
    )
    assert low == -np.inf
    assert high < 0
    low, high = keyness.log_ratio_interval(
        [0, 0, 400], [5, 6, 7], target_lengths=[900] * 3, reference_lengths=[900] * 3
    )
    assert (low, high) == (-np.inf, np.inf)  # one document says nothing about its kind
    low, high = keyness.log_ratio_interval([5, 6], [1], target_lengths=[900] * 2, reference_lengths=[900])
    assert np.isnan(low)
    assert np.isnan(high)
    with pytest.raises(ValueError, match="one row of counts for every document"):
        keyness.log_ratio_interval([1, 2], [1], target_lengths=[900], reference_lengths=[900])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(1, 500))
def test_measures_of_association_keep_their_bounds_and_their_symmetry(a, b, c, d):
    assume(a + b > 0 and a + c > 0)
    counts = a, a + b, a + c, a + b + c + d
    swapped = a, a + c, a + b, a + b + c + d
    bounds = {
        association.normalized_mutual_information: (-1, 1),
        association.dice: (0, 1),
        association.phi_squared: (0, 1),
        association.minimum_sensitivity: (0, 1),
    }
    for function, (low, high) in bounds.items():
        value = function(*counts)
        assert low - 1e-9 <= value <= high + 1e-9
        assert value == pytest.approx(function(*swapped))
    assert association.delta_p(*counts) == pytest.approx(association.delta_p(*swapped, given="second"))
    if c + d > 0 and b + d > 0:
        table = [[a, b], [c, d]]
        chi2 = stats.chi2_contingency(table, correction=False).statistic
        assert association.phi_squared(*counts) == pytest.approx(chi2 / counts[3], abs=1e-9)
        product = association.delta_p(*counts) * association.delta_p(*counts, given="second")
        assert association.phi_squared(*counts) == pytest.approx(product, abs=1e-9)


def test_counts_that_do_not_fit_together_are_refused():
    with pytest.raises(ValueError, match="do not fit together"):
        association.dice(5, 4, 10, 100)
