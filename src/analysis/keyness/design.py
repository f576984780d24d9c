"""Two groups of a matrix with documents as their members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..errors import explain
from ..matrix import DocumentTermMatrix, require_counts, sum_rows
from .contingency import Floats
from .contrast import Contrast


@dataclass(frozen=True)
class Design:
    """Two groups; a row is what one document has in one group.

    Parameters
    ----------
    counts : sparse matrix, shape (n_rows, n_terms)
        Rows of the target first, each group by document identifier.
    lengths : array, shape (n_rows,)
        Tokens of every row, above zero.
    in_target : array of bool, shape (n_rows,)
        Which rows belong to the target.
    documents : array of int, shape (n_rows,)
        Number of the row's document. A document that has segments in both groups stands in two rows.
    """

    counts: sparse.csc_array
    lengths: Floats
    in_target: npt.NDArray[np.bool_]
    documents: npt.NDArray[np.int64]

    @property
    def partner(self) -> npt.NDArray[np.int64]:
        """The row of the same document in the other group, or −1."""
        row_of = np.full((int(self.documents.max(initial=-1)) + 1, 2), -1, dtype=np.int64)
        rows = np.arange(len(self.documents))
        row_of[self.documents, self.in_target.astype(np.int64)] = rows
        return np.asarray(row_of[self.documents, 1 - self.in_target.astype(np.int64)], dtype=np.int64)


def design_of(dtm: DocumentTermMatrix, contrast: Contrast) -> Design:
    """Return the two groups of a contrast with the rows of every document added up.

    Raises
    ------
    ValueError
        The matrix is weighted, lacks the column, or a side has no row with tokens.
    """
    require_counts(dtm, verb="a comparison")
    if contrast.cluster is not None:
        raise ValueError(
            explain(
                f"the contrast has the cluster {contrast.cluster!r}",
                allowed="a contrast without a cluster: documents are permuted one by one",
                todo="leave the cluster out, and read the p values as those of independent documents",
            )
        )
    side = contrast.sides(dtm)
    numbers, _ = pd.factorize(dtm.docvars["doc_id"].astype(str), sort=True)
    rows = np.flatnonzero(side)
    cells, codes = np.unique(np.stack([side[rows] < 0, numbers[rows]]), axis=1, return_inverse=True)
    cell_of = np.full(len(dtm), -1, dtype=np.int64)
    cell_of[rows] = codes.ravel()
    return Design(
        sparse.csc_array(sum_rows(dtm.matrix, cell_of), dtype=np.float64),
        sum_rows(dtm.n_tokens, cell_of).astype(np.float64),
        cells[0] == 0,
        cells[1].astype(np.int64),
    )
