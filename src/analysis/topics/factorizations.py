"""One fit with one seed: the topics' term weights, and the topic of every segment."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .prepare import Floats, Integers, Prepared

Method = Literal["nmf", "kmeans", "lda"]
METHODS: tuple[str, ...] = ("nmf", "kmeans", "lda")
DECIMALS = 9


@dataclass(frozen=True, eq=False)
class Run:
    """One fit: components (n_topics × n_terms), every segment's topic from 0, −1 where it shares no term."""

    seed: int
    resampled: bool
    components: Floats
    topics: Integers


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep linear algebra on one thread: sums in another order differ in the last digit."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1), warnings.catch_warnings():
        # A run that stops at its last iteration is one voice among many; stability says how far they agree.
        from sklearn.exceptions import ConvergenceWarning

        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def run_once(prepared: Prepared, *, n_topics: int, method: Method, seed: int, resample: bool) -> Run:
    """Return one fit, on all documents or on documents drawn with replacement, applied to all segments."""
    data = prepared.counts if method == "lda" else prepared.weights
    rows = np.arange(data.shape[0])
    if resample:
        rows = _draw_blocks(prepared.blocks, seed=seed, at_least=n_topics)
    components = _components(sparse.csr_array(data[rows]), n_topics=n_topics, method=method, seed=seed)
    memberships = fold_in(prepared, components=components, method=method)
    return Run(seed, resample, components, hard_topics(memberships))


def _components(data: sparse.csr_array, *, n_topics: int, method: Method, seed: int) -> Floats:
    model: Any
    plain = sparse.csr_matrix(data)
    plain.indices, plain.indptr = plain.indices.astype(np.int32), plain.indptr.astype(np.int32)
    if method == "nmf":
        from sklearn.decomposition import NMF

        # Random starts end in poor optima of their own, and the consensus then depends on the seed; a start from the
        # singular value decomposition, its zeros filled at random, does not (docs/decisions/topics.md).
        model = NMF(
            n_components=n_topics, init="nndsvdar", solver="cd", tol=1e-4, max_iter=300, random_state=seed
        )
        with np.errstate(
            invalid="ignore"
        ):  # the error of an exact fit may be the root of −1e-17; it is not used
            weights = model.fit(plain).components_
    elif method == "kmeans":
        from sklearn.cluster import KMeans

        model = KMeans(
            n_clusters=n_topics, init="k-means++", n_init=10, algorithm="lloyd", max_iter=300, random_state=seed
        )
        weights = model.fit(plain).cluster_centers_
    else:
        from sklearn.decomposition import LatentDirichletAllocation

        model = LatentDirichletAllocation(
            n_components=n_topics, learning_method="batch", max_iter=30, n_jobs=1, random_state=seed
        )
        weights = model.fit(plain.astype(np.float64)).components_
    return scale_components(np.asarray(weights, dtype=np.float64), method=method)


def scale_components(weights: Floats, *, method: Method) -> Floats:
    """Return components of comparable size: probabilities for LDA, unit length for NMF, as they are for k-means."""
    weights = np.maximum(weights, 0.0)
    if method == "kmeans":
        return weights
    size = weights.sum(axis=1) if method == "lda" else np.sqrt((weights**2).sum(axis=1))
    return np.asarray(weights / np.where(size > 0, size, 1.0)[:, None], dtype=np.float64)


def fold_in(prepared: Prepared, *, components: Floats, method: Method) -> Floats:
    """Return how far every segment belongs to each component (n_segments × n_topics), rows summing to 1 or 0.

    NMF: non-negative least squares with the components held fixed. LDA: the maximum of the multinomial
    likelihood with the topics held fixed. k-means: 1 for the nearest centre.
    """
    if method == "lda":
        return _mixture(prepared.counts, components)
    data = prepared.weights
    if method == "kmeans":
        distance = (components**2).sum(axis=1)[None, :] - 2 * (data @ components.T)
        nearest = np.round(distance, DECIMALS).argmin(axis=1)
        return np.asarray(np.eye(len(components))[nearest], dtype=np.float64)
    weights = _least_squares(np.asarray(data @ components.T), components @ components.T)
    return _rows_to_one(weights)


def hard_topics(memberships: Floats) -> Integers:
    """Return every segment's first strongest topic, −1 where it has none; near ties count as ties."""
    rounded = np.round(memberships, 6)
    return np.where(rounded.max(axis=1) > 0, rounded.argmax(axis=1), -1).astype(np.int64)


def _least_squares(cross: Floats, gram: Floats) -> Floats:
    """Non-negative least squares for many rows at once, by coordinate descent; components have unit length."""
    weights = np.zeros_like(cross)
    for _ in range(200):
        before = weights.copy()
        for topic in range(len(gram)):
            if gram[topic, topic] > 0:
                slope = cross[:, topic] - weights @ gram[:, topic]
                weights[:, topic] = np.maximum(weights[:, topic] + slope / gram[topic, topic], 0.0)
        if float(np.abs(weights - before).max(initial=0.0)) < 1e-10:
            break
    return weights


def _mixture(counts: sparse.csr_array, topics: Floats) -> Floats:
    n_topics = len(topics)
    weights = np.full((counts.shape[0], n_topics), 1.0 / n_topics)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    term_given_topic = topics.T[counts.indices]
    for _ in range(100):
        expected = np.maximum((weights[rows] * term_given_topic).sum(axis=1), 1e-300)
        ratio = sparse.csr_array((counts.data / expected, counts.indices, counts.indptr), shape=counts.shape)
        new = _rows_to_one(1.0 / n_topics + weights * np.asarray(ratio @ topics.T))
        moved = float(np.abs(new - weights).max(initial=0.0))
        weights = new
        if moved < 1e-8:
            break
    return weights


def _rows_to_one(weights: Floats) -> Floats:
    size = weights.sum(axis=1, keepdims=True)
    return np.asarray(
        np.divide(weights, size, out=np.zeros_like(weights), where=size > 1e-12), dtype=np.float64
    )


def _draw_blocks(blocks: Integers, *, seed: int, at_least: int) -> npt.NDArray[np.int64]:
    """Rows of documents drawn with replacement; of segments, where there is one document."""
    random = np.random.default_rng([seed, 1])
    members = [np.flatnonzero(blocks == block) for block in range(int(blocks.max()) + 1)]
    if len(members) == 1:
        members = [np.array([row]) for row in range(len(blocks))]
    for _ in range(50):
        rows = np.concatenate([members[draw] for draw in random.integers(0, len(members), len(members))])
        if len(set(rows.tolist())) >= 2 * at_least:
            return np.sort(rows)
    return np.arange(len(blocks))
