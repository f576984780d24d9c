"""How firm the ranks of keywords are when the segments of a document are drawn anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import explain
from ..keywords import check_counts, rank_keywords
from ..matrix import (
    DocumentTermMatrix,
    Scheme,
    group_dtm,
    rank_cells,
    resample_units,
    row_of,
    weight_dtm,
)

STABILITY_COLUMNS = ("group", "term", "rank", "rank_low", "rank_high", "share_in_top", "n_units")


def rank_stability(
    dtm: DocumentTermMatrix,
    *,
    by: str = "doc_id",
    top_n: int,
    draws: int = 200,
    seed: int,
    scheme: Scheme = "tfidf_textbook",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return how the ranks of the keywords move when the segments of every document are drawn anew.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a segment (paragraph or section).
    by : str
        The column whose values make the groups whose keywords are ranked: documents, or groups of them.
    top_n : int
        Keywords a group.
    draws, seed : int
        Number and seed of the bootstrap samples. In each, every group gets as many of its segments as it has,
        drawn with replacement, and everything is counted and weighted again.
    scheme : str
        As in `rank_keywords`.
    confidence : float
        Share of the samples between rank_low and rank_high.

    Returns
    -------
    DataFrame
        group (the value of `by`); term; rank in the whole text; rank_low, rank_high (ranks that were reached; a term
        that a sample lacks comes after all that it has and after `top_n`);
        share_in_top, of the samples in which the term was among the first `top_n`; n_units, its segments. The
        group's `top_n` keywords by rank. A group of one segment cannot be resampled: its ranks and share are
        missing.

    Raises
    ------
    ValueError
        The matrix is weighted, a name is unknown, or a number is below 1.

    Notes
    -----
    Stability within a document: it says whether a keyword rests on many segments or on one, not what another
    document of the kind would have shown.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> docvars = pd.DataFrame({"doc_id": ["讲话"] * 4 + ["报告"]}, index=list("一二三四五"))
    >>> texts = [["督察", "法治"], ["督察"], ["督察", "整改"], ["督察"], ["法治", "整改"]]
    >>> dtm = count_terms(Tokens.from_lists(texts, docvars=docvars))
    >>> table = rank_stability(dtm, top_n=1, draws=50, seed=1, scheme="tfidf_quanteda")
    >>> table[["group", "term", "rank", "rank_low", "rank_high", "share_in_top"]]
      group term  rank  rank_low  rank_high  share_in_top
    0    讲话   督察     1         1          1           1.0
    """
    check_counts(top_n=top_n, draws=draws)
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    grouped = group_dtm(dtm, by=by)
    best = rank_keywords(grouped, top_n=top_n, scheme=scheme)
    rows = grouped.docvars.index.get_indexer(pd.Index(best["unit_id"]))
    columns = np.searchsorted(np.array(dtm.terms, dtype=object), best["term"])
    ranks = np.zeros((draws, len(best)), dtype=np.int64)
    for draw, sample in enumerate(resample_units(dtm, by=by, draws=draws, seed=seed)):
        weights = weight_dtm(sample, scheme=scheme).matrix
        found = rank_cells(weights, rows=rows, columns=columns)
        last = np.maximum(np.bincount(row_of(weights)[weights.data > 0], minlength=len(sample)), top_n) + 1
        ranks[draw] = np.where(found > 0, found, last[rows])
    tail = (1.0 - confidence) / 2.0
    table = pd.DataFrame(
        {
            "group": best["unit_id"],
            "term": best["term"],
            "rank": best["rank"],
            "rank_low": _ranks_at(ranks, tail),
            "rank_high": _ranks_at(ranks, 1.0 - tail),
            "share_in_top": (ranks <= top_n).mean(axis=0),
            "n_units": grouped.docvars["n_units"].to_numpy()[rows],
        }
    )
    alone = table["n_units"] < 2
    table.loc[alone, ["rank_low", "rank_high"]] = pd.NA
    table.loc[alone, "share_in_top"] = np.nan
    return table


def _ranks_at(sampled: npt.NDArray[np.int64], share: float) -> Any:
    found = np.quantile(sampled, share, axis=0, method="inverted_cdf").astype(np.int64)
    return pd.Series(found).astype("Int64")
