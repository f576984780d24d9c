"""How many topics? The same fits for several numbers, beside fits of shuffled text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ..errors import check_choice, explain
from ..matrix import DocumentTermMatrix, weight_dtm
from .coherence import segment_npmi
from .consensus import agreement, build_consensus, jaccard_stability, run_many
from .factorizations import METHODS, Method, one_thread
from .heldout import heldout_likelihoods
from .prepare import Floats, Prepared, check_n_topics, prepare_segments, thin_segments
from .term_scores import exclusivity, top_columns

Criterion = Literal["stability", "jaccard", "coherence", "silhouette", "heldout"]
Shuffle = Literal["corpus", "document"]
CRITERIA: tuple[str, ...] = ("stability", "jaccard", "coherence", "silhouette", "heldout")
SHUFFLES: tuple[str, ...] = ("corpus", "document")
COLUMNS = (
    "n_topics",
    "criterion",
    "mean",
    "mean_low",
    "mean_high",
    "standard_error",
    "null_mean",
    "null_low",
    "null_high",
    "chosen",
)


def compare_topic_counts(
    dtm: DocumentTermMatrix,
    *,
    candidates: Sequence[int],
    seeds: Sequence[int],
    method: Method = "nmf",
    criterion: Criterion = "stability",
    shuffle: Shuffle = "corpus",
    null_runs: int | None = None,
    max_segments: int = 1000,
    min_terms: int = 5,
    twin_similarity: float | None = 0.9,
) -> pd.DataFrame:
    """Return a panel of measures for several numbers of topics, each beside the same on shuffled text.

    No measure knows the number of topics; read them together. The rule marks the smallest number whose
    criterion is within one standard error of the best (Breiman et al. 1984, section 3.4.3), a criterion being
    taken as its distance from the mean on shuffled text, so that a number is not chosen for what noise gives.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts of segments, as for `fit_topics`.
    candidates : sequence of int
        Numbers of topics to compare.
    seeds : sequence of int
        One fit a seed and number, at least 3; every second one is on documents drawn with replacement.
    method : {"nmf", "kmeans", "lda"}
        As for `fit_topics`.
    criterion : str
        The measure that the rule looks at; "heldout" needs "lda".
    shuffle : {"corpus", "document"}
        Where tokens are shuffled for the null runs: over all segments (no structure at all is left), or
        within each document (documents still differ, their segments don't: the stricter question, whether
        topics are more than documents).
    null_runs : int, optional
        Fits on shuffled text a number, with the first `null_runs` seeds (repeated if there are fewer). None: as
        many as there are seeds. Fewer save time, but then plain and resampled fits are mixed in another
        proportion than in the real runs, which the measures of agreement notice.
    max_segments : int
        Of more segments, evenly spaced ones are taken, so that the panel of a large corpus takes minutes.
    min_terms, twin_similarity : int, float or None
        As for `fit_topics`.

    Returns
    -------
    DataFrame
        One row a number and criterion: n_topics, criterion, mean, mean_low, mean_high (2.5 and 97.5 % of the runs),
        standard_error (of the mean, runs taken as independent), null_mean, null_low, null_high, chosen (True
        for all rows of the number that the rule marks). Measures:

        - stability: adjusted Rand index of a run with the others, 1 where they agree;
        - jaccard: Jaccard index of a topic's segments with the most similar topic of the consensus;
        - coherence: NPMI of the ten strongest terms, a segment being the window;
        - exclusivity: share of the ten strongest terms' weight that is the topic's own;
        - silhouette: of the segments' TF-IDF weights, cosine (Rousseeuw 1987);
        - heldout: for "lda", log likelihood a token of one half of every left-out segment, given the other; left
          out where too few segments remain for the fit.

    Raises
    ------
    ValueError
        A candidate is larger than the data allow, fewer than 3 seeds, or a choice that does not exist.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> lists = [["法治", "政府", "依法", "行政"], ["矛盾", "纠纷", "调解", "信访"], ["企业", "市场", "服务", "环境"]]
    >>> lists = [[*lists[n % 3], lists[n % 3][n % 4], f"其他{n % 5}"] for n in range(24)]
    >>> dtm = count_terms(Tokens.from_lists(lists))
    >>> panel = compare_topic_counts(dtm, candidates=[2, 3, 4], seeds=range(6), twin_similarity=None)
    >>> panel.loc[panel["chosen"] & (panel["criterion"] == "stability"), "n_topics"].tolist()
    [3]
    """
    check_choice(method, METHODS, name="method")
    check_choice(criterion, CRITERIA, name="criterion")
    check_choice(shuffle, SHUFFLES, name="shuffle")
    numbers, chosen_seeds = sorted(set(candidates)), list(seeds)
    null_runs = len(chosen_seeds) if null_runs is None else null_runs
    if not numbers:
        raise ValueError(explain("candidates is empty", allowed="numbers of topics, such as range(2, 11)"))
    if len(chosen_seeds) < 3 or null_runs < 2:
        raise ValueError(
            explain(f"{len(chosen_seeds)} seeds and {null_runs} null runs", allowed="at least 3 and at least 2")
        )
    if criterion == "heldout" and method != "lda":
        raise ValueError(explain(f"{method} has no held-out likelihood", allowed='method="lda"'))
    prepared = prepare_segments(dtm, min_terms=min_terms, twin_similarity=twin_similarity)
    prepared = thin_segments(prepared, at_most=max_segments)
    for number in numbers:
        check_n_topics(prepared, n_topics=number, name="a candidate")
    null_seeds = [
        chosen_seeds[index % len(chosen_seeds)] + index // len(chosen_seeds) for index in range(null_runs)
    ]
    shuffled = shuffle_segments(prepared, within=shuffle, seed=chosen_seeds[0])
    rows = []
    with one_thread():
        for number in numbers:
            real = _measures(prepared, n_topics=number, method=method, seeds=chosen_seeds)
            null = _measures(shuffled, n_topics=number, method=method, seeds=null_seeds)
            for measure, values in real.items():
                if not (np.isfinite(values).all() and np.isfinite(null[measure]).all()):
                    continue
                low, high = np.quantile(values, [0.025, 0.975])
                null_low, null_high = np.quantile(null[measure], [0.025, 0.975])
                error = values.std(ddof=1) / np.sqrt(len(values))
                figures = (values.mean(), low, high, error, null[measure].mean(), null_low, null_high)
                rows.append((number, measure, *(round(float(figure), 6) for figure in figures)))
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    table["chosen"] = table["n_topics"] == _one_standard_error(table, criterion)
    return table


def shuffle_segments(prepared: Prepared, *, within: Shuffle, seed: int) -> Prepared:
    """Return the same segments with their tokens dealt out anew: lengths and term totals stay."""
    random = np.random.default_rng([seed, 2])
    counts = prepared.counts
    rows = np.repeat(np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr)), counts.data)
    columns = np.repeat(counts.indices, counts.data)
    if within == "corpus":
        columns = random.permutation(columns)
    else:
        for block in range(len(prepared.documents)):
            own = np.flatnonzero(prepared.blocks[rows] == block)
            columns[own] = random.permutation(columns[own])
    dealt = sparse.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=counts.shape).tocsr()
    dealt.sum_duplicates()
    part = DocumentTermMatrix(dealt, prepared.terms, prepared.tokens, prepared.dtm.docvars.iloc[prepared.rows])
    weights = weight_dtm(part, scheme="tfidf_sklearn", normalize=True).matrix
    return replace(prepared, counts=part.matrix, weights=weights)


def _measures(prepared: Prepared, *, n_topics: int, method: Method, seeds: Sequence[int]) -> dict[str, Floats]:
    """Every measure's value for every run."""
    runs = run_many(prepared, n_topics=n_topics, method=method, seeds=seeds)
    consensus = build_consensus(prepared, runs, method=method)
    matrix = agreement([run.topics for run in runs])
    present = prepared.counts > 0
    top = [top_columns(run.components, top_n=10) for run in runs]
    result = {
        "stability": (matrix.sum(axis=1) - 1.0) / (len(runs) - 1),
        "jaccard": np.array(
            [
                jaccard_stability(consensus.topics, vote[None, :], n_topics=n_topics).mean()
                for vote in consensus.votes
            ]
        ),
        "coherence": np.array(
            [np.mean([segment_npmi(present, columns=indices) for indices in own]) for own in top]
        ),
        "exclusivity": np.array([exclusivity(run.components, top_n=10).mean() for run in runs]),
        "silhouette": np.array([_silhouette(prepared, run.topics) for run in runs]),
    }
    if method == "lda":
        result["heldout"] = heldout_likelihoods(prepared, n_topics=n_topics, seeds=seeds)
    return result


def _silhouette(prepared: Prepared, topics: np.ndarray) -> float:
    from sklearn.metrics import silhouette_score

    if not 1 < len(set(topics.tolist())) < len(topics):
        return 0.0
    rows = np.arange(len(topics))
    if len(rows) > 1500:
        rows = rows[np.arange(1500) * len(rows) // 1500]
    weights = sparse.csr_matrix(prepared.weights[rows])
    if len(set(topics[rows].tolist())) < 2:
        return 0.0
    return float(silhouette_score(weights, topics[rows], metric="cosine"))


def _one_standard_error(table: pd.DataFrame, criterion: str) -> int:
    part = table[table["criterion"] == criterion]
    if set(part["n_topics"]) != set(table["n_topics"]):
        raise ValueError(
            explain(
                f"{criterion} cannot be computed for every candidate",
                todo="take smaller candidates or another criterion",
            )
        )
    gain = (part["mean"] - part["null_mean"]).to_numpy()
    best = int(gain.argmax())
    limit = gain[best] - float(part["standard_error"].to_numpy()[best])
    return int(part["n_topics"].to_numpy()[np.flatnonzero(gain >= limit - 1e-9)[0]])
