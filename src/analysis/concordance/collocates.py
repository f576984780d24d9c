"""Collocates: words that stand near a term more often than their own frequency would have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import association
from ..errors import check_choice, explain, explain_all
from ..matrix import best_first
from ..nouns import require_noun
from ..words.tokens import Integers, Tokens
from .matching import find_term, unit_of

Booleans = npt.NDArray[np.bool_]
Measure = Literal["npmi", "mi", "t", "delta_p", "dice", "phi_squared", "minimum_sensitivity"]
_MEASURES: dict[str, Callable[..., Any]] = {
    "npmi": association.normalized_mutual_information,
    "mi": association.mutual_information,
    "t": association.t_score,
    "delta_p": association.delta_p,
    "dice": association.dice,
    "phi_squared": association.phi_squared,
    "minimum_sensitivity": association.minimum_sensitivity,
}
MEASURES: tuple[str, ...] = tuple(_MEASURES)
COLUMNS = ("term", "count", "expected_count", "total", "n_docs", "score")


def find_collocates(
    tokens: Tokens, *, term: str, window: int = 5, measure: Measure = "npmi", min_count: int = 3
) -> pd.DataFrame:
    r"""Return the words near a term, those first that are bound to it most.

    Why: what a report says of 营商环境 shows in the verbs beside it.

    Parameters
    ----------
    tokens : Tokens
        Any tokens; windows end where a unit ends.
    term : str
        One token, or several neighbours that spell the term together.
    window : int
        Tokens on each side that count as near. Removed tokens count, so that removing stop words moves nothing nearer.
    measure : str
        The measure of association: "npmi", "mi", "t", "delta_p", "dice", "phi_squared" or "minimum_sensitivity", see
        `analysis.association`.
    min_count : int
        Fewest occurrences near the term.

    Returns
    -------
    DataFrame
        A row a word: term; count, its occurrences near the term; expected_count, of as many tokens drawn at random;
        total, its occurrences anywhere; n_docs, documents in which it stands near the term; score, the measure. Best
        first, equal scores by the word.

    Raises
    ------
    ValueError
        The term does not occur, the measure is unknown, or a number is below 1.

    Notes
    -----
    Every token near the term is counted once, even between two occurrences of the term; the term's own tokens are not
    near it. With :math:`n` tokens, :math:`f_1` of them near the term and :math:`f_2` occurrences of the word, the
    expected count is :math:`f_1 f_2 / n` (Evert 2008, surface co-occurrence).

    Examples
    --------
    >>> units = [["持续", "优化", "营商环境"], ["优化", "营商环境", "和", "服务"], ["服务", "群众", "群众"]]
    >>> table = find_collocates(Tokens.from_lists(units), term="营商环境", window=1, min_count=2)
    >>> table[["term", "count", "total", "n_docs"]].values.tolist()
    [['优化', 2, 2, 2]]
    """
    require_noun(tokens, Tokens, verb="find_collocates")
    check_choice(measure, MEASURES, name="measure")
    low = {"window": window, "min_count": min_count}
    if problems := [
        explain(f"{name} is {value}", allowed="1 or more") for name, value in low.items() if value < 1
    ]:
        raise ValueError(explain_all(problems))
    starts, ends = find_term(tokens, term=term)
    if not len(starts):
        raise ValueError(explain(f"the term {term!r} does not occur", where=f"{len(tokens)} units"))
    near = _near(tokens, starts, ends, window=window)
    counted = ~tokens.is_pad
    size = len(tokens.types)
    joint = np.bincount(tokens.type_ids[near & counted], minlength=size)
    whole = np.bincount(tokens.type_ids[counted], minlength=size)
    n_near, n_tokens = int(joint.sum()), int(whole.sum())
    kept = np.flatnonzero(joint >= min_count)
    scores = np.asarray(_MEASURES[measure](joint[kept], n_near, whole[kept], n_tokens), dtype=np.float64)
    terms = [tokens.types[number] for number in kept]
    table = pd.DataFrame(
        {
            "term": pd.Series(terms, dtype="str"),
            "count": joint[kept],
            "expected_count": (n_near * whole[kept] / max(n_tokens, 1)).round(6),
            "total": whole[kept],
            "n_docs": _documents(tokens, near & counted)[kept],
            "score": scores.round(6),
        }
    )
    return table.iloc[best_first(scores, np.arange(len(kept)))].reset_index(drop=True)[list(COLUMNS)]


def _near(tokens: Tokens, starts: Integers, ends: Integers, *, window: int) -> Booleans:
    """Return for every token whether it stands within the window of an occurrence and is no part of one."""
    size = len(tokens.type_ids)
    units = unit_of(tokens, starts)
    # A mark where a window opens and one where it closes: their running sum is above 0 inside any window.
    edges = np.zeros(size + 1, dtype=np.int64)
    np.add.at(edges, np.maximum(tokens.offsets[units], starts - window), 1)
    np.add.at(edges, np.minimum(tokens.offsets[units + 1], ends + window), -1)
    own = np.zeros(size + 1, dtype=np.int64)
    np.add.at(own, starts, 1)
    np.add.at(own, ends, -1)
    return np.asarray((np.cumsum(edges)[:-1] > 0) & (np.cumsum(own)[:-1] == 0))


def _documents(tokens: Tokens, chosen: Booleans) -> Integers:
    """Return for every type in how many documents a chosen token of it stands."""
    documents, _ = pd.factorize(tokens.docvars["doc_id"].astype(str))
    of_token = np.repeat(documents, np.diff(tokens.offsets))[chosen]
    pairs = np.unique(np.stack([tokens.type_ids[chosen], of_token]), axis=1)
    return np.bincount(pairs[0], minlength=len(tokens.types))
