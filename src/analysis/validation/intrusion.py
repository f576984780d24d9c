"""Sheets on which readers look for the intruder, and how far their answers agree."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import check_choice, explain
from ..topics.term_scores import top_columns
from ..topics.topic_model import TopicModel

Kind = Literal["word", "topic"]
KINDS: tuple[str, ...] = ("word", "topic")
WORDS, TOPICS = 6, 4


def make_intrusion_sheet(
    model: TopicModel, *, kind: Kind, seed: int, items: int = 3, corpus: Corpus | None = None
) -> pd.DataFrame:
    """Return a sheet to print or send to readers, who write the number of the intruder into `answer`.

    A word item shows five strong terms of a topic and one that is strong in another topic and weak in this
    one; a topic item shows a segment, three topics that it belongs to and one that it does not (Chang et al.
    2009). Readers who find the intruder see the topic; `score_intrusion` counts how often they do, and
    `krippendorff_alpha` how far they agree.

    Parameters
    ----------
    model : TopicModel
        From `fit_topics`; topic items need at least four topics.
    kind : {"word", "topic"}
        What the intruder is.
    seed : int
        Of the random choices; the same seed gives the sheet and its key (`make_intrusion_key`).
    items : int
        Items a topic, at most; a topic has fewer if it has not enough terms or segments.
    corpus : Corpus, optional
        For topic items: the segments' texts, shown as the question. Without it the identifier is shown.

    Returns
    -------
    DataFrame
        Columns item (from 1), kind, question, option_1 … option_6 (the last two empty for topic items), answer
        (empty).

    Raises
    ------
    ValueError
        The kind is unknown, there are too few topics, or no segment belongs to three topics and not to a fourth.

    Examples
    --------
    >>> from analysis import Tokens, count_terms, fit_topics
    >>> lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> model = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    >>> sheet = make_intrusion_sheet(model, kind="word", seed=1, items=1)
    >>> sorted(sheet.loc[0, "option_1":"option_6"])
    ['信访', '决策', '化解', '矛盾', '纠纷', '调解']
    """
    sheet, _ = _make(model, kind, seed, items, corpus)
    return sheet


def make_intrusion_key(model: TopicModel, *, kind: Kind, seed: int, items: int = 3) -> pd.DataFrame:
    """Return the answers to the sheet of the same model, kind, seed and items.

    Returns
    -------
    DataFrame
        Columns item, topic (that the item is about; for a topic item the segment's strongest), intruder (term or
        label), answer (number of the option).

    Examples
    --------
    >>> from analysis import Tokens, count_terms, fit_topics
    >>> lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> model = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    >>> make_intrusion_key(model, kind="word", seed=1, items=1).loc[0, "intruder"]
    '决策'
    """
    _, key = _make(model, kind, seed, items, None)
    return key


def score_intrusion(answers: pd.DataFrame, *, key: pd.DataFrame) -> pd.DataFrame:
    """Return for every topic how often readers found the intruder.

    Parameters
    ----------
    answers : DataFrame
        Filled-in sheets, one below the other: columns coder, item, answer (number of an option; missing where
        a reader gave none).
    key : DataFrame
        From `make_intrusion_key`.

    Returns
    -------
    DataFrame
        Columns topic, items, answers, found (answers that name the intruder), precision (their share, 0 to 1;
        the model precision of Chang et al. 2009).

    Raises
    ------
    ValueError
        A column is missing, or an item is not in the key.

    Examples
    --------
    >>> key = pd.DataFrame({"item": [1], "topic": [1], "intruder": ["化解"], "answer": [3]})
    >>> answers = pd.DataFrame({"coder": ["甲", "乙"], "item": [1, 1], "answer": [3, 5]})
    >>> score_intrusion(answers, key=key)["precision"].tolist()
    [0.5]
    """
    for column in ("coder", "item", "answer"):
        if column not in answers.columns:
            raise ValueError(explain(f"no column {column!r}", allowed="coder, item, answer"))
    unknown = sorted(set(answers["item"]) - set(key["item"]))
    if unknown:
        raise ValueError(explain(f"item {unknown[0]} is not in the key", todo="give the key of this sheet"))
    given = answers.dropna(subset=["answer"]).merge(key, on="item", suffixes=("", "_key"))
    given["found"] = given["answer"].astype(int) == given["answer_key"].astype(int)
    table = (
        given.groupby("topic")
        .agg(items=("item", "nunique"), answers=("found", "size"), found=("found", "sum"))
        .reset_index()
    )
    table["precision"] = (table["found"] / table["answers"]).round(6)
    return table


def _make(
    model: TopicModel, kind: Kind, seed: int, items: int, corpus: Corpus | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    check_choice(kind, KINDS, name="kind")
    random = np.random.default_rng([seed, 4])
    made = _word_items(model, items, random) if kind == "word" else _topic_items(model, items, random, corpus)
    order = random.permutation(len(made))
    rows: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    for number, position in enumerate(order, start=1):
        topic, question, options, intruder = made[position]
        shown = [options[index] for index in random.permutation(len(options))]
        row = {"item": number, "kind": kind, "question": question}
        for column in range(WORDS):
            row[f"option_{column + 1}"] = shown[column] if column < len(shown) else ""
        rows.append({**row, "answer": ""})
        keys.append({"item": number, "topic": topic, "intruder": intruder, "answer": shown.index(intruder) + 1})
    return pd.DataFrame(rows), pd.DataFrame(keys)


Item = tuple[int, str, list[str], str]


def _word_items(model: TopicModel, items: int, random: np.random.Generator) -> list[Item]:
    weights = np.round(model.term_weights, 9)
    tops = [
        [index for index in indices if weights[topic, index] > 0]
        for topic, indices in enumerate(top_columns(weights, top_n=10))
    ]
    made: list[Item] = []
    for topic in range(model.n_topics):
        strong = tops[topic]
        weak_limit = float(np.median(weights[topic]))
        others = sorted({index for other in range(model.n_topics) if other != topic for index in tops[other]})
        weak = [index for index in others if index not in strong and weights[topic, index] <= weak_limit]
        weak = weak or sorted(set(others) - set(strong), key=lambda index: (weights[topic, index], index))[:1]
        if len(strong) < WORDS - 1 or not weak:
            continue
        for number in range(items):
            shown = strong[: WORDS - 1]
            if number:
                shown = sorted(random.choice(strong, WORDS - 1, replace=False).tolist())
            intruder = model.terms[weak[int(random.integers(len(weak)))]]
            made.append((topic + 1, "", [*(model.terms[index] for index in shown), intruder], intruder))
    return made


def _topic_items(
    model: TopicModel, items: int, random: np.random.Generator, corpus: Corpus | None
) -> list[Item]:
    if model.n_topics < TOPICS:
        raise ValueError(
            explain(f"{model.n_topics} topics are too few for topic items", allowed=f"at least {TOPICS} topics")
        )
    memberships = model.memberships
    made: list[Item] = []
    for topic in range(model.n_topics):
        fit = [
            row
            for row in np.flatnonzero(memberships.argmax(axis=1) == topic)
            if (memberships[row] >= 0.1).sum() >= TOPICS - 1 and (memberships[row] <= 0.01).any()
        ]
        for row in sorted(random.permutation(fit)[:items].tolist()):
            own = np.argsort(-memberships[row], kind="stable")[: TOPICS - 1]
            outside = np.flatnonzero(memberships[row] <= 0.01)
            intruder = model.labels[int(outside[int(random.integers(len(outside)))])]
            unit = model.unit_ids[row]
            question = corpus[unit] if corpus is not None else unit
            made.append((topic + 1, question, [*(model.labels[index] for index in own), intruder], intruder))
    if not made:
        raise ValueError(
            explain(
                "no segment belongs to three topics and not to a fourth",
                todo='use kind="word", or longer segments, or method="lda"',
            )
        )
    return made
