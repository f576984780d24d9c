"""Simulated documents: the p value finds nothing too often, the interval holds the truth often enough.

The full measurement is `benchmarks/keyness.md`; here are fewer words, and room for chance: three standard errors
of a binomial share.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.keyness import choose_groups, compare_vocabulary, log_ratio_interval
from analysis.matrix import DocumentTermMatrix

pytestmark = pytest.mark.slow
WORDS, SETS = 1500, 4


def simulate(random, n, shape, mean, true):
    """Counts of gamma-Poisson words in twice `n` documents of different lengths; the first half is the target."""
    lengths = np.round(2000 * np.exp(random.normal(0, 0.4, size=2 * n)))
    rates = np.where(np.arange(2 * n) < n, 2.0**true, 1.0) * mean * lengths / 2000
    counts = random.poisson(rates[:, None] * random.gamma(shape, 1 / shape, size=(2 * n, WORDS)))
    return counts[:, counts.sum(axis=0) >= 5], lengths


@pytest.mark.parametrize("shape", [4.0, 1.0, 0.3])
@pytest.mark.parametrize("n", [3, 5, 10, 25])
def test_the_interval_holds_the_true_ratio(n, shape):
    random = np.random.default_rng([n, int(10 * shape)])
    held = []
    for true in (0.0, 1.5) * (SETS // 2):
        counts, lengths = simulate(random, n, shape, 10.0, true)
        low, high = log_ratio_interval(
            counts[:n], counts[n:], target_lengths=lengths[:n], reference_lengths=lengths[n:]
        )
        held.append((low <= true) & (true <= high))
    held = np.concatenate(held)
    assert held.mean() >= 0.94 - 3 * np.sqrt(0.94 * 0.06 / len(held))


@pytest.mark.parametrize("shape", [4.0, 1.0, 0.3])
@pytest.mark.parametrize("n", [3, 5, 10, 25])
def test_words_that_do_not_differ_are_seldom_found(n, shape):
    random = np.random.default_rng([n, int(10 * shape), 1])
    found = []
    for _ in range(SETS):
        counts, lengths = simulate(random, n, shape, 10.0, 0.0)
        docvars = pd.DataFrame(
            {"type": ["讲话"] * n + ["报告"] * n}, index=[f"文{i:02d}" for i in range(2 * n)]
        )
        terms = tuple(f"词{i:05d}" for i in range(counts.shape[1]))
        dtm = DocumentTermMatrix(sparse.csr_array(counts), terms, lengths.astype(np.int64), docvars)
        comparison = compare_vocabulary(dtm, contrast=choose_groups(dtm, target="讲话"), draws=1999, seed=1)
        found.append(comparison.table["p_permutation"] <= 0.05)
    found = np.concatenate(found)
    assert found.mean() <= 0.06 + 3 * np.sqrt(0.06 * 0.94 / len(found))


def test_the_textbooks_interval_covers_less():
    random = np.random.default_rng(8)
    n, held = 10, {"gamma_poisson": [], "quasi_poisson": []}
    for _ in range(SETS):
        counts, lengths = simulate(random, n, 4.0, 50.0, 0.0)
        for interval, found in held.items():
            low, high = log_ratio_interval(
                counts[:n],
                counts[n:],
                target_lengths=lengths[:n],
                reference_lengths=lengths[n:],
                interval=interval,
            )
            found.append((low <= 0) & (high >= 0))
    assert np.mean(held["quasi_poisson"]) < 0.945 < np.mean(held["gamma_poisson"])
