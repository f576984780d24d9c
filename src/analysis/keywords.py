"""The keywords of every document, section or group, and how far their ranks can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from .errors import check_choice, explain
from .matrix import DocumentTermMatrix, require_counts, weight_dtm

KeywordScheme = Literal[
    "tfidf_sklearn", "tfidf_textbook", "tfidf_quanteda", "ctfidf", "count", "proportion", "boolean", "log"
]
KEYWORD_SCHEMES: tuple[str, ...] = (
    "tfidf_sklearn",
    "tfidf_textbook",
    "tfidf_quanteda",
    "ctfidf",
    "count",
    "proportion",
    "boolean",
    "log",
)
COLUMNS = ("doc_id", "unit_id", "rank", "term", "count", "docfreq", "rate", "score")


def rank_keywords(
    dtm: DocumentTermMatrix,
    *,
    top_n: int,
    scheme: KeywordScheme = "tfidf_sklearn",
    normalize: bool = False,
    min_count: int = 1,
) -> pd.DataFrame:
    r"""Return the highest-ranking terms of every unit.

    A unit is a row of the matrix: a document, a section, or after `group_dtm` a group of documents.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts; the weights are made here.
    top_n : int
        Most terms a unit; a unit with fewer terms gets fewer.
    scheme : str
        A scheme of `weight_dtm`, or "ctfidf": class-based TF-IDF,
        :math:`\frac{f}{n} \ln(1 + \frac{A}{F})` with :math:`f` the term's count in the unit, :math:`n` the
        unit's tokens, :math:`F` the term's count in all and :math:`A` the mean tokens of a unit
        (Grootendorst 2022; for groups of documents).
    normalize : bool
        Divide a unit's scores by their Euclidean length, as scikit-learn does by default. Ranks stay.
    min_count : int
        Fewest occurrences in the unit.

    Returns
    -------
    DataFrame
        doc_id; unit_id (the same for whole documents); rank from 1; term; count in the unit; docfreq, units
        that hold the term; rate, per 1,000 of the unit's tokens; score. Units in the matrix' order. Equal
        scores are ordered by term. Terms with a score of zero, such as those of every unit in the textbook's
        form, are left out.

    Raises
    ------
    ValueError
        The matrix is weighted already, the scheme is unknown, or `top_n` is below 1.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> docvars = pd.DataFrame(index=["讲话", "报告"])
    >>> dtm = count_terms(Tokens.from_lists([["法治", "法治", "督察"], ["法治", "办结", "办结"]], docvars=docvars))
    >>> rank_keywords(dtm, top_n=1, scheme="tfidf_quanteda").round(3)
      doc_id unit_id  rank term  count  docfreq     rate  score
    0     讲话      讲话     1   督察      1        1  333.333  0.301
    1     报告      报告     1   办结      2        1  666.667  0.602
    """
    check_choice(scheme, KEYWORD_SCHEMES, name="scheme")
    check_counts(top_n=top_n, min_count=min_count)
    weights = keyword_weights(dtm, scheme=scheme, normalize=normalize)
    counts = dtm.matrix
    counts.sum_duplicates()
    docfreq = np.asarray((counts > 0).sum(axis=0)).ravel().astype(np.int64)
    doc_ids = dtm.docvars["doc_id"].astype(str).to_numpy()
    parts: list[dict[str, Any]] = []
    for row in range(len(dtm)):
        inside = slice(counts.indptr[row], counts.indptr[row + 1])
        columns, found = counts.indices[inside], counts.data[inside]
        dense = weights[[row], :].toarray().ravel()
        good = (found >= min_count) & (dense[columns] > 0)
        columns, found = columns[good], found[good]
        order = best_first(dense[columns], columns)[:top_n]
        chosen = columns[order]
        parts.append(
            {
                "row": np.full(len(chosen), row),
                "rank": np.arange(1, len(chosen) + 1),
                "column": chosen,
                "count": found[order],
                "score": dense[chosen],
            }
        )
    whole = {
        name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0, dtype=np.int64)
        for name in ("row", "rank", "column", "count", "score")
    }
    rows, terms = whole["row"].astype(np.int64), whole["column"].astype(np.int64)
    table = pd.DataFrame(
        {
            "doc_id": pd.Series(doc_ids[rows] if len(rows) else [], dtype="str"),
            "unit_id": pd.Series([dtm.unit_ids[row] for row in rows], dtype="str"),
            "rank": whole["rank"].astype(np.int64),
            "term": pd.Series([dtm.terms[column] for column in terms], dtype="str"),
            "count": whole["count"].astype(np.int64),
            "docfreq": docfreq[terms] if len(terms) else terms,
            "rate": 1000.0 * whole["count"] / np.maximum(dtm.totals[rows], 1) if len(rows) else np.empty(0),
            "score": whole["score"].astype(np.float64),
        }
    )
    return table[list(COLUMNS)]


def check_counts(**numbers: int) -> None:
    """Raise ValueError for a number below 1."""
    for name, value in numbers.items():
        if value < 1:
            raise ValueError(explain(f"{name} is {value}", allowed="1 or more"))


def best_first(scores: npt.NDArray[np.float64], columns: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Order by score, rounded to what arithmetic can tell apart, then by term: columns are in code-point order."""
    return np.lexsort((columns, -np.round(scores, 12)))


def keyword_weights(dtm: DocumentTermMatrix, *, scheme: KeywordScheme, normalize: bool) -> sparse.csr_array:
    """Return the weights that rank keywords: a scheme of `weight_dtm`, or class-based TF-IDF."""
    require_counts(dtm, verb="rank_keywords")
    if scheme != "ctfidf":
        return weight_dtm(dtm, scheme=scheme, normalize=normalize).matrix
    counts = dtm.matrix.astype(np.float64)
    termfreq = np.maximum(np.asarray(counts.sum(axis=0)).ravel(), 1.0)
    mean_tokens = float(dtm.totals.mean()) if len(dtm) else 0.0
    weights: Any = sparse.diags_array(1.0 / np.maximum(dtm.totals, 1)) @ counts
    weights = sparse.csr_array(weights @ sparse.diags_array(np.log1p(mean_tokens / termfreq)))
    if normalize:
        lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
        weights = sparse.csr_array(sparse.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)) @ weights)
    return weights


def keyword_matrix(
    dtm: DocumentTermMatrix, *, top_n: int, scheme: KeywordScheme = "tfidf_sklearn", min_count: int = 1
) -> pd.DataFrame:
    """Return the score of every unit's keywords in all units: the table behind a heat map.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts.
    top_n : int
        Keywords a unit; a word that is a keyword of several units stands once.
    scheme, min_count
        As in `rank_keywords`.

    Returns
    -------
    DataFrame
        unit_id, term, score (0 where the unit lacks the term); a row for every pair, terms in the order of
        the units whose keywords they are.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> dtm = count_terms(Tokens.from_lists([["法治", "督察"], ["法治", "办结"]]))
    >>> keyword_matrix(dtm, top_n=1, scheme="tfidf_quanteda").round(3)
      unit_id term  score
    0       1   督察  0.301
    1       2   督察  0.000
    2       1   办结  0.000
    3       2   办结  0.301
    """
    ranked = rank_keywords(dtm, top_n=top_n, scheme=scheme, min_count=min_count)
    terms = list(dict.fromkeys(ranked["term"]))
    weights = keyword_weights(dtm, scheme=scheme, normalize=False)
    place = {term: number for number, term in enumerate(dtm.terms)}
    scores = weights[:, [place[term] for term in terms]].toarray() if terms else np.zeros((len(dtm), 0))
    return pd.DataFrame(
        {
            "unit_id": np.tile(np.array(dtm.unit_ids, dtype=object), len(terms)),
            "term": np.repeat(np.array(terms, dtype=object), len(dtm)),
            "score": scores.T.ravel(),
        }
    )


def pick_terms(keywords: pd.DataFrame, *, chosen: Sequence[str] | None = None, top_n: int) -> list[str]:
    """Return the chosen terms, or else the first keywords, taken from one unit after the other.

    Parameters
    ----------
    keywords : DataFrame
        From `rank_keywords`.
    chosen : sequence of str, optional
        Terms that the reader names.
    top_n : int
        How many keywords to take where none is named.

    Examples
    --------
    >>> table = pd.DataFrame({"unit_id": ["甲", "甲", "乙"], "rank": [1, 2, 1], "term": ["述法", "普法", "立法"]})
    >>> pick_terms(table, top_n=2)
    ['述法', '立法']
    """
    if chosen:
        return list(dict.fromkeys(chosen))
    ordered = keywords.sort_values("rank", kind="stable")
    return list(dict.fromkeys(ordered["term"]))[:top_n]
