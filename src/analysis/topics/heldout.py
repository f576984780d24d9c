"""Held-out likelihood of LDA: how well topics of some documents foretell the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .factorizations import Run, fold_in, run_once
from .prepare import Floats, Prepared


def heldout_likelihoods(prepared: Prepared, *, n_topics: int, seeds: Sequence[int]) -> Floats:
    """Return for every seed the log likelihood a token by document completion.

    A fifth of the documents, at least one (of a single document a fifth of the segments), is left out of the
    fit. In every left-out segment half of the tokens are drawn; from them the segment's mixture of topics is
    estimated, and the log likelihood of the other half is taken and divided by its tokens (Wallach et al.
    2009, section 4.3). Natural logarithm; higher is better.
    """
    return np.array([_one(prepared, n_topics=n_topics, seed=seed) for seed in seeds], dtype=np.float64)


def _one(prepared: Prepared, *, n_topics: int, seed: int) -> float:
    random = np.random.default_rng([seed, 3])
    blocks = prepared.blocks if len(prepared.documents) > 1 else np.arange(len(prepared.blocks))
    names = np.unique(blocks)
    out = random.permutation(names)[: max(1, len(names) // 5)]
    held = np.isin(blocks, out)
    if int((~held).sum()) < n_topics:
        return float("nan")
    run: Run = run_once(_part(prepared, ~held), n_topics=n_topics, method="lda", seed=seed, resample=False)
    counts = sparse.csr_array(prepared.counts[held])
    first = random.binomial(counts.data, 0.5).astype(np.int64)
    observed = sparse.csr_array((first, counts.indices, counts.indptr), shape=counts.shape)
    mixture = fold_in(replace(prepared, counts=observed), components=run.components, method="lda")
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    rest = counts.data - first
    chance = (mixture[rows] * run.components.T[counts.indices]).sum(axis=1)
    return float((rest * np.log(np.maximum(chance, 1e-12))).sum() / max(int(rest.sum()), 1))


def _part(prepared: Prepared, rows: npt.NDArray[np.bool_]) -> Prepared:
    return replace(
        prepared,
        counts=sparse.csr_array(prepared.counts[rows]),
        weights=sparse.csr_array(prepared.weights[rows]),
        blocks=np.unique(prepared.blocks[rows], return_inverse=True)[1].astype(np.int64),
    )
