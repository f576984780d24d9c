"""How far coders agree: Krippendorff's alpha."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import explain


def krippendorff_alpha(ratings: pd.DataFrame) -> float:
    r"""Return Krippendorff's alpha for nominal data: 1 for full agreement, 0 for what chance would give.

    .. math:: \alpha = 1 - (n - 1) \frac{\sum_{c \ne k} o_{ck}}{\sum_{c \ne k} n_c\, n_k}

    with :math:`o_{ck}` the coincidences of values :math:`c` and :math:`k` within items, each item's pairs
    counted with the weight :math:`1 / (m_u - 1)` of its :math:`m_u` ratings, and :math:`n_c` their sums
    (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").

    Parameters
    ----------
    ratings : DataFrame
        One row a coder, one column an item; missing where a coder gave none. From filled-in sheets:
        `answers.pivot(index="coder", columns="item", values="answer")`.

    Returns
    -------
    float
        Missing (NaN) where all ratings are equal: without variation agreement says nothing.

    Raises
    ------
    ValueError
        No item has two ratings.

    Examples
    --------
    >>> ratings = pd.DataFrame([["人", "物", "人", "物"], ["人", "物", "物", "物"]], index=["甲", "乙"])
    >>> round(krippendorff_alpha(ratings), 3)
    0.533
    """
    values = sorted({value for value in ratings.to_numpy(dtype=object).ravel() if not pd.isna(value)}, key=str)
    index = {value: number for number, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for item in range(ratings.shape[1]):
        given = [index[value] for value in ratings.iloc[:, item] if not pd.isna(value)]
        if len(given) >= 2:
            counts = np.bincount(given, minlength=len(values)).astype(np.float64)
            coincidences += (np.outer(counts, counts) - np.diag(counts)) / (len(given) - 1)
    sums = coincidences.sum(axis=1)
    total = float(sums.sum())
    if total == 0:
        raise ValueError(explain("no item has two ratings", todo="let at least two readers fill in the sheet"))
    observed = total - float(np.trace(coincidences))
    expected = total**2 - float((sums**2).sum())
    return 1.0 - (total - 1.0) * observed / expected if expected > 0 else float("nan")
