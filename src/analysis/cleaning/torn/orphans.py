"""Orphans: the `?` that ends a torn run, a lead byte whose second byte is gone.

The orphan is the second byte of the open original character, and nothing of it is left on the page but what
swallowed it: a bracketed reading, a mark, an ASCII character, or nothing. Each case knows a different set of
characters that it can have been; what is made of a character is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...zh.characters import is_legacy_hanzi
from ...zh.measures import COUNTERS
from .gbk import by_lead
from .hypothesis import Hypothesis
from .inserted_pinyin import SWALLOWED, annotated_with_lead
from .mark_sequences import TEARING_MARKS
from .mirror_script import spellings
from .page import Page
from .weights import FEW_LEADS, SWALLOWED_ASCII

BLANK_AFTER = frozenset("“”（）《》。，；：")
"""Marks after which a swallowed ASCII character is taken for a blank, if a Chinese character follows that counts
nothing: web pages put blanks there, and a digit would make no sense. 2025。3月 must not lose its 3 to a blank."""


def end_at_orphan(page: Page, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """Yield the hypotheses in which the `?` here is the second byte of the open character; the run ends."""
    position = hypothesis.position
    reading = SWALLOWED.match(page.text, position + 1)
    if reading:
        characters = list(_orphan_read(hypothesis, reading[1]))
    elif len(hypothesis.pending) <= FEW_LEADS:
        characters = list(_orphan_few_leads(page, hypothesis))
    else:
        characters = list(_orphan_by_word(page, hypothesis))
    end = reading.end() if reading else position + 1
    guessed = not reading or len(characters) > 1
    swallowed = not reading and not page.ends_at(end) and page.text[end] not in TEARING_MARKS
    for character in characters:
        new = page.extend(hypothesis, character, position=end, tally=hypothesis.tally.plus(guesses=guessed))
        if swallowed:
            new = _stand_in(page, new)
        yield new.close_run(annotated=bool(reading))


def _orphan_read(hypothesis: Hypothesis, reading: str) -> Iterator[str]:
    """Yield the characters that may be given the reading whose bracket was swallowed."""
    for lead in hypothesis.pending:
        yield from annotated_with_lead(lead, reading)


def _orphan_few_leads(page: Page, hypothesis: Hypothesis) -> Iterator[str]:
    """Yield every likely character that begins with one of a few bytes."""
    for lead in hypothesis.pending:
        for character in by_lead().get(lead, ""):
            if page.is_guessable(character):
                yield character


def _orphan_by_word(page: Page, hypothesis: Hypothesis) -> Iterator[str]:
    """Yield the characters that go on a word: where any byte is possible, all else is arbitrary."""
    for simple in sorted(page.followers(hypothesis)):
        for character in spellings().get(simple, ""):
            if character.encode("gbk")[0] in hypothesis.pending:
                yield character


def _stand_in(page: Page, hypothesis: Hypothesis) -> Hypothesis:
    """Return the hypothesis with a blank, or else a visible `?`, for the ASCII character that was swallowed.

    No byte of it is left: it was a digit, a blank or a Latin letter, and nothing on the page says which.
    """
    position, tally = hypothesis.position, hypothesis.tally
    after = page.text[position]
    if hypothesis.last in BLANK_AFTER and is_legacy_hanzi(after) and after not in COUNTERS:
        return page.extend(hypothesis, " ", position=position, tally=tally.plus(blanks=1))
    return page.extend(hypothesis, "?", position=position, cost=SWALLOWED_ASCII, tally=tally.plus(lost=1))
