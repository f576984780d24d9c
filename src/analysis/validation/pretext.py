"""How unusual the picture is that one specification gives of the documents: preText scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..corpus import Corpus
from ..errors import explain
from ..matrix import trim_dtm
from ..reuse import compare_documents
from .multiverse import CHOICES, Grid, complete_grid, specified_matrices


def score_specifications(corpus: Corpus, *, grid: Grid | None = None, pairs: int = 10) -> pd.DataFrame:
    r"""Return for every combination of choices how unusual its picture of the documents is.

    After preText (Denny and Spirling 2018): the pairs of documents are ranked by cosine distance of their counts.
    For a combination :math:`i` and every other :math:`j` the `pairs` pairs of documents whose ranks
    differ most are taken; the score is the mean difference of their ranks over all :math:`j`, divided by the
    number of pairs of documents. A combination with a high score shows the documents as hardly any other does,
    and results that rest on it deserve a second look.

    Parameters
    ----------
    corpus : Corpus
        Cleaned whole documents, at least three.
    grid : mapping, optional
        As for `compare_specifications`; `unit` plays no part.
    pairs : int
        Pairs of documents to take, all if there are fewer.

    Returns
    -------
    DataFrame
        Columns specification, stop_list, dictionary, min_count, unit, segmenter, score (0 to 1). With fewer than about
        ten documents there are few pairs, and the scores are coarse.

    Raises
    ------
    ValueError
        Fewer than three documents, fewer than two combinations, or a choice that does not exist.

    Examples
    --------
    >>> texts = ["依法行政，普法宣传。", "化解矛盾纠纷，普法宣传。", "依法行政，化解纠纷，优化营商环境。"]
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙", "丙"]))
    >>> scores = score_specifications(corpus, grid={"min_count": (1, 2)})
    >>> len(scores)
    2
    """
    if len(corpus) < 3:
        raise ValueError(explain(f"{len(corpus)} documents have too few pairs", allowed="at least 3 documents"))
    specifications, orders = [], []
    upper = np.triu_indices(len(corpus), 1)
    for specification, dtm in specified_matrices(corpus, complete_grid(grid, fixed_unit=True)):
        trimmed = trim_dtm(dtm, min_termfreq=specification["min_count"])
        square = compare_documents(trimmed)["similarity"].to_numpy().reshape(len(corpus), len(corpus))
        specifications.append(specification)
        orders.append(_average_ranks(np.round(1.0 - np.nan_to_num(square[upper]), 9)))
    if len(orders) < 2:
        raise ValueError(
            explain("the grid has one combination", todo="give at least one choice a second value")
        )
    differences = np.abs(np.array(orders)[:, None, :] - np.array(orders)[None, :, :])
    largest = -np.sort(-differences, axis=2)[:, :, :pairs]
    scores = largest.mean(axis=2).sum(axis=1) / (len(orders) - 1) / len(upper[0])
    table = pd.DataFrame(specifications, columns=list(CHOICES))
    table.insert(0, "specification", range(1, len(table) + 1))
    return table.assign(score=np.round(scores, 6))


def _average_ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values), dtype=np.float64)
