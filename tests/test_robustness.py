"""How findings move: ranks counted by hand, and choices that change nothing."""

import numpy as np
import pandas as pd
import pytest

from analysis import (
    Corpus,
    CorpusError,
    choose_groups,
    count_terms,
    keep_word_tokens,
    load_stop_words,
    rank_keywords,
    remove_tokens,
    segment,
    split_corpus,
    trim_dtm,
)
from analysis.validation import (
    build_specifications,
    compare_specifications,
    score_specifications,
    summarize_ranks,
    weigh_choices,
)

TEXTS = [
    "推进依法行政，依法行政要落到实处。加强普法宣传，普法宣传要进农村。",
    "化解矛盾纠纷，做好人民调解。矛盾纠纷要就地化解，人民调解要主动。",
    "优化营商环境，服务企业发展。企业的事情要办好，营商环境要更好。",
]


@pytest.fixture(scope="module")
def corpus():
    docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告"]}, index=["甲", "乙", "丙"])
    return Corpus(TEXTS, docvars)


@pytest.fixture(scope="module")
def table(corpus):
    grid = {"stop_list": ("default", "none"), "dictionary": ("default", "none"), "min_count": (1, 2)}
    return compare_specifications(build_specifications(corpus, grid=grid), top_n=3)


def test_every_combination_has_a_row_for_every_finding(table):
    assert table.groupby("specification").size().tolist() == [9] * 8
    assert set(table["docfreq_unit"]) == {"document"}, "a choice that is not named stays at its first value"
    first = table[table["specification"] == 1]
    assert (first["rank"] == first["baseline_rank"]).all()


def test_ranks_are_those_that_rank_keywords_gives(corpus, table):
    words = remove_tokens(keep_word_tokens(segment(corpus)), terms=load_stop_words("none"))
    ranked = rank_keywords(trim_dtm(count_terms(words), min_termfreq=2), top_n=50)
    ranks = ranked.set_index(["doc_id", "term"])["rank"]
    part = table[
        (table["stop_list"] == "none") & (table["dictionary"] == "default") & (table["min_count"] == 2)
    ]
    for row in part.itertuples():
        expected = ranks.get((row.group, row.term))
        assert (pd.isna(row.rank) and expected is None) or row.rank == expected


def test_a_term_of_the_dictionary_is_missing_without_it(corpus):
    grid = {"dictionary": ("default", "none"), "min_count": (1,)}
    lost = compare_specifications(build_specifications(corpus, grid=grid), top_n=50)
    lost = lost[(lost["term"] == "营商环境") & (lost["group"] == "丙")].set_index("dictionary")["rank"]
    assert lost["default"] >= 1
    assert pd.isna(lost["none"])


def test_the_unit_changes_only_where_documents_are_counted(corpus):
    grid = {"docfreq_unit": ("document", "sentence"), "min_count": (1,)}
    table = compare_specifications(build_specifications(corpus, grid=grid), top_n=2, scheme="tfidf_sklearn")
    units = keep_word_tokens(segment(split_corpus(corpus, unit="sentence")))
    dtm = count_terms(remove_tokens(units, terms=load_stop_words("default")))
    weights = dtm.to_frame() * (np.log((1 + len(dtm)) / (1 + (dtm.to_frame() > 0).sum())) + 1)
    by_hand = weights.groupby(dtm.docvars["doc_id"]).sum()
    for row in table[table["docfreq_unit"] == "sentence"].itertuples():
        assert row.score == pytest.approx(by_hand.loc[row.group, row.term], abs=1e-6)


def test_vocabulary_findings_are_the_targets_and_the_unit_plays_no_part(corpus):
    specifications = build_specifications(corpus, grid={"min_count": (1, 2)})
    contrast = choose_groups(count_terms(segment(corpus)), by="type", target="报告")
    table = compare_specifications(specifications, contrast=contrast, top_n=3)
    assert set(table["group"]) == {"报告"}
    assert "企业" in set(table["term"])
    assert (table["score"].dropna() > 0).all()


def test_a_summary_counts_ranks_and_gaps(table):
    summary = summarize_ranks(table, top_n=3)
    assert len(summary) == 9
    assert (summary["rank_low"] <= summary["rank_median"]).all()
    assert (summary["specifications"] == 8).all()
    row = summary.iloc[0]
    ranks = table[(table["group"] == row["group"]) & (table["term"] == row["term"])]["rank"]
    assert row["share_missing"] == pytest.approx(ranks.isna().mean())
    assert row["share_in_top"] == pytest.approx((ranks.fillna(99) <= 3).mean())


def test_a_choice_that_changes_nothing_weighs_nothing(corpus):
    table = compare_specifications(
        build_specifications(corpus, grid={"segmenter": ("rjieba", "jieba")}), top_n=5
    )
    weight = weigh_choices(table)
    assert weight["choice"].tolist() == ["segmenter"]
    assert weight["moved"].tolist() == [0.0]
    assert weight["lost"].tolist() == [0.0]


def test_equal_pictures_of_the_documents_are_not_unusual(corpus):
    grid = {"segmenter": ("rjieba", "jieba"), "stop_list": ("default", "none")}
    scores = score_specifications(build_specifications(corpus, grid=grid))
    assert scores["score"].between(0, 1).all()
    pairs = scores.groupby("stop_list")["score"].nunique()
    assert (pairs == 1).all(), "the two engines give the same tokens and so the same score"
    with pytest.raises(ValueError, match="one combination"):
        score_specifications(build_specifications(corpus, grid={}))


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        ({"stoplist": ["none"]}, "did you mean 'stop_list'"),
        ({"stop_list": ["nine"]}, "did you mean 'none'"),
        ({"min_count": [0]}, "min_count is 0"),
        ({"min_count": []}, "at least one"),
        ({"docfreq_unit": "paragraph"}, "a list of distinct values"),
    ],
)
def test_a_grid_with_a_mistake_is_refused_with_the_nearest_name(corpus, grid, words):
    with pytest.raises(ValueError, match=words):
        build_specifications(corpus, grid=grid)


def test_documents_must_be_whole_and_columns_exist(corpus):
    with pytest.raises(ValueError, match="did you mean 'type'"):
        compare_specifications(build_specifications(corpus), by="typ")
    with pytest.raises(CorpusError, match="whole documents"):
        build_specifications(split_corpus(corpus, unit="sentence"))
