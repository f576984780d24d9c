"""How densely documents are set with numbers."""

from __future__ import annotations

import pandas as pd

from ..corpus import Corpus

STATUSES = ("actual", "target", "rule")


def count_indicators(indicators: pd.DataFrame, *, corpus: Corpus) -> pd.DataFrame:
    """Return how many quantities every document reports, by their standing.

    Parameters
    ----------
    indicators : DataFrame
        From `find_indicators`.
    corpus : Corpus
        The corpus that they were found in, for the documents' lengths and for documents without numbers.

    Returns
    -------
    DataFrame
        `doc_id, status` ("actual", "target", "rule"), `count`, `rate` (per 1,000 characters of the document);
        a row for every document and status, documents in the corpus's order.

    Examples
    --------
    >>> from analysis.indicators import find_indicators
    >>> corpus = Corpus(["办结案件133件，化解率90%。"], pd.DataFrame(index=["甲"]))
    >>> count_indicators(find_indicators(corpus), corpus=corpus)["count"].tolist()
    [2, 0, 0]
    """
    ids = corpus.docvars["doc_id"].astype(str)
    lengths = pd.Series([len(text) for text in corpus.texts], index=corpus.docvars.index).groupby(ids).sum()
    pairs = pd.MultiIndex.from_product([list(dict.fromkeys(ids)), STATUSES], names=["doc_id", "status"])
    counted = indicators.groupby(["doc_id", "status"]).size().reindex(pairs, fill_value=0)
    table = counted.rename("count").reset_index()
    table["rate"] = 1000 * table["count"] / table["doc_id"].map(lengths).clip(lower=1)
    return table
