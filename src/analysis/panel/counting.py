"""How often the words of a dictionary stand in every unit: as tokens, inside tokens, or as characters.

The better words are kept whole, the fewer of them stand alone: 生态文明建设 is one token, so a list with 生态 finds
nothing there. What the field publishes counts characters; what a linguist counts are tokens. All three are counted,
since no reader can tell from one number what the others would have been.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

from ..errors import CorpusError, explain
from ..structure import sentence_around
from ..words.tokens import Tokens
from .measures import Measure

Matching = Literal["token", "nested", "characters"]
MATCHINGS: tuple[str, ...] = ("token", "nested", "characters")
Counts = npt.NDArray[np.int64]


def count_measure(tokens: Tokens, *, measure: Measure, matching: Matching) -> Counts:
    """Return for every unit how often the words of a measure stand in it.

    Parameters
    ----------
    tokens : Tokens
        Any units, with their texts where characters are counted.
    measure : Measure
        Words and exclusions.
    matching : {"token", "nested", "characters"}
        "token": a token is one of the words. "nested": a word stands inside one token, the token itself included.
        "characters": a word stands in the text, also across the borders of tokens. Of words that overlap the longest
        counts, and of those the first; a word inside an excluded phrase does not count.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["推动", "生态文明建设", "，", "绿色", "发展"]])
    >>> words = Measure("环保", ("生态", "绿色"))
    >>> [int(count_measure(tokens, measure=words, matching=matching)[0]) for matching in ("token", "nested")]
    [1, 2]
    """
    if matching == "characters":
        return _in_texts(tokens, measure)
    of_type = _is_word(measure) if matching == "token" else _inside(measure)
    per_type = np.array([of_type(name) for name in tokens.types], dtype=np.int64)
    units = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
    values = per_type[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=np.int64)
    return np.bincount(units, weights=values, minlength=len(tokens)).astype(np.int64)


def count_words(tokens: Tokens) -> Counts:
    """Return for every unit its tokens that hold a letter or digit: the denominator of every share."""
    is_word = np.array([any(character.isalnum() for character in name) for name in tokens.types], dtype=bool)
    units = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
    chosen = is_word[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=bool)
    return np.bincount(units[chosen], minlength=len(tokens)).astype(np.int64)


def _is_word(measure: Measure) -> Callable[[str], bool]:
    whole = {word for word in measure.words if not word.endswith("*")}
    beginnings = tuple(word[:-1] for word in measure.words if word.endswith("*"))
    excluded = set(measure.exclusions)
    return lambda name: name not in excluded and (name in whole or name.startswith(beginnings))


def _inside(measure: Measure) -> Callable[[str], int]:
    pattern = _pattern(measure)
    return lambda name: sum(1 for match in pattern.finditer(name) if match["word"])


def _in_texts(tokens: Tokens, measure: Measure) -> Counts:
    if tokens.corpus is None:
        raise CorpusError(
            explain(
                "these tokens have no texts", where="matching='characters'", todo="use the tokens of segment()"
            )
        )
    inside = _inside(measure)
    return np.array([inside(text) for text in tokens.corpus.texts], dtype=np.int64)


def _pattern(measure: Measure) -> re.Pattern[str]:
    """Return a pattern that matches excluded phrases and, in the group `word`, words: longest first."""
    words = sorted((word.rstrip("*") for word in measure.words), key=lambda word: (-len(word), word))
    phrases = sorted(measure.exclusions, key=lambda phrase: (-len(phrase), phrase))
    # An excluded phrase is consumed first, so that nothing inside it is left to be found.
    parts = [re.escape(phrase) for phrase in phrases] + [f"(?P<word>{'|'.join(map(re.escape, words))})"]
    return re.compile("|".join(parts))


def find_spans(
    tokens: Tokens, *, measure: Measure, matching: Matching, units: npt.NDArray[np.bool_]
) -> list[tuple[str, str, int, int, str, str]]:
    """Return every occurrence that `count_measure` counts in some units, with its sentence.

    Returns
    -------
    list of tuple
        Identifiers of document and unit, first and last character in the unit's text (end exclusive), the word, and
        the sentence around it.
    """
    corpus = tokens.corpus
    if corpus is None:
        raise CorpusError(explain("these tokens have no texts", todo="use the tokens of segment()"))
    pattern, is_word = _pattern(measure), _is_word(measure)
    doc_ids = tokens.docvars["doc_id"].astype(str).to_numpy()
    rows = []
    for unit in np.flatnonzero(units).tolist():
        text = corpus.texts[unit]
        spans: list[tuple[int, int]] = []
        if matching == "characters":
            spans = [match.span() for match in pattern.finditer(text) if match["word"]]
        else:
            for index in range(int(tokens.offsets[unit]), int(tokens.offsets[unit + 1])):
                name, start = tokens.types[tokens.type_ids[index]], int(tokens.starts[index])
                if matching == "token":
                    spans += [(start, start + len(name))] if is_word(name) else []
                else:
                    spans += [
                        (start + match.start(), start + match.end())
                        for match in pattern.finditer(name)
                        if match["word"]
                    ]
        rows += [
            (doc_ids[unit], tokens.unit_ids[unit], a, b, text[a:b], sentence_around(text, start=a))
            for a, b in spans
        ]
    return rows
