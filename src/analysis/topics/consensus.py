"""Many runs made one: topics matched across runs, their median, and how far the runs agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .factorizations import DECIMALS, Method, Run, fold_in, hard_topics, run_once, scale_components
from .prepare import Floats, Integers, Prepared


@dataclass(frozen=True, eq=False)
class Consensus:
    """The median topics of matched runs.

    `components` n_topics × n_terms; `memberships` n_segments × n_topics; `topics` every segment's topic from
    0; `votes` n_runs × n_segments, every run's topic in the numbering of the consensus.
    """

    components: Floats
    memberships: Floats
    topics: Integers
    votes: Integers
    seeds: tuple[int, ...]


def run_many(prepared: Prepared, *, n_topics: int, method: Method, seeds: Sequence[int]) -> tuple[Run, ...]:
    """Return one fit a seed; every second one is on documents drawn with replacement."""
    return tuple(
        run_once(prepared, n_topics=n_topics, method=method, seed=seed, resample=number % 2 == 1)
        for number, seed in enumerate(seeds)
    )


def build_consensus(prepared: Prepared, runs: Sequence[Run], *, method: Method) -> Consensus:
    """Return the consensus of runs.

    The topics of all runs are matched one to one by the cosine of their term weights (Hungarian method),
    first to the run most like the others, then to the median of the matched topics until the matching stays.
    Medians of matched components follow Kotliar et al. (2019); a run on few documents that lost a topic
    cannot move a median.
    """
    directions = [_unit_rows(run.components) for run in runs]
    reference = directions[_medoid(directions)]
    matching: list[Integers] = []
    for _ in range(10):
        new = [match_topics(reference, direction) for direction in directions]
        middle = np.median([run.components[order] for run, order in zip(runs, new, strict=True)], axis=0)
        lost = middle.sum(axis=1) <= 0
        if lost.any():
            mean = np.mean([run.components[order] for run, order in zip(runs, new, strict=True)], axis=0)
            middle[lost] = mean[lost]
        unchanged = bool(matching) and all(
            np.array_equal(first, second) for first, second in zip(matching, new, strict=True)
        )
        matching, reference = new, _unit_rows(middle)
        if unchanged:
            break
    components = np.round(scale_components(middle, method=method), DECIMALS)
    votes = np.stack([_rename(run.topics, order) for run, order in zip(runs, matching, strict=True)])
    memberships = fold_in(prepared, components=components, method=method)
    if method == "kmeans":
        own = hard_topics(memberships)
        memberships = np.stack([(votes == topic).mean(axis=0) for topic in range(len(components))], axis=1)
        memberships[own >= 0] += 1e-5 * np.eye(len(components))[own[own >= 0]]
        memberships /= memberships.sum(axis=1, keepdims=True)
    memberships = np.round(memberships, 6)
    return Consensus(components, memberships, hard_topics(memberships), votes, tuple(run.seed for run in runs))


def match_topics(reference: Floats, directions: Floats) -> Integers:
    """Return for every reference topic the row of `directions` that is matched to it."""
    from scipy.optimize import linear_sum_assignment

    likeness = np.round(reference @ directions.T, DECIMALS)
    return np.asarray(linear_sum_assignment(-likeness)[1], dtype=np.int64)


def agreement(labellings: Sequence[Integers]) -> Floats:
    """Return the adjusted Rand index of every pair of labellings, as a symmetric matrix with 1 on the diagonal."""
    from sklearn.metrics import adjusted_rand_score

    result = np.eye(len(labellings))
    for first, second in combinations(range(len(labellings)), 2):
        value = float(adjusted_rand_score(labellings[first], labellings[second]))
        result[first, second] = result[second, first] = value
    return result


def jaccard_stability(topics: Integers, votes: Integers, *, n_topics: int) -> Floats:
    """Return for every topic the mean over runs of the Jaccard index with the run's most similar topic.

    Hennig (2007): below 0.5 a cluster is dissolved, 0.6 to 0.75 shows a pattern, above 0.85 it is stable.
    """
    values = np.zeros((len(votes), n_topics))
    for number, vote in enumerate(votes):
        for topic in range(n_topics):
            inside = topics == topic
            best = 0.0
            for other in range(n_topics):
                there = vote == other
                union = int((inside | there).sum())
                best = max(best, int((inside & there).sum()) / union if union else 0.0)
            values[number, topic] = best
    return np.asarray(values.mean(axis=0), dtype=np.float64)


def _medoid(directions: Sequence[Floats]) -> int:
    total = np.zeros(len(directions))
    for first, second in combinations(range(len(directions)), 2):
        order = match_topics(directions[first], directions[second])
        likeness = float((directions[first] * directions[second][order]).sum())
        total[first] += likeness
        total[second] += likeness
    return int(np.round(total, 6).argmax())


def _rename(topics: Integers, order: Integers) -> Integers:
    new = np.full(len(order) + 1, -1, dtype=np.int64)
    new[order] = np.arange(len(order))
    return np.asarray(new[topics], dtype=np.int64)


def _unit_rows(components: Floats) -> Floats:
    size = np.sqrt((components**2).sum(axis=1, keepdims=True))
    return np.asarray(components / np.where(size > 0, size, 1.0), dtype=np.float64)
