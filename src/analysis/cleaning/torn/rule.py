"""The cleaning rule: torn runs of a page as edits, each with the certainty that it may claim.

`域?qū)嵤┌殡S式` becomes 域實施伴隨式 again. What this rule leaves alone: question marks, brackets, Latin letters,
quoted English, bracketed readings outside torn runs (a rule of their own strips them, afterwards), and every text
without a `?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...zh.pinyin import LETTERS, TONED
from ..edits import Certainty, Edit, apply_edits
from .beam_search import Found, search_run
from .hypothesis import Hypothesis, Tally, TornRun
from .inserted_pinyin import SWALLOWED
from .mark_sequences import TEARING_MARKS
from .page import Page
from .proof import damages_back
from .weights import (
    FAR,
    GAIN,
    LONE_GAIN,
    LONE_HYPOTHESES,
    LONE_SEARCH,
    PATIENCE,
    POOR,
    SHORT_SEARCH,
    SURE,
)

SUSPICIOUS = re.compile(
    rf"\?(?=[{LETTERS}]{{0,5}}[{TONED}][{LETTERS}]{{0,5}}\))|(?<!\?)\?(?=[、，。！,!]|[?？](?![?？]))"
)
"""Where a run may begin: `?` before a reading without its opening bracket, or before a mark that tears. Of several
`?` in a row only the last can: the others are somebody's astonishment."""

_SURROUNDINGS = 40
"""Characters after a lone `?` that are looked at before a search is begun."""
_COMMON_MARKS = frozenset("、。“”《》（），：；！？　")


def find_torn_bytes(text: str) -> list[Edit]:
    """Return the edits that repair the torn characters of a page.

    Parameters
    ----------
    text : str
        A page as it was copied, before bracketed readings are stripped: they are the evidence.

    Returns
    -------
    list of Edit
        One for each torn run, in order. *proved*: every lost byte follows from the readings on the page, no pair
        has vanished, no other hypothesis comes near, and damaging the repaired text gives the page back.
        *inferred*: bytes were chosen by the language model; the runners-up are in `alternatives`.
        *unresolved*: a tear is certain but no hypothesis gives the page back; nothing is changed.

    Examples
    --------
    >>> find_torn_bytes("重點執(zhí)法領(lǐng)域?qū)嵤┌殡S式監(jiān)督")
    [Edit(start=17, end=25, after='實施伴隨', certainty='proved', note='torn bytes', alternatives=())]
    >>> find_torn_bytes("这是为什么？谁执法谁普法?!")
    []
    """
    return list(_edits(text))


def repair_torn_bytes(text: str) -> str:
    """Return the text with its torn characters repaired, in the script and with the readings that it has.

    Parameters
    ----------
    text : str
        A page as it was copied.

    Returns
    -------
    str
        The same text if nothing is torn. Inside a repaired run punctuation is full width, as the bytes say.

    Examples
    --------
    >>> repair_torn_bytes("取得了顯著成效?,F(xiàn)將有關(guān)情況報(bào)告如下")
    '取得了顯著成效。現(xiàn)將有關(guān)情況報(bào)告如下'
    """
    return apply_edits(text, edits=find_torn_bytes(text))


def _edits(text: str) -> Iterator[Edit]:
    page: Page | None = None
    done, in_vain = 0, 0.0
    for suspicion in SUSPICIOUS.finditer(text):
        start = suspicion.start()
        if start < done or not _is_worth_a_search(text, start):
            continue
        if page is None:
            # The model takes a second to make. Nearly all texts get by without it.
            from .official_prose import load_model

            page = Page.of_text(text, model=load_model())
        found = search_run(page, start)
        in_vain += _spent(page, start, found)
        for edit in _decide(page, start, found.hypotheses):
            yield edit
            done = edit.end
            if edit.certainty != "unresolved":
                in_vain = 0.0
        if not found.hypotheses and found.reached - start > FAR:
            done = found.reached
        if in_vain > PATIENCE:
            return


def _spent(page: Page, start: int, found: Found) -> float:
    """Return how much of the patience with a text one search uses up."""
    spent = 1.0 if found.reached - start > FAR else SHORT_SEARCH
    # A page without readings comes from no mirror site as far as one can see, so its `?` get less time.
    return spent if page.is_mirrored else spent + max(LONE_SEARCH, found.tried / LONE_HYPOTHESES)


def _names_a_reading(text: str, start: int) -> bool:
    """Return whether a torn reading, and not a mere mark, follows the `?`: then something is certainly torn."""
    return text[start + 1] not in TEARING_MARKS


def _is_worth_a_search(text: str, start: int) -> bool:
    """Return whether what follows a `?` looks torn: rare characters, or a letter that ends the run."""
    if _names_a_reading(text, start):
        return True
    for character in text[start + 2 : start + _SURROUNDINGS]:
        if character in ",!":
            continue
        if character.isascii():
            return character == "?" or "@" <= character <= "~"
        pair = character.encode("gb2312", "ignore")
        # The first level of GB 2312, rows B0 to D7, is the 3,755 commonest characters. A torn run is read one
        # byte late and soon leaves them; a whole clause hardly ever does before its first ASCII character.
        if len(pair) != 2 or not (0xB0 <= pair[0] <= 0xD7 or character in _COMMON_MARKS):
            return True
    return False


def _decide(page: Page, start: int, hypotheses: Sequence[Hypothesis]) -> Iterator[Edit]:
    """Yield the edits of the best hypothesis, if it is good enough to be believed."""
    text = page.text
    if not hypotheses:
        if _names_a_reading(text, start):
            yield _unresolved(text, start)
        return
    best, *others = hypotheses
    if not _beats_the_page(page, start, best):
        return
    if best.score < POOR * len(best.text()):
        yield _unresolved(text, start)
        return
    without_rival = not others or best.score - others[0].score >= SURE
    for run in best.closed:
        proved = without_rival and _follows_from_the_bytes(run.tally) and damages_back(text, run=run)
        certainty: Certainty = "proved" if proved else "inferred"
        alternatives = () if proved else _runners_up(text, run, others)
        yield Edit(run.start, run.end, run.after, certainty, _note(run.tally), alternatives)


def _beats_the_page(page: Page, start: int, best: Hypothesis) -> bool:
    """Return whether a repair is so much likelier than the page as it stands that it may be made."""
    gain = best.score - page.as_it_stands(start, best.position)
    if page.is_mirrored:
        return gain >= GAIN
    shown = "".join(page.text[run.start : run.end] for run in best.closed)
    only_marks = not shown.strip("?" + TEARING_MARKS)
    return gain >= LONE_GAIN and not only_marks


def _follows_from_the_bytes(tally: Tally) -> bool:
    return not tally.guesses and not tally.vanished


def _unresolved(text: str, start: int) -> Edit:
    found = SWALLOWED.match(text, start + 1)
    end = found.end() if found else start + 1
    return Edit(start, end, text[start:end], "unresolved", "torn, but no reading gives the page back")


def _note(tally: Tally) -> str:
    """Return a line for the reader on what of a repair was chosen."""
    parts = []
    if tally.guesses:
        parts.append(f"{tally.guesses} chosen")
    if tally.vanished:
        parts.append(f"{tally.vanished} vanished")
    if tally.lost:
        parts.append("an ASCII character is lost and stands as ?")
    if tally.blanks:
        parts.append("a swallowed ASCII character is taken for a blank")
    return "torn bytes" + (": " if parts else "") + ", ".join(parts)


def _runners_up(text: str, run: TornRun, others: Sequence[Hypothesis]) -> tuple[str, ...]:
    """Return what else this run may be, best first, each brought to the run's end on the page."""
    found: list[str] = []
    for other in others:
        for rival in other.closed:
            # A rival that goes on longer than the run cannot stand for it.
            if rival.start == run.start and rival.end <= run.end:
                shown = rival.after + text[rival.end : run.end]
                if shown not in (run.after, *found):
                    found.append(shown)
    return tuple(found[:3])
