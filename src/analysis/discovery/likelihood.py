"""How likely a reader is to list a candidate: two logistic regressions whose weights are a table in the repository.

The first looks at each candidate alone, the second at its rivals: the best candidate that holds it, the best
that is a part of it, the best that crosses its border.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .. import paths
from .evidence import Candidates, Floats
from .spans import Booleans

WEIGHTS = paths.RESOURCES / "discovery_weights.tsv"
RIVALS = ("holder", "part", "crossing")
LEAST = -5.0
"""Log-odds below which a candidate is nobody's rival: a probability of 0.7 %."""
# A rival that is e^4 times less likely is as good as none, and −inf would make the mean useless.
_BEHIND = 4.0


def log_odds(candidates: Candidates, weights: dict[str, dict[str, float]]) -> Floats:
    """Return the log-odds of each candidate seen alone: the sum of the weights of its features."""
    result = np.full(len(candidates), weights["alone"]["constant"])
    for evidence in candidates.evidence():
        weight = evidence.weigh(weights.get(evidence.kind, {}))
        result += np.bincount(evidence.owner, weights=weight, minlength=len(candidates))
    return result


def log_odds_among_rivals(alone: Floats, rivalry: Floats, weights: dict[str, dict[str, float]]) -> Floats:
    """Return the log-odds of each candidate, corrected for its rivals."""
    chosen = weights["among rivals"]
    factors = [chosen[name] for name in rivalry_names()]
    return np.asarray(chosen["constant"] + chosen["alone"] * alone + rivalry @ factors, dtype=np.float64)


def rivalry_names() -> tuple[str, ...]:
    """Return the names of the columns of `measure_rivalry`."""
    return tuple(f"{rival}{suffix}" for rival in RIVALS for suffix in ("", " ahead"))


def measure_rivalry(candidates: Candidates, alone: Floats, chosen: Booleans) -> Floats:
    """Return how far the best rivals of each candidate are ahead of it, as the mean over its occurrences.

    Two columns for each relation: the difference in log-odds, −4 where it is less or there is no such rival; and
    that difference where it is positive, else 0. Only chosen candidates have and are rivals.
    """
    spans = candidates.spans
    occurrences = np.flatnonzero(chosen[spans.group])
    group = spans.group[occurrences]
    begin, end = spans.begin[spans.first[occurrences]], spans.end[spans.last[occurrences]]
    own = alone[group]
    best = np.full((len(RIVALS), len(occurrences)), -np.inf)
    # Occurrences are ordered by their begin. So each is compared with the next, the one after that and so on, all
    # at once, until no pair overlaps any more; the number of steps is that of the candidates over one position.
    for step in range(1, len(occurrences)):
        one = np.flatnonzero(begin[step:] < end[:-step])
        if not len(one):
            break
        other = one + step
        # equal begins: the later one is longer, so the earlier is inside it
        inside = begin[one] == begin[other]
        holds = ~inside & (end[other] <= end[one])
        crosses = ~inside & ~holds
        for relation, here, there in (
            (0, one[inside], other[inside]),
            (1, other[inside], one[inside]),
            (1, one[holds], other[holds]),
            (0, other[holds], one[holds]),
            (2, one[crosses], other[crosses]),
            (2, other[crosses], one[crosses]),
        ):
            best[relation, here] = np.maximum(best[relation, here], own[there])
    ahead = np.maximum(best - own, -_BEHIND)
    columns = [
        np.bincount(group, weights=w, minlength=len(alone)) for row in ahead for w in (row, np.maximum(row, 0))
    ]
    return np.asarray(np.stack(columns, axis=1) / np.maximum(candidates.count, 1)[:, None], dtype=np.float64)


@lru_cache(maxsize=1)
def load_weights() -> dict[str, dict[str, float]]:
    """Return the weights by kind of feature and label.

    Examples
    --------
    >>> weights = load_weights()
    >>> weights["last"]["战略"] > 0 > weights["last"]["情况"]
    True
    """
    result: dict[str, dict[str, float]] = {}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, label, weight = line.split("\t")
            result.setdefault(kind, {})[label] = float(weight)
    return result
