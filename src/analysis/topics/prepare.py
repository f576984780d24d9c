"""What stands before the fit: segments put in order, repeated and too short ones set aside, weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..errors import explain
from ..matrix import DocumentTermMatrix, docfreq, require_counts, unit_length, weight_dtm

SEGMENTS_A_TOPIC = 3
SET_ASIDE_COLUMNS = ("unit_id", "doc_id", "reason", "twin", "similarity")
SCHEME = "tfidf_sklearn"

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Prepared:
    """Segments that take part in the fit, sorted by identifier, so that their order in the matrix is no matter."""

    dtm: DocumentTermMatrix
    rows: Integers
    terms: tuple[str, ...]
    counts: sparse.csr_array
    weights: sparse.csr_array
    blocks: Integers
    documents: tuple[str, ...]
    tokens: Integers
    excluded: pd.DataFrame

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the segments that take part."""
        ids = self.dtm.unit_ids
        return tuple(ids[index] for index in self.rows)

    @property
    def largest(self) -> int:
        """The largest number of topics that these segments allow."""
        return min(len(self.rows) // SEGMENTS_A_TOPIC, len(self.terms))


def prepare_segments(dtm: DocumentTermMatrix, *, min_terms: int, twin_similarity: float | None) -> Prepared:
    """Return the segments to fit on, with TF-IDF weights, and the table of those set aside.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts of segments.
    min_terms : int
        Fewest tokens (after trimming) that a segment needs to take part.
    twin_similarity : float
        A segment whose counts have at least this cosine with an earlier one repeats it and is set aside.
        None keeps all.
    """
    require_counts(dtm, verb="fit_topics")
    matrix = dtm.matrix
    ids = np.array(dtm.unit_ids, dtype=object)
    doc_ids = dtm.docvars["doc_id"].astype(str).to_numpy(dtype=object)
    order = np.array(
        sorted(range(len(ids)), key=lambda index: (doc_ids[index], _natural(str(ids[index])))), dtype=np.int64
    )
    matrix = sparse.csr_array(matrix[order]) if len(order) else matrix
    length = np.asarray(matrix.sum(axis=1)).ravel()
    rows: list[tuple[Any, ...]] = [
        (ids[order[row]], doc_ids[order[row]], "too short", "", float("nan"))
        for row in np.flatnonzero(length < min_terms)
    ]
    kept = np.flatnonzero(length >= min_terms)
    twins = find_twins(sparse.csr_array(matrix[kept]), similarity=twin_similarity)
    for row, (twin, similarity) in sorted(twins.items()):
        unit, other = order[kept[row]], order[kept[twin]]
        rows.append((ids[unit], doc_ids[unit], "repeats another", ids[other], round(similarity, 6)))
    kept = kept[[row not in twins for row in range(len(kept))]]
    counts = sparse.csr_array(matrix[kept])
    used = np.flatnonzero(docfreq(counts) >= 2)
    counts = sparse.csr_array(counts[:, used])
    counts.sort_indices()
    indices = order[kept]
    documents, blocks = np.unique(doc_ids[indices].astype(str), return_inverse=True)
    part = DocumentTermMatrix(
        counts,
        tuple(dtm.terms[index] for index in used),
        np.asarray(dtm.n_tokens[indices]),
        dtm.docvars.iloc[indices],
    )
    return Prepared(
        dtm=dtm,
        rows=indices,
        terms=part.terms,
        counts=counts,
        weights=weight_dtm(part, scheme="tfidf_sklearn", normalize=True).matrix,
        blocks=blocks.astype(np.int64),
        documents=tuple(str(name) for name in documents),
        tokens=np.asarray(dtm.n_tokens[indices], dtype=np.int64),
        excluded=pd.DataFrame(rows, columns=list(SET_ASIDE_COLUMNS)),
    )


def thin_segments(prepared: Prepared, *, at_most: int) -> Prepared:
    """Return evenly spaced segments, where there are more than `at_most`, with weights of their own."""
    size = len(prepared.rows)
    if size <= at_most:
        return prepared
    rows = np.arange(at_most) * size // at_most
    counts = sparse.csr_array(prepared.counts[rows])
    used = np.flatnonzero(docfreq(counts) >= 2)
    counts = sparse.csr_array(counts[:, used])
    counts.sort_indices()
    indices, tokens = prepared.rows[rows], prepared.tokens[rows]
    terms = tuple(prepared.terms[index] for index in used)
    part = DocumentTermMatrix(counts, terms, tokens, prepared.dtm.docvars.iloc[indices])
    kept, blocks = np.unique(prepared.blocks[rows], return_inverse=True)
    return Prepared(
        dtm=prepared.dtm,
        rows=indices,
        terms=terms,
        counts=counts,
        weights=weight_dtm(part, scheme="tfidf_sklearn", normalize=True).matrix,
        blocks=blocks.astype(np.int64),
        documents=tuple(prepared.documents[block] for block in kept),
        tokens=tokens,
        excluded=prepared.excluded,
    )


def find_twins(counts: sparse.csr_array, *, similarity: float | None) -> dict[int, tuple[int, float]]:
    """Return for every row that repeats an earlier one the first such row and the cosine of their counts."""
    twins: dict[int, tuple[int, float]] = {}
    if similarity is None or counts.shape[0] < 2:
        return twins
    unit = unit_length(counts)
    transposed = sparse.csc_array(unit.T)
    for start in range(0, counts.shape[0], 256):
        block = sparse.coo_array(unit[start : start + 256] @ transposed)
        close = np.round(block.data, 9) >= similarity
        pairs = sorted(
            zip(
                (block.row[close] + start).tolist(),
                block.col[close].tolist(),
                block.data[close].tolist(),
                strict=True,
            )
        )
        for row, column, cosine in pairs:
            if column < row and row not in twins and column not in twins:
                twins[row] = (column, min(float(cosine), 1.0))
    return twins


def check_n_topics(prepared: Prepared, *, n_topics: int, name: str = "n_topics") -> None:
    """Raise ValueError if there are too few segments for so many topics, saying the largest number they allow."""
    largest = prepared.largest
    segments, documents = len(prepared.rows), len(prepared.documents)
    amount = f"{segments} segment{'s' * (segments != 1)} of {documents} document{'s' * (documents != 1)}"
    if largest < 2:
        raise ValueError(
            explain(
                f"{amount} are too few for topics",
                where=f"{len(prepared.excluded)} segments are set aside as too short or repeated",
                allowed=f"at least {2 * SEGMENTS_A_TOPIC} segments that share terms",
                todo="split the documents into paragraphs or sections, or add documents",
            )
        )
    if not 2 <= n_topics <= largest:
        raise ValueError(
            explain(
                f"{name} is {n_topics}, but there are {amount}",
                allowed=f"2 to {largest} (at least {SEGMENTS_A_TOPIC} segments a topic)",
                todo=f"ask for at most {largest} topics, or split the documents into smaller units",
            )
        )


def _natural(unit_id: str) -> tuple[str, int, str]:
    head, _, tail = unit_id.rpartition("#")
    return (head, int(tail), "") if tail.isdecimal() else (head, -1, tail)
