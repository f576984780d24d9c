"""Keywords: what the weights are, how ties fall, how far a rank can be relied on."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.keywords import COLUMNS, rank_keywords
from analysis.matrix import SCHEMES, count_terms, group_dtm, weight_dtm
from analysis.validation.bootstrap_ranks import STABILITY_COLUMNS, rank_stability
from analysis.words.tokens import Tokens

TEXTS = [
    ["法治", "法治", "督察", "整改", "整改"],
    ["法治", "普法", "普法", "普法"],
    ["法治", "街道", "督察"],
]


def matrix(texts=TEXTS, **docvars):
    return count_terms(
        Tokens.from_lists(texts, docvars=pd.DataFrame(docvars, index=[f"文{n}" for n in range(len(texts))]))
    )


def test_columns_stand_as_documented():
    assert list(rank_keywords(matrix(), top_n=3).columns) == list(COLUMNS)
    assert list(rank_stability(matrix(), top_n=3, draws=5, seed=1).columns) == list(STABILITY_COLUMNS)


def test_scores_are_those_of_scikit_learn():
    from sklearn.feature_extraction.text import TfidfVectorizer

    theirs = TfidfVectorizer(analyzer=lambda tokens: tokens)
    weights = theirs.fit_transform(TEXTS).toarray()
    column = theirs.vocabulary_
    table = rank_keywords(matrix(), top_n=10, scheme="tfidf_sklearn", normalize=True)
    for row in table.itertuples():
        assert row.score == pytest.approx(weights[int(row.unit_id[1:]), column[row.term]])


def test_class_based_scores_are_the_papers():
    dtm = matrix()
    table = rank_keywords(dtm, top_n=10, scheme="ctfidf").set_index(["unit_id", "term"])
    mean = (5 + 4 + 3) / 3
    assert table.loc[("文1", "普法"), "score"] == pytest.approx(3 / 4 * np.log(1 + mean / 3))
    assert table.loc[("文0", "法治"), "score"] == pytest.approx(2 / 5 * np.log(1 + mean / 4))


def test_equal_scores_are_ordered_by_term():
    table = rank_keywords(matrix([["戊", "甲", "丙", "乙"], ["丁"]]), top_n=4, scheme="count")
    assert list(table[table["unit_id"] == "文0"]["term"]) == sorted("戊甲丙乙")
    assert list(table[table["unit_id"] == "文0"]["rank"]) == [1, 2, 3, 4]


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.permutations(range(3)), st.sampled_from(SCHEMES))
def test_the_order_of_documents_changes_nothing(order, scheme):
    names = ["甲", "乙", "丙"]
    straight = count_terms(Tokens.from_lists(TEXTS, docvars=pd.DataFrame(index=names)))
    mixed = count_terms(
        Tokens.from_lists([TEXTS[n] for n in order], docvars=pd.DataFrame(index=[names[n] for n in order]))
    )
    one = rank_keywords(straight, top_n=3, scheme=scheme).sort_values(["unit_id", "rank"], ignore_index=True)
    two = rank_keywords(mixed, top_n=3, scheme=scheme).sort_values(["unit_id", "rank"], ignore_index=True)
    pd.testing.assert_frame_equal(one, two)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.sampled_from(SCHEMES), st.integers(1, 6))
def test_ranks_follow_scores_and_counts_are_the_matrix(scheme, top_n):
    dtm = matrix()
    frame = dtm.to_frame()
    table = rank_keywords(dtm, top_n=top_n, scheme=scheme)
    for unit, part in table.groupby("unit_id"):
        assert list(part["rank"]) == list(range(1, len(part) + 1))
        assert len(part) <= top_n
        assert (np.diff(part["score"]) <= 1e-12).all()
        assert [frame.loc[unit, term] for term in part["term"]] == list(part["count"])


def test_a_term_of_every_document_is_no_keyword_in_the_textbooks_form():
    table = rank_keywords(matrix(), top_n=10, scheme="tfidf_textbook")
    assert "法治" not in set(table["term"])


def test_groups_have_keywords_too():
    dtm = group_dtm(matrix(level=["区", "市", "区"]), by="level")
    table = rank_keywords(dtm, top_n=1, scheme="ctfidf")
    assert list(table["unit_id"]) == ["区", "市"]


def test_stable_and_unstable_keywords_are_told_apart():
    steady = [["督察"] * 3 + ["法治"] for _ in range(20)]
    steady[0] = ["整改"] * 30
    other = [["法治", "普法"] for _ in range(20)]
    dtm = count_terms(
        Tokens.from_lists(
            steady + other,
            docvars=pd.DataFrame(
                {"doc_id": ["甲"] * 20 + ["乙"] * 20}, index=[f"段{n:02d}" for n in range(40)]
            ),
        )
    )
    table = rank_stability(dtm, top_n=2, draws=100, seed=5, scheme="tfidf_textbook").set_index(
        ["group", "term"]
    )
    assert table.loc[("甲", "督察"), "share_in_top"] == 1.0
    # the one segment with 整改 is missing from a sample with probability (1 − 1/20)^20 = 0.36
    assert table.loc[("甲", "整改"), "share_in_top"] == pytest.approx(1 - 0.95**20, abs=0.15)
    pd.testing.assert_frame_equal(
        rank_stability(dtm, top_n=2, draws=20, seed=5), rank_stability(dtm, top_n=2, draws=20, seed=5)
    )


def test_the_rank_in_the_whole_text_is_that_of_rank_keywords():
    dtm = matrix(TEXTS * 3, doc_id=["甲", "乙", "丙"] * 3)
    stability = rank_stability(dtm, top_n=3, draws=5, seed=1)
    whole = rank_keywords(group_dtm(dtm, by="doc_id"), top_n=3)
    assert (
        stability[["group", "term", "rank"]].values.tolist()
        == whole[["unit_id", "term", "rank"]].values.tolist()
    )


def test_one_segment_cannot_be_resampled():
    table = rank_stability(matrix(), top_n=2, draws=5, seed=1)
    assert table["rank_low"].isna().all()
    assert table["share_in_top"].isna().all()
    assert (table["n_units"] == 1).all()


def test_an_empty_matrix_has_no_keywords():
    empty = count_terms(Tokens.from_lists([]))
    for scheme in SCHEMES:
        table = rank_keywords(empty, top_n=5, scheme=scheme)
        assert list(table.columns) == list(COLUMNS)
        assert len(table) == 0
    stability = rank_stability(empty, top_n=5, draws=3, seed=1)
    assert list(stability.columns) == list(STABILITY_COLUMNS)


def test_what_cannot_be_ranked_is_refused():
    with pytest.raises(ValueError, match="top_n is 0"):
        rank_keywords(matrix(), top_n=0)
    with pytest.raises(ValueError, match="did you mean 'ctfidf'"):
        getattr(rank_keywords, "__wrapped__", rank_keywords)(matrix(), top_n=1, scheme="tfidf")
    with pytest.raises(ValueError, match="weighted already"):
        rank_keywords(weight_dtm(matrix(), scheme="boolean"), top_n=1)
    with pytest.raises(ValueError, match="by is 'docid'"):
        rank_stability(matrix(), by="docid", top_n=1, seed=1)


def test_where_there_can_be_no_keywords_a_sentence_says_why():
    with pytest.raises(ValueError, match="each term stands in the only document.*\\n.*tfidf_textbook"):
        rank_keywords(matrix([["法治", "督察", "督察"]]), top_n=3)
    with pytest.raises(ValueError, match="all of the 4 documents alike"):
        rank_keywords(matrix([["法治", "督察"]] * 4), top_n=3)
    with pytest.raises(ValueError, match="no term occurs 9 times or more in a document\n.*at most 2 times"):
        rank_keywords(matrix([["法治", "法治"], ["督察"]]), top_n=3, min_count=9)
    sections = matrix([["法治"], ["法治"]], doc_id=["甲", "甲"])
    with pytest.raises(ValueError, match="all of the 2 units alike"):
        rank_keywords(sections, top_n=3)
    # what the message proposes works
    for scheme in ("tfidf_sklearn", "count"):
        assert list(rank_keywords(matrix([["法治", "督察", "督察"]]), top_n=3, scheme=scheme)["term"]) == [
            "督察",
            "法治",
        ]
