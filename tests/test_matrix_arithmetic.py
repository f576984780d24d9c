"""The arithmetic of the matrix against pandas, against formulas by hand and against a naive ranking."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import sparse

from analysis.keywords import keyword_matrix, rank_keywords
from analysis.matrix import (
    SCHEMES,
    DocumentTermMatrix,
    best_first,
    count_terms,
    docfreq,
    factorize_labels,
    group_dtm,
    rank_cells,
    resample_units,
    sum_rows,
    termfreq,
    unit_length,
    weight_dtm,
)
from analysis.validation import rank_stability
from analysis.words.tokens import Tokens

SMALL = st.integers(0, 3)  # small counts make many ties
TERMS = tuple(sorted("依法治国办结督察整改普"))


@st.composite
def drawn(draw, labels=("甲", "乙", "", None)):
    """Counts, tokens of terms that were trimmed away, and a label for every unit."""
    units, width = draw(st.integers(1, 7)), draw(st.integers(1, len(TERMS)))
    row = st.lists(SMALL, min_size=width, max_size=width)
    cells = np.array(draw(st.lists(row, min_size=units, max_size=units)))
    unseen = np.array(draw(st.lists(SMALL, min_size=units, max_size=units)))
    return cells, unseen, draw(st.lists(st.sampled_from(labels), min_size=units, max_size=units))


def matrix_of(parts):
    cells, unseen, labels = parts
    docvars = pd.DataFrame({"type": labels}, index=[f"文{number}" for number in range(len(cells))])
    terms = TERMS[: cells.shape[1]]
    return DocumentTermMatrix(sparse.csr_array(cells), terms, cells.sum(axis=1) + unseen, docvars)


def by_hand(dtm, scheme):
    """The weights by the formulas of the docstring, cell by cell."""
    counts, n = dtm.to_frame().to_numpy(), dtm.n_tokens
    weights = np.zeros(counts.shape)
    for row, column in np.argwhere(counts > 0):
        f, d, everywhere = counts[row, column], (counts[:, column] > 0).sum(), counts[:, column].sum()
        weights[row, column] = {
            "tfidf_textbook": f / n[row] * np.log(len(dtm) / d),
            "tfidf_sklearn": f * (np.log((1 + len(dtm)) / (1 + d)) + 1),
            "tfidf_quanteda": f * np.log10(len(dtm) / d),
            "ctfidf": f / n[row] * np.log(1 + n.mean() / everywhere),
            "count": f,
            "proportion": f / n[row],
            "boolean": 1,
            "log": 1 + np.log10(f),
        }[scheme]
    return weights


@settings(derandomize=True, deadline=None, max_examples=60)
@given(drawn(), st.sampled_from(SCHEMES), st.booleans())
def test_weights_are_those_of_the_formulas(parts, scheme, normalize):
    dtm = matrix_of(parts)
    expected = by_hand(dtm, scheme)
    if normalize:
        length = np.sqrt((expected**2).sum(axis=1, keepdims=True))
        expected = expected / np.where(length > 0, length, 1.0)
    found = weight_dtm(dtm, scheme=scheme, normalize=normalize)
    np.testing.assert_allclose(found.matrix.toarray(), expected, atol=1e-12)
    assert found.scheme == scheme


@settings(derandomize=True, deadline=None, max_examples=60)
@given(drawn(), st.sampled_from(SCHEMES), st.integers(1, 5), st.integers(1, 3))
def test_keywords_are_those_of_a_naive_ranking(parts, scheme, top_n, min_count):
    dtm = matrix_of(parts)
    counts, weights = dtm.to_frame().to_numpy(), by_hand(dtm, scheme)
    expected = []
    for row, unit_id in enumerate(dtm.unit_ids):
        good = [
            (-round(weights[row, column], 9), term)
            for column, term in enumerate(dtm.terms)
            if counts[row, column] >= min_count and weights[row, column] > 1e-9
        ]
        expected += [(unit_id, rank, term) for rank, (_, term) in enumerate(sorted(good)[:top_n], start=1)]
    if not expected:
        with pytest.raises(ValueError, match="there are no keywords|no term occurs"):
            rank_keywords(dtm, top_n=top_n, scheme=scheme, min_count=min_count)
        return
    table = rank_keywords(dtm, top_n=top_n, scheme=scheme, min_count=min_count)
    assert list(table[["unit_id", "rank", "term"]].itertuples(index=False, name=None)) == expected
    frame = dtm.to_frame()
    for row in table.itertuples():
        assert row.count == frame.loc[row.unit_id, row.term]
        assert row.docfreq == (frame[row.term] > 0).sum()
        tokens = dtm.n_tokens[dtm.unit_ids.index(row.unit_id)]
        assert row.per_1000_tokens == pytest.approx(1000 * row.count / tokens)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(drawn())
def test_sums_by_label_are_those_of_pandas(parts):
    dtm = matrix_of(parts)
    codes, names = factorize_labels(dtm.docvars["type"])
    labels = dtm.docvars["type"].replace("", None)
    expected = dtm.to_frame().groupby(labels).sum()
    assert list(names) == list(expected.index)
    np.testing.assert_array_equal(sum_rows(dtm.matrix, codes).toarray(), expected.to_numpy())
    tokens = pd.Series(dtm.n_tokens, index=dtm.docvars.index).groupby(labels).sum()
    assert sum_rows(dtm.n_tokens, codes).tolist() == tokens.tolist()
    grouped = group_dtm(dtm, by="type")
    np.testing.assert_array_equal(grouped.matrix.toarray(), expected.to_numpy())
    assert grouped.docvars["n_units"].tolist() == labels.groupby(labels).size().tolist()
    times = np.arange(len(dtm))
    weighted = dtm.to_frame().mul(times, axis=0).groupby(labels).sum()
    np.testing.assert_array_equal(sum_rows(dtm.matrix, codes, times=times).toarray(), weighted.to_numpy())


@settings(derandomize=True, deadline=None, max_examples=40)
@given(drawn())
def test_frequencies_and_lengths_are_those_of_the_dense_table(parts):
    dtm = matrix_of(parts)
    dense = dtm.to_frame().to_numpy()
    assert docfreq(dtm.matrix).tolist() == (dense > 0).sum(axis=0).tolist()
    assert termfreq(dtm.matrix).tolist() == dense.sum(axis=0).tolist()
    lengths = np.linalg.norm(unit_length(dtm.matrix).toarray(), axis=1)
    np.testing.assert_allclose(lengths, (dense.sum(axis=1) > 0).astype(float), atol=1e-12)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(drawn(), st.sampled_from([0.0, 1.0, -np.inf]), st.data())
def test_ranks_of_some_cells_are_those_of_all(parts, above, data):
    dtm = matrix_of(parts)
    dense = dtm.matrix.toarray()
    count = data.draw(st.integers(0, 6))
    rows = np.array([data.draw(st.integers(0, dense.shape[0] - 1)) for _ in range(count)], dtype=np.int64)
    columns = np.array([data.draw(st.integers(0, dense.shape[1] - 1)) for _ in range(count)], dtype=np.int64)
    expected = []
    for row, column in zip(rows, columns, strict=True):
        order = sorted((-score, at) for at, score in enumerate(dense[row]) if score > max(above, 0))
        ranked = [at for _, at in order]
        expected.append(ranked.index(column) + 1 if column in ranked else 0)
    found = rank_cells(dtm.matrix.astype(float), rows=rows, columns=columns, above=above)
    assert found.tolist() == expected


def test_scores_that_only_arithmetic_tells_apart_are_equal():
    sums = np.array([0.1 + 0.2, 0.3, 0.3 + 1e-8])
    assert best_first(sums, np.array([1, 0, 2])).tolist() == [2, 1, 0]
    assert best_first(sums * 1e-3, np.array([1, 0, 2])).tolist() == [2, 1, 0], "small scores keep their digits"
    assert best_first(sums * 1e6, np.array([1, 0, 2])).tolist() == [2, 1, 0], "and large ones lose theirs"
    rows = np.array([1, 0, 0])
    assert best_first(np.array([3.0, 1.0, 2.0]), np.array([0, 0, 1]), rows=rows).tolist() == [2, 1, 0]


def test_a_sample_has_as_many_units_as_its_group_and_nothing_else():
    docvars = pd.DataFrame({"type": ["报告"] * 3 + ["讲话", None]}, index=list("abcde"))
    dtm = count_terms(Tokens.from_lists([["法治"], ["普法"], ["督察"], ["法治"], ["整改"]], docvars=docvars))
    samples = list(resample_units(dtm, by="type", draws=300, seed=4))
    assert {sample.unit_ids for sample in samples} == {("报告", "讲话")}
    counts = np.stack([sample.matrix.toarray() for sample in samples])
    assert (counts.sum(axis=2) == [3, 1]).all(), "every unit has one token"
    assert (counts[:, 1, dtm.terms.index("法治")] == 1).all(), "one unit is always drawn"
    assert (counts[:, :, dtm.terms.index("整改")] == 0).all(), "a unit without a value is never drawn"
    # each of the three has mean 1 and variance 3 · 1/3 · 2/3 = 2/3; of 300 the mean's error is 0.047
    assert counts[:, 0].mean(axis=0)[[dtm.terms.index(t) for t in ("法治", "普法", "督察")]] == pytest.approx(
        1, abs=0.2
    )
    again = [sample.matrix.toarray() for sample in resample_units(dtm, by="type", draws=300, seed=4)]
    np.testing.assert_array_equal(counts, np.stack(again))


@settings(derandomize=True, deadline=None, max_examples=15)
@given(drawn(labels=("甲", "乙")), st.sampled_from(SCHEMES), st.integers(1, 4))
def test_bootstrap_ranks_are_those_of_whole_rankings_of_the_same_samples(parts, scheme, top_n):
    dtm = matrix_of(parts)
    grouped = group_dtm(dtm, by="type")
    assume((weight_dtm(grouped, scheme=scheme).matrix.data > 0).any())
    table = rank_stability(dtm, by="type", top_n=top_n, draws=7, seed=3, scheme=scheme, confidence=0.5)
    ranks = {}
    for sample in resample_units(dtm, by="type", draws=7, seed=3):
        if (weight_dtm(sample, scheme=scheme).matrix.data > 0).any():
            whole = rank_keywords(sample, top_n=99, scheme=scheme)
        else:
            whole = rank_keywords(grouped, top_n=99, scheme=scheme)[:0]
        found = whole.set_index(["unit_id", "term"])["rank"]
        last = whole.groupby("unit_id").size()
        for group, term in zip(table["group"], table["term"], strict=True):
            missing = max(top_n, int(last.get(group, 0))) + 1
            ranks.setdefault((group, term), []).append(int(found.get((group, term), missing)))
    for row in table.itertuples():
        if row.n_units < 2:
            assert pd.isna(row.rank_low)
            continue
        drawn = sorted(ranks[row.group, row.term])
        assert (row.rank_low, row.rank_high) == (drawn[1], drawn[5]), (
            "the 2nd and 6th of 7: a quarter on each side"
        )
        assert row.share_in_top == pytest.approx(np.mean([rank <= top_n for rank in drawn]))


def test_the_scores_of_the_heat_map_are_the_weights():
    dtm = count_terms(Tokens.from_lists([["法治", "督察", "督察"], ["法治", "办结"]]))
    table = keyword_matrix(dtm, top_n=2).set_index(["unit_id", "term"])["score"]
    assert table["1", "督察"] == pytest.approx(2 / 3 * np.log(2))
    assert table["2", "督察"] == 0


def test_nobody_can_change_a_matrix_through_its_view():
    dtm = count_terms(
        Tokens.from_lists(
            [["法治", "督察"], ["法治"]], docvars=pd.DataFrame({"year": [1, 2]}, index=["甲", "乙"])
        )
    )
    before = dtm.to_frame()
    with pytest.raises(ValueError, match="read-only"):
        dtm.matrix.data[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        dtm.matrix[0, 0] = 9
    with pytest.raises(ValueError, match="read-only"), pytest.warns(sparse.SparseEfficiencyWarning):
        dtm.matrix[1, dtm.terms.index("督察")] = 9
    docvars = dtm.docvars
    docvars.loc["甲", "year"] = 9
    docvars["place"] = "区"
    docvars.index.name = "else"
    pd.testing.assert_frame_equal(dtm.to_frame(), before)
    assert dtm.docvars["year"].tolist() == [1, 2]
    assert list(dtm.docvars.columns) == ["doc_id", "year"]
    assert dtm.docvars.index.name == "unit_id"


def test_reading_a_matrix_copies_nothing_and_the_callers_stays_their_own():
    theirs = sparse.csr_array(np.array([[1, 2], [0, 3]]))
    dtm = DocumentTermMatrix(
        theirs, ("依法", "行政"), np.array([3, 3]), pd.DataFrame({"year": [1, 2]}, index=["甲", "乙"])
    )
    assert np.shares_memory(dtm.matrix.data, dtm.matrix.data)
    assert np.shares_memory(dtm.docvars["year"].to_numpy(), dtm.docvars["year"].to_numpy())
    theirs.data[0] = 9
    assert dtm.matrix.toarray()[0, 0] == 1
