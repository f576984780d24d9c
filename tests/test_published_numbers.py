"""Values printed in the literature, recomputed with this library.

`oracles/published_worked_numbers.csv` names for every value its paper and page, how it was printed and to how
many decimals. A value reproduces if it rounds to what was printed.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import association, dispersion, keyness

ORACLES = Path(__file__).parent / "oracles"
PUBLISHED = pd.read_csv(ORACLES / "published_worked_numbers.csv", keep_default_na=False)


def cells(a, b, c, d):
    """From the cells of a table to (joint, first, second, total)."""
    return a, a + b, a + c, a + b + c + d


YATES = (1, 3, 4, 4)  # the table 1 3 | 3 1 as counts and totals: 1 of 4 against 3 of 4
RECIPES = {
    ("G2 (4-cell)", "a=10 b=0 c=3 d=31764"): lambda: keyness.g2(10, 0, 13, 31764),
    ("Pearson chi2", "3 0 0 31774"): lambda: keyness.chi_squared(3, 0, 3, 31774),
    ("chi2 Yates", "1 3 3 1"): lambda: keyness.chi_squared(*YATES, yates=True),
    ("chi2 Yates p", "1 3 3 1"): lambda: chi2_p(keyness.chi_squared(*YATES, yates=True)),
    ("Fisher exact p two-sided", "1 3 3 1"): lambda: keyness.fisher_exact(*YATES),
    ("Fisher exact p less", "1 3 3 1"): lambda: keyness.fisher_exact(*YATES, alternative="less"),
    ("Fisher exact p greater", "1 3 3 1"): lambda: keyness.fisher_exact(*YATES, alternative="greater"),
    ("odds ratio", "16217/2796938 vs 735/2087946"): lambda: keyness.odds_ratio(16217, 735, 2796938, 2087946),
    ("%DIFF", "206523/959641 vs 178174/1562358"): lambda: keyness.percent_difference(
        206523, 178174, 959641, 1562358
    ),
    ("Simple maths N=1 (per million)", "35/112289776 vs 263/1559716979"): lambda: keyness.simple_maths(
        35, 263, 112289776, 1559716979
    ),
    ("difference coefficient", "18 vs 35 per 1e6"): lambda: keyness.difference_coefficient(18, 35, 1e6, 1e6),
    ("Log Ratio", "1/1e6 vs 1/1e6"): lambda: keyness.log_ratio(1, 1, 1e6, 1e6),
    ("Mann-Whitney U1 + n(n+1)/2 (rank sum)", "12 15 18 24 88 | 3 3 13 27 33"): lambda: keyness.rank_sum(
        [12, 15, 18, 24, 88], [3, 3, 13, 27, 33]
    ),
    ("MI (PMI, log2)", "f(xy)=8 fx=1105 fy=44 N=15e6"): lambda: association.mutual_information(
        8, 1105, 44, 15e6
    ),
    ("NPMI bounds", "10 0 0 90"): lambda: association.normalized_mutual_information(*cells(10, 0, 0, 90)),
    ("NPMI independence", "1 9 9 81"): lambda: association.normalized_mutual_information(*cells(1, 9, 9, 81)),
    ("t-score", "f(xy)=8 15828 4675 N=14307668"): lambda: association.t_score(8, 15828, 4675, 14307668),
    ("delta P (w2|w1)", "5610 168938 2257 10233063"): lambda: association.delta_p(
        *cells(5610, 168938, 2257, 10233063)
    ),
    ("delta P reverse", "5610 2257 168938 10233063"): lambda: association.delta_p(
        *cells(5610, 168938, 2257, 10233063), given="second"
    ),
    ("Dice", "130 2991 13"): lambda: association.dice(130, 130 + 2991, 130 + 13, 1e6),
    ("phi squared", "31950 12004 4793 848330"): lambda: association.phi_squared(
        *cells(31950, 12004, 4793, 848330)
    ),
    ("minimum sensitivity", "17 240 1001 1298742"): lambda: association.minimum_sensitivity(
        *cells(17, 240, 1001, 1298742)
    ),
    ("Carroll D2", "2 1 1 1 0"): lambda: dispersion.carroll_d2([2, 1, 1, 1, 0]),
    ("Juilland D", "0 4 3 2 1"): lambda: dispersion.juilland_d([0, 4, 3, 2, 1]),
    ("Rosengren S", "1 2 3 4 5"): lambda: dispersion.rosengren_s([1, 2, 3, 4, 5]),
    ("DP normalised (Lijffijt & Gries)", "2 1 0 equal parts"): lambda: dispersion.deviation_of_proportions(
        [2, 1, 0], form="lijffijt_gries_2012"
    ),
}
LEFT_OUT = {
    "ALD (log10)",
    "ARF",
    "AWT",
    "f_ALD",
    "f_AWT",
    "Lyne D3",
    "Carroll Um",
    "Juilland U",
    "Rosengren KF",
    "Engwall FM",
}
"""Measures in the table that the library does not have: four of dispersion are enough for its questions."""
NOT_GIVEN = {"tokens in Popescu list", "repeat rate", "Shannon entropy bits"}


def chi2_p(value):
    from scipy import stats

    return float(stats.chi2.sf(value, 1))


@pytest.mark.parametrize(
    "row",
    [row for row in PUBLISHED.to_dict("records") if row["statistic"] not in LEFT_OUT],
    ids=lambda row: f"{row['statistic']}: {row['input']}",
)
def test_a_published_value_reproduces(row):
    if row["statistic"] in NOT_GIVEN:
        pytest.skip("the word list behind this value is not part of its source table")
    value = RECIPES[row["statistic"], row["input"].strip()]()
    assert round(value, row["decimals"]) == pytest.approx(
        row["printed_value"], abs=10.0 ** -(row["decimals"] + 6)
    )
    assert value == pytest.approx(row["recomputed"], rel=1e-9, abs=1e-12)


def test_every_recipe_belongs_to_a_published_value():
    wanted = {(row.statistic, row.input.strip()) for row in PUBLISHED.itertuples()}
    assert set(RECIPES) <= wanted


def test_two_groups_agree_with_scipy_and_statsmodels_as_recorded():
    counts = pd.read_csv(ORACLES / "two_group_counts.csv")
    recorded = pd.read_csv(ORACLES / "keyness_scipy_statsmodels.csv")
    a, b = counts["target"].to_numpy(), counts["reference"].to_numpy()
    inputs = a, b, a.sum(), b.sum()
    assert list(counts["term"]) == list(recorded["term"])
    assert (a.sum(), b.sum()) == (1400, 3000)
    found = keyness.g2(*inputs)
    np.testing.assert_allclose(found, recorded["G2"], rtol=1e-9)
    np.testing.assert_allclose(keyness.chi_squared(*inputs), recorded["chi2"], rtol=1e-9)
    np.testing.assert_allclose(keyness.chi_squared(*inputs, yates=True), recorded["chi2_yates"], rtol=1e-9)
    np.testing.assert_allclose(keyness.odds_ratio(*inputs), recorded["sample_OR"], rtol=1e-9)
    np.testing.assert_allclose(keyness.fisher_exact(*inputs), recorded["fisher_p"], rtol=1e-7)
    p = [chi2_p(value) for value in found]
    np.testing.assert_allclose(p, recorded["G2_p"], rtol=1e-9)
    for ours, theirs in (("bonferroni", "bonferroni"), ("holm", "holm"), ("bh", "fdr_bh"), ("by", "fdr_by")):
        np.testing.assert_allclose(keyness.adjust_p(p, correction=ours), recorded[f"G2_p_{theirs}"], rtol=1e-9)
