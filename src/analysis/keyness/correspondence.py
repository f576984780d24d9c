"""A map of documents and terms: correspondence analysis."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..errors import check_choice, explain
from ..matrix import DocumentTermMatrix, document_rows

MapMethod = Literal["correspondence"]
Floats = npt.NDArray[np.float64]
COLUMNS = ("kind", "label", "x", "y", "mass", "contribution", "quality", "inertia_x", "inertia_y")


def map_documents(
    dtm: DocumentTermMatrix, *, method: MapMethod = "correspondence", top_n: int | None = 30
) -> pd.DataFrame:
    r"""Return documents and terms in two dimensions: what stands far out in the same direction goes together.

    Correspondence analysis: the singular value decomposition of the standardised residuals
    :math:`(p_{ij} - r_i c_j) / \sqrt{r_i c_j}` with :math:`p` the counts as shares of the total and
    :math:`r, c` the sums of rows and columns (Benzécri 1973; Greenacre 1984). Both documents and terms stand in
    principal coordinates (a symmetric map): distances between documents are chi-squared distances, as are
    those between terms; between a document and a term only the direction can be read.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts of documents, or of segments, which are added up by `doc_id`. Trim rare terms first: they are
        what correspondence analysis is most easily led by.
    method : {"correspondence"}
        The kind of map.
    top_n : int, optional
        Terms to return, those that contribute most to the two axes; None returns all. The analysis is always
        of all terms.

    Returns
    -------
    DataFrame
        Columns kind ("document" or "term"), label, x, y, mass (share of all tokens, 0 to 1), contribution (to the
        inertia of the two axes, 0 to 1; sums to 1 over documents and over all terms), quality (share of the point's
        own inertia that the two axes show, 0 to 1), inertia_x, inertia_y (share of the total inertia that the
        axis shows, 0 to 1; the same in every row). Documents in the matrix's order, then terms by contribution.
        The sign of an axis is fixed by its farthest document, which is on the positive side. Documents without
        tokens are left out.

    Raises
    ------
    ValueError
        Fewer than two documents with tokens, fewer than two terms, or a weighted matrix.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> lists = [["普法", "普法", "调解"], ["调解", "信访", "信访"], ["普法", "信访", "调解"]]
    >>> table = map_documents(count_terms(Tokens.from_lists(lists)))
    >>> table.loc[table["kind"] == "document", ["label", "x"]].values.tolist()
    [['1', 0.816497], ['2', -0.816497], ['3', 0.0]]
    """
    check_choice(method, ("correspondence",), name="method")
    names, matrix = document_rows(dtm, counts_only=True)
    row_sums = np.asarray(matrix.sum(axis=1)).ravel()
    col_sums = np.asarray(matrix.sum(axis=0)).ravel()
    rows, columns = np.flatnonzero(row_sums > 0), np.flatnonzero(col_sums > 0)
    if len(rows) < 2 or len(columns) < 2:
        raise ValueError(
            explain(
                f"{len(rows)} documents with tokens and {len(columns)} terms cannot be mapped",
                allowed="at least two of each",
            )
        )
    total = float(row_sums.sum())
    matrix = sparse.csr_array(matrix[rows][:, columns])
    row_mass, col_mass = row_sums[rows] / total, col_sums[columns] / total
    scaled = sparse.csr_array(
        sparse.diags_array(1 / np.sqrt(row_mass)) @ (matrix / total) @ sparse.diags_array(1 / np.sqrt(col_mass))
    )
    indices, directions, values, inertia = _axes(scaled, row_mass)
    documents = indices / np.sqrt(row_mass)[:, None]
    terms = np.asarray(scaled.T @ directions) - np.sqrt(col_mass)[:, None] * (np.sqrt(row_mass) @ directions)
    terms = terms / np.sqrt(col_mass)[:, None]
    plane = max(float(values.sum()), 1e-300)
    doc_inertia = np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel() - row_mass
    term_inertia = np.asarray(scaled.multiply(scaled).sum(axis=0)).ravel() - col_mass
    parts = []
    for kind, labels, spots, mass, own in (
        ("document", [names[row] for row in rows], documents, row_mass, doc_inertia),
        ("term", [dtm.terms[column] for column in columns], terms, col_mass, term_inertia),
    ):
        shown = mass * (spots**2).sum(axis=1)
        parts.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "label": labels,
                    "x": np.round(spots[:, 0], 6) + 0.0,
                    "y": np.round(spots[:, 1], 6) + 0.0,
                    "mass": np.round(mass, 9),
                    "contribution": np.round(shown / plane, 9),
                    "quality": np.round(np.clip(shown / np.maximum(own, 1e-300), 0, 1), 6),
                    "inertia_x": round(float(values[0]) / inertia, 6) if inertia > 0 else 0.0,
                    "inertia_y": round(float(values[1]) / inertia, 6) if inertia > 0 else 0.0,
                },
                columns=list(COLUMNS),
            )
        )
    parts[1] = (
        parts[1].sort_values(["contribution", "label"], ascending=[False, True]).head(top_n or len(columns))
    )
    return pd.concat(parts, ignore_index=True)


def _axes(scaled: sparse.csr_array, row_mass: Floats) -> tuple[Floats, Floats, Floats, float]:
    """Rows on two axes (not yet divided by their mass), the axes' directions, their inertia, and the total."""
    root = np.sqrt(row_mass)
    gram = (scaled @ scaled.T).toarray() - np.outer(root, root)
    values, vectors = np.linalg.eigh(gram)
    order = np.argsort(-values, kind="stable")[:2]
    top = np.maximum(values[order], 0.0)
    top[top < 1e-12] = 0.0
    directions = vectors[:, order]
    for axis in range(directions.shape[1]):
        spots = directions[:, axis] / root
        if spots[int(np.round(np.abs(spots), 6).argmax())] < 0:
            directions[:, axis] *= -1
    directions = directions * (top > 0)
    return directions * np.sqrt(top), directions, top, max(float(np.trace(gram)), 0.0)
