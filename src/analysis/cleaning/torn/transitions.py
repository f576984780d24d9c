"""Transitions: every way in which a hypothesis can read on by the next character of the page.

Outside a torn run the page is taken at its word. Inside one, each character that it shows is two bytes, the
second of one original character and the first of the next: the first closes what is open, the second opens anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...zh.pinyin import is_reading
from .gbk import ALL_LEADS, FIRST_TRAIL, LONE_EURO, gbk_pairs, page_bytes, unassigned_pairs
from .hypothesis import Hypothesis
from .inserted_pinyin import BRACKETED, SWALLOWED, is_annotated, without_readings
from .mark_sequences import TEARING_MARKS
from .noise_model import MARKS
from .orphans import end_at_orphan
from .page import Page
from .weights import FOREIGN_READING, MOST_RUNS, ODD_READING, TEAR, VANISHED


def read_on(page: Page, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """Yield every way to read on by at least one character of the page; none at the end of a line."""
    if page.ends_at(hypothesis.position):
        return
    if hypothesis.pending:
        yield from _read_inside(page, hypothesis)
    else:
        yield from _read_outside(page, hypothesis)


def _read_outside(page: Page, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """Yield the ways to read on where the page is whole."""
    position = hypothesis.position
    character = page.text[position]
    right_after_a_run = hypothesis.torn_to == position
    if character == "(" and (found := BRACKETED.match(page.text, position)):
        # Readings are no text. But one right after a run is evidence for the run's last character, or against.
        odd = right_after_a_run and not is_reading(hypothesis.last, reading=found[1])
        yield hypothesis.skip_to(found.end(), cost=ODD_READING if odd else 0.0)
        return
    if character == "?":
        yield from tear_here(page, hypothesis)
    bare = right_after_a_run and not hypothesis.annotated and hypothesis.last in page.annotations
    yield page.extend(hypothesis, character, position=position + 1, cost=ODD_READING if bare else 0.0)


def tear_here(page: Page, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """Yield the hypotheses in which the `?` here is the first byte of a torn character, the first of its run."""
    position = hypothesis.position
    if len(hypothesis.closed) >= MOST_RUNS:
        return
    if found := SWALLOWED.match(page.text, position + 1):
        leads = _leads_read(page, position, found[1])
        if leads:
            yield hypothesis.tear(leads=leads, position=found.end(), cost=TEAR)
    elif not page.ends_at(position + 1) and (mark := page.text[position + 1]) in TEARING_MARKS:
        # The unseen byte that was inserted before the mark is what the `?` swallowed, so its own byte is
        # nowhere on the page and can be any.
        torn = hypothesis.tear(leads=ALL_LEADS, position=position, cost=TEAR)
        trail, lead = page_bytes(mark)
        yield from _complete(page, torn, trail, position=position + 2, pending=bytes((lead,)))


def _leads_read(page: Page, position: int, reading: str) -> bytes:
    """Return the bytes that form a character of this reading with the last byte before the `?`.

    The reading was inserted after the bytes of that character: its first is the second byte of the whole
    character before the `?`, its second is the lead byte that the `?` stands for.
    """
    last = page_bytes(without_readings(page.text[max(0, position - 12) : position])[-1:] or " ")
    pairs = gbk_pairs()
    return bytes(
        lead
        for lead in ALL_LEADS
        if last
        and (character := pairs.get(bytes((last[1], lead))))
        and is_annotated(character, reading=reading)
    )


def _read_inside(page: Page, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """Yield the ways to read on inside a torn run."""
    position, text = hypothesis.position, page.text
    character = text[position]
    if character == "(" and (found := BRACKETED.match(text, position)):
        odd = not is_reading(text[position - 1], reading=found[1])
        yield hypothesis.skip_to(found.end(), cost=FOREIGN_READING if odd else 0.0)
    if character == "?":
        yield from end_at_orphan(page, hypothesis)
    if character == "€" or (character.isascii() and FIRST_TRAIL <= ord(character) < 0x7F):
        # A single byte that can close a pair puts the page back into step: the run ends with it.
        trail = LONE_EURO if character == "€" else ord(character)
        yield from _complete(page, hypothesis, trail, position=position + 1, pending=b"", inserted=True)
    if pair := page_bytes(character):
        yield from _read_pair(page, hypothesis, pair, marked=character in TEARING_MARKS)


def _read_pair(page: Page, hypothesis: Hypothesis, pair: bytes, *, marked: bool) -> Iterator[Hypothesis]:
    """Yield the hypotheses in which a shown character is the end of one original and the beginning of the next."""
    trail, lead = pair
    position = hypothesis.position + 1
    if chr(lead).isascii() and chr(lead).isalpha():
        # Or its second byte is a Latin letter of its own (“VR产业”), which ends the run. No lead byte is pending
        # after the first, but the run has to stay open until the letter has been read.
        for new in _complete(page, hypothesis, trail, position=position, pending=hypothesis.pending):
            yield page.extend(new, chr(lead), position=position).close_run()
    yield from _complete(page, hypothesis, trail, position=position, pending=bytes((lead,)), inserted=marked)


def let_vanish(page: Page, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """Yield the hypotheses in which a pair of bytes right before the next character of the page has vanished."""
    position = hypothesis.position
    for first, seconds in unassigned_pairs().items():
        yield from _complete(
            page, hypothesis, first, position=position, pending=seconds, vanished=True, cost=VANISHED
        )


def _complete(
    page: Page,
    hypothesis: Hypothesis,
    trail: int,
    *,
    position: int,
    pending: bytes,
    inserted: bool = False,
    vanished: bool = False,
    cost: float = 0.0,
) -> Iterator[Hypothesis]:
    """Yield the hypotheses in which the open character ends in this byte, one for each character it may be.

    Parameters
    ----------
    trail : int
        The byte.
    position : int
        Where the page goes on.
    pending : bytes
        The lead bytes of the next original character; none ends the run.
    inserted : bool
        Something was inserted right after the character, so that it need not be followed by its reading.
    vanished : bool
        The byte is supposed; it stands nowhere on the page.
    """
    possible, guessable = page.choices(hypothesis.pending, trail)
    if len(possible) > 1 or vanished:
        # A beam that guesses any character of GBK fills with rare ones: it must be common, or go on a word.
        likely = page.followers(hypothesis) if guessable else ()
        characters = [character for character, word in guessable if not word or word in likely]
        tally = hypothesis.tally.plus(guesses=1, vanished=vanished)
    else:
        characters, tally = list(possible), hypothesis.tally
    for character in characters:
        odd = not inserted and _lacks_insertion(page, hypothesis, character)
        new = page.extend(
            hypothesis,
            character,
            position=position,
            cost=cost + ODD_READING if odd else cost,
            pending=pending,
            tally=tally,
        )
        yield new if pending else new.close_run()


def _lacks_insertion(page: Page, hypothesis: Hypothesis, character: str) -> bool:
    """Return whether the noise model would have inserted something at a character, and nothing stands there.

    A reading would stand behind it; the byte of a mark before it, and would have ended the run.
    """
    return character in page.annotations or (character in MARKS and hypothesis.last_is_torn)
