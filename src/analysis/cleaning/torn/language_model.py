"""A small language model of Chinese: how likely a string is, from the frequencies of its words.

A string is worth what its best segmentation into words is worth (a word lattice). The model reads one character
at a time, since the search grows its hypotheses by one, and it knows simplified script only.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from ...zh.characters import is_legacy_hanzi
from .weights import (
    DIGIT,
    LETTER,
    NOTHING_BEGINS,
    OTHER_CHARACTER,
    RARE_FROM,
    RARER_STILL,
    SINGLE_MARKS,
    UNKNOWN_HANZI,
    UNLISTED_HANZI,
    WIDE_DIGIT,
)

LONGEST = 7
"""Longest word that is looked up, in characters: 社会主义市场经济 would be eight, and is two words."""


class State(NamedTuple):
    """The end of a string under the model: all that is needed to read one more character.

    `unfinished` holds every word that the last characters may have begun: how many characters it has so far,
    and the log probability of the string before it. A lattice needs no more than that. A word of which nothing
    is left unfinished cannot come back: every beginning of a word is itself the beginning of a word.
    """

    tail: str
    best: float
    unfinished: tuple[tuple[int, float], ...]
    rank: float
    bonus: float = 0.0

    @property
    def score(self) -> float:
        """Natural logarithm of the string's best segmentation, with the bonus of the document."""
        return self.best + self.bonus


START = State("", 0.0, (), 0.0)


class LanguageModel:
    """Log probabilities of strings, one character at a time.

    Parameters
    ----------
    words : iterable of (str, int)
        Words in simplified script and how often they occur.

    Examples
    --------
    >>> model = LanguageModel([("依法", 50), ("行政", 40), ("依", 2), ("法", 5), ("行", 5), ("政", 3)])
    >>> model.score("依法行政") > model.score("法依政行")
    True
    """

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        counts: dict[str, int] = {}
        for word, count in words:
            # A word that several sources name keeps its highest count; adding up would count one thing twice.
            if 0 < len(word) <= LONGEST and count > counts.get(word, 0):
                counts[word] = count
        total = log(sum(counts.values()) or 1)
        self._words = {word: log(count) - total for word, count in counts.items()}
        for word, value in self._words.items():
            if len(word) == 1 and value < RARE_FROM:
                self._words[word] = RARE_FROM + RARER_STILL * (value - RARE_FROM)
        # Beginning of words → log probability of the commonest, and the characters that go on one of them.
        begin: dict[str, float] = {}
        after: dict[str, set[str]] = {}
        for word, value in self._words.items():
            for length in range(1, len(word)):
                start = word[:length]
                if start not in begin:
                    begin[start], after[start] = value, {word[length]}
                else:
                    after[start].add(word[length])
                    if value > begin[start]:
                        begin[start] = value
        self._after, self._begin = after, begin

    def single(self, character: str) -> float:
        """Return the log probability of a character as a word of its own."""
        value = self._words.get(character, SINGLE_MARKS.get(character))
        if value is not None:
            return value
        if character.isascii():
            return DIGIT if character.isdigit() else LETTER if character.isalpha() else OTHER_CHARACTER
        if "\uff10" <= character <= "\uff19":
            return WIDE_DIGIT
        if not is_legacy_hanzi(character):
            return OTHER_CHARACTER
        return UNLISTED_HANZI if character in self._begin else UNKNOWN_HANZI

    def opening(self, character: str) -> float:
        """Return the log probability of the commonest longer word that begins with a character."""
        return self._begin.get(character, NOTHING_BEGINS)

    def followers(self, tail: str) -> frozenset[str]:
        """Return the characters that go on a word which the last three of these, or fewer, begin."""
        return frozenset().union(*(self._after.get(tail[-length:], ()) for length in (1, 2, 3)))

    def extend(self, state: State, character: str, *, bonus: float = 0.0) -> State:
        """Return the state after one more character (simplified), with an extra worth of `bonus`."""
        words, begin = self._words, self._begin
        tail = state.tail + character
        best, hope = state.best + self.single(character), NOTHING_BEGINS
        unfinished: list[tuple[int, float]] = []
        # Every word that the tail had begun either ends here, goes on here, or is given up.
        for length, before in ((0, state.best), *state.unfinished):
            piece = tail[-length - 1 :]
            if length and (value := words.get(piece)) is not None and before + value > best:
                best = before + value
            if (value := begin.get(piece)) is not None:
                unfinished.append((length + 1, before))
                if before + value > hope:
                    hope = before + value
        total = state.bonus + bonus
        # The search compares strings that stop in the middle of a word. Without the hope that it will be
        # finished, every long word would be pruned after its first, rare character.
        return State(tail[1 - LONGEST :], best, tuple(unfinished), max(best, hope) + total, total)

    def score(self, text: str) -> float:
        """Return the natural logarithm of the probability of a string in simplified script."""
        state = START
        for character in text:
            state = self.extend(state, character)
        return state.score
