"""Two groups of a matrix with documents, or clusters of them, as their members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..matrix import DocumentTermMatrix, require_counts, sum_rows
from .contingency import Floats
from .contrast import Contrast, cluster_values


@dataclass(frozen=True)
class Design:
    """Two groups; a row is what one unit, a document or a cluster of documents, has in one group.

    Parameters
    ----------
    counts : sparse matrix, shape (n_rows, n_terms)
        Rows of the target first, each group by the unit's name.
    lengths : array, shape (n_rows,)
        Tokens of every row, above zero.
    in_target : array of bool, shape (n_rows,)
        Which rows belong to the target.
    units : array of int, shape (n_rows,)
        Number of the row's unit. A unit with something in both groups stands in two rows.
    """

    counts: sparse.csc_array
    lengths: Floats
    in_target: npt.NDArray[np.bool_]
    units: npt.NDArray[np.int64]

    @property
    def partner(self) -> npt.NDArray[np.int64]:
        """The row of the same unit in the other group, or −1."""
        row_of = np.full((int(self.units.max(initial=-1)) + 1, 2), -1, dtype=np.int64)
        rows = np.arange(len(self.units))
        row_of[self.units, self.in_target.astype(np.int64)] = rows
        return np.asarray(row_of[self.units, 1 - self.in_target.astype(np.int64)], dtype=np.int64)


def design_of(dtm: DocumentTermMatrix, contrast: Contrast, *, unit: str = "doc_id") -> Design:
    """Return the two groups of a contrast with the rows of every document, or other unit, added up.

    Raises
    ------
    ValueError
        The matrix is weighted, lacks a column, or a side has no row with tokens.
    """
    require_counts(dtm, verb="a comparison")
    side = contrast.sides(dtm)
    numbers, _ = pd.factorize(cluster_values(dtm.docvars, cluster=unit), sort=True)
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
