"""Which terms name a topic: frequent in it and found in few others."""

from __future__ import annotations

import numpy as np

from ..matrix import best_first
from .prepare import Floats


def frex_scores(components: Floats, *, weight: float = 0.5) -> Floats:
    r"""Return FREX, n_topics × n_terms, between 0 and 1: the harmonic mean of two ranks within a topic.

    .. math:: \mathrm{FREX}_{kv} = \left(\frac{\omega}{F(\beta_{kv} / \sum_j \beta_{jv})} +
              \frac{1 - \omega}{F(\beta_{kv})}\right)^{-1}

    with :math:`F` the share of the topic's terms that are not larger, :math:`\beta` the topic's term weights
    summing to 1 and :math:`\omega` the weight of exclusivity (Bischof and Airoldi 2012; 0.5 as in stm).
    """
    from scipy.stats import rankdata

    beta = relative_weights(components)
    whole = beta.sum(axis=0)
    exclusive = beta / np.where(whole > 0, whole, 1.0)
    ranks = [
        rankdata(np.round(values, 9), method="max", axis=1) / beta.shape[1] for values in (exclusive, beta)
    ]
    return np.asarray(1.0 / (weight / ranks[0] + (1.0 - weight) / ranks[1]), dtype=np.float64)


def class_tfidf(topic_counts: Floats) -> Floats:
    r"""Return class-based TF-IDF, n_topics × n_terms, of counts of every term in every topic's segments.

    .. math:: \frac{f_{kv}}{\sum_u f_{ku}} \ln\left(1 + \frac{A}{\sum_j f_{jv}}\right)

    with :math:`A` the mean number of tokens a topic (Grootendorst 2022).
    """
    mean = topic_counts.sum() / max(len(topic_counts), 1)
    rate = topic_counts / np.maximum(topic_counts.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(rate * np.log1p(mean / np.maximum(topic_counts.sum(axis=0), 1.0)), dtype=np.float64)


def exclusivity(components: Floats, *, top_n: int) -> Floats:
    """Return for every topic the mean share that it has of its `top_n` terms' weight over all topics, 1/k to 1."""
    beta = relative_weights(components)
    whole = beta.sum(axis=0)
    share = beta / np.where(whole > 0, whole, 1.0)
    top = top_columns(components, top_n=top_n)
    return np.array([share[topic, indices].mean() for topic, indices in enumerate(top)])


def top_columns(components: Floats, *, top_n: int) -> list[list[int]]:
    """Return the column indices of every topic's strongest terms; equal weights in the terms' order."""
    terms = np.arange(components.shape[1])
    return [best_first(row, terms)[:top_n].tolist() for row in components]


def relative_weights(components: Floats) -> Floats:
    """Return components with rows summing to 1."""
    size = components.sum(axis=1, keepdims=True)
    return np.asarray(components / np.where(size > 0, size, 1.0), dtype=np.float64)
