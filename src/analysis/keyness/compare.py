"""Compare the vocabulary of two groups of documents, or of several, one against the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..dispersion import deviation_of_proportions
from ..errors import check_choice, explain
from ..matrix import DocumentTermMatrix
from .contingency import Floats
from .correction import CORRECTIONS, Correction, adjust_p
from .design import Design, Labels, levels, two_groups
from .intervals import INTERVALS, Interval, interval_of_blocks
from .permutation import Arrangements, arrange, permutation_p
from .scores import Variance, g2, log_odds_dirichlet, log_ratio

COLUMNS = (
    "term",
    "target_count",
    "reference_count",
    "target_rate",
    "reference_rate",
    "target_docs",
    "reference_docs",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "log_odds_z",
    "g2",
    "p_permutation",
    "p_adjusted",
    "smallest_possible_p",
    "dp_target",
    "dp_reference",
    "survives_leave_one_out",
)
CELLS_AT_ONCE = 1_000_000


def compare_vocabulary(
    dtm: DocumentTermMatrix,
    *,
    by: str,
    target: Labels,
    reference: Labels | None = None,
    min_count: int = 5,
    draws: int = 5000,
    seed: int = 1,
    correction: Correction = "bh",
    confidence: float = 0.95,
    interval: Interval = "gamma_poisson",
    prior_weight: float | None = None,
    variance: Variance = "two_term",
) -> pd.DataFrame:
    r"""Return one row a term: how its use in the target differs from the reference, by document.

    Documents are the sample: the rows of one document are added up first. If a document has segments in both
    groups (sections on problems against sections on plans), its two parts change places in the permutation.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a document or a segment.
    by : str
        A column of the document variables; where it is empty the row is left out.
    target, reference : value or list of values
        Values of that column. No reference: all other values.
    min_count : int
        Fewest occurrences in both groups together. The terms that have as many are the family of tests.
    draws, seed : int
        Size and seed of the sample of permutations, where there are too many (over 20,000) to try all.
    correction : {"bh", "holm", "by", "bonferroni", "none"}
        Of the p values over the family, see `adjust_p`.
    confidence : float
        Of the interval, between 0 and 1.
    interval : {"gamma_poisson", "quasi_poisson"}
        See `log_ratio_interval`.
    prior_weight : float, optional
        Size of the Dirichlet prior, in tokens, proportional to the counts of both groups; None: those counts.
    variance : {"two_term", "four_term"}
        Of the log-odds, see `log_odds_dirichlet`.

    Returns
    -------
    DataFrame
        Ordered by `log_odds_z`, highest first, then by term:

        - term; target_count, reference_count; target_rate, reference_rate, per 1,000 of all tokens;
          target_docs, reference_docs, documents that hold the term;
        - log_ratio of the rates (0.5 stands for a zero count), log_ratio_low, log_ratio_high: its interval,
          without bound on the side of a zero count, missing where a group is a single document;
        - log_odds_z: Monroe's z; g2: over four cells. Both count tokens: they order, they do not infer;
        - p_permutation: share of the permutations of documents that part the groups' mean rates as far as
          observed; p_adjusted; smallest_possible_p: what the most extreme arrangement would get;
        - dp_target, dp_reference: Gries' deviation of proportions over the group's documents (missing if one);
        - survives_leave_one_out: the direction stays whichever document is left out (of groups of two or more;
          false where both groups are single documents).

        `attrs["comparison"]` holds what was done, for `describe_comparison`.

    Raises
    ------
    ValueError
        The matrix is weighted, a name or value is unknown, the groups overlap, or one has no tokens.

    See Also
    --------
    compare_groups : every value of a column against the rest.
    find_lockwords : the terms that do not differ.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话"] * 3 + ["报告"] * 3}, index=list("甲乙丙丁戊己"))
    >>> texts = [["坚持", "法治"], ["坚持", "坚持"], ["法治", "坚持"], ["法治", "办结"], ["办结"], ["办结", "法治"]]
    >>> dtm = count_terms(Tokens.from_lists(texts, docvars=docvars))
    >>> table = compare_vocabulary(dtm, by="type", target="讲话", min_count=1)
    >>> table[["term", "target_count", "reference_count", "p_permutation", "smallest_possible_p"]]
      term  target_count  reference_count  p_permutation  smallest_possible_p
    0   坚持             4                0            0.1                  0.1
    1   法治             2                2            1.0                  0.4
    2   办结             0                3            0.1                  0.1
    """
    check_choice(correction, CORRECTIONS, name="correction")
    check_choice(interval, INTERVALS, name="interval")
    if draws < 1 or min_count < 1:
        raise ValueError(explain(f"draws is {draws}, min_count is {min_count}", allowed="1 or more"))
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    design, target_name, reference_name = two_groups(dtm, by=by, target=target, reference=reference)
    arrangements = arrange(design.in_target, design.partner, draws=draws, seed=seed)
    table = _compare(dtm, design, arrangements, min_count, confidence, interval, prior_weight, variance)
    table["p_adjusted"] = adjust_p(table["p_permutation"].to_numpy(), correction=correction)
    table = table.sort_values(["log_odds_z", "term"], ascending=[False, True], kind="stable")
    table = table.reset_index(drop=True)[list(COLUMNS)]
    table.attrs["comparison"] = {
        "by": by,
        "target": target_name,
        "reference": reference_name,
        "target_documents": int(design.in_target.sum()),
        "reference_documents": int((~design.in_target).sum()),
        "paired_documents": len(arrangements.pairs),
        "tests": len(table),
        "min_count": min_count,
        "arrangements": len(arrangements.chosen),
        "exact": arrangements.exact,
        "seed": None if arrangements.exact else seed,
        "correction": correction,
        "confidence": confidence,
        "interval": interval,
        "smallest_possible_p": float(table["smallest_possible_p"].min()) if len(table) else 1.0,
    }
    return table


def _compare(
    dtm: DocumentTermMatrix,
    design: Design,
    arrangements: Arrangements,
    min_count: int,
    confidence: float,
    interval: Interval,
    prior_weight: float | None,
    variance: Variance,
) -> pd.DataFrame:
    """All columns but the adjusted p, for terms that are frequent enough, in the matrix' order."""
    here, tokens = design.in_target, design.lengths
    of_target = np.asarray(design.counts[here].sum(axis=0)).ravel()
    of_reference = np.asarray(design.counts[~here].sum(axis=0)).ravel()
    tokens1, tokens2 = float(tokens[here].sum()), float(tokens[~here].sum())
    trimmed1, trimmed2 = max(tokens1 - of_target.sum(), 0.0), max(tokens2 - of_reference.sum(), 0.0)
    kept = np.flatnonzero(of_target + of_reference >= min_count)
    a, b = of_target[kept], of_reference[kept]
    if len(kept):
        whole = np.append(of_target, trimmed1), np.append(of_reference, trimmed2)
        z = log_odds_dirichlet(*whole, prior_weight=prior_weight, variance=variance)[kept]
    else:
        z = np.empty(0)
    size = max(1, CELLS_AT_ONCE // len(tokens))
    blocks = [
        _compare_block(
            design.counts[:, kept[start : start + size]].toarray(), design, arrangements, confidence, interval
        )
        for start in range(0, max(len(kept), 1), size)
    ]
    by_document = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return pd.DataFrame(
        {
            "term": pd.Series([dtm.terms[place] for place in kept], dtype="str"),
            "target_count": a.astype(np.int64),
            "reference_count": b.astype(np.int64),
            "target_rate": 1000.0 * a / tokens1,
            "reference_rate": 1000.0 * b / tokens2,
            "log_ratio": log_ratio(a, b, tokens1, tokens2),
            "log_odds_z": z,
            "g2": g2(a, b, tokens1, tokens2),
            **by_document,
        }
    )


def _compare_block(
    counts: Floats, design: Design, arrangements: Arrangements, confidence: float, interval: Interval
) -> dict[str, Any]:
    """What needs the counts of every document, for a dense block of terms."""
    here, tokens = design.in_target, design.lengths
    target, reference = (counts[here], tokens[here]), (counts[~here], tokens[~here])
    low, high = interval_of_blocks(target, reference, confidence=confidence, interval=interval)
    p, smallest = permutation_p(counts, tokens, arrangements=arrangements)
    return {
        "target_docs": (target[0] > 0).sum(axis=0),
        "reference_docs": (reference[0] > 0).sum(axis=0),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "p_permutation": p,
        "smallest_possible_p": smallest,
        "dp_target": _spread(*target),
        "dp_reference": _spread(*reference),
        "survives_leave_one_out": _keeps_direction(counts, design),
    }


def _spread(counts: Floats, lengths: Floats) -> Floats:
    if len(lengths) < 2:
        return np.full(counts.shape[1], np.nan)
    return np.asarray(deviation_of_proportions(counts, lengths), dtype=np.float64)


def _keeps_direction(counts: Floats, design: Design) -> Any:
    """Whether the rates differ in the same direction whichever document is left out."""
    size = int(design.documents.max()) + 1
    taken = [np.zeros((size, counts.shape[1])) for _ in range(2)]
    tokens = [np.zeros(size) for _ in range(2)]
    for side, rows in enumerate((design.in_target, ~design.in_target)):
        taken[side][design.documents[rows]] = counts[rows]
        tokens[side][design.documents[rows]] = design.lengths[rows]
    all_counts, all_tokens = [part.sum(axis=0) for part in taken], [part.sum() for part in tokens]
    several = [int((part > 0).sum()) > 1 for part in tokens]
    tried = np.zeros(size, dtype=bool)
    for part, enough in zip(tokens, several, strict=True):
        tried |= (part > 0) & enough
    for part, enough in zip(tokens, several, strict=True):
        tried &= (part == 0) | enough
    if not tried.any():
        return np.zeros(counts.shape[1], dtype=bool)
    left = [whole - part[tried] for whole, part in zip(all_counts, taken, strict=True)]
    room = [(whole - part[tried])[:, None] for whole, part in zip(all_tokens, tokens, strict=True)]
    direction = np.sign(all_counts[0] * all_tokens[1] - all_counts[1] * all_tokens[0])
    without = np.sign(left[0] * room[1] - left[1] * room[0])
    return np.asarray((direction != 0) & (without == direction).all(axis=0))


def compare_groups(
    dtm: DocumentTermMatrix,
    *,
    by: str,
    min_count: int = 5,
    draws: int = 5000,
    seed: int = 1,
    correction: Correction = "bh",
    confidence: float = 0.95,
    interval: Interval = "gamma_poisson",
    prior_weight: float | None = None,
    variance: Variance = "two_term",
) -> pd.DataFrame:
    """Return the comparison of every value of a column with all the others, one under the other.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a document or a segment.
    by : str
        A column of the document variables with at least two values.
    min_count, draws, seed, correction, confidence, interval, prior_weight, variance
        As in `compare_vocabulary`. The family of the correction is all terms of all groups.

    Returns
    -------
    DataFrame
        `group`, then the columns of `compare_vocabulary`; groups in sorted order.

    Raises
    ------
    ValueError
        The column has fewer than two values.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> docvars = pd.DataFrame({"level": ["区", "区", "市", "市"]}, index=list("甲乙丙丁"))
    >>> dtm = count_terms(Tokens.from_lists([["街道"], ["街道"], ["地铁"], ["地铁"]], docvars=docvars))
    >>> compare_groups(dtm, by="level", min_count=1)[["group", "term", "target_count"]]
      group term  target_count
    0     区   街道             2
    1     区   地铁             0
    2     市   地铁             2
    3     市   街道             0
    """
    known = sorted(levels(dtm, by=by).dropna().unique())
    if len(known) < 2:
        raise ValueError(
            explain(
                f"column {by!r} has one value only: {known[0]}",
                allowed="two values or more",
                todo="compare by another column",
            )
        )
    tables = []
    for group in known:
        table = compare_vocabulary(
            dtm,
            by=by,
            target=group,
            min_count=min_count,
            draws=draws,
            seed=seed,
            correction="none",
            confidence=confidence,
            interval=interval,
            prior_weight=prior_weight,
            variance=variance,
        )
        table.insert(0, "group", group)
        tables.append(table)
    attrs = {**tables[0].attrs["comparison"], "target": "、".join(known), "correction": correction}
    for name in ("target_documents", "reference_documents", "smallest_possible_p"):
        attrs[name] = min(table.attrs["comparison"][name] for table in tables)
    whole = pd.concat(tables, ignore_index=True)
    whole["p_adjusted"] = adjust_p(whole["p_permutation"].to_numpy(), correction=correction)
    whole.attrs["comparison"] = {**attrs, "tests": len(whole), "groups": known}
    return whole
