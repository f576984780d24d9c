"""How alike documents are in their vocabulary."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ..errors import check_choice
from ..matrix import DocumentTermMatrix, document_rows, unit_length

Measure = Literal["cosine", "jaccard", "jensen_shannon"]
MEASURES: tuple[str, ...] = ("cosine", "jaccard", "jensen_shannon")


def compare_documents(dtm: DocumentTermMatrix, *, measure: Measure = "cosine") -> pd.DataFrame:
    r"""Return the similarity of every document to every document, itself included: a table for a heat map.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Documents, or segments, whose counts are then added up by `doc_id`. Counts; a matrix of documents may
        also be weighted for "cosine".
    measure : {"cosine", "jaccard", "jensen_shannon"}
        With :math:`x, y` two rows:

        - "cosine": :math:`x \cdot y / (|x|\,|y|)`, of the cells as they are. On counts, frequent words decide;
          on TF-IDF weights, distinctive ones;
        - "jaccard": terms in both over terms in either;
        - "jensen_shannon": :math:`1 - H(\frac{p + q}{2}) + \frac{H(p) + H(q)}{2}` with :math:`p, q` the terms'
          proportions and :math:`H` the entropy in bits: one minus the divergence (Lin 1991), not its root.

    Returns
    -------
    DataFrame
        Columns document_a, document_b, similarity (0 to 1); all ordered pairs in the matrix's order of
        documents, so that a pivot is the whole square. A document without terms is like no other (0), and
        missing with itself.

    Raises
    ------
    ValueError
        The measure is unknown, or needs counts and the matrix is weighted.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> dtm = count_terms(Tokens.from_lists([["依法", "行政"], ["依法", "治国"]]))
    >>> compare_documents(dtm, measure="jaccard")["similarity"].round(3).tolist()
    [1.0, 0.333, 0.333, 1.0]
    """
    check_choice(measure, MEASURES, name="measure")
    names, matrix = document_rows(dtm, counts_only=measure != "cosine")
    if measure == "cosine":
        unit = unit_length(matrix)
        values = (unit @ unit.T).toarray()
    elif measure == "jaccard":
        held = sparse.csr_array((matrix > 0).astype(np.float64))
        both = (held @ held.T).toarray()
        each = np.diag(both)
        either = each[:, None] + each[None, :] - both
        values = both / np.where(either > 0, either, 1.0)
    else:
        values = 1.0 - _divergence(matrix)
    empty = np.asarray(np.abs(matrix).sum(axis=1)).ravel() == 0
    values[empty, :] = values[:, empty] = 0.0
    values[empty, empty] = np.nan
    values = np.round(np.clip(values, 0.0, 1.0), 9)
    return pd.DataFrame(
        {
            "document_a": np.repeat(np.array(names, dtype=object), len(names)),
            "document_b": np.tile(np.array(names, dtype=object), len(names)),
            "similarity": values.ravel(),
        }
    )


def _divergence(matrix: sparse.csr_array) -> Any:
    """Jensen–Shannon divergence in bits of every pair of rows."""
    total = np.asarray(matrix.sum(axis=1)).ravel()
    rates = sparse.csr_array(sparse.diags_array(1.0 / np.where(total > 0, total, 1.0)) @ matrix)
    size = rates.shape[0]
    own = np.array([_entropy(rates[row : row + 1].toarray()) for row in range(size)]).ravel()
    result = np.zeros((size, size))
    for row in range(size):
        first = rates[row : row + 1].toarray()
        for start in range(row + 1, size, 64):
            mixed = (first + rates[start : start + 64].toarray()) / 2
            parts = _entropy(mixed) - (own[row] + own[start : start + 64]) / 2
            result[row, start : start + 64] = result[start : start + 64, row] = parts
    return result


def _entropy(rates: Any) -> Any:
    return -(rates * np.log2(np.where(rates > 0, rates, 1.0))).sum(axis=1)
