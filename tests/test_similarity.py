"""Similarity of documents, checked against SciPy's distances."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import distance

from analysis import Tokens, compare_documents, count_terms, weight_dtm

LISTS = [
    ["依法", "行政", "依法"],
    ["依法", "治国"],
    ["改革", "开放", "改革", "行政"],
    ["治国", "依法", "依法", "依法"],
]


@pytest.fixture
def dtm():
    return count_terms(Tokens.from_lists(LISTS))


@pytest.mark.parametrize(
    ("measure", "independent"),
    [
        ("cosine", lambda x, y: 1 - distance.cosine(x, y)),
        ("jaccard", lambda x, y: 1 - distance.jaccard(x > 0, y > 0)),
        ("jensen_shannon", lambda x, y: 1 - distance.jensenshannon(x, y, base=2) ** 2),
    ],
)
def test_every_measure_agrees_with_scipy(dtm, measure, independent):
    square = compare_documents(dtm, measure=measure).pivot(
        index="document_a", columns="document_b", values="similarity"
    )
    cells = dtm.to_frame().to_numpy(dtype=float)
    for a in range(4):
        for b in range(4):
            assert square.iloc[a, b] == pytest.approx(independent(cells[a], cells[b]), abs=1e-7)


def test_segments_are_added_up_and_documents_keep_the_order_of_the_matrix():
    docvars = pd.DataFrame({"doc_id": ["乙", "乙", "甲", "甲"]}, index=["乙#1", "乙#2", "甲#1", "甲#2"])
    table = compare_documents(count_terms(Tokens.from_lists(LISTS, docvars=docvars)), measure="jaccard")
    assert table["document_a"].tolist() == ["乙", "乙", "甲", "甲"]
    assert table["similarity"].tolist() == pytest.approx([1, 3 / 5, 3 / 5, 1])


def test_weights_are_taken_as_they_are_for_cosine_and_refused_elsewhere(dtm):
    weighted = weight_dtm(dtm, scheme="tfidf_sklearn")
    cells = weighted.to_frame().to_numpy()
    assert compare_documents(weighted)["similarity"][1] == pytest.approx(
        1 - distance.cosine(cells[0], cells[1])
    )
    with pytest.raises(ValueError, match="tfidf_sklearn"):
        compare_documents(weighted, measure="jaccard")


def test_an_empty_document_is_like_no_other():
    table = compare_documents(count_terms(Tokens.from_lists([["依法"], []])), measure="jensen_shannon")
    assert table["similarity"].tolist()[:3] == [1, 0, 0]
    assert np.isnan(table["similarity"].iloc[3])


def test_an_empty_matrix_gives_an_empty_table():
    assert compare_documents(count_terms(Tokens.from_lists([]))).empty
