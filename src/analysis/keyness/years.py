"""Compare vocabulary over years: how the rate of every term grows or falls."""

from __future__ import annotations

from itertools import permutations
from math import factorial

import numpy as np
import pandas as pd
from scipy import sparse

from ..errors import check_choice, explain
from ..matrix import DocumentTermMatrix, require_counts, sum_rows
from .contingency import Floats
from .correction import CORRECTIONS, Correction, adjust_p
from .permutation import EXACT_LIMIT, count_at_least, whole_numbers

COLUMNS = (
    "term",
    "count",
    "n_docs",
    "first_year",
    "last_year",
    "per_1000_tokens",
    "log_ratio_per_decade",
    "log_ratio_per_decade_low",
    "log_ratio_per_decade_high",
    "p_permutation",
    "p_adjusted",
)


def compare_over_years(
    dtm: DocumentTermMatrix,
    *,
    seed: int,
    by: str = "year",
    min_count: int = 5,
    draws: int = 5000,
    correction: Correction = "bh",
    confidence: float = 0.95,
) -> pd.DataFrame:
    r"""Return one row a term: the trend of its rate over the years, by document.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts; segments of a document are added up.
    seed, draws : int
        Seed and size of the sample of permutations of the years over the documents; up to seven documents all
        permutations are tried.
    by : str
        A column of the document variables that holds years; documents without one are left out.
    min_count : int
        Fewest occurrences. The terms that have as many are the family of tests.
    correction : {"bh", "holm", "by", "bonferroni", "none"}
        Of the p values, see `adjust_p`.
    confidence : float
        Of the interval, between 0 and 1.

    Returns
    -------
    DataFrame
        term; count; n_docs that hold it; first_year, last_year of its use; per_1000_tokens;
        log_ratio_per_decade: 1 means that the rate doubles in ten years; log_ratio_per_decade_low,
        log_ratio_per_decade_high; p_permutation, p_adjusted. Ordered by the trend, highest first, then by term.

    Raises
    ------
    ValueError
        The column does not exist or holds something else than numbers; fewer than three documents or two years.

    Notes
    -----
    Poisson regression :math:`\ln E x_i = \ln n_i + \alpha + \beta t_i` with the quasi-likelihood's dispersion
    (Pearson's, at least 1) and Student's t with two degrees of freedom fewer than documents (McCullagh and
    Nelder 1989). The permutation takes :math:`|\sum_i (t_i - \bar t)\, x_i / n_i|`. Both take documents for
    independent, and neighbouring years are not: read the trend as a description, and look at the curve.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> docvars = pd.DataFrame({"year": [2004, 2014, 2024]}, index=list("甲乙丙"))
    >>> texts = [["数字"] * n + ["经济"] * 100 for n in (2, 4, 8)]
    >>> dtm = count_terms(Tokens.from_lists(texts, docvars=docvars))
    >>> compare_over_years(dtm, seed=1).round(2)[["term", "first_year", "log_ratio_per_decade", "p_permutation"]]
      term  first_year  log_ratio_per_decade  p_permutation
    0   数字        2004                  0.96           0.33
    1   经济        2004                 -0.04           0.33
    """
    check_choice(correction, CORRECTIONS, name="correction")
    if draws < 1 or min_count < 1:
        raise ValueError(explain(f"draws is {draws}, min_count is {min_count}", allowed="1 or more"))
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    matrix, tokens, years = _documents(dtm, by)
    total = np.asarray(matrix.sum(axis=0)).ravel()
    kept = np.flatnonzero(total >= min_count)
    counts = matrix[:, kept].toarray()
    when = (years - years.mean()) / 10.0
    slope, error = _poisson_slopes(counts, tokens, when)
    held = counts > 0
    table = pd.DataFrame(
        {
            "term": pd.Series([dtm.terms[column] for column in kept], dtype="str"),
            "count": total[kept].astype(np.int64),
            "n_docs": held.sum(axis=0),
            "first_year": np.where(held, years[:, None], np.inf).min(axis=0).astype(np.int64),
            "last_year": np.where(held, years[:, None], -np.inf).max(axis=0).astype(np.int64),
            "per_1000_tokens": 1000.0 * total[kept] / tokens.sum(),
        }
    )
    from scipy import special

    half = special.stdtrit(len(years) - 2, (1.0 + confidence) / 2.0) * error
    table["log_ratio_per_decade"] = slope / np.log(2.0)
    table["log_ratio_per_decade_low"] = (slope - half) / np.log(2.0)
    table["log_ratio_per_decade_high"] = (slope + half) / np.log(2.0)
    table["p_permutation"] = _permute_years(counts, tokens, years, draws=draws, seed=seed)
    table["p_adjusted"] = adjust_p(table["p_permutation"].to_numpy(), correction=correction)
    table = table.sort_values(["log_ratio_per_decade", "term"], ascending=[False, True], kind="stable")
    return table.reset_index(drop=True)[list(COLUMNS)]


def _documents(dtm: DocumentTermMatrix, by: str) -> tuple[sparse.csc_array, Floats, Floats]:
    """Counts, tokens and year of every document that has a year, ordered by year and identifier."""
    require_counts(dtm, verb="compare_over_years")
    docvars = dtm.docvars
    check_choice(by, list(docvars.columns), name="by")
    text = docvars[by].astype("string").str.strip()
    text = text.mask(text == "")
    number = pd.to_numeric(text, errors="coerce")
    wrong = (text.notna() & number.isna()).to_numpy(dtype=bool)
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            explain(
                f"{by} of {docvars.index[first]} is {text.iloc[first]!r}",
                where=f"column {by!r}",
                allowed="a number, or nothing where it is unknown",
            )
        )
    values = number.to_numpy(dtype=np.float64, na_value=np.nan)
    rows = np.flatnonzero(~np.isnan(values) & (dtm.n_tokens > 0))
    labels = docvars["doc_id"].astype(str).to_numpy()[rows]
    order = np.lexsort((labels, values[rows]))
    key = pd.MultiIndex.from_arrays([values[rows][order], labels[order]])
    numbers, documents = pd.factorize(key)
    if len(documents) < 3 or len(set(documents.get_level_values(0))) < 2:
        raise ValueError(
            explain(
                f"{len(documents)} documents in {len(set(documents.get_level_values(0)))} different years",
                where=f"column {by!r}",
                allowed="at least three documents and two years",
                todo="fill in the column, or add documents",
            )
        )
    document_of = np.full(len(dtm), -1, dtype=np.int64)
    document_of[rows[order]] = numbers
    years = np.asarray(documents.get_level_values(0), dtype=np.float64)
    counts = sparse.csc_array(sum_rows(dtm.matrix, document_of), dtype=np.float64)
    return counts, sum_rows(dtm.n_tokens, document_of).astype(np.float64), years


def _poisson_slopes(counts: Floats, tokens: Floats, when: Floats) -> tuple[Floats, Floats]:
    """Return slope and standard error of every column's quasi-Poisson regression on `when`, by Newton's steps."""
    t = when[:, None]
    slope = np.zeros(counts.shape[1])
    total = counts.sum(axis=0)
    moment = (counts * t).sum(axis=0) / total  # of the observed occurrences: the fitted mean must meet it
    spread = np.ones(counts.shape[1])
    for _ in range(50):
        weight = tokens[:, None] * np.exp(np.clip(slope * t, -50.0, 50.0))
        weight /= weight.sum(axis=0)
        mean = (weight * t).sum(axis=0)
        spread = np.maximum((weight * (t - mean) ** 2).sum(axis=0), 1e-12)
        step = np.clip((moment - mean) / spread, -1.0, 1.0)
        slope = slope + step
        if not len(step) or float(np.abs(step).max()) < 1e-10:
            break
    weight = tokens[:, None] * np.exp(np.clip(slope * t, -50.0, 50.0))
    fitted = np.maximum(total * weight / weight.sum(axis=0), 1e-12)
    dispersion = np.maximum(((counts - fitted) ** 2 / fitted).sum(axis=0) / (len(when) - 2), 1.0)
    return slope, np.sqrt(dispersion / (total * spread))


def _permute_years(counts: Floats, tokens: Floats, years: Floats, *, draws: int, seed: int) -> Floats:
    rates = whole_numbers(counts / tokens[:, None])
    distance = len(years) * years - years.sum()  # whole numbers: years from their mean, times the documents
    exact = factorial(len(years)) <= EXACT_LIMIT
    if exact:
        orders = np.array(list(permutations(range(len(years)))))
    else:
        random = np.random.default_rng(seed)
        orders = np.argsort(random.random((draws, len(years))), axis=1, kind="stable")
    scale = max(float(np.abs(distance).max()), 1.0)
    found = np.abs(distance @ rates)
    found = found - 1e-9 * scale * rates.sum(axis=0)
    at_least = count_at_least(distance[orders], rates, np.zeros(rates.shape[1]), found)
    return np.asarray(at_least / len(orders) if exact else (at_least + 1) / (len(orders) + 1), dtype=np.float64)
