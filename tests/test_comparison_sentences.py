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


def made(p_adjusted, smallest, *, n_docs=(3, 2), arrangements=10, exact=True, **options):
    contrast = Contrast("type", ("讲话",), ("报告",), *n_docs)
    table = pd.DataFrame({"p_adjusted": p_adjusted, "smallest_possible_p": smallest}, dtype=float)
    return Comparison(table, (contrast,), (Trial(arrangements, exact, 0),), Options(**{"seed": 7, **options}))


@pytest.mark.parametrize("needed", [1, 2, 11, 21, 31])
def test_needed_terms_are_counted_right_in_both_languages(needed):
    """Of m terms with smallest p = 0.001 each, Benjamini–Hochberg needs k with m · 0.001 / k ≤ 0.05: k = m / 50."""
    comparison = made([1.0] * (50 * needed), [0.001] * (50 * needed))
    assert comparison.verdict().needed == needed
    zh, en = comparison.describe(), comparison.describe("en")
    if needed == 1:
        assert zh.endswith("可能达到的最小 p 值为 0.001。")
        assert en.endswith("the smallest p that can be reached is 0.001.")
    else:
        assert f"至少须有 {needed} 个词同时达到" in zh
        assert f"at least {needed} terms must reach it together" in en


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (0, "的词有 0 个", "0 terms have an"),
        (1, "的词有 1 个", "1 term has an"),
        (2, "的词有 2 个", "2 terms have an"),
    ],
)
def test_found_terms_agree_with_their_verb(found, zh, en):
    comparison = made([0.01] * found + [1.0] * (5 - found), [0.001] * 5)
    assert zh in comparison.describe()
    assert en in comparison.describe("en")


def test_one_of_a_thing_is_singular():
    comparison = made([1.0], [1.0], n_docs=(1, 1), arrangements=1, exact=False, draws=1, min_count=1)
    assert comparison.describe("en") == (
        "Target “speeches” (1 document), reference “reports” (1 document): 1 term tested by permuting documents "
        "(1 arrangement drawn at random, seed 7), corrected by Benjamini–Hochberg. The smallest p that can be "
        "reached, 1, is above 0.05: these are too few documents to infer significance from, and only the sizes "
        "of the differences can be reported. A side with a single document has no interval."
    )
    assert "No term has 1 occurrence or more" in made([], [], min_count=1).describe("en")
    assert "No term has 5 occurrences or more" in made([], []).describe("en")


def test_the_whole_text_in_chinese():
    assert made([0.3, 1.0], [0.1, 0.1]).describe() == (
        "目标“讲话”（3 份文本），参照“报告”（2 份文本），共检验 2 个词；按文本置换，穷举全部 10 种排列，"
        "以 Benjamini–Hochberg 法校正。可能达到的最小 p 值为 0.1，大于 0.05：文本数量过少，无法进行显著性推断，"
        "仅报告效应量。"
    )


@pytest.mark.parametrize("n_docs", [(1, 4), (4, 1), (1, 1)])
def test_a_side_of_one_document_is_said_to_have_no_interval(n_docs):
    comparison = made([1.0], [0.2], n_docs=n_docs)
    assert comparison.describe().endswith("只有一份文本的一侧无法估计区间。")
    assert "1 document)" in comparison.describe("en")
    assert "1 documents" not in comparison.describe("en")


def test_without_a_correction_no_p_is_called_adjusted():
    comparison = made([0.01], [0.01], correction="none")
    assert "未作多重检验校正。p ≤ 0.05 的词有 1 个" in comparison.describe()
    assert "1 term has a p of at most 0.05" in comparison.describe("en")


def test_what_only_the_correction_makes_unreachable_is_said_so():
    comparison = made([0.3] * 3, [0.02] * 3, correction="holm")
    assert "校正后仍大于 0.05：文本数量过少" in comparison.describe()
    assert "stays above 0.05 after correction" in comparison.describe("en")
    assert made([0.04] * 3, [0.02] * 3, correction="bh").verdict().needed == 2


def test_a_level_of_its_own():
    comparison = made([0.08], [0.05])
    assert "p ≤ 0.1 的词有 1 个" in comparison.describe(alpha=0.1)
    assert not comparison.verdict(alpha=0.01).reachable
    with pytest.raises(ValueError, match="alpha is 5"):
        comparison.verdict(alpha=5.0)


def test_numbers_and_latin_words_stand_apart_from_chinese_characters():
    for comparison in (made([0.01] * 60, [0.001] * 60, exact=False), made([], []), made([1.0], [1.0])):
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", comparison.describe())


def test_both_languages_have_the_same_sentences():
    assert SENTENCES["zh"].keys() == SENTENCES["en"].keys()


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([0.001, 0.004, 0.02, 0.05, 0.1, 1.0]), min_size=1, max_size=40),
    st.sampled_from(CORRECTIONS),
)
def test_the_judgement_is_that_of_the_correction_itself(smallest, correction):
    """Give the k likeliest terms their smallest p and all others 1: `needed` is the first k that finds one."""
    best = np.sort(smallest)
    verdict = judge(np.ones(len(best)), best, alpha=0.05, correction=correction)
    first = next(
        (
            k
            for k in range(1, len(best) + 1)
            if adjust_p([*best[:k], *[1.0] * (len(best) - k)], correction=correction).min() <= 0.05 + 1e-12
        ),
        0,
    )
    assert (verdict.needed, verdict.reachable) == (first, first > 0)


def test_a_few_documents_that_alone_hold_their_terms_do_not_make_the_rest_reachable():
    """One term in ten could reach 0.01, the others are of one document each: ten tests leave it above 0.05."""
    verdict = judge(np.ones(10), np.array([0.01, *[1.0] * 9]), alpha=0.05, correction="bh")
    assert (verdict.smallest_p, verdict.reachable) == (0.01, False)
