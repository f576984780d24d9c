"""The map of documents against Greenacre's printed example and against a plain singular value decomposition."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis import Tokens, count_terms
from analysis.keyness import map_documents
from analysis.matrix import DocumentTermMatrix

# Greenacre (1984), Theory and Applications of Correspondence Analysis, table 3.1: smoking in an office.
SMOKING = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
STAFF = ["SM", "JM", "SE", "JE", "SC"]


def matrix_of(cells, names):
    terms = tuple(f"词{number}" for number in range(cells.shape[1]))
    docvars = pd.DataFrame(index=pd.Index(names, dtype=str))
    return DocumentTermMatrix(sparse.csr_array(cells), terms, cells.sum(axis=1), docvars)


def test_the_inertia_and_coordinates_of_the_smoking_data_are_the_printed_ones():
    table = map_documents(matrix_of(SMOKING, STAFF))
    assert table["inertia_x"].iloc[0] == pytest.approx(0.8776, abs=5e-5)
    assert table["inertia_y"].iloc[0] == pytest.approx(0.1176, abs=5e-5)
    documents = table[table["kind"] == "document"].set_index("label")
    assert documents["x"].abs().round(3).tolist() == [0.066, 0.259, 0.381, 0.233, 0.201]
    assert documents["y"].abs().round(3).tolist() == [0.194, 0.243, 0.011, 0.058, 0.079]
    # total inertia 0.0852 = sum of mass times squared distance / share shown, point by point
    own = documents["mass"] * (documents["x"] ** 2 + documents["y"] ** 2) / documents["quality"]
    assert own.sum() == pytest.approx(0.08519, abs=5e-5)


def test_coordinates_agree_with_a_plain_singular_value_decomposition():
    cells = np.random.default_rng(1).poisson(3.0, (6, 20)) + np.eye(6, 20, dtype=np.int64)
    table = map_documents(matrix_of(cells, list("甲乙丙丁戊己")), top_n=None)
    shares = cells / cells.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    residuals = (shares - np.outer(rows, columns)) / np.sqrt(np.outer(rows, columns))
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    for kind, spots in (
        ("document", left * values / np.sqrt(rows)[:, None]),
        ("term", right.T * values / np.sqrt(columns)[:, None]),
    ):
        part = table[table["kind"] == kind].sort_values("label", key=lambda names: names.str.len() * 0)
        part = part.set_index("label").loc[
            list("甲乙丙丁戊己") if kind == "document" else [f"词{n}" for n in range(20)]
        ]
        for axis, column in enumerate("xy"):
            np.testing.assert_allclose(np.abs(part[column]), np.abs(spots[:, axis]), atol=2e-6)
            signs = np.sign(part[column].to_numpy() * spots[:, axis])
            assert len(set(signs[np.abs(spots[:, axis]) > 1e-5])) == 1
    assert table.groupby("kind")["contribution"].sum().tolist() == pytest.approx([1, 1])


def test_the_order_of_documents_changes_nothing_but_the_rows():
    table = map_documents(matrix_of(SMOKING, STAFF))
    order = [3, 1, 4, 0, 2]
    other = map_documents(matrix_of(SMOKING[order], [STAFF[place] for place in order]))
    pd.testing.assert_frame_equal(
        table.sort_values(["kind", "label"], ignore_index=True),
        other.sort_values(["kind", "label"], ignore_index=True),
    )


def test_two_documents_make_a_line_and_one_no_map():
    table = map_documents(matrix_of(SMOKING[:2], STAFF[:2]))
    assert (table["y"] == 0).all()
    assert table["inertia_x"].iloc[0] == pytest.approx(1)
    with pytest.raises(ValueError, match="1 documents"):
        map_documents(matrix_of(SMOKING[:1], STAFF[:1]))


def test_equal_documents_stand_on_one_spot_and_empty_ones_are_left_out():
    table = map_documents(count_terms(Tokens.from_lists([["依法", "行政"], ["依法", "行政"], []])))
    documents = table[table["kind"] == "document"]
    assert documents["label"].tolist() == ["1", "2"]
    assert (documents[["x", "y"]] == 0).all().all()
