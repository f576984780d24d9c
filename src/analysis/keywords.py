"""The keywords of every document, section or group, and how far their ranks can be relied on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .errors import check_choice, explain
from .matrix import (
    SCHEMES,
    DocumentTermMatrix,
    Scheme,
    best_first,
    docfreq,
    number_within,
    require_counts,
    row_of,
    weight_dtm,
)

NOT_CONTRASTING = ("'tfidf_sklearn'", "'count'")
"""Schemes that rank terms of a single document as well."""
COLUMNS = ("doc_id", "unit_id", "rank", "term", "count", "docfreq", "per_1000_tokens", "score")


def rank_keywords(
    dtm: DocumentTermMatrix,
    *,
    top_n: int,
    scheme: Scheme = "tfidf_textbook",
    normalize: bool = False,
    min_count: int = 1,
) -> pd.DataFrame:
    """Return the highest-ranking terms of every unit.

    A unit is a row of the matrix: a document, a section, or after `group_dtm` a group of documents.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts; the weights are made here.
    top_n : int
        Most terms a unit; a unit with fewer terms gets fewer.
    scheme : str
        One of `weight_dtm`; "ctfidf" is meant for groups of documents.
    normalize : bool
        Divide a unit's scores by their Euclidean length, as scikit-learn does by default. Ranks stay.
    min_count : int
        Fewest occurrences in the unit.

    Returns
    -------
    DataFrame
        doc_id; unit_id (the same for whole documents); rank from 1; term; count in the unit; docfreq, units
        that hold the term; per_1000_tokens, of the unit; score. Units in the matrix' order. Equal
        scores are ordered by term. Terms with a score of zero, such as those of every unit in the textbook's
        form, are left out.

    Raises
    ------
    ValueError
        The matrix is weighted already, the scheme is unknown, `top_n` is below 1, or no unit has a keyword, as
        with a single document or documents that are all alike.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> docvars = pd.DataFrame(index=["讲话", "报告"])
    >>> dtm = count_terms(Tokens.from_lists([["法治", "法治", "督察"], ["法治", "办结", "办结"]], docvars=docvars))
    >>> rank_keywords(dtm, top_n=1).round(3)
      doc_id unit_id  rank term  count  docfreq  per_1000_tokens  score
    0     讲话      讲话     1   督察      1        1          333.333  0.231
    1     报告      报告     1   办结      2        1          666.667  0.462
    """
    require_counts(dtm, verb="rank_keywords")
    check_choice(scheme, SCHEMES, name="scheme")
    check_counts(top_n=top_n, min_count=min_count)
    counts = dtm.matrix
    weights = weight_dtm(dtm, scheme=scheme, normalize=normalize).matrix  # the same cells in the same order
    cells = np.flatnonzero((counts.data >= min_count) & (weights.data > 0))
    if not len(cells) and len(dtm):
        raise ValueError(_no_keywords(dtm, scheme=scheme, min_count=min_count))
    rows = row_of(counts)
    cells = cells[best_first(weights.data[cells], counts.indices[cells], rows=rows[cells])]
    rank = number_within(rows[cells])
    top = rank <= top_n
    rank, cells = rank[top], cells[top]
    row, column = rows[cells], counts.indices[cells]
    return pd.DataFrame(
        {
            "doc_id": pd.Series(dtm.docvars["doc_id"].to_numpy(dtype=object)[row], dtype="str"),
            "unit_id": pd.Series(np.array(dtm.unit_ids, dtype=object)[row], dtype="str"),
            "rank": rank,
            "term": pd.Series(np.array(dtm.terms, dtype=object)[column], dtype="str"),
            "count": counts.data[cells],
            "docfreq": docfreq(counts)[column],
            "per_1000_tokens": 1000.0 * counts.data[cells] / np.maximum(dtm.n_tokens[row], 1),
            "score": weights.data[cells],
        }
    )


def _no_keywords(dtm: DocumentTermMatrix, *, scheme: str, min_count: int) -> str:
    """Return why no unit has a keyword."""
    n_units = len(dtm)
    unit = "document" if dtm.docvars["doc_id"].nunique() == n_units else "unit"
    units = f"{n_units} {unit}s" if n_units > 1 else f"one {unit}"
    counts = dtm.matrix.data
    if not len(counts) or counts.max() < min_count:
        most = int(counts.max()) if len(counts) else 0
        return explain(
            f"no term occurs {min_count} times or more in a {unit}",
            where=f"{units}, at most {most} times",
            todo="lower min_count, or add longer texts"
            if most
            else "leave fewer words out, or add longer texts",
        )
    alone = f"the only {unit}" if n_units == 1 else f"all of the {n_units} {unit}s alike"
    return explain(
        f"there are no keywords: each term stands in {alone}, so that none sets a {unit} apart",
        where=f"scheme {scheme!r}",
        todo=f"add other documents, split them into sections, or weight with {' or '.join(NOT_CONTRASTING)}",
    )


def check_counts(**numbers: int) -> None:
    """Raise ValueError for a number below 1."""
    for name, value in numbers.items():
        if value < 1:
            raise ValueError(explain(f"{name} is {value}", allowed="1 or more"))


def keyword_matrix(
    dtm: DocumentTermMatrix, *, top_n: int, scheme: Scheme = "tfidf_textbook", min_count: int = 1
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
    weights = weight_dtm(dtm, scheme=scheme).matrix
    columns = np.searchsorted(np.array(dtm.terms, dtype=object), terms)
    scores = weights[:, columns].toarray() if terms else np.zeros((len(dtm), 0))
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
