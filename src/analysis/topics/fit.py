"""Fit topics: many runs, their consensus, topics in canonical order."""

from __future__ import annotations

import numpy as np

from ..errors import check_choice, explain
from ..matrix import DocumentTermMatrix
from ..provenance import Step
from .consensus import agreement, build_consensus, run_many
from .factorizations import METHODS, Method, one_thread
from .prepare import SCHEME, Floats, Integers, Prepared, check_n_topics, prepare_segments
from .term_scores import frex_scores, top_columns
from .topic_model import TopicModel


def fit_topics(
    dtm: DocumentTermMatrix,
    *,
    n_topics: int,
    seed: int,
    method: Method = "nmf",
    runs: int = 20,
    min_terms: int = 5,
    twin_similarity: float | None = 0.9,
) -> TopicModel:
    """Return the topics that segments fall into: the consensus of many fits, in canonical order.

    A single fit of a topic model on a few hundred paragraphs depends on its seed and on single documents. So
    `runs` fits are made, each with its own seed and every second one on documents drawn with replacement
    (the document is the block); their topics are matched, and the median is reported together with how far
    the runs agree. Topics are numbered from 1 by their share of all tokens, ties by their terms.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts of segments (paragraphs or sections); the column `doc_id` says which document they are from.
    n_topics : int
        Number of topics, at least 2; see `compare_topic_counts`.
    seed : int
        Start of the random numbers. The seeds of all runs are derived from it and recorded.
    method : {"nmf", "kmeans", "lda"}
        "nmf": non-negative matrix factorization, squared error, of TF-IDF weights (scikit-learn's smoothed
        form, rows of unit length), started from the singular value decomposition with zeros filled at random
        (NNDSVDar, Boutsidis and Gallopoulos 2008); "kmeans": on the same weights; "lda": latent Dirichlet allocation of
        counts (batch, 30 iterations, one process).
    runs : int
        Number of fits.
    min_terms : int
        A segment with fewer tokens in the matrix is set aside: a heading says too little.
    twin_similarity : float, optional
        A segment whose counts have at least this cosine (0 to 1) with another's repeats it: it is set aside, and
        gets its twin's topic afterwards, so that boilerplate does not make a topic. None: keep all.

    Returns
    -------
    TopicModel
        With tables of topics, terms, assignments and document shares.

    Raises
    ------
    ValueError
        The matrix is weighted, the method unknown, or there are too few segments for so many topics (the
        message says the largest number that they allow).

    References
    ----------
    Lee and Seung (1999), Nature 401; Blei, Ng and Jordan (2003), JMLR 3; Kotliar et al. (2019), eLife 8,
    for the consensus; Greene, O'Callaghan and Cunningham (2014) for stability in topic models.

    Examples
    --------
    >>> from analysis import Tokens, count_terms
    >>> lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> lists = [[*tokens, f"其他{number % 3}"] for number, tokens in enumerate(lists)]
    >>> model = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    >>> model
    <TopicModel: 2 topics of 8 segments, nmf, stability 1.00>
    """
    check_choice(method, METHODS, name="method")
    if runs < 2:
        raise ValueError(explain(f"runs is {runs}", allowed="at least 2", todo="20 is usual"))
    prepared = prepare_segments(dtm, min_terms=min_terms, twin_similarity=twin_similarity)
    check_n_topics(prepared, n_topics=n_topics)
    seeds = derive_seeds(seed, number=runs)
    with one_thread():
        fits = run_many(prepared, n_topics=n_topics, method=method, seeds=seeds)
        consensus = build_consensus(prepared, fits, method=method)
        order = canonical_order(prepared, consensus.components, consensus.topics)
        matrix = agreement([run.topics for run in fits])
    step = Step(
        "fit_topics",
        {
            "n_topics": n_topics,
            "method": method,
            "weights": "count" if method == "lda" else SCHEME,
            "seed": seed,
            "runs": runs,
            "min_terms": min_terms,
            "twin_similarity": twin_similarity,
            "segments": len(prepared.rows),
            "excluded": len(prepared.excluded),
        },
    )
    index = np.full(n_topics + 1, -1, dtype=np.int64)
    index[order] = np.arange(n_topics)
    components = consensus.components[order]
    return TopicModel(
        n_topics=n_topics,
        method=method,
        seed=seed,
        seeds=consensus.seeds,
        stability=round(float(matrix[np.triu_indices(runs, 1)].mean()), 6),
        labels=default_labels(prepared, components),
        _prepared=prepared,
        _components=components,
        _memberships=consensus.memberships[:, order],
        _topics=index[consensus.topics],
        _votes=index[consensus.votes],
        history=(*dtm.history, step),
    )


def derive_seeds(seed: int, *, number: int) -> tuple[int, ...]:
    """Return seeds for single runs, made from one."""
    if seed < 0:
        raise ValueError(explain(f"seed is {seed}", allowed="0 or a positive whole number"))
    return tuple(int(value) for value in np.random.SeedSequence(seed).generate_state(number) >> np.uint32(1))


def canonical_order(prepared: Prepared, components: Floats, topics: Integers) -> Integers:
    """Return topics sorted by their share of tokens, largest first; ties by their terms."""
    tokens = [int(prepared.tokens[topics == topic].sum()) for topic in range(len(components))]
    names = [tuple(prepared.terms[index] for index in indices) for indices in top_columns(components, top_n=10)]
    order = sorted(range(len(components)), key=lambda topic: (-tokens[topic], names[topic]))
    return np.array(order, dtype=np.int64)


def default_labels(prepared: Prepared, components: Floats, *, top_n: int = 3) -> tuple[str, ...]:
    """Return for every topic its `top_n` terms of highest FREX, joined by a middle dot."""
    top = top_columns(np.round(frex_scores(components), 6), top_n=top_n)
    return tuple("·".join(prepared.terms[index] for index in indices) for indices in top)
