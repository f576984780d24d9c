"""Names for topics: a table to edit, and the model that carries the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ..errors import explain
from ..provenance import Step, digest_table
from .topic_model import TopicModel

LABEL_COLUMNS = ("topic", "terms", "label")


def tabulate_labels(model: TopicModel) -> pd.DataFrame:
    """Return the table of labels to edit: topic, terms (the ten strongest), label.

    Write it with `to_csv(path, index=False)`, edit the column `label`, and give the file to `label_topics`. The
    column `terms` lets `label_topics` see whether the labels were written for these topics.

    Examples
    --------
    >>> from analysis import Tokens, count_terms, fit_topics
    >>> lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> model = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    >>> list(tabulate_labels(model).columns)
    ['topic', 'terms', 'label']
    """
    return model.topics[list(LABEL_COLUMNS)]


def label_topics(model: TopicModel, *, labels: Mapping[int, str] | pd.DataFrame | str | Path) -> TopicModel:
    """Return the model with names of its topics that a reader gave.

    Parameters
    ----------
    model : TopicModel
        From `fit_topics`.
    labels : mapping, DataFrame or path
        Topic number → label, or the edited table of `tabulate_labels`, or its CSV file (UTF-8). Topics that are
        not named keep their label.

    Raises
    ------
    ValueError
        A topic that does not exist, an empty or doubled label, a missing column, or terms that are not the
        topic's: the labels were written for another model.

    Examples
    --------
    >>> from analysis import Tokens, count_terms, fit_topics
    >>> lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> model = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    >>> label_topics(model, labels={1: "依法行政", 2: "矛盾化解"}).labels
    ('依法行政', '矛盾化解')
    """
    name = ""
    if isinstance(labels, str | Path):
        name = Path(labels).name
        labels = pd.read_csv(labels, encoding="utf-8-sig", keep_default_na=False)
    given = _from_table(model, labels, name) if isinstance(labels, pd.DataFrame) else dict(labels)
    for topic, label in given.items():
        if not 1 <= topic <= model.n_topics:
            raise ValueError(
                explain(f"there is no topic {topic}", where=name, allowed=f"1 to {model.n_topics}")
            )
        if not label.strip():
            raise ValueError(explain(f"the label of topic {topic} is empty", where=name))
    new = {**model.topic_names, **{topic: label.strip() for topic, label in given.items()}}
    twice = [label for label in new.values() if list(new.values()).count(label) > 1]
    if twice:
        raise ValueError(
            explain(f"two topics are called {twice[0]!r}", where=name, allowed="one label a topic")
        )
    table = pd.DataFrame({"topic": list(new), "label": list(new.values())})
    step = Step("label_topics", {"labels": len(given), "digest": digest_table(table)})
    return replace(model, labels=tuple(new.values()), history=(*model.history, step))


def _from_table(model: TopicModel, table: pd.DataFrame, name: str) -> dict[int, str]:
    for column in LABEL_COLUMNS:
        if column not in table.columns:
            raise ValueError(explain(f"no column {column!r}", where=name, allowed=", ".join(LABEL_COLUMNS)))
    own = dict(zip(model.topics["topic"], model.topics["terms"], strict=True))
    given: dict[int, str] = {}
    for line, (topic, terms, label) in enumerate(
        table[list(LABEL_COLUMNS)].itertuples(index=False, name=None), start=2
    ):
        known = own.get(int(topic))
        if known is not None and str(terms) != known:
            raise ValueError(
                explain(
                    f"topic {topic} has other terms than when it was named: {known}",
                    where=f"{name or 'labels'}, line {line}: {terms}",
                    todo="write a new table with tabulate_labels and name the topics anew",
                )
            )
        given[int(topic)] = str(label)
    return given
