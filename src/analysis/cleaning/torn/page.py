"""The page: what stays the same while one text is searched, and what one more character is worth on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from re import compile as pattern
from typing import NamedTuple

from ...zh.marks import STOPS
from ...zh.pinyin import LETTERS, TONED
from .document_cache import DocumentCache
from .gbk import by_trail, gbk_pairs, unfold_punctuation
from .hypothesis import Hypothesis, Piece, Tally
from .inserted_pinyin import page_annotations, without_readings
from .language_model import LONGEST, START, LanguageModel, State
from .mark_sequences import PAIRED, clash, expected_closers, fit_mark
from .mirror_script import never_converted_to, simplify
from .weights import (
    CARRIED_CHARACTERS,
    COMMON,
    LEAST_LIKELY,
    LETTER_BEFORE_READING,
    OPENED_CHARACTERS,
    WRONG_SCRIPT,
)

_READ_LETTER = pattern(rf"[@-~]\([{LETTERS}]{{1,6}}\)")
_MARKS = PAIRED.union(STOPS)


class Choices(NamedTuple):
    """The characters that some lead bytes can form with one trail byte."""

    possible: tuple[str, ...]
    """All of them."""
    guessable: tuple[tuple[str, str], ...]
    """Those that may be guessed, each with its simplified form where it must go on a word."""


@dataclass(frozen=True, slots=True)
class Page:
    """One text as it was copied, with all that the search knows about it.

    Parameters
    ----------
    text : str
        The whole page.
    model : LanguageModel
        Ranks what the bytes allow.
    cache : DocumentCache
        What the document has used already.
    annotations : dict of str to str
        Which characters the page annotates, with their reading.
    """

    text: str
    model: LanguageModel
    cache: DocumentCache
    annotations: dict[str, str]
    characters: frozenset[str]
    # Remembered answers; the same question comes up for every hypothesis of a beam.
    _followers: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _choices: dict[tuple[bytes, int], Choices] = field(default_factory=dict, repr=False)

    @classmethod
    def of_text(cls, text: str, *, model: LanguageModel) -> Page:
        """Return the page of a text."""
        return cls(text, model, DocumentCache.of_page(text), page_annotations(text), frozenset(text))

    @property
    def is_mirrored(self) -> bool:
        """Whether the page has bracketed readings, as mirror sites insert them."""
        return any(letter in TONED for reading in self.annotations.values() for letter in reading)

    def ends_at(self, position: int) -> bool:
        """Return whether a line ends here: no run goes on over a line break, which no byte swallows."""
        return position >= len(self.text) or self.text[position] == "\n"

    def context(self, start: int) -> Hypothesis:
        """Return the hypothesis that has read the undamaged characters right before `start`."""
        line = self.text.rfind("\n", 0, start) + 1
        # Forty characters leave six without their readings, which is all that the longest word can reach back.
        before = without_readings(self.text[max(0, start - 40) : start]).rpartition("\n")[2]
        state = START
        for character in ("\n" + before)[1 - LONGEST :]:
            state = self._extend_state(state, simplify(character))
        return Hypothesis(
            start,
            state,
            cost=-state.score,  # what stands before the run is no merit of any hypothesis
            opened=expected_closers(self.text[max(line, start - OPENED_CHARACTERS) : start]),
            carried=self._carried_into(line),
        )

    def _carried_into(self, line: int) -> str:
        """Return the closing marks still expected where this line begins.

        A quotation may go on over paragraphs; a bracket or a title only where a line is broken in mid-sentence.
        """
        before = without_readings(self.text[max(0, line - CARRIED_CHARACTERS) : line])
        opened = expected_closers(unfold_punctuation(before))
        broken = line > 1 and self.text[line - 2] not in STOPS
        return "".join(mark for mark in opened if mark == "”" or broken)

    def as_it_stands(self, start: int, end: int) -> float:
        """Score the undamaged reading of text[start:end]."""
        hypothesis = self.context(start)
        shown = self.text[start:end]
        for character in without_readings(shown):
            hypothesis = self.extend(hypothesis, character, position=start)
        # Authors do write ?! and ……, so a page is not blamed for its clashes: only a repair has to avoid them.
        clashes = sum(clash(one, two) for one, two in pairwise(shown))
        return hypothesis.score - clashes + LETTER_BEFORE_READING * len(_READ_LETTER.findall(shown))

    def _extend_state(self, state: State, simple: str) -> State:
        return self.model.extend(state, simple, bonus=self.cache.bonus(state.tail, simple))

    def extend(
        self,
        hypothesis: Hypothesis,
        character: str,
        *,
        position: int,
        cost: float = 0.0,
        pending: bytes = b"",
        tally: Tally | None = None,
    ) -> Hypothesis:
        """Return the hypothesis with one more original character, going on at `position` of the page.

        Inside a torn run, `pending` are the lead bytes of the character after it, and `tally` is what was chosen
        in the run so far, this character included; without them they stay as they are.
        """
        torn = bool(hypothesis.pending)
        simple = simplify(character)
        if torn and character in never_converted_to() and character not in self.characters:
            cost += WRONG_SCRIPT
        opened, misuse = hypothesis.opened, 0.0
        if character in _MARKS:
            fit = fit_mark(character, recent=hypothesis.recent, opened=opened, carried=hypothesis.carried)
            cost, misuse, opened = cost + fit.clash, fit.misuse, fit.opened
        return hypothesis._replace(
            position=position,
            state=self._extend_state(hypothesis.state, simple),
            cost=hypothesis.cost + cost + misuse,
            last_piece=Piece(hypothesis.last_piece, character, torn),
            opened=opened,
            pending=pending or hypothesis.pending,
            tally=hypothesis.tally if tally is None else tally,
        )

    def followers(self, hypothesis: Hypothesis) -> frozenset[str]:
        """Return the simplified characters that go on a word here, or stand here elsewhere in the document."""
        tail = hypothesis.state.tail[-3:]
        found = self._followers.get(tail)
        if found is None:
            found = self.model.followers(tail) | self.cache.followers(tail)
            self._followers[tail] = found
        return found

    def is_guessable(self, character: str) -> bool:
        """Return whether a character is likely enough to be guessed at all."""
        return character in likely_characters(self.model, LEAST_LIKELY)

    def choices(self, leads: bytes, trail: int) -> Choices:
        """Return the characters that one of these lead bytes forms with this trail byte."""
        found = self._choices.get((leads, trail))
        if found is None:
            table = by_trail().get(trail, {})
            possible = tuple(table[lead] for lead in leads if lead in table)
            common = likely_characters(self.model, COMMON)
            guessable = tuple(
                (character, "" if simplify(character) in common else simplify(character))
                for character in possible
                if self.is_guessable(character)
            )
            found = self._choices[leads, trail] = Choices(possible, guessable)
        return found


@cache
def likely_characters(model: LanguageModel, least: float) -> frozenset[str]:
    """Return the characters of GBK, and their simplified ones, that are more likely than `least`.

    Alone, or as the beginning of a word: 葡 is rare, 葡萄 is not.
    """
    found: set[str] = set()
    for character in gbk_pairs().values():
        simple = simplify(character)
        if model.single(simple) > least or model.opening(simple) > least:
            found |= {character, simple}
    return frozenset(found)
