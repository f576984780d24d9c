"""The noun `DocumentTermMatrix`: count, trim, group, weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from .errors import CorpusError, check_choice, explain
from .provenance import History, Step
from .words.tokens import PAD, Tokens

Scheme = Literal["count", "proportion", "boolean", "log", "tfidf_sklearn", "tfidf_textbook", "tfidf_quanteda"]
SCHEMES: tuple[str, ...] = (
    "count",
    "proportion",
    "boolean",
    "log",
    "tfidf_sklearn",
    "tfidf_textbook",
    "tfidf_quanteda",
)


@dataclass(frozen=True, eq=False)
class DocumentTermMatrix:
    """Units in rows, terms in columns, counts or weights in the cells.

    Parameters
    ----------
    _matrix : sparse matrix, shape (n_units, n_terms)
        Counts (integers), or weights where `scheme` is not "count".
    terms : tuple of str
        The columns' names, in code-point order.
    totals : array of int, shape (n_units,)
        Tokens of every unit as they were counted. Trimming leaves them: a rate per 1,000 tokens does not
        change when rare terms are dropped.
    _docvars : DataFrame
        One row a unit; the index is the unit's identifier.
    scheme : str
        What the cells hold.
    history : tuple of Step
        What was done so far.
    """

    _matrix: sparse.csr_array
    terms: tuple[str, ...]
    totals: npt.NDArray[np.int64]
    _docvars: pd.DataFrame
    scheme: Scheme = "count"
    history: History = ()

    def __post_init__(self) -> None:
        matrix = sparse.csr_array(self._matrix)
        if matrix.shape != (len(self._docvars), len(self.terms)) or len(self.totals) != matrix.shape[0]:
            raise CorpusError(
                explain(
                    f"a matrix of {matrix.shape[0]} × {matrix.shape[1]} for {len(self._docvars)} units and "
                    f"{len(self.terms)} terms",
                    allowed="one row a unit, one column a term, one total a unit",
                )
            )
        totals = np.array(self.totals, dtype=np.int64)
        totals.setflags(write=False)
        table = self._docvars.copy()
        table.index.name = "unit_id"
        if "doc_id" not in table.columns:
            table.insert(0, "doc_id", table.index.astype(str))
        object.__setattr__(self, "_matrix", matrix)
        object.__setattr__(self, "totals", totals)
        object.__setattr__(self, "_docvars", table)

    @property
    def matrix(self) -> sparse.csr_array:
        """The cells, shape (n_units, n_terms), as a copy."""
        return self._matrix.copy()

    @property
    def docvars(self) -> pd.DataFrame:
        """Document variables, a row a unit, as a copy."""
        return self._docvars.copy()

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the units, in order."""
        return tuple(self._docvars.index)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of units and of terms."""
        return (len(self._docvars), len(self.terms))

    def to_frame(self) -> pd.DataFrame:
        """Return the matrix as a dense table: a row a unit, a column a term."""
        return pd.DataFrame(self._matrix.toarray(), index=self._docvars.index, columns=list(self.terms))

    def __len__(self) -> int:
        return len(self._docvars)

    def __repr__(self) -> str:
        return f"<DocumentTermMatrix: {len(self):,} units × {len(self.terms):,} terms, {self.scheme}>"


def count_terms(tokens: Tokens) -> DocumentTermMatrix:
    """Return how often every token occurs in every unit. Tokens are terms, just as they are.

    Parameters
    ----------
    tokens : Tokens
        Any tokens; pads and white space are not counted.

    Returns
    -------
    DocumentTermMatrix
        Counts; terms in code-point order, so that the order of documents changes nothing.

    Examples
    --------
    >>> dtm = count_terms(Tokens.from_lists([["依法", "行政"], ["依法", "依法"]]))
    >>> dtm.to_frame()
             依法  行政
    unit_id
    1         1   1
    2         2   0
    """
    counted = [place for place, name in enumerate(tokens.types) if name != PAD and not name.isspace()]
    new_id = np.full(len(tokens.types) + 1, -1, dtype=np.int64)
    new_id[counted] = np.arange(len(counted))
    columns = new_id[tokens.ids] if len(tokens.ids) else tokens.ids
    rows = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
    mask = columns >= 0
    shape = (len(tokens), len(counted))
    matrix = sparse.coo_array(
        (np.ones(int(mask.sum()), dtype=np.int64), (rows[mask], columns[mask])), shape=shape
    )
    csr = matrix.tocsr()
    csr.sum_duplicates()
    used = np.flatnonzero(np.asarray(csr.sum(axis=0)).ravel() > 0)
    totals = np.asarray(csr.sum(axis=1)).ravel().astype(np.int64)
    terms = tuple(tokens.types[counted[place]] for place in used)
    return DocumentTermMatrix(
        csr[:, used],
        terms,
        totals,
        tokens.docvars,
        history=(*tokens.history, Step("count_terms", {"units": len(tokens), "terms": len(terms)})),
    )


def require_counts(dtm: DocumentTermMatrix, *, verb: str) -> None:
    """Raise ValueError if the matrix is weighted, naming the scheme that it already has."""
    if dtm.scheme != "count":
        raise ValueError(
            explain(
                f"{verb} needs counts, but this matrix is weighted already: {dtm.scheme}",
                where="; ".join(str(step) for step in dtm.history if step.verb == "weight_dtm"),
                allowed='a matrix whose scheme is "count"',
                todo="keep the matrix from before weight_dtm",
            )
        )


def trim_dtm(
    dtm: DocumentTermMatrix,
    *,
    min_termfreq: int = 1,
    min_docfreq: int = 1,
    max_docfreq_share: float = 1.0,
    min_length: int = 1,
) -> DocumentTermMatrix:
    """Return the matrix without terms that are too rare, too common or too short.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts.
    min_termfreq : int
        Fewest occurrences in all.
    min_docfreq : int
        Fewest units that hold the term.
    max_docfreq_share : float
        Largest share of units (0 to 1) that may hold the term.
    min_length : int
        Fewest characters of a term.

    Returns
    -------
    DocumentTermMatrix
        With the same units and totals.

    Examples
    --------
    >>> dtm = count_terms(Tokens.from_lists([["依法", "行政"], ["依法", "依法"]]))
    >>> trim_dtm(dtm, min_termfreq=2).terms
    ('依法',)
    """
    require_counts(dtm, verb="trim_dtm")
    if not 0 < max_docfreq_share <= 1:
        raise ValueError(
            explain(f"max_docfreq_share is {max_docfreq_share}", allowed="a share above 0 and at most 1")
        )
    matrix = dtm.matrix
    termfreq = np.asarray(matrix.sum(axis=0)).ravel()
    docfreq = np.asarray((matrix > 0).sum(axis=0)).ravel()
    long_enough = np.array([len(term) >= min_length for term in dtm.terms], dtype=bool)
    kept = np.flatnonzero(
        (termfreq >= min_termfreq)
        & (docfreq >= min_docfreq)
        & (docfreq <= max_docfreq_share * max(len(dtm), 1))
        & long_enough
    )
    step = Step(
        "trim_dtm",
        {
            "min_termfreq": min_termfreq,
            "min_docfreq": min_docfreq,
            "max_docfreq_share": max_docfreq_share,
            "min_length": min_length,
        },
    )
    return replace(
        dtm,
        _matrix=matrix[:, kept],
        terms=tuple(dtm.terms[place] for place in kept),
        history=(*dtm.history, step),
    )


def group_dtm(dtm: DocumentTermMatrix, *, by: str) -> DocumentTermMatrix:
    """Return the matrix with one row a group: counts of a column's equal values added up.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts.
    by : str
        A column of the document variables. Units where it is missing are left out, and history says how many.

    Returns
    -------
    DocumentTermMatrix
        One row a value of the column, in sorted order; `docvars` keeps the columns that are constant
        within every group, and `units`, the number of rows added up.

    Raises
    ------
    ValueError
        The column does not exist, or the matrix is weighted.

    Examples
    --------
    >>> docvars = pd.DataFrame({"doc_id": ["甲", "甲", "乙"]}, index=["甲#1", "甲#2", "乙#1"])
    >>> dtm = count_terms(Tokens.from_lists([["依法"], ["依法", "行政"], ["行政"]], docvars=docvars))
    >>> group_dtm(dtm, by="doc_id").to_frame()
             依法  行政
    unit_id
    乙         0   1
    甲         2   1
    """
    require_counts(dtm, verb="group_dtm")
    docvars = dtm.docvars
    check_choice(by, list(docvars.columns), name="by")
    present = docvars[by].notna() & (docvars[by].astype(str) != "")
    labels = docvars.loc[present, by].astype(str)
    codes, groups = pd.factorize(labels, sort=True)
    rows = np.flatnonzero(present.to_numpy())
    membership = sparse.csr_array(
        (np.ones(len(rows), dtype=np.int64), (codes, rows)), shape=(len(groups), len(dtm))
    )
    grouped = docvars.loc[present].groupby(labels, sort=True)
    steady: dict[str, Any] = {}
    for name in docvars.columns:
        if bool((grouped[name].nunique(dropna=False) <= 1).all()):
            steady[name] = grouped[name].first()
    table = pd.DataFrame(steady, index=pd.Index(groups, dtype=str))
    table["units"] = grouped.size()
    if "doc_id" not in table.columns:
        table.insert(0, "doc_id", table.index)
    step = Step("group_dtm", {"by": by, "groups": len(groups), "left_out": int((~present).sum())})
    return replace(
        dtm,
        _matrix=sparse.csr_array(membership @ dtm.matrix),
        totals=np.asarray(membership @ dtm.totals),
        _docvars=table,
        history=(*dtm.history, step),
    )


def weight_dtm(dtm: DocumentTermMatrix, *, scheme: Scheme, normalize: bool = False) -> DocumentTermMatrix:
    r"""Return the matrix with weights in the place of counts.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts.
    scheme : str
        With :math:`f` the count in the unit, :math:`n` the unit's tokens, :math:`N` the number of units
        and :math:`d` the number of units that hold the term:

        - "proportion": :math:`f / n`;
        - "boolean": 1 where :math:`f > 0`;
        - "log": :math:`1 + \\log_{10} f` where :math:`f > 0`;
        - "tfidf_sklearn": :math:`f \\cdot (\\ln\\frac{1 + N}{1 + d} + 1)`, scikit-learn's smoothed form;
        - "tfidf_textbook": :math:`f / n \\cdot \\ln\\frac{N}{d}`, Manning, Raghavan and Schütze (2008), ch. 6,
          with relative term frequency;
        - "tfidf_quanteda": :math:`f \\cdot \\log_{10}\\frac{N}{d}`, quanteda's default of `dfm_tfidf`.
    normalize : bool
        Divide every row by its Euclidean length, as scikit-learn does by default.

    Returns
    -------
    DocumentTermMatrix
        Weights, with `scheme` set.

    Raises
    ------
    ValueError
        The scheme is unknown, or the matrix is weighted already.

    Examples
    --------
    >>> dtm = count_terms(Tokens.from_lists([["依法", "行政"], ["依法", "依法"]]))
    >>> weight_dtm(dtm, scheme="tfidf_quanteda").to_frame().round(3)
              依法     行政
    unit_id
    1        0.0  0.301
    2        0.0  0.000
    """
    require_counts(dtm, verb="weight_dtm")
    check_choice(scheme, SCHEMES, name="scheme")
    counts = sparse.csr_array(dtm.matrix, dtype=np.float64)
    units = len(dtm)
    docfreq = np.maximum(np.asarray((counts > 0).sum(axis=0)).ravel(), 1).astype(np.float64)
    rate = sparse.diags_array(1.0 / np.maximum(dtm.totals, 1))
    weights: Any = counts
    if scheme in ("proportion", "tfidf_textbook"):
        weights = rate @ counts
    if scheme == "boolean":
        weights.data = np.ones_like(weights.data)
    elif scheme == "log":
        weights.data = 1.0 + np.log10(weights.data)
    elif scheme == "tfidf_sklearn":
        weights = weights @ sparse.diags_array(np.log((1.0 + units) / (1.0 + docfreq)) + 1.0)
    elif scheme == "tfidf_textbook":
        weights = weights @ sparse.diags_array(np.log(units / docfreq))
    elif scheme == "tfidf_quanteda":
        weights = weights @ sparse.diags_array(np.log10(units / docfreq))
    weights = sparse.csr_array(weights)
    if normalize:
        lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
        weights = sparse.csr_array(sparse.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)) @ weights)
    weights.sort_indices()
    return replace(
        dtm,
        _matrix=weights,
        scheme=scheme,
        history=(*dtm.history, Step("weight_dtm", {"scheme": scheme, "normalize": normalize})),
    )


def document_rows(dtm: DocumentTermMatrix, *, counts_only: bool) -> tuple[list[str], Any]:
    """Return the documents' names in the matrix's order and a float matrix with one row each."""
    labels = dtm.docvars["doc_id"].astype(str)
    matrix = sparse.csr_array(dtm.matrix, dtype=np.float64)
    if counts_only:
        require_counts(dtm, verb="this comparison")
    if labels.is_unique:
        return list(labels), matrix
    require_counts(dtm, verb="adding up the segments of a document")
    codes, names = pd.factorize(labels)
    membership = sparse.csr_array(
        (np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(names), len(codes))
    )
    return [str(name) for name in names], sparse.csr_array(membership @ matrix)
