"""The table of a comparison: its columns, its symmetry, its honesty about few documents."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from analysis.keyness import (
    choose_groups,
    compare_groups,
    compare_over_years,
    compare_vocabulary,
    find_lockwords,
    g2,
    log_odds_dirichlet,
    log_ratio,
)
from analysis.keyness.options import Options
from analysis.matrix import DocumentTermMatrix, count_terms, trim_dtm, weight_dtm
from analysis.words.tokens import Tokens

DESIGN_COLUMNS = [
    "term",
    "target_count",
    "reference_count",
    "target_per_1000_tokens",
    "reference_per_1000_tokens",
    "target_n_docs",
    "reference_n_docs",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "log_odds_z",
    "g2",
    "p_permutation",
    "p_adjusted",
    "smallest_possible_p",
    "target_dp",
    "reference_dp",
    "survives_leave_one_out",
]
WORDS = tuple(sorted(["依法", "坚持", "整改", "普法", "督察", "述法", "法治", "街道"]))


def make(counts, groups, *, column="type", totals=None, doc_ids=None, names=None):
    counts = np.asarray(counts)
    names = names or [f"文{number:03d}" for number in range(len(counts))]
    docvars = pd.DataFrame({column: groups}, index=names)
    if doc_ids is not None:
        docvars.insert(0, "doc_id", doc_ids)
    terms = (
        WORDS
        if counts.shape[1] == len(WORDS)
        else tuple(f"词{number:05d}" for number in range(counts.shape[1]))
    )
    totals = counts.sum(axis=1) if totals is None else totals
    return DocumentTermMatrix(sparse.csr_array(counts), tuple(terms), np.asarray(totals), docvars)


def some(seed=7, rows=7, terms=8, scale=4.0):
    random = np.random.default_rng(seed)
    return random.poisson(scale * random.gamma(1.0, 1.0, size=(rows, terms)))


def compare(dtm, *, by="type", target="讲话", reference=None, seed=1, **options):
    contrast = choose_groups(dtm, by=by, target=target, reference=reference)
    return compare_vocabulary(dtm, contrast=contrast, seed=seed, **options)


GROUPS = ["讲话"] * 3 + ["报告"] * 4


def test_columns_stand_as_agreed():
    table = compare(make(some(), GROUPS)).table
    assert list(table.columns) == DESIGN_COLUMNS


def test_counts_rates_and_scores_are_those_of_the_single_statistics():
    counts = some()
    totals = counts.sum(axis=1) + 50
    table = compare(make(counts, GROUPS, totals=totals), min_count=1).table
    table = table.sort_values("term")
    a, b = counts[:3].sum(axis=0), counts[3:].sum(axis=0)
    n1, n2 = totals[:3].sum(), totals[3:].sum()
    assert list(table["term"]) == sorted(WORDS)
    np.testing.assert_array_equal(table["target_count"], a)
    np.testing.assert_allclose(table["reference_per_1000_tokens"], 1000 * b / n2)
    np.testing.assert_array_equal(table["target_n_docs"], (counts[:3] > 0).sum(axis=0))
    np.testing.assert_allclose(table["g2"], g2(a, b, n1, n2))
    np.testing.assert_allclose(table["log_ratio"], log_ratio(a, b, n1, n2))
    whole = np.append(a, 150), np.append(b, 200)
    np.testing.assert_allclose(table["log_odds_z"], log_odds_dirichlet(*whole)[:-1])


def test_trimming_changes_no_row_that_stays():
    dtm = make(some(), GROUPS)
    table = compare(dtm, min_count=20, correction="none").table
    assert 0 < len(table) < len(WORDS)
    trimmed = compare(trim_dtm(dtm, min_termfreq=20), min_count=1, correction="none").table
    shared = [name for name in table.columns if name != "log_odds_z"]  # its prior is the vocabulary's
    pd.testing.assert_frame_equal(
        table[shared].sort_values("term", ignore_index=True),
        trimmed[shared].sort_values("term", ignore_index=True),
    )


def test_exact_permutation_agrees_with_scipy():
    counts = some(rows=9)
    lengths = counts.sum(axis=1)
    groups = ["讲话"] * 4 + ["报告"] * 5
    table = compare(make(counts, groups), min_count=1).table.set_index("term")
    rates = counts / lengths[:, None]
    for column, term in enumerate(WORDS):
        theirs = stats.permutation_test(
            (rates[:4, column], rates[4:, column]),
            lambda x, y, axis: np.abs(x.mean(axis=axis) - y.mean(axis=axis)),
            vectorized=True,
            n_resamples=np.inf,
            alternative="greater",
        )
        assert table.loc[term, "p_permutation"] == pytest.approx(theirs.pvalue, abs=1e-12)
        attainable = (theirs.null_distribution >= theirs.null_distribution.max() - 1e-9).mean()
        assert table.loc[term, "smallest_possible_p"] == pytest.approx(attainable, abs=1e-12)


def test_sampled_permutation_comes_near_the_exact_one(monkeypatch):
    from analysis.keyness import permutation

    dtm = make(some(rows=10), ["讲话"] * 5 + ["报告"] * 5)
    exact = compare(dtm, min_count=1).table
    monkeypatch.setattr(permutation, "EXACT_LIMIT", 10)
    drawn = compare(dtm, min_count=1, draws=200, seed=3)
    sampled = drawn.table
    assert not drawn.trials[0].exact
    error = np.sqrt(exact["p_permutation"] * (1 - exact["p_permutation"]) / 200) + 1 / 201
    assert (np.abs(sampled["p_permutation"] - exact["p_permutation"]) <= 4 * error).all()
    again = compare(dtm, min_count=1, draws=200, seed=3).table
    pd.testing.assert_frame_equal(sampled, again)


def test_a_term_of_one_document_can_never_be_significant():
    counts = np.zeros((20, 2), dtype=int)
    counts[:, 0], counts[3, 1] = 100, 60
    lengths = np.r_[np.full(10, 200), np.full(10, 2000)]
    table = compare(make(counts, ["讲话"] * 10 + ["报告"] * 10, totals=lengths), draws=500).table
    assert table.set_index("term").loc["词00001", "smallest_possible_p"] == 1.0


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(2, 4))
def test_swapping_target_and_reference_flips_the_signs(seed, n1, n2):
    dtm = make(some(seed, n1 + n2), ["讲话"] * n1 + ["报告"] * n2)
    one = compare(dtm, reference="报告", min_count=1).table.set_index("term")
    two = compare(dtm, by="type", target="报告", reference="讲话", min_count=1).table.set_index("term")
    two = two.loc[one.index]
    for name in ("log_ratio", "log_odds_z"):
        np.testing.assert_allclose(one[name], -two[name], atol=1e-9)
    np.testing.assert_allclose(one["log_ratio_low"], -two["log_ratio_high"], atol=1e-6)
    np.testing.assert_array_equal(one["survives_leave_one_out"], two["survives_leave_one_out"])
    for name in ("p_permutation", "smallest_possible_p"):
        np.testing.assert_allclose(one[name], two[name], atol=1e-12)
    np.testing.assert_allclose(one["g2"], two["g2"], atol=1e-9)
    np.testing.assert_allclose(one["target_dp"], two["reference_dp"], atol=1e-12)


@settings(derandomize=True, deadline=None, max_examples=15)
@given(st.permutations(range(7)))
def test_the_order_of_documents_changes_nothing(order):
    counts = some()
    names = [f"文{number}" for number in range(7)]
    straight = compare(make(counts, GROUPS, names=names)).table
    mixed = make(counts[order], [GROUPS[place] for place in order], names=[names[place] for place in order])
    pd.testing.assert_frame_equal(straight, compare(mixed).table)


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_the_interval_holds_the_estimate_and_p_is_at_least_the_smallest(seed):
    table = compare(make(some(seed), GROUPS), min_count=1).table
    assert (table["log_ratio_low"] <= table["log_ratio"]).all()
    assert (table["log_ratio"] <= table["log_ratio_high"]).all()
    assert (table["p_permutation"] >= table["smallest_possible_p"] - 1e-12).all()
    assert (table["p_adjusted"] >= table["p_permutation"] - 1e-12).all()
    assert table["p_permutation"].between(0, 1).all()


def test_segments_are_added_up_to_documents_first():
    counts = some(rows=12)
    doc_ids = [f"文{number // 2}" for number in range(12)]
    groups = ["讲话"] * 6 + ["报告"] * 6
    whole = make(counts.reshape(6, 2, -1).sum(axis=1), groups[::2], names=sorted(set(doc_ids)))
    segments = make(counts, groups, doc_ids=doc_ids)
    pd.testing.assert_frame_equal(
        compare(segments).table,
        compare(whole).table,
    )


def test_parts_of_one_document_change_places_with_each_other():
    random = np.random.default_rng(5)
    own = random.gamma(0.3, 20.0, size=(6, 1))  # documents differ, their two parts do not
    counts = random.poisson(np.repeat(own, 2, axis=0) * np.tile([[1.0], [2.0]], (6, 1)))
    dtm = make(
        np.hstack([counts, 500 - counts]),
        ["问题", "计划"] * 6,
        column="kind",
        doc_ids=np.repeat(list("甲乙丙丁戊己"), 2),
        names=[f"段{n:02d}" for n in range(12)],
    )
    comparison = compare(dtm, by="kind", target="计划", min_count=1)
    table = comparison.table.set_index("term")
    assert comparison.trials[0].paired_n_docs == 6
    differences = counts[1::2, 0] - counts[::2, 0]
    theirs = stats.permutation_test(
        (differences,),
        lambda x, axis: np.abs(x.mean(axis=axis)),
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
        alternative="greater",
    )
    assert table.loc["词00000", "p_permutation"] == pytest.approx(theirs.pvalue)
    assert table.loc["词00000", "smallest_possible_p"] >= 2 / 2**6


def test_leaving_out_one_document():
    counts = np.array([[9, 1, 50], [0, 9, 50], [0, 9, 50], [1, 0, 50], [1, 0, 50], [1, 0, 50]])
    table = compare(make(counts, ["讲话"] * 3 + ["报告"] * 3), min_count=1).table
    survives = table.set_index("term")["survives_leave_one_out"]
    assert not survives["词00000"]  # one document carries it
    assert survives["词00001"]
    assert survives.dtype == bool


def test_one_document_against_the_rest_has_no_interval_and_says_so():
    comparison = compare(make(some(rows=5), ["讲话"] * 5), by="doc_id", target="文002")
    table = comparison.table
    assert table["log_ratio_low"].isna().all()
    assert table["target_dp"].isna().all()
    assert table["reference_dp"].notna().all()
    assert (table["smallest_possible_p"] >= 0.2).all()
    assert "只有一份文本的一侧无法估计区间" in comparison.describe()
    assert "single document" in comparison.describe("en")


def test_two_single_documents_still_make_a_table():
    table = compare(make(some(rows=2), ["讲话", "报告"])).table
    assert (table["p_permutation"] == 1.0).all()
    assert not table["survives_leave_one_out"].any()


def test_the_description_says_how_many_terms_and_which_correction():
    counts = np.vstack([np.full((10, 3), 5), np.full((10, 3), 5)])
    counts[:10, 0] = 30
    dtm = make(counts, ["讲话"] * 10 + ["报告"] * 10, totals=np.full(20, 500))
    said = compare(dtm, draws=999, seed=4).describe("en")
    assert "3 terms tested" in said
    assert "Benjamini–Hochberg" in said
    assert "999 arrangements drawn at random, seed 4" in said
    assert "1 term has an adjusted p" in said
    holm = compare(dtm, draws=40, correction="holm")
    assert "too few documents" in holm.describe("en")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"confidence": 1.0}, "confidence is 1.0"),
        ({"correction": "fdr"}, "correction is 'fdr'"),
        ({"interval": "wald"}, "interval is 'wald'"),
        ({"draws": 0}, "draws is 0"),
        ({"min_count": 0}, "min_count is 0"),
    ],
)
def test_options_are_checked(arguments, message):
    options = Options(seed=1)
    for name, value in arguments.items():  # past the check of types that tests put around the constructor
        object.__setattr__(options, name, value)
    with pytest.raises(ValueError, match=message):
        options.__post_init__()


def test_the_old_keywords_work_for_one_version_and_name_the_new_call():
    dtm = make(some(), GROUPS)
    with pytest.warns(FutureWarning, match="contrast=choose_groups"):
        old = compare_vocabulary(dtm, by="type", target="讲话")
    pd.testing.assert_frame_equal(old.table, compare(dtm).table)
    with pytest.warns(FutureWarning, match="find_lockwords takes a contrast now"):
        find_lockwords(dtm, by="type", target="讲话", reference="报告")


def test_a_comparison_remembers_what_was_done_and_leaves_the_table_bare():
    comparison = compare(make(some(), GROUPS), draws=40)
    assert comparison.table.attrs == {}
    assert comparison.history[-1].verb == "compare_vocabulary"
    assert comparison.history[-1].parameters["draws"] == 40
    assert repr(comparison) == "<Comparison: type: 讲话 (3) / 报告 (4), 8 terms>"


def test_a_contrast_may_be_applied_to_another_matrix_and_counts_its_documents():
    contrast = choose_groups(make(some(), GROUPS), target="讲话")
    more = make(some(rows=9), [*GROUPS, "讲话", "报告"])
    counted = compare_vocabulary(more, contrast=contrast, seed=1).contrast
    assert (counted.target_n_docs, counted.reference_n_docs) == (4, 5)
    with pytest.raises(ValueError, match="reference has no document"):
        compare_vocabulary(make(some(rows=3), ["讲话", "讲话", "文章"]), contrast=contrast, seed=1)
    with pytest.raises(ValueError, match="by is 'type'"):
        compare_vocabulary(make(some(), GROUPS, column="kind"), contrast=contrast, seed=1)


def test_clusters_are_not_ignored_in_silence():
    dtm = make(some(), GROUPS)
    contrast = replace(choose_groups(dtm), cluster="place")
    with pytest.raises(ValueError, match="the cluster 'place'"):
        compare_vocabulary(dtm, contrast=contrast, seed=1)


def test_weights_are_refused():
    dtm = weight_dtm(make(some(), GROUPS), scheme="tfidf_sklearn")
    with pytest.raises(ValueError, match="weighted already"):
        compare(dtm)


def test_an_empty_matrix_is_refused_and_an_empty_family_is_an_empty_table():
    empty = count_terms(
        Tokens.from_lists([], docvars=pd.DataFrame({"type": []}, index=pd.Index([], dtype="str")))
    )
    with pytest.raises(ValueError, match="no document has a value"):
        compare(empty)
    comparison = compare(make(some(), GROUPS), min_count=10_000)
    table = comparison.table
    assert list(table.columns) == DESIGN_COLUMNS
    assert len(table) == 0
    assert comparison.describe().endswith("没有出现 10000 次及以上的词，无可检验。")


def test_documents_without_tokens_or_group_are_left_out():
    counts = np.vstack([some(), np.zeros((1, 8), dtype=int), some(3, 1)])
    dtm = make(counts, [*GROUPS, "讲话", None])
    table = compare(dtm).table
    without = compare(make(some(), GROUPS)).table
    pd.testing.assert_frame_equal(table, without)


def test_groups_may_be_years_and_lists():
    dtm = make(some(), [2020.0, 2020.0, 2021.0, 2022.0, 2022.0, 2023.0, np.nan], column="year")
    contrast = compare(dtm, by="year", target=[2020, 2021], reference=2022).contrast
    assert (contrast.target_n_docs, contrast.reference_n_docs) == (3, 2)


def test_every_group_against_the_rest():
    dtm = make(some(rows=9), ["区"] * 3 + ["市"] * 3 + ["省"] * 3, column="level")
    comparison = compare_groups(dtm, by="level", correction="holm", seed=1)
    table = comparison.table
    assert list(table.columns) == ["group", *DESIGN_COLUMNS]
    assert list(table["group"].unique()) == ["区", "市", "省"]
    alone = compare(dtm, by="level", target="市", correction="none").table
    part = table[table["group"] == "市"].drop(columns="group").reset_index(drop=True)
    same = [name for name in DESIGN_COLUMNS if name != "p_adjusted"]
    pd.testing.assert_frame_equal(part[same], alone[same])
    assert (
        f"按 level 分为 3 个组（区、市、省），各与其余文本相比，共检验 {len(table)} 个词"
        in comparison.describe()
    )
    assert "Each of the 3 groups of level (区, 市, 省) against the rest" in comparison.describe("en")
    with pytest.raises(ValueError, match="is of 3 groups"):
        comparison.contrast  # noqa: B018
    with pytest.raises(ValueError, match="one value only"):
        compare_groups(make(some(), ["讲话"] * 7), by="type", seed=1)


def test_lockwords_are_shown_and_not_merely_unshown():
    random = np.random.default_rng(2)
    even = random.poisson(100, size=(12, 1))
    bursty = random.poisson(10 * random.gamma(0.3, 1 / 0.3, size=(12, 1)))
    counts = np.hstack([even, bursty, 1000 - even - bursty])
    dtm = make(counts, ["讲话"] * 6 + ["报告"] * 6)
    contrast = choose_groups(dtm, target="讲话")
    verdict = find_lockwords(dtm, contrast=contrast).set_index("term")["equivalent"]
    assert verdict["词00000"]
    assert not verdict["词00001"]
    assert not find_lockwords(dtm, contrast=contrast, equivalence_bound=0.0001)["equivalent"].any()
    with pytest.raises(ValueError, match="equivalence_bound"):
        find_lockwords(dtm, contrast=contrast, equivalence_bound=0.0)
    with pytest.raises(ValueError, match=r"alpha is 0\.5"):
        find_lockwords(dtm, contrast=contrast, alpha=0.5)


def test_lockwords_and_keywords_rest_on_the_same_interval():
    dtm = make(some(), GROUPS)
    table = compare(dtm, confidence=0.9).table.set_index("term")
    found = find_lockwords(dtm, contrast=choose_groups(dtm, target="讲话"), alpha=0.05).set_index("term")
    shared = ["target_count", "reference_per_1000_tokens", "log_ratio", "log_ratio_low", "log_ratio_high"]
    pd.testing.assert_frame_equal(found[shared], table.loc[found.index, shared])


def test_the_trend_over_years_agrees_with_statsmodels():
    import statsmodels.api as sm

    random = np.random.default_rng(11)
    years = np.arange(2010, 2022)
    lengths = random.integers(800, 3000, size=12)
    rates = np.exp(np.outer((years - 2015) / 10, [1.0, -1.5, 0.0])) * np.array([0.01, 0.02, 0.05])
    counts = random.poisson(lengths[:, None] * rates)
    dtm = make(counts, years, column="year", totals=lengths)
    table = compare_over_years(dtm, seed=1, draws=200).set_index("term")
    design = sm.add_constant((years - years.mean()) / 10)
    for column in range(3):
        model = sm.GLM(counts[:, column], design, family=sm.families.Poisson(), offset=np.log(lengths))
        fit = model.fit(scale="X2")
        spread = max(fit.scale, 1.0)
        row = table.loc[f"词{column:05d}"]
        assert row["log_ratio_per_decade"] == pytest.approx(fit.params[1] / np.log(2), abs=1e-6)
        half = stats.t.ppf(0.975, 10) * fit.bse[1] * np.sqrt(spread / fit.scale) / np.log(2)
        assert row["log_ratio_per_decade_high"] - row["log_ratio_per_decade"] == pytest.approx(half, rel=1e-5)
    assert table["p_permutation"].iloc[0] < 0.05


def test_the_trend_over_years_needs_years():
    with pytest.raises(ValueError, match="at least three documents"):
        compare_over_years(make(some(rows=2), [2020, 2021], column="year"), seed=1)
    with pytest.raises(ValueError, match="'去年'"):
        compare_over_years(make(some(), ["去年"] * 7, column="year"), seed=1)
    with pytest.raises(ValueError, match="at least three documents"):
        compare_over_years(make(some(), [2020] * 7, column="year"), seed=1)


def test_few_documents_have_every_order_of_their_years_tried():
    dtm = make(some(rows=4), [2001, 2002, 2003, 2004], column="year")
    table = compare_over_years(dtm, seed=1, min_count=1)
    assert np.allclose(table["p_permutation"] * 24, np.round(table["p_permutation"] * 24))
