"""How firm the ranks of keywords are when the segments of a document are drawn anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..errors import check_choice, explain
from ..keywords import KEYWORD_SCHEMES, KeywordScheme, best_first, check_counts, keyword_weights
from ..matrix import DocumentTermMatrix, require_counts

STABILITY_COLUMNS = ("doc_id", "term", "rank", "rank_low", "rank_high", "share_in_top", "segments")


def rank_stability(
    dtm: DocumentTermMatrix,
    *,
    by: str = "doc_id",
    top_n: int,
    draws: int = 200,
    seed: int,
    scheme: KeywordScheme = "tfidf_sklearn",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return how the ranks of the keywords move when the segments of every document are drawn anew.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a segment (paragraph or section).
    by : str
        The column whose equal values make one unit, whose keywords are ranked: documents, or groups.
    top_n : int
        Keywords a unit.
    draws, seed : int
        Number and seed of the bootstrap samples. In each, every unit gets as many of its segments as it has,
        drawn with replacement, and everything is counted and weighted again.
    scheme : str
        As in `rank_keywords`.
    confidence : float
        Share of the samples between rank_low and rank_high.

    Returns
    -------
    DataFrame
        doc_id (the unit); term; rank in the whole text; rank_low, rank_high (ranks that were reached; a term
        that a sample lacks comes after all that it has and after `top_n`);
        share_in_top, of the samples in which the term was among the first `top_n`; segments. The unit's
        `top_n` keywords by rank. A unit of one segment cannot be resampled: its ranks and share are missing.

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
    >>> table[["doc_id", "term", "rank", "rank_low", "rank_high", "share_in_top"]]
      doc_id term  rank  rank_low  rank_high  share_in_top
    0     讲话   督察     1         1          1           1.0
    """
    check_choice(scheme, KEYWORD_SCHEMES, name="scheme")
    check_counts(top_n=top_n, draws=draws)
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    require_counts(dtm, verb="rank_stability")
    docvars = dtm.docvars
    check_choice(by, list(docvars.columns), name="by")
    labels = docvars[by].astype("string")
    rows = np.flatnonzero((labels != "").to_numpy(dtype=bool, na_value=False))
    order = np.lexsort((np.array(dtm.unit_ids, dtype=object)[rows].astype(str), labels.iloc[rows].astype(str)))
    rows = rows[order]  # by identifier, so that the order of the rows changes nothing
    units, names = pd.factorize(labels.iloc[rows].astype(str), sort=True)
    segments = np.bincount(units, minlength=len(names))
    starts = np.concatenate([[0], np.cumsum(segments)])
    counts = sparse.csr_array(dtm.matrix[rows].astype(np.float64))
    tokens = dtm.totals[rows].astype(np.float64)
    plain = replace(dtm, _matrix=counts, totals=dtm.totals[rows], _docvars=docvars.iloc[rows])
    random = np.random.default_rng(seed)
    tops: list[npt.NDArray[np.int64]] = []
    ranks: list[npt.NDArray[np.int64]] = []
    for draw in range(draws + 1):
        times = np.ones(len(rows), dtype=np.int64)
        if draw:
            for unit, (start, number) in enumerate(zip(starts[:-1], segments, strict=True)):
                times[start : starts[unit + 1]] = random.multinomial(number, np.full(number, 1.0 / number))
        add = sparse.csr_array(
            (times.astype(np.float64), (units, np.arange(len(rows)))), shape=(len(names), len(rows))
        )
        sums = sparse.csr_array(add @ counts)
        frame = pd.DataFrame(index=pd.Index(names, dtype="str"))
        sample = replace(plain, _matrix=sums, totals=np.asarray(add @ tokens).astype(np.int64), _docvars=frame)
        weights = keyword_weights(sample, scheme=scheme, normalize=False)
        for unit in range(len(names)):
            scores = weights[[unit], :].toarray().ravel()
            sorted_columns = best_first(scores, np.arange(len(scores)))
            if draw == 0:
                best = sorted_columns[: min(top_n, int((scores > 0).sum()))]
                tops.append(best)
                ranks.append(np.zeros((draws, len(best)), dtype=np.int64))
            else:
                place = np.empty(len(scores), dtype=np.int64)
                place[sorted_columns] = np.arange(1, len(scores) + 1)
                place[scores <= 0] = max(top_n, int((scores > 0).sum())) + 1
                ranks[unit][draw - 1] = place[tops[unit]]
    parts = [pd.DataFrame(columns=list(STABILITY_COLUMNS))] if len(names) == 0 else []
    for unit, name in enumerate(names):
        best, sampled = tops[unit], ranks[unit]
        tail = (1.0 - confidence) / 2.0
        part = pd.DataFrame(
            {
                "doc_id": pd.Series([name] * len(best), dtype="str"),
                "term": pd.Series([dtm.terms[column] for column in best], dtype="str"),
                "rank": np.arange(1, len(best) + 1),
                "rank_low": _ranks_at(sampled, tail),
                "rank_high": _ranks_at(sampled, 1.0 - tail),
                "share_in_top": (sampled <= top_n).mean(axis=0),
                "segments": int(segments[unit]),
            }
        )
        if segments[unit] < 2:
            part[["rank_low", "rank_high"]] = pd.NA
            part["share_in_top"] = np.nan
        parts.append(part)
    return pd.concat(parts, ignore_index=True)[list(STABILITY_COLUMNS)]


def _ranks_at(sampled: npt.NDArray[np.int64], share: float) -> Any:
    found = np.quantile(sampled, share, axis=0, method="inverted_cdf").astype(np.int64)
    return pd.Series(found).astype("Int64")
