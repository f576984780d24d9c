"""Words that do not differ: shown by an equivalence test, not by the absence of significance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import explain
from ..matrix import DocumentTermMatrix
from .compare import measure_terms, takes_contrast
from .contrast import Contrast
from .design import design_of
from .intervals import Interval
from .options import Options

COLUMNS = (
    "term",
    "target_count",
    "reference_count",
    "target_per_1000_tokens",
    "reference_per_1000_tokens",
    "target_n_docs",
    "reference_n_docs",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "smallest_bound",
    "equivalent",
)


@takes_contrast
def find_lockwords(
    dtm: DocumentTermMatrix,
    *,
    contrast: Contrast,
    equivalence_bound: float = 1.0,
    alpha: float = 0.05,
    min_count: int = 5,
    interval: Interval = "gamma_poisson",
) -> pd.DataFrame:
    r"""Return one row a term: whether its rates in target and reference are shown to be about the same.

    Two one-sided tests (Schuirmann 1987): a term is equivalent where both :math:`\text{log ratio} \le -b` and
    :math:`\text{log ratio} \ge b` are rejected at the level :math:`\alpha`, which is to say where the interval of confidence
    :math:`1 - 2\alpha` by document lies within :math:`\pm b`. A term that is merely not
    significant is not equivalent: with few documents almost nothing is either.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a document or a segment.
    contrast, min_count, interval
        As in `compare_vocabulary`.
    equivalence_bound : float
        Largest log ratio that counts as no difference: 1 is a factor of two, 0.585 of one and a half.
    alpha : float
        Level of each one-sided test, for each term; not corrected for the number of terms.

    Returns
    -------
    DataFrame
        term, target_count, reference_count, target_per_1000_tokens, reference_per_1000_tokens, target_n_docs,
        reference_n_docs, log_ratio, log_ratio_low, log_ratio_high (of the interval above), smallest_bound (the
        bound from which on the term would be equivalent), equivalent. Ordered by smallest_bound, then term.

    Raises
    ------
    ValueError
        As in `compare_vocabulary`; the bound is not above zero; alpha is not between 0 and 0.5.

    References
    ----------
    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6); Baker (2011) for lockwords.

    Examples
    --------
    >>> from analysis import Tokens, choose_groups, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话"] * 3 + ["报告"] * 3}, index=list("甲乙丙丁戊己"))
    >>> texts = [["法治"] * n + ["坚持"] * m for n, m in [(20, 9), (21, 1), (19, 5), (20, 0), (21, 1), (20, 0)]]
    >>> dtm = count_terms(Tokens.from_lists(texts, docvars=docvars))
    >>> find_lockwords(dtm, contrast=choose_groups(dtm, target="讲话"))[["term", "equivalent"]]
      term  equivalent
    0   法治        True
    1   坚持       False
    """
    if not equivalence_bound > 0:
        raise ValueError(explain(f"equivalence_bound is {equivalence_bound}", allowed="a log ratio above zero"))
    if not 0 < alpha < 0.5:
        raise ValueError(explain(f"alpha is {alpha}", allowed="a share above 0 and below 0.5"))
    # Nothing is permuted here, so the seed draws nothing.
    options = Options(seed=0, min_count=min_count, confidence=1.0 - 2.0 * alpha, interval=interval)
    table = measure_terms(dtm, design_of(dtm, contrast), options)
    table["smallest_bound"] = np.maximum(-table["log_ratio_low"], table["log_ratio_high"])
    table["equivalent"] = table["smallest_bound"] < equivalence_bound
    table = table.sort_values(["smallest_bound", "term"], kind="stable", na_position="last")
    return table.reset_index(drop=True)[list(COLUMNS)]
