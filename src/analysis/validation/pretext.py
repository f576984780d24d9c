"""How unusual the picture is that one specification gives of the documents: preText scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import explain
from ..matrix import DocumentTermMatrix, document_rows, trim_dtm, unit_length
from ..nouns import require_noun
from .multiverse import CHOICES, Specifications


def score_specifications(specifications: Specifications, *, pairs: int = 10) -> pd.DataFrame:
    r"""Return for every combination of choices how unusual its picture of the documents is.

    After preText (Denny and Spirling 2018): the pairs of documents are ranked by cosine distance of their counts.
    For a combination :math:`i` and every other :math:`j` the `pairs` pairs of documents whose ranks
    differ most are taken; the score is the mean difference of their ranks over all :math:`j`, divided by the
    number of pairs of documents. A combination with a high score shows the documents as hardly any other does,
    and results that rest on it deserve a second look.

    Parameters
    ----------
    specifications : Specifications
        From `build_specifications`, of at least three documents. `docfreq_unit` plays no part: only its first
        value is used.
    pairs : int
        Pairs of documents to take, all if there are fewer.

    Returns
    -------
    DataFrame
        Columns specification, stop_list, dictionary, min_count, docfreq_unit, segmenter, score (0 to 1). With fewer than about
        ten documents there are few pairs, and the scores are coarse.

    Raises
    ------
    ValueError
        Fewer than three documents, or fewer than two combinations.

    Examples
    --------
    >>> texts = ["依法行政，普法宣传。", "化解矛盾纠纷，普法宣传。", "依法行政，化解纠纷，优化营商环境。"]
    >>> from analysis import Corpus
    >>> from analysis.validation import build_specifications
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙", "丙"]))
    >>> scores = score_specifications(build_specifications(corpus, grid={"min_count": (1, 2)}))
    >>> len(scores)
    2
    """
    require_noun(specifications, Specifications, verb="score_specifications")
    n_docs = len(specifications.corpus)
    if n_docs < 3:
        raise ValueError(explain(f"{n_docs} documents have too few pairs", allowed="at least 3 documents"))
    chosen, orders = [], []
    for choices, dtm in specifications.matrices(units=False):
        chosen.append(choices)
        orders.append(_distance_ranks(trim_dtm(dtm, min_termfreq=choices["min_count"])))
    if len(orders) < 2:
        raise ValueError(
            explain("the grid has one combination", todo="give at least one choice a second value")
        )
    n_pairs = len(orders[0])
    most = min(pairs, n_pairs)
    sums = np.zeros(len(orders))
    for one, first in enumerate(orders):
        for other, second in enumerate(orders[:one]):
            differences = np.abs(first - second)
            mean = np.partition(differences, n_pairs - most)[n_pairs - most :].mean() / 2
            sums[[one, other]] += mean
    table = pd.DataFrame(chosen, columns=list(CHOICES))
    table.insert(0, "specification", range(1, len(table) + 1))
    return table.assign(score=np.round(sums / (len(orders) - 1) / n_pairs, 6))


def _distance_ranks(dtm: DocumentTermMatrix) -> npt.NDArray[np.int32]:
    """Twice the rank of every pair of documents by cosine distance: doubled, means of tied ranks are whole."""
    from scipy.stats import rankdata

    _, counts = document_rows(dtm, counts_only=True)
    rows = unit_length(counts)
    cosine = (rows @ rows.T).toarray()[np.triu_indices(len(dtm), 1)]
    distance = np.round(1.0 - np.round(np.clip(cosine, 0.0, 1.0), 9), 9)
    return np.asarray(2 * rankdata(distance), dtype=np.int32)
