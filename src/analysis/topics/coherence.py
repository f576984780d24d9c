"""How well a topic's terms go together, counted by the definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..errors import check_choice, explain

AGGREGATES = ("mean", "sum")


def npmi_coherence(
    documents: Sequence[Sequence[str]], terms: Sequence[str], *, window: int | None = None
) -> float:
    r"""Return the mean normalised pointwise mutual information over all pairs of terms, between −1 and 1.

    .. math:: \mathrm{npmi}(a, b) = \frac{\ln\frac{p(a, b)}{p(a)\,p(b)}}{-\ln p(a, b)}

    with probabilities as shares of the windows that hold a term, or both (Bouma 2009; Aletras and Stevenson
    2013; the sliding window as in Röder, Both and Hinneburg 2015). A term that stands twice in a window
    counts once, and nothing is smoothed: a pair that never meets has −1, a pair that is in every window 1
    (the limit).

    Parameters
    ----------
    documents : sequence of sequence of str
        The tokens of every document or segment.
    terms : sequence of str
        At least two distinct terms.
    window : int, optional
        Tokens in a sliding window, moved token by token; a document that is shorter is one window. By default
        a whole document is one window.

    Raises
    ------
    ValueError
        Fewer than two terms, a term twice, no documents, or a window below 2.

    Examples
    --------
    >>> documents = [["法治", "政府"], ["法治", "政府"], ["矛盾", "调解"], ["法治"]]
    >>> round(npmi_coherence(documents, ["法治", "政府"]), 3)
    0.415
    >>> npmi_coherence(documents, ["法治", "调解"])
    -1.0
    """
    wanted = _check_terms(documents, terms)
    if window is not None and window < 2:
        raise ValueError(explain(f"window is {window}", allowed="at least 2 tokens, or None"))
    index = {term: number for number, term in enumerate(wanted)}
    total = 0
    single = np.zeros(len(wanted), dtype=np.int64)
    joint = np.zeros((len(wanted), len(wanted)), dtype=np.int64)
    for document in documents:
        numbers = [index.get(token, -1) for token in document]
        for present in _windows(numbers, window):
            total += 1
            found = sorted(present)
            single[found] += 1
            for first, second in combinations(found, 2):
                joint[first, second] += 1
    values = [
        _npmi(int(joint[first, second]), int(single[first]), int(single[second]), total)
        for first, second in combinations(range(len(wanted)), 2)
    ]
    return float(np.mean(values))


def u_mass_coherence(
    documents: Sequence[Sequence[str]],
    terms: Sequence[str],
    *,
    aggregate: Literal["mean", "sum"] = "mean",
) -> float:
    r"""Return the UMass coherence of terms that are given in the topic's order; 0 is best, lower is worse.

    .. math:: C = \sum_{m=2}^{M} \sum_{l=1}^{m-1} \ln\frac{D(v_m, v_l) + 1}{D(v_l)}

    with :math:`D` the number of documents that hold a term, or both (Mimno et al. 2011, equation 1). The sum
    is the paper's; the mean over pairs does not depend on the number of terms.

    Parameters
    ----------
    documents : sequence of sequence of str
        The tokens of every document or segment.
    terms : sequence of str
        At least two distinct terms, the topic's first term first.
    aggregate : {"mean", "sum"}
        Over pairs.

    Raises
    ------
    ValueError
        Fewer than two terms, a term twice, no documents, or a term (but the last) that no document holds.

    Examples
    --------
    >>> documents = [["法治", "政府"], ["法治", "政府"], ["矛盾", "调解"], ["法治"]]
    >>> u_mass_coherence(documents, ["法治", "政府"])
    0.0
    """
    wanted = _check_terms(documents, terms)
    check_choice(aggregate, AGGREGATES, name="aggregate")
    sets = [frozenset(document) for document in documents]
    holding = [np.array([term in tokens for tokens in sets], dtype=bool) for term in wanted]
    for term, mask in zip(wanted[:-1], holding[:-1], strict=True):
        if not mask.any():
            raise ValueError(
                explain(f"no document holds the term {term!r}", todo="take the terms from these documents")
            )
    values = [
        log((int((holding[later] & holding[earlier]).sum()) + 1) / int(holding[earlier].sum()))
        for later in range(1, len(wanted))
        for earlier in range(later)
    ]
    return float(np.sum(values) if aggregate == "sum" else np.mean(values))


def segment_npmi(present: sparse.csr_array, *, columns: Sequence[int]) -> float:
    """Return `npmi_coherence` of columns of a units × terms matrix of 0 and 1, a unit being a window."""
    part: npt.NDArray[Any] = present[:, list(columns)].toarray().astype(np.float64)
    joint = part.T @ part
    single = np.diag(joint)
    values = [
        _npmi(int(joint[first, second]), int(single[first]), int(single[second]), part.shape[0])
        for first, second in combinations(range(len(columns)), 2)
    ]
    return float(np.mean(values)) if values else float("nan")


def _npmi(joint: int, first: int, second: int, total: int) -> float:
    if joint == 0:
        return -1.0
    if joint == total:
        return 1.0
    return log(joint * total / (first * second)) / log(total / joint)


def _windows(numbers: list[int], window: int | None) -> Iterator[set[int]]:
    if window is None or len(numbers) <= window:
        if numbers:
            yield {number for number in numbers if number >= 0}
        return
    for start in range(len(numbers) - window + 1):
        yield {number for number in numbers[start : start + window] if number >= 0}


def _check_terms(documents: Sequence[Sequence[str]], terms: Sequence[str]) -> list[str]:
    wanted = list(terms)
    if len(wanted) < 2 or len(set(wanted)) < len(wanted):
        raise ValueError(explain(f"the terms are {wanted}", allowed="at least two distinct terms"))
    if not any(len(document) for document in documents):
        raise ValueError(explain("no documents with tokens", todo="give lists of tokens"))
    return wanted
