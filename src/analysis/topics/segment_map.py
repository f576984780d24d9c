"""Segments in two dimensions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .factorizations import one_thread
from .prepare import Floats
from .topic_model import TopicModel


def map_segments(model: TopicModel) -> pd.DataFrame:
    r"""Return coordinates in two dimensions for every fitted segment: near ones belong to like topics.

    The segments' memberships are mapped by principal coordinates of their Hellinger distance
    :math:`d(a, b)^2 = \frac{1}{2}\sum_k (\sqrt{a_k} - \sqrt{b_k})^2` (Gower 1966), so that a segment of one topic
    stands at a corner and a mixed one between corners. There is no random start; the sign of an axis is fixed
    by its farthest segment, which is on the positive side.

    Parameters
    ----------
    model : TopicModel
        From `fit_topics`.

    Returns
    -------
    DataFrame
        Columns unit_id, doc_id, topic, label, x, y, weight (how far the segment belongs to its topic), share_x
        and share_y (of the squared distances that the axis shows, 0 to 1, the same in every row). With two or
        three topics the map is nearly exact; with many it is a shadow of them.

    Examples
    --------
    >>> from analysis import Tokens, count_terms, fit_topics
    >>> lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> model = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    >>> map_segments(model).groupby("topic")["x"].nunique().tolist()
    [1, 1]
    """
    table = model.assignments
    table = table[table["status"] == "fitted"]
    order = {unit: row for row, unit in enumerate(model.unit_ids)}
    rows = [order[unit] for unit in table["unit_id"]]
    indices, shares = _principal_coordinates(np.sqrt(model.memberships)[rows])
    result = table[["unit_id", "doc_id", "topic", "label"]].assign(
        x=indices[:, 0], y=indices[:, 1], weight=table["weight"], share_x=shares[0], share_y=shares[1]
    )
    return result.reset_index(drop=True)


def _principal_coordinates(roots: Floats) -> tuple[Floats, Floats]:
    """Coordinates on two axes, and the axes' shares of the squared distances."""
    centred = (roots - roots.mean(axis=0)) / np.sqrt(2)
    with one_thread():
        values, vectors = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(-values, kind="stable")[:2]
    indices = centred @ vectors[:, order]
    for axis in range(indices.shape[1]):
        farthest = int(np.round(np.abs(indices[:, axis]), 6).argmax())
        if indices[farthest, axis] < 0:
            indices[:, axis] *= -1
    total = max(float(values.sum()), 1e-12)
    return np.round(indices, 6) + 0.0, np.round(values[order] / total, 6)
