"""Sentences that stand for a topic."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, explain
from ..structure import parse_structure
from .term_scores import top_columns
from .topic_model import TopicModel

SHORTEST, LONGEST = 10, 150


def find_representative_sentences(model: TopicModel, *, corpus: Corpus, top_n: int = 3) -> pd.DataFrame:
    """Return the sentences that stand for every topic, taken from the segments that were assigned to it.

    A sentence's score for a topic is the sum of the topic's weights of the terms in it (the thirty strongest of
    every topic, the longest at each position), minus the largest such sum of another topic: a sentence that could
    as well stand elsewhere is no good example. Sentences of 10 to 150 characters are looked at, equal ones once.

    Parameters
    ----------
    model : TopicModel
        From `fit_topics`.
    corpus : Corpus
        The split corpus that was segmented.
    top_n : int
        Sentences a topic, at most.

    Returns
    -------
    DataFrame
        Columns topic, label, rank, doc_id, unit_id, start, end (characters in the unit's text), score, sentence.

    Raises
    ------
    CorpusError
        The corpus does not hold a segment of the model.

    Examples
    --------
    >>> from analysis import Tokens, count_terms, fit_topics
    >>> words = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    >>> model = fit_topics(count_terms(Tokens.from_lists(words)), n_topics=2, seed=1, twin_similarity=None)
    >>> texts = ["建设法治政府，坚持依法行政。", "调解矛盾纠纷，化解信访问题。"] * 4
    >>> corpus = Corpus(texts, pd.DataFrame(index=list("12345678")))
    >>> find_representative_sentences(model, corpus=corpus, top_n=1)["sentence"].tolist()
    ['建设法治政府，坚持依法行政。', '调解矛盾纠纷，化解信访问题。']
    """
    weights = np.round(model.term_weights, 9)
    indices = sorted({index for top in top_columns(weights, top_n=30) for index in top})
    of_term = {model.terms[index]: weights[:, index] for index in indices}
    pattern = re.compile(
        "|".join(re.escape(term) for term in sorted(of_term, key=lambda term: (-len(term), term)))
    )
    table = model.assignments
    table = table[table["status"] == "fitted"]
    missing = sorted(set(table["unit_id"]) - set(corpus.unit_ids))
    if missing:
        raise CorpusError(
            explain(
                f"this corpus does not hold the segment {missing[0]!r} of the model",
                todo="give the split corpus that was segmented",
            )
        )
    rows = []
    for unit_id, doc_id, topic in table[["unit_id", "doc_id", "topic"]].itertuples(index=False, name=None):
        text = corpus[unit_id]
        for piece in parse_structure(text).sentences:
            sentence = text[piece.start : piece.end].strip()
            if SHORTEST <= len(sentence) <= LONGEST:
                sums = np.sum([of_term[term] for term in pattern.findall(sentence)], axis=0, dtype=np.float64)
                sums = np.broadcast_to(sums, (model.n_topics,))
                score = float(sums[topic - 1] - np.delete(sums, topic - 1).max())
                rows.append((topic, round(score, 6), doc_id, unit_id, piece.start, piece.end, sentence))
    found = pd.DataFrame(rows, columns=["topic", "score", "doc_id", "unit_id", "start", "end", "sentence"])
    found = found[found["score"] > 0].sort_values(
        ["topic", "score", "sentence", "unit_id", "start"], ascending=[True, False, True, True, True]
    )
    found = found.drop_duplicates(["topic", "sentence"])
    found["rank"] = found.groupby("topic").cumcount() + 1
    found["label"] = [model.topic_names[topic] for topic in found["topic"]]
    columns = ["topic", "label", "rank", "doc_id", "unit_id", "start", "end", "score", "sentence"]
    return found.loc[found["rank"] <= top_n, columns].reset_index(drop=True)
