"""Compare the vocabulary of two groups of documents, or of several, one against the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast
from warnings import warn

import numpy as np
import pandas as pd

from ..dispersion import deviation_of_proportions
from ..errors import explain
from ..matrix import DocumentTermMatrix
from ..provenance import Step
from .comparison import Comparison
from .contingency import Floats
from .contrast import Contrast, choose_groups, group_values
from .correction import Correction, adjust_p
from .design import Design, design_of
from .intervals import Interval, interval_of_blocks
from .options import Options, Trial
from .permutation import Arrangements, arrange, permutation_p
from .scores import Variance, g2, log_odds_dirichlet, log_ratio

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
    "log_odds_z",
    "g2",
    "p_permutation",
    "p_adjusted",
    "smallest_possible_p",
    "target_dp",
    "reference_dp",
    "survives_leave_one_out",
)
CELLS_AT_ONCE = 1_000_000
"""Cells of a dense block of documents × terms: 8 MB, so that memory does not grow with the vocabulary."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


def takes_contrast(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """For one version, turn `by`, `target` and `reference` into a contrast, with a warning that says so."""

    @wraps(function)
    def called(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        arguments: dict[str, Any] = dict(kwargs)
        old = {name: arguments.pop(name) for name in ("by", "target", "reference") if name in arguments}
        if old:
            name = function.__name__
            given = ", ".join(f"{key}={value!r}" for key, value in old.items())
            warn(
                explain(
                    f"{name} takes a contrast now, not {', '.join(old)}",
                    allowed=f"{name}(dtm, contrast=choose_groups(dtm, {given}), …)",
                    todo="the result of compare_vocabulary is a Comparison: its rows are .table",
                ),
                FutureWarning,
                stacklevel=2,
            )
            noun = cast(DocumentTermMatrix, args[0] if args else arguments["dtm"])
            arguments["contrast"] = choose_groups(noun, **old)
            if "seed" in signature(function).parameters:
                arguments.setdefault("seed", 1)  # its default until now
        return cast(Callable[..., Result], function)(*args, **arguments)

    return called


@takes_contrast
def compare_vocabulary(
    dtm: DocumentTermMatrix,
    *,
    contrast: Contrast,
    seed: int,
    min_count: int = 5,
    draws: int = 5000,
    correction: Correction = "bh",
    confidence: float = 0.95,
    interval: Interval = "gamma_poisson",
    prior_weight: float | None = None,
    variance: Variance = "two_term",
) -> Comparison:
    r"""Return how the use of every term in the target differs from the reference, by document.

    Documents are the sample: the rows of one document are added up first. If a document has segments in both
    groups (sections on problems against sections on plans), its two parts change places in the permutation.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a document or a segment.
    contrast : Contrast
        From `choose_groups`. Rows of neither group are left out.
    seed, draws : int
        Seed and size of the sample of permutations, where there are too many (over 20,000) to try all.
    min_count : int
        Fewest occurrences in both groups together. The terms that have as many are the family of tests.
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
    Comparison
        `.table`, ordered by `log_odds_z`, highest first, then by term:

        - term; target_count, reference_count; target_per_1000_tokens, reference_per_1000_tokens (of all tokens,
          trimmed ones too); target_n_docs, reference_n_docs, documents that hold the term;
        - log_ratio of the rates (0.5 stands for a zero count), log_ratio_low, log_ratio_high: its interval,
          without bound on the side of a zero count, missing where a group is a single document;
        - log_odds_z: Monroe's z; g2: over four cells. Both count tokens: they order, they do not infer;
        - p_permutation: share of the permutations of documents that part the groups' mean rates as far as
          observed; p_adjusted; smallest_possible_p: what the most extreme arrangement would get;
        - target_dp, reference_dp: Gries' deviation of proportions over the group's documents (missing if one);
        - survives_leave_one_out: the direction stays whichever document is left out (of groups of two or more;
          false where both groups are single documents).

        `.contrast`, and `.describe(language)`, which says whether so few documents can show anything.

    Raises
    ------
    ValueError
        The matrix is weighted, an option is out of bounds, or the matrix has no tokens on one side.

    See Also
    --------
    compare_groups : every value of a column against the rest.
    find_lockwords : the terms that do not differ.

    Examples
    --------
    >>> from analysis import Tokens, choose_groups, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话"] * 3 + ["报告"] * 3}, index=list("甲乙丙丁戊己"))
    >>> texts = [["坚持", "法治"], ["坚持", "坚持"], ["法治", "坚持"], ["法治", "办结"], ["办结"], ["办结", "法治"]]
    >>> dtm = count_terms(Tokens.from_lists(texts, docvars=docvars))
    >>> contrast = choose_groups(dtm, by="type", target="讲话")
    >>> comparison = compare_vocabulary(dtm, contrast=contrast, min_count=1, seed=1)
    >>> comparison.table[["term", "target_count", "reference_count", "p_permutation", "smallest_possible_p"]]
      term  target_count  reference_count  p_permutation  smallest_possible_p
    0   坚持             4                0            0.1                  0.1
    1   法治             2                2            1.0                  0.4
    2   办结             0                3            0.1                  0.1
    """
    options = Options(
        seed=seed,
        min_count=min_count,
        draws=draws,
        correction=correction,
        confidence=confidence,
        interval=interval,
        prior_weight=prior_weight,
        variance=variance,
    )
    return compare_sides(dtm, contrast=contrast, options=options)


def compare_sides(dtm: DocumentTermMatrix, *, contrast: Contrast, options: Options) -> Comparison:
    """Return the comparison of a contrast, with the options checked and together."""
    design = design_of(dtm, contrast)
    arrangements = arrange(design.in_target, design.partner, draws=options.draws, seed=options.seed)
    table = measure_terms(dtm, design, options, arrangements=arrangements)
    table["p_adjusted"] = adjust_p(table["p_permutation"].to_numpy(), correction=options.correction)
    table = table.sort_values(["log_odds_z", "term"], ascending=[False, True], kind="stable")
    counted = contrast.counted(dtm)
    step = Step("compare_vocabulary", {"contrast": str(counted), **vars(options)})
    return Comparison(
        table.reset_index(drop=True)[list(COLUMNS)],
        (counted,),
        (Trial(len(arrangements.chosen), arrangements.exact, len(arrangements.pairs)),),
        options,
        (*dtm.history, step),
    )


def measure_terms(
    dtm: DocumentTermMatrix, design: Design, options: Options, *, arrangements: Arrangements | None = None
) -> pd.DataFrame:
    """Return all columns but the adjusted p, for terms that are frequent enough, in the matrix' order.

    Without arrangements nothing is permuted, and the columns of p are not there.
    """
    here, tokens = design.in_target, design.lengths
    of_target = np.asarray(design.counts[here].sum(axis=0)).ravel()
    of_reference = np.asarray(design.counts[~here].sum(axis=0)).ravel()
    tokens1, tokens2 = float(tokens[here].sum()), float(tokens[~here].sum())
    # The prior of the log-odds is over the whole vocabulary: tokens of trimmed terms count as one more term.
    trimmed1, trimmed2 = max(tokens1 - of_target.sum(), 0.0), max(tokens2 - of_reference.sum(), 0.0)
    kept = np.flatnonzero(of_target + of_reference >= options.min_count)
    a, b = of_target[kept], of_reference[kept]
    if len(kept):
        whole = np.append(of_target, trimmed1), np.append(of_reference, trimmed2)
        z = log_odds_dirichlet(*whole, prior_weight=options.prior_weight, variance=options.variance)[kept]
    else:
        z = np.empty(0)
    size = max(1, CELLS_AT_ONCE // len(tokens))
    blocks = [
        _measure_block(design.counts[:, kept[start : start + size]].toarray(), design, options, arrangements)
        for start in range(0, max(len(kept), 1), size)
    ]
    by_document = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return pd.DataFrame(
        {
            "term": pd.Series([dtm.terms[column] for column in kept], dtype="str"),
            "target_count": a.astype(np.int64),
            "reference_count": b.astype(np.int64),
            "target_per_1000_tokens": 1000.0 * a / tokens1,
            "reference_per_1000_tokens": 1000.0 * b / tokens2,
            "log_ratio": log_ratio(a, b, tokens1, tokens2),
            "log_odds_z": z,
            "g2": g2(a, b, tokens1, tokens2),
            **by_document,
        }
    )


def _measure_block(
    counts: Floats, design: Design, options: Options, arrangements: Arrangements | None
) -> dict[str, Any]:
    """What needs the counts of every document, for a dense block of terms."""
    here, tokens = design.in_target, design.lengths
    target, reference = (counts[here], tokens[here]), (counts[~here], tokens[~here])
    low, high = interval_of_blocks(target, reference, confidence=options.confidence, interval=options.interval)
    measured = {
        "target_n_docs": (target[0] > 0).sum(axis=0),
        "reference_n_docs": (reference[0] > 0).sum(axis=0),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "target_dp": _spread(*target),
        "reference_dp": _spread(*reference),
        "survives_leave_one_out": _keeps_direction(counts, design),
    }
    if arrangements is not None:
        p, smallest = permutation_p(counts, tokens, arrangements=arrangements)
        measured |= {"p_permutation": p, "smallest_possible_p": smallest}
    return measured


def _spread(counts: Floats, lengths: Floats) -> Floats:
    if len(lengths) < 2:
        return np.full(counts.shape[1], np.nan)
    return np.asarray(deviation_of_proportions(counts, lengths), dtype=np.float64)


def _keeps_direction(counts: Floats, design: Design) -> Any:
    """Return for every term whether the rates differ in the same direction whichever document is left out."""
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
    seed: int,
    min_count: int = 5,
    draws: int = 5000,
    correction: Correction = "bh",
    confidence: float = 0.95,
    interval: Interval = "gamma_poisson",
    prior_weight: float | None = None,
    variance: Variance = "two_term",
) -> Comparison:
    """Return the comparison of every value of a column with all the others, one under the other.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, a row a document or a segment.
    by : str
        A column of the document variables with at least two values.
    seed, min_count, draws, correction, confidence, interval, prior_weight, variance
        As in `compare_vocabulary`. The family of the correction is all terms of all groups.

    Returns
    -------
    Comparison
        `.table`: `group`, then the columns of `compare_vocabulary`; groups in sorted order. `.contrasts` holds
        one entry a group.

    Raises
    ------
    ValueError
        The column has fewer than two values, or a value has no document with tokens.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> docvars = pd.DataFrame({"level": ["区", "区", "市", "市"]}, index=list("甲乙丙丁"))
    >>> dtm = count_terms(Tokens.from_lists([["街道"], ["街道"], ["地铁"], ["地铁"]], docvars=docvars))
    >>> compare_groups(dtm, by="level", min_count=1, seed=1).table[["group", "term", "target_count"]]
      group term  target_count
    0     区   街道             2
    1     区   地铁             0
    2     市   地铁             2
    3     市   街道             0
    """
    options = Options(
        seed=seed,
        min_count=min_count,
        draws=draws,
        correction=correction,
        confidence=confidence,
        interval=interval,
        prior_weight=prior_weight,
        variance=variance,
    )
    groups = sorted(group_values(dtm.docvars, by=by).dropna().unique())
    contrasts = [choose_groups(dtm, by=by, target=group) for group in groups]
    alone = replace(options, correction="none")  # the family is corrected as a whole, below
    parts = [compare_sides(dtm, contrast=contrast, options=alone) for contrast in contrasts]
    table = pd.concat(
        [part.table.assign(group=group) for group, part in zip(groups, parts, strict=True)], ignore_index=True
    )
    table["p_adjusted"] = adjust_p(table["p_permutation"].to_numpy(), correction=correction)
    step = Step("compare_groups", {"by": by, "groups": len(groups), **vars(options)})
    return Comparison(
        table[["group", *COLUMNS]],
        tuple(contrasts),
        tuple(part.trials[0] for part in parts),
        options,
        (*dtm.history, step),
    )
