"""The noun `DocumentTermMatrix`: count, trim, group, weight; and the arithmetic that all findings share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from .errors import CorpusError, check_choice, explain
from .nouns import View, docvars_view, frozen, require_noun, unit_table, with_views
from .provenance import History, Step
from .words.tokens import PAD, Tokens

Scheme = Literal[
    "tfidf_textbook", "tfidf_sklearn", "tfidf_quanteda", "ctfidf", "count", "proportion", "boolean", "log"
]
SCHEMES: tuple[str, ...] = (
    "tfidf_textbook",
    "tfidf_sklearn",
    "tfidf_quanteda",
    "ctfidf",
    "count",
    "proportion",
    "boolean",
    "log",
)
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Cells = TypeVar("Cells", sparse.csr_array, npt.NDArray[Any])


def _matrix_view(held: sparse.csr_array) -> sparse.csr_array:
    # A new shell around the same frozen arrays: writing to a cell that is there raises, and a cell that is
    # not there would be added to the shell alone.
    view = sparse.csr_array((held.data, held.indices, held.indptr), shape=held.shape)
    view.has_canonical_format = True
    return view


@with_views(matrix=View(_matrix_view, doc="The cells, shape (n_units, n_terms)."), docvars=docvars_view())
@dataclass(frozen=True, eq=False)
class DocumentTermMatrix:
    """Units in rows, terms in columns, counts or weights in the cells.

    Parameters
    ----------
    matrix : sparse matrix, shape (n_units, n_terms)
        Counts (integers), or weights where `scheme` is not "count". Read-only.
    terms : tuple of str
        The columns' names, in code-point order.
    n_tokens : array of int, shape (n_units,)
        Tokens of every unit as they were counted. Trimming leaves them: a rate per 1,000 tokens does not
        change when rare terms are dropped.
    docvars : DataFrame
        One row a unit; the index is the unit's identifier.
    scheme : str
        What the cells hold.
    history : tuple of Step
        What was done so far.
    """

    matrix: sparse.csr_array
    terms: tuple[str, ...]
    n_tokens: Integers
    docvars: pd.DataFrame
    scheme: Scheme = "count"
    history: History = ()

    def __post_init__(self) -> None:
        matrix = sparse.csr_array(self.matrix)
        if matrix.shape != (len(self.docvars), len(self.terms)) or len(self.n_tokens) != matrix.shape[0]:
            raise CorpusError(
                explain(
                    f"a matrix of {matrix.shape[0]} × {matrix.shape[1]} for {len(self.docvars)} units and "
                    f"{len(self.terms)} terms",
                    allowed="one row a unit, one column a term, one number of tokens a unit",
                )
            )
        if not matrix.has_canonical_format:
            matrix = matrix.copy()
            matrix.sum_duplicates()
        cells = tuple(frozen(part) for part in (matrix.data, matrix.indices, matrix.indptr))
        object.__setattr__(self, "matrix", sparse.csr_array(cells, shape=matrix.shape))
        object.__setattr__(self, "n_tokens", frozen(np.asarray(self.n_tokens, dtype=np.int64)))
        object.__setattr__(self, "docvars", unit_table(self.docvars))

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the units, in order."""
        return tuple(self.docvars.index)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of units and of terms."""
        return (len(self.n_tokens), len(self.terms))

    def to_frame(self) -> pd.DataFrame:
        """Return the matrix as a dense table: a row a unit, a column a term."""
        return pd.DataFrame(self.matrix.toarray(), index=self.docvars.index, columns=list(self.terms))

    def __len__(self) -> int:
        return len(self.n_tokens)

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
    require_noun(tokens, Tokens, verb="count_terms")
    counted = [index for index, name in enumerate(tokens.types) if name != PAD and not name.isspace()]
    new_id = np.full(len(tokens.types) + 1, -1, dtype=np.int64)
    new_id[counted] = np.arange(len(counted))
    columns = new_id[tokens.type_ids] if len(tokens.type_ids) else tokens.type_ids
    rows = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
    mask = columns >= 0
    shape = (len(tokens), len(counted))
    matrix = sparse.coo_array(
        (np.ones(int(mask.sum()), dtype=np.int64), (rows[mask], columns[mask])), shape=shape
    )
    csr = matrix.tocsr()
    csr.sum_duplicates()
    used = np.flatnonzero(termfreq(csr) > 0)
    n_tokens = np.asarray(csr.sum(axis=1)).ravel().astype(np.int64)
    terms = tuple(tokens.types[counted[index]] for index in used)
    return DocumentTermMatrix(
        csr[:, used],
        terms,
        n_tokens,
        tokens.docvars,
        history=(*tokens.history, Step("count_terms", {"units": len(tokens), "terms": len(terms)})),
    )


def require_counts(dtm: DocumentTermMatrix, *, verb: str) -> None:
    """Raise ValueError if the matrix is weighted, TypeError if it is none."""
    require_noun(dtm, DocumentTermMatrix, verb=verb)
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
        With the same units and their numbers of tokens.

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
    held = docfreq(matrix)
    long_enough = np.array([len(term) >= min_length for term in dtm.terms], dtype=bool)
    kept = np.flatnonzero(
        (termfreq(matrix) >= min_termfreq)
        & (held >= min_docfreq)
        & (held <= max_docfreq_share * max(len(dtm), 1))
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
        matrix=matrix[:, kept],
        terms=tuple(dtm.terms[index] for index in kept),
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
        within every group, and `n_units`, the number of rows added up.

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
    codes, groups = factorize_labels(docvars[by])
    present = codes >= 0
    grouped = docvars.loc[present].groupby(groups.to_numpy()[codes[present]], sort=True)
    steady: dict[str, Any] = {}
    for name in docvars.columns:
        if bool((grouped[name].nunique(dropna=False) <= 1).all()):
            steady[name] = grouped[name].first()
    table = pd.DataFrame(steady, index=groups)
    table["n_units"] = grouped.size()
    if "doc_id" not in table.columns:
        table.insert(0, "doc_id", table.index)
    step = Step("group_dtm", {"by": by, "groups": len(groups), "left_out": int((~present).sum())})
    return replace(
        dtm,
        matrix=sum_rows(dtm.matrix, codes),
        n_tokens=sum_rows(dtm.n_tokens, codes),
        docvars=table,
        history=(*dtm.history, step),
    )


def weight_dtm(
    dtm: DocumentTermMatrix, *, scheme: Scheme = "tfidf_textbook", normalize: bool = False
) -> DocumentTermMatrix:
    r"""Return the matrix with weights instead of counts.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts.
    scheme : str
        With :math:`f` the count in the unit, :math:`n` the unit's tokens, :math:`N` the number of units,
        :math:`d` the number of units that hold the term, :math:`F` the term's count in all units and
        :math:`A` the mean number of tokens of a unit:

        - "tfidf_textbook": :math:`\frac{f}{n} \ln\frac{N}{d}`, Manning, Raghavan and Schütze (2008), ch. 6,
          with relative term frequency;
        - "tfidf_sklearn": :math:`f \left(\ln\frac{1 + N}{1 + d} + 1\right)`, scikit-learn's smoothed form;
        - "tfidf_quanteda": :math:`f \log_{10}\frac{N}{d}`, quanteda's default of `dfm_tfidf`;
        - "ctfidf": :math:`\frac{f}{n} \ln\left(1 + \frac{A}{F}\right)`, class-based TF-IDF for groups of
          documents (Grootendorst 2022);
        - "count": :math:`f`;
        - "proportion": :math:`f / n`;
        - "boolean": 1 where :math:`f > 0`;
        - "log": :math:`1 + \log_{10} f` where :math:`f > 0`.
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
    weights = dtm.matrix.astype(np.float64)
    if scheme in ("proportion", "tfidf_textbook", "ctfidf"):
        weights.data /= np.repeat(np.maximum(dtm.n_tokens, 1), np.diff(weights.indptr))
    elif scheme == "boolean":
        weights.data = np.ones_like(weights.data)
    elif scheme == "log":
        weights.data = 1.0 + np.log10(weights.data)
    if scheme.startswith("tfidf") or scheme == "ctfidf":
        weights.data *= _term_weights(dtm, scheme)[weights.indices]
    return replace(
        dtm,
        matrix=unit_length(weights) if normalize else weights,
        scheme=scheme,
        history=(*dtm.history, Step("weight_dtm", {"scheme": scheme, "normalize": normalize})),
    )


def _term_weights(dtm: DocumentTermMatrix, scheme: Scheme) -> Floats:
    """The second factor of the schemes: how much a term counts wherever it stands."""
    units = float(len(dtm))
    held = docfreq(dtm.matrix).astype(np.float64)
    if scheme == "tfidf_sklearn":
        return np.asarray(np.log((1.0 + units) / (1.0 + held)) + 1.0)
    if scheme == "ctfidf":
        mean_tokens = float(dtm.n_tokens.mean()) if len(dtm) else 0.0
        return np.asarray(np.log1p(mean_tokens / np.maximum(termfreq(dtm.matrix), 1.0)))
    logarithm = np.log10 if scheme == "tfidf_quanteda" else np.log
    return np.asarray(logarithm(units / np.maximum(held, 1.0)))


def docfreq(matrix: sparse.csr_array) -> Integers:
    """Return for every column the number of rows that hold the term.

    Examples
    --------
    >>> docfreq(sparse.csr_array([[2, 0], [1, 3]])).tolist()
    [2, 1]
    """
    return np.bincount(matrix.indices[matrix.data > 0], minlength=matrix.shape[1]).astype(np.int64)


def termfreq(matrix: sparse.csr_array) -> npt.NDArray[Any]:
    """Return for every column the sum of its cells.

    Examples
    --------
    >>> termfreq(sparse.csr_array([[2, 0], [1, 3]])).tolist()
    [3, 3]
    """
    return np.asarray(matrix.sum(axis=0)).ravel()


def unit_length(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the rows divided by their Euclidean length; an empty row stays empty.

    Examples
    --------
    >>> unit_length(sparse.csr_array([[3, 4], [0, 0]])).toarray().round(3).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64).ravel())
    return sparse.csr_array(sparse.diags_array(1.0 / np.where(length > 0, length, 1.0)) @ matrix)


def row_of(matrix: sparse.csr_array) -> Integers:
    """Return the row of every stored cell.

    Examples
    --------
    >>> row_of(sparse.csr_array([[3, 4], [0, 5]])).tolist()
    [0, 0, 1]
    """
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def factorize_labels(labels: pd.Series, *, sort: bool = True) -> tuple[Integers, pd.Index]:
    """Return the index of every row's label among the labels, −1 where it is missing or empty, and the labels.

    They are sorted, or stand as they occur.

    Examples
    --------
    >>> codes, names = factorize_labels(pd.Series(["讲话", "报告", None, "报告"]))
    >>> codes.tolist(), list(names)
    ([1, 0, -1, 0], ['报告', '讲话'])
    """
    text = labels.astype("str")
    codes, names = pd.factorize(text.where(labels.notna().to_numpy() & (text != "").to_numpy()), sort=sort)
    return codes.astype(np.int64), pd.Index(names, dtype=str)


def sum_rows(cells: Cells, codes: Integers, *, times: Integers | None = None) -> Cells:
    """Return one row a code: rows of the same code added up.

    Parameters
    ----------
    cells : sparse matrix or array
        Rows to add, or one number a row, such as `n_tokens`.
    codes : array of int
        For every row the index of the row that it goes into; −1 leaves it out.
    times : array of int, optional
        How often every row is added, once by default.

    Examples
    --------
    >>> sum_rows(sparse.csr_array([[1, 0], [2, 5], [0, 4]]), np.array([0, 0, -1])).toarray().tolist()
    [[3, 5]]
    >>> sum_rows(np.array([10, 20, 30]), np.array([1, 0, 1])).tolist()
    [20, 40]
    """
    rows = np.flatnonzero(codes >= 0)
    number = np.ones(len(rows), dtype=cells.dtype) if times is None else times[rows].astype(cells.dtype)
    add = sparse.csr_array((number, (codes[rows], rows)), shape=(int(codes.max(initial=-1)) + 1, len(codes)))
    sums: Cells = add @ cells
    if isinstance(sums, sparse.csr_array):
        sums.sort_indices()
    return sums


def resample_units(dtm: DocumentTermMatrix, *, by: str, draws: int, seed: int) -> Iterator[DocumentTermMatrix]:
    """Yield bootstrap samples: the groups of a column, each made of as many of its units as it has, with replacement.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a unit (paragraph, section, document).
    by : str
        A column of the document variables. Units where it is missing are left out.
    draws, seed : int
        Number and seed of the samples.

    Yields
    ------
    DocumentTermMatrix
        Like `group_dtm(dtm, by=by)`, with the groups' names as the only document variable. The order of the
        rows changes nothing: units are drawn in the order of their identifiers.

    Examples
    --------
    >>> docvars = pd.DataFrame({"doc_id": ["甲", "甲", "乙"]}, index=["甲#1", "甲#2", "乙#1"])
    >>> dtm = count_terms(Tokens.from_lists([["依法"], ["依法", "行政"], ["行政"]], docvars=docvars))
    >>> [sample.n_tokens.tolist() for sample in resample_units(dtm, by="doc_id", draws=3, seed=1)]
    [[1, 3], [1, 2], [1, 4]]
    """
    require_counts(dtm, verb="resample_units")
    check_choice(by, list(dtm.docvars.columns), name="by")
    codes, groups = factorize_labels(dtm.docvars[by])
    order = np.lexsort((np.array(dtm.unit_ids, dtype=str), codes))
    members = np.split(order, np.searchsorted(codes[order], np.arange(len(groups))))[1:]
    even = [np.full(len(rows), 1.0 / len(rows)) for rows in members]
    table = pd.DataFrame(index=groups)
    random = np.random.default_rng(seed)
    for _ in range(draws):
        times = np.zeros(len(dtm), dtype=np.int64)
        for rows, chances in zip(members, even, strict=True):
            times[rows] = random.multinomial(len(rows), chances)
        yield replace(
            dtm,
            matrix=sum_rows(dtm.matrix, codes, times=times),
            n_tokens=sum_rows(dtm.n_tokens, codes, times=times),
            docvars=table,
        )


def best_first(
    scores: Floats, terms: npt.NDArray[Any], *, rows: Integers | None = None
) -> npt.NDArray[np.intp]:
    """Return the order of falling scores; equal scores stand in the order of the terms.

    Parameters
    ----------
    scores : array
        Scores. Two that differ by less than arithmetic can vouch for are equal, see `rounded`.
    terms : array
        The terms, or their columns, which are in the same order.
    rows : array of int, optional
        The row of every score. Given, row stands after row, and each is ordered by itself.

    Examples
    --------
    >>> best_first(np.array([1.0, 2.0, 0.1 + 0.2, 0.3]), np.array([0, 1, 3, 2])).tolist()
    [1, 0, 3, 2]
    """
    keys = (terms, -rounded(scores))
    return np.lexsort(keys if rows is None else (*keys, rows))


def number_within(rows: Integers) -> Integers:
    """Return the number of every entry within its row, from 1; equal rows stand side by side.

    Examples
    --------
    >>> number_within(np.array([0, 0, 2])).tolist()
    [1, 2, 1]
    """
    return np.arange(len(rows)) - np.searchsorted(rows, rows) + 1


def rounded(scores: Floats) -> Floats:
    """Return scores rounded to 30 bits, about nine digits, and to 12 decimals: the one rounding of all rankings.

    The last bits of a sum depend on the order in which it was added up. Without rounding, the machine would
    tell two terms with equal counts apart. Digits rather than decimals, since scores per token of a long text
    are small.
    """
    fraction, exponent = np.frexp(scores)
    return np.asarray(np.round(np.ldexp(np.round(np.ldexp(fraction, 30)), exponent - 30), 12))


def rank_cells(matrix: sparse.csr_array, *, rows: Integers, columns: Integers, above: float = 0.0) -> Integers:
    """Return the rank of some cells within their rows, best first; 0 for a cell that is not above `above`.

    Only cells as high as the lowest one asked for in their row are ordered, so that the ranks of a few
    keywords in many rows cost one comparison a cell.

    Examples
    --------
    >>> matrix = sparse.csr_array([[0.5, 2.0, 0.5], [0.0, 1.0, 0.0]])
    >>> rank_cells(matrix, rows=np.array([0, 0, 1]), columns=np.array([1, 2, 0])).tolist()
    [1, 3, 0]
    """
    home, width = row_of(matrix), matrix.shape[1]
    keys = home * width + matrix.indices
    wanted = rows * width + columns
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return np.zeros(len(rows), dtype=np.int64)
    asked = (keys[at] == wanted) & (matrix.data[at] > above)
    score = matrix.data[at[asked]]
    lowest = np.full(matrix.shape[0], np.inf)
    np.minimum.at(lowest, rows[asked], score - np.abs(score) * 1e-8 - 1e-11)  # more than rounding can move
    near = np.flatnonzero((matrix.data > above) & (matrix.data >= lowest[home]))
    near = near[best_first(matrix.data[near], matrix.indices[near], rows=home[near])]
    ranks = np.zeros(len(keys), dtype=np.int64)
    ranks[near] = number_within(home[near])
    return np.asarray(np.where(asked, ranks[at], 0))


def document_rows(dtm: DocumentTermMatrix, *, counts_only: bool) -> tuple[list[str], Any]:
    """Return the documents' names in the matrix's order and a float matrix with one row each."""
    require_noun(dtm, DocumentTermMatrix, verb="this comparison")
    labels = dtm.docvars["doc_id"].astype(str)
    if counts_only:
        require_counts(dtm, verb="this comparison")
    matrix = dtm.matrix.astype(np.float64)
    if labels.is_unique:
        return list(labels), matrix
    require_counts(dtm, verb="adding up the segments of a document")
    codes, names = factorize_labels(labels, sort=False)
    return list(names), sum_rows(matrix, codes)
