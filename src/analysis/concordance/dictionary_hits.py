"""Where the words of a dictionary stand: as tokens, inside tokens, or as characters across their borders.

The better a segmenter keeps long words whole, the fewer short ones stand alone: 生态文明建设 is one token, so a list
with 生态 finds nothing there. Published indices mostly count characters, linguists count tokens. One scan of the texts
serves all of them, because the number under one matching says nothing of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from ..words.tokens import PAD, Integers, Tokens
from ..zh.word_lists import load_word_list
from .form_scanner import FormScanner

Matching = Literal["token", "nested", "characters"]
MATCHINGS: tuple[str, ...] = ("token", "nested", "characters")
Mask = npt.NDArray[np.bool_]
_BORDER = "\0"
"""Stands for a removed token where texts are put together from tokens: no word goes across it."""


@dataclass(frozen=True, eq=False)
class Hits:
    """Occurrences of dictionary words, in the order of the text. Offsets are characters of the unit's text.

    Parameters
    ----------
    units, starts, ends : array of int
        Number of the unit, first character, and the one after the last.
    words : array of int
        Index of the word in the dictionary.
    first, last : array of int
        Indices in `Tokens.type_ids` of the tokens that hold the first and the last character, −1 where none does.
    opens, closes : array of bool
        Whether the occurrence begins where its first token begins, and ends where its last one ends.
    excluded : array of bool
        Whether it lies inside a phrase in which its word does not count.
    """

    tokens: Tokens
    units: Integers
    starts: Integers
    ends: Integers
    words: Integers
    first: Integers
    last: Integers
    opens: Mask
    closes: Mask
    excluded: Mask
    is_open: Mask

    def choose(self, matching: Matching, *, excluded: bool = False) -> Integers:
        """Return the indices of the occurrences that count: the first in the text, of several there the longest.

        Parameters
        ----------
        matching : {"token", "nested", "characters"}
            As in `count_themes`.
        excluded : bool
            Choose among those inside excluded phrases, and not among the others.
        """
        whole = (self.first == self.last) & (self.first >= 0)
        allowed = {
            "token": whole & self.opens & (self.closes | self.is_open[self.words]),
            "nested": whole,
            "characters": np.ones(len(whole), dtype=bool),
        }[matching]
        chosen: list[int] = []
        unit, end = -1, 0
        # Sorted by unit, start and falling length, so one pass finds the leftmost-longest occurrences.
        for index in np.flatnonzero(allowed & (self.excluded == excluded)).tolist():
            if self.units[index] != unit or self.starts[index] >= end:
                chosen.append(index)
                unit, end = int(self.units[index]), int(self.ends[index])
        return np.array(chosen, dtype=np.int64)

    def negated(self, chosen: Integers, *, window: int) -> Mask:
        """Return for chosen occurrences whether a negation stands in the `window` tokens before, in the same clause."""
        result = np.zeros(len(chosen), dtype=bool)
        if window < 1:
            return result
        negations = frozenset(load_word_list("negations.txt").sections()["negations"])
        names, ids = self.tokens.types, self.tokens.type_ids
        for number, index in enumerate(chosen.tolist()):
            token = int(self.first[index])
            if token < 0:
                continue
            inside = self.starts[index] - self._token_starts[token]
            if inside and names[ids[token]][:inside] in negations:
                result[number] = True
                continue
            floor = max(int(self.tokens.offsets[self.units[index]]), token - window)
            for before in range(token - 1, floor - 1, -1):
                name = names[ids[before]]
                if name and not any(map(str.isalnum, name)):
                    break
                if name in negations:
                    result[number] = True
                    break
        return result

    @cached_property
    def _token_starts(self) -> Integers:
        return _texts_of(self.tokens)[1]


def find_hits(tokens: Tokens, *, words: Mapping[str, tuple[str, ...]]) -> Hits:
    """Return every occurrence of every word, overlapping ones too; `Hits.choose` says which of them count.

    Parameters
    ----------
    tokens : Tokens
        Any units. The texts that were segmented are searched; where there are none, the tokens put together.
    words : mapping
        Word → phrases inside which it does not count. `*` at the end of a word stands for any ending of a token.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["推动", "生态文明建设", "，", "生态", "环境"]])
    >>> hits = find_hits(tokens, words={"生态": (), "态环": ()})
    >>> [len(hits.choose(matching)) for matching in ("token", "nested", "characters")]
    [1, 2, 2]
    """
    names = list(words)
    texts, token_starts = _texts_of(tokens)
    stems: dict[str, list[int]] = {}
    # A whole word comes before an open one of the same stem, and wins.
    for number in sorted(range(len(names)), key=lambda number: names[number].endswith("*")):
        stems.setdefault(names[number].removesuffix("*"), []).append(number)
    phrases: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        for phrase in words[name]:
            phrases.setdefault(phrase, []).append(number)
    scan = FormScanner(tuple(dict.fromkeys((*stems, *phrases))))
    rows: list[tuple[int, int, int, int, bool]] = []
    for unit, text in enumerate(texts):
        found = [(start, start + len(form), form) for start, form, _ in scan(text)]
        barred = [
            (start, end, number) for start, end, form in found if form in phrases for number in phrases[form]
        ]
        hits = [
            (
                unit,
                start,
                end,
                number,
                any(low <= start and end <= high and number == word for low, high, word in barred),
            )
            for start, end, form in found
            if form in stems
            for number in stems[form]
        ]
        rows += sorted(hits, key=lambda row: (row[1], -row[2]))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    units, starts, ends, chosen = (table[:, column] for column in range(4))
    first, last, opens, closes = _in_tokens(tokens, token_starts, texts, units, starts, ends)
    return Hits(
        tokens, units, starts, ends, chosen, first, last, opens, closes, table[:, 4] > 0,
        np.array([name.endswith("*") for name in names], dtype=bool),
    )  # fmt: skip


def _texts_of(tokens: Tokens) -> tuple[tuple[str, ...], Integers]:
    """Return the texts of the units, and where in them every token begins."""
    if tokens.corpus is not None and bool((tokens.starts >= 0).all()):
        return tuple(tokens.corpus.texts), tokens.starts
    texts = tuple("".join(name or _BORDER for name in unit) for _, unit in tokens)
    lengths = np.array([len(name or _BORDER) for name in tokens.types] or [0], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths[tokens.type_ids])])
    begins = np.repeat(ends[tokens.offsets[:-1]], np.diff(tokens.offsets))
    return texts, np.asarray(ends[:-1] - begins, dtype=np.int64)


def _in_tokens(
    tokens: Tokens,
    token_starts: Integers,
    texts: tuple[str, ...],
    units: Integers,
    starts: Integers,
    ends: Integers,
) -> tuple[Integers, Integers, Mask, Mask]:
    """Return the tokens that hold the first and last characters, and whether the borders agree."""
    base = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)])
    kept = np.flatnonzero(~tokens.is_pad)
    if not len(kept):
        none = np.full(len(units), -1, dtype=np.int64)
        return none, none.copy(), none >= 0, none >= 0
    lengths = np.array([len(name) for name in tokens.types], dtype=np.int64)[tokens.type_ids[kept]]
    home = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))[kept]
    begin = base[home] + token_starts[kept]
    finish = begin + lengths

    def holder(positions: Integers) -> Integers:
        found = np.searchsorted(begin, positions, side="right") - 1
        inside = (found >= 0) & (positions < finish[np.maximum(found, 0)])
        return np.where(inside, found, -1)

    low, high = holder(base[units] + starts), holder(base[units] + ends - 1)
    opens = (low >= 0) & (begin[np.maximum(low, 0)] == base[units] + starts)
    closes = (high >= 0) & (finish[np.maximum(high, 0)] == base[units] + ends)
    return (
        np.where(low >= 0, kept[np.maximum(low, 0)], -1),
        np.where(high >= 0, kept[np.maximum(high, 0)], -1),
        opens,
        closes,
    )


def count_words(tokens: Tokens) -> Integers:
    """Return for every unit its tokens that hold a letter or digit: no punctuation, no pads.

    Examples
    --------
    >>> count_words(Tokens.from_lists([["普法", "，", "述法", ""], ["法治"]])).tolist()
    [2, 1]
    """
    is_word = np.array([name != PAD and any(map(str.isalnum, name)) for name in tokens.types], dtype=bool)
    units = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
    chosen = is_word[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=bool)
    return np.bincount(units[chosen], minlength=len(tokens)).astype(np.int64)
