"""What a comparison says of itself, for tables made by hand: the judgement, then the words for it."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.keyness import Comparison, Contrast, adjust_p
from analysis.keyness.correction import CORRECTIONS
from analysis.keyness.describe import SENTENCES, judge
from analysis.keyness.options import Options, Trial


def trial(arrangements=10, *, exact=True, n=(3, 2), paired=0, unit="doc_id", level=0.1, **overall):
    counted = {"reached": 21, "expected": 21.7, "reached_high": 40, "overall_p": 0.6} | overall
    return Trial(unit, arrangements, exact, *n, paired, level, **counted)


def made(p_adjusted, smallest, *, n_docs=(3, 2), trials=None, cluster=(), shared=(), **options):
    contrast = Contrast("type", ("讲话",), ("报告",), *n_docs, cluster=cluster, shared=shared)
    table = pd.DataFrame({"p_adjusted": p_adjusted, "smallest_possible_p": smallest}, dtype=float)
    return Comparison(
        table, (contrast,), tuple(trials or (trial(n=n_docs),)), Options(**{"seed": 7, **options})
    )


@pytest.mark.parametrize("needed", [1, 2, 11, 21, 31])
def test_needed_terms_are_counted_right_in_both_languages(needed):
    """Of m terms with smallest p = 0.001 each, Benjamini–Hochberg needs k with m · 0.001 / k ≤ 0.05: k = m / 50."""
    comparison = made([1.0] * (50 * needed), [0.001] * (50 * needed))
    assert comparison.verdict().needed == needed
    zh, en = comparison.describe(), comparison.describe("en")
    if needed == 1:
        assert zh.endswith("其中 0 个达到。")
        assert en.endswith("0 terms do.")
    else:
        assert f"至少须有 {needed} 个词同时取得最小的 p 值" in zh
        assert f"at least {needed} terms must have their smallest p together" in en


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (0, "其中 0 个达到", "0 terms do"),
        (1, "其中 1 个达到", "1 term does"),
        (2, "其中 2 个达到", "2 terms do"),
    ],
)
def test_found_terms_agree_with_their_verb(found, zh, en):
    comparison = made([0.01] * found + [1.0] * (5 - found), [0.001] * 5)
    assert zh in comparison.describe()
    assert en in comparison.describe("en")


def test_one_of_a_thing_is_singular():
    alone = trial(1, exact=False, n=(1, 1), level=1.0, reached=1, expected=1.0, reached_high=1, overall_p=1.0)
    comparison = made([np.nan], [1.0], n_docs=(1, 1), trials=[alone], draws=1, min_count=1)
    assert comparison.describe("en") == (
        "Target “speeches” (1 document), reference “reports” (1 document): 1 term compared. By permuting documents "
        "(1 arrangement drawn at random, seed 7), 1 term has p ≤ 1, where groups made by chance would have 1.0 on "
        "average and at most 1 in 95% of the arrangements (overall p = 1). The smallest p that any term could "
        "reach, 1, is above 0.05: these are too few documents to infer anything about single terms, and only the "
        "sizes of the differences can be reported. A side with a single document has no interval."
    )
    assert "No term has 1 occurrence or more" in made([], [], min_count=1).describe("en")
    assert "No term has 5 occurrences or more" in made([], []).describe("en")


def test_the_whole_text_in_chinese():
    assert made([np.nan, np.nan], [0.1, 0.1]).describe() == (
        "目标“讲话”（3 份文本），参照“报告”（2 份文本），共比较 2 个词。按文本置换，穷举全部 10 种排列："
        "p ≤ 0.1 的词有 21 个，若随机分组，平均会有 21.7 个，95% 的分法不超过 40 个（总体 p = 0.6）。"
        "任何词可能达到的最小 p 值为 0.1，大于 0.05：文本数量过少，无法对单个词作显著性推断，仅报告效应量。"
    )


def test_clusters_are_named_with_their_numbers():
    of_places = trial(unit="place", n=(5, 4), paired=3, level=0.05)
    comparison = made([1.0], [0.01], trials=[of_places], cluster=("place",))
    assert "按地方置换（目标 5 个，参照 4 个，其中 3 个两侧都有）" in comparison.describe()
    assert (
        "By permuting places (5 of the target, 4 of the reference, 3 of them on both sides)"
        in comparison.describe("en")
    )
    of_others = trial(unit="issuing_body", n=(1, 4))
    comparison = made([np.nan], [0.2], trials=[of_others], cluster=("issuing_body",))
    assert "按 issuing_body 置换（目标 1 个，参照 4 个），" in comparison.describe()
    assert "issuing_body 数量过少" in comparison.describe()
    assert comparison.describe().endswith("只有一个 issuing_body 的一侧无法估计区间。")


def test_of_two_clusters_each_has_its_sentence():
    ways = [trial(unit="place"), trial(unit="year", n=(5, 5))]
    said = made([1.0], [0.01], trials=ways, cluster=("place", "year")).describe()
    assert said.index("按地方置换") < said.index("按年份置换") < said.index("取较大的 p 值和较宽的区间")


def test_documents_that_are_not_independent_are_pointed_out():
    comparison = made([1.0], [0.01], shared=("place",))
    assert comparison.describe().endswith("p 值和区间因而不可靠；可设 cluster='place'。")
    assert comparison.describe("en").endswith("set cluster='place'.")
    further = made([1.0], [0.01], shared=("year",), cluster=("place",), trials=[trial(unit="place")])
    assert "年份相同的文本并不独立" in further.describe()
    assert "cluster=('place', 'year')" in further.describe()
    assert "独立" not in made([1.0], [0.01]).describe()


@pytest.mark.parametrize("n_docs", [(1, 4), (4, 1), (1, 1)])
def test_a_side_of_one_document_is_said_to_have_no_interval(n_docs):
    comparison = made([np.nan], [0.2], n_docs=n_docs)
    assert comparison.describe().endswith("只有一份文本的一侧无法估计区间。")
    assert "1 document)" in comparison.describe("en")
    assert "1 documents" not in comparison.describe("en")


def test_without_a_correction_no_p_is_called_adjusted():
    comparison = made([0.01], [0.01], correction="none")
    assert "未作多重检验校正，其中 1 个达到" in comparison.describe()
    assert "not corrected for the number of tests, 1 term does" in comparison.describe("en")


def test_what_only_the_correction_makes_unreachable_is_said_so():
    comparison = made([0.3] * 3, [0.02] * 3, correction="holm")
    assert "校正后均无法达到 0.05：文本数量过少" in comparison.describe()
    assert "none of them could after it" in comparison.describe("en")
    assert made([0.04] * 3, [0.02] * 3, correction="bh").verdict().needed == 2


def test_a_level_of_its_own():
    assert "可能达到 p ≤ 0.1 的词有 1 个" in made([0.08], [0.08], alpha=0.1).describe()
    assert not made([np.nan], [0.08]).verdict().testable
    with pytest.raises(ValueError, match="alpha is 5"):
        Options(seed=1, alpha=5.0)


def test_numbers_and_latin_words_stand_apart_from_chinese_characters():
    for comparison in (made([0.01] * 60, [0.001] * 60), made([], []), made([np.nan], [1.0], n_docs=(1, 2))):
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", comparison.describe())


def test_both_languages_have_the_same_sentences():
    assert SENTENCES["zh"].keys() == SENTENCES["en"].keys()


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([0.001, 0.004, 0.02, 0.05, 0.1, 1.0]), min_size=1, max_size=40),
    st.sampled_from(CORRECTIONS),
)
def test_the_judgement_is_that_of_the_correction_itself(smallest, correction):
    """Give the k likeliest terms their smallest p and all others 1: `needed` is the first k that finds one.

    Terms that cannot reach 0.05 are no part of the family.
    """
    best = np.sort(smallest)
    family = best[best <= 0.05]
    verdict = judge(np.ones(len(best)), best, alpha=0.05, correction=correction)
    first = next(
        (
            k
            for k in range(1, len(family) + 1)
            if adjust_p([*family[:k], *[1.0] * (len(family) - k)], correction=correction).min() <= 0.05 + 1e-12
        ),
        0,
    )
    assert (verdict.needed, verdict.testable) == (first, len(family))


def test_terms_that_cannot_be_found_cost_the_others_nothing():
    """One term in ten can reach 0.01, the others are of one document each: the family is the one (Tarone 1990)."""
    verdict = judge(np.ones(10), np.array([0.01, *[1.0] * 9]), alpha=0.05, correction="bh")
    assert (verdict.smallest_p, verdict.testable, verdict.needed) == (0.01, 1, 1)
