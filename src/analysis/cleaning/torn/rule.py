"""Repair of torn bytes: characters that a mirror site's insertions have cut in two.

`域?qū)嵤┌殡S式` becomes 域實施伴隨式 again. What tears them is simulated forwards in `channel`; here a page is
searched for the marks of a tear, every run is read backwards (`torn_search`), and the reading is damaged again:
only if the page comes out is it taken.

What this rule leaves alone: question marks, brackets, Latin letters, quoted English, bracketed readings outside
torn runs (a rule of their own strips them, afterwards), and every text without a `?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...zh.pinyin import LETTERS, TONED
from ..edits import Edit, apply_edits
from .beam_search import ANNOTATED, BRACKETED, MARK_SIGNS, SWALLOWED, Reading, Run, Search, is_annotated
from .noise_model import READINGS, fold_width, gbk_pairs, insert_readings, show_bytes

SUSPICIOUS = re.compile(
    rf"\?(?=[{LETTERS}]{{0,5}}[{TONED}][{LETTERS}]{{0,5}}\))|(?<!\?)\?(?=[、，。！,!]|[?？](?![?？]))"
)
"""Where a run may begin: `?` before a reading without its opening bracket, or before a sign that tears."""

_LAST_SIGNS = re.compile(rf"[^\n?](?:\([{LETTERS}]{{1,6}}\))?")
_NEXT_SIGNS = re.compile(rf"(?:\([{LETTERS}]{{1,6}}\))?(?:[^\n?(](?:\([{LETTERS}]{{1,6}}\))?){{0,3}}")
_ANY_READING = re.compile(rf"([{LETTERS}]{{1,6}})\)")
_UNFOLDED = str.maketrans(",!?:;()", "，！？：；（）")

GAIN = 12.0
"""How much likelier (natural logarithm) the repaired text must be than the page as it stands."""
SURE = 6.0
"""How much likelier a proved reading must be than any other that gives the page back."""
LONE_GAIN = 20.0
"""The same where the page has no bracketed reading at all; there, signs alone (`?,?`) are never taken for torn."""
FAR, PATIENCE = 40, 5
"""A search in vain that has read further than this is not begun again inside what it read; and after so many
such searches in vain one after the other the rest of the text is left alone, so that no text takes for ever."""
SHORT, LONE_STEPS = 0.1, 12_000
"""What a shorter search in vain counts; where the page has no bracketed reading, it counts more: at least five times
as much, or one for so many steps."""
POOR = -10.0
"""Mean log probability a character below which a reading is no Chinese, and the run stays unresolved."""


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
        has vanished, no other reading comes near, and damaging the repaired text gives the page back.
        *inferred*: bytes were chosen by the language model; the runners-up are in `alternatives`.
        *unresolved*: a tear is certain but no reading gives the page back; nothing is changed.

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
        The same text if nothing is torn. Inside a repaired run the signs are full width, as the bytes say.

    Examples
    --------
    >>> repair_torn_bytes("取得了顯著成效?,F(xiàn)將有關(guān)情況報(bào)告如下")
    '取得了顯著成效。現(xiàn)將有關(guān)情況報(bào)告如下'
    """
    return apply_edits(text, edits=find_torn_bytes(text))


def _edits(text: str) -> Iterator[Edit]:
    search: Search | None = None
    done, failures = 0, 0.0
    for found in SUSPICIOUS.finditer(text):
        start = found.start()
        if start < done or not _worth_a_search(text, start):
            continue
        if search is None:
            from .language_model import load_model

            search = Search(text, model=load_model())
        readings = search.run(start)
        failures += 1 if search.reached - start > FAR else SHORT
        if not search.mirrored:
            failures += max(4 * SHORT, search.steps / LONE_STEPS)
        for edit in _decide(text, search, start, readings):
            yield edit
            done = edit.end
            if edit.certainty != "unresolved":
                failures = 0.0
        if not readings and search.reached - start > FAR:
            done = search.reached
        if failures > PATIENCE:
            return


def _worth_a_search(text: str, start: int) -> bool:
    """Whether what follows a `?` and its sign looks torn: rare characters, or a letter that ends the run."""
    if text[start + 1] not in MARK_SIGNS:
        return True
    for sign in text[start + 2 : start + 40]:
        if sign in ",!":
            continue
        if sign.isascii():
            return sign == "?" or "@" <= sign <= "~"
        pair = sign.encode("gb2312", "ignore")
        if len(pair) != 2 or not (0xB0 <= pair[0] <= 0xD7 or sign in "、。“”《》（），：；！？　"):
            return True
    return False


def _decide(text: str, search: Search, start: int, readings: list[Reading]) -> Iterator[Edit]:
    certain = text[start + 1] not in MARK_SIGNS
    if not readings:
        if certain:
            yield _unresolved(text, start)
        return
    best = readings[0]
    gain = best.score - search.as_it_stands(start, best.place)
    shown = "".join(text[run.start : run.end] for run in best.closed)
    if gain < GAIN or (not search.mirrored and (gain < LONE_GAIN or not shown.strip("?" + MARK_SIGNS))):
        return
    if best.score < POOR * len(best.text()):
        yield _unresolved(text, start)
        return
    margin = best.score - readings[1].score if len(readings) > 1 else SURE
    for run in best.closed:
        proof = margin >= SURE and not run.guesses and not run.vanished and damages_back(text, run=run)
        yield Edit(
            run.start,
            run.end,
            run.after,
            "proved" if proof else "inferred",
            _note(run),
            () if proof else _runners_up(text, run, readings[1:]),
        )


def _unresolved(text: str, start: int) -> Edit:
    found = SWALLOWED.match(text, start + 1)
    end = found.end() if found else start + 1
    return Edit(start, end, text[start:end], "unresolved", "torn, but no reading gives the page back")


def _note(run: Run) -> str:
    parts = [
        f"{count} {what}" for count, what in ((run.guesses, "chosen"), (run.vanished, "vanished")) if count
    ]
    if run.lost:
        parts.append("an ASCII sign is lost and stands as ?")
    if run.blanks:
        parts.append("a swallowed ASCII sign is taken for a blank")
    return "torn bytes" + (": " if parts else "") + ", ".join(parts)


def _runners_up(text: str, run: Run, others: list[Reading]) -> tuple[str, ...]:
    """Return what else this run may be, best first, each brought to the run's end on the page."""
    found: list[str] = []
    for other in others:
        for rival in other.closed:
            if rival.start == run.start and rival.end <= run.end:
                shown = rival.after + text[rival.end : run.end]
                if shown not in (run.after, *found):
                    found.append(shown)
    return tuple(found[:3])


def damages_back(text: str, *, run: Run) -> bool:
    """Return whether damaging a reading of a run, between its neighbours, gives the page back.

    Parameters
    ----------
    text : str
        The page.
    run : Run
        A torn run and what it was.

    Returns
    -------
    bool

    Examples
    --------
    >>> damages_back("領(lǐng)域?qū)嵤┌殡S式監(jiān)督", run=Run(8, 16, "實施伴隨", 0, 0, 0))
    True
    """
    before = "".join(_LAST_SIGNS.findall(text[max(0, run.start - 60) : run.start])[-3:])
    found = _NEXT_SIGNS.match(text, run.end)
    behind = found[0] if found else ""
    whole = _unfold(BRACKETED.sub("", before)) + run.after + _unfold(BRACKETED.sub("", behind))
    shown = before + text[run.start : run.end] + behind
    data = whole.encode("gbk", "replace")
    table = {found[1]: found[2] for found in ANNOTATED.finditer(text)}
    for read in set(_ANY_READING.findall(shown)):
        for place in range(len(data) - 1):
            character = gbk_pairs().get(data[place : place + 2])
            if character and is_annotated(character, reading=read):
                table[character] = read
    order = {character: place for place, character in enumerate(READINGS)}
    table = dict(sorted(table.items(), key=lambda entry: (order.get(entry[0], len(order)), entry[0])))
    return show_bytes(insert_readings(data, readings=table)) == fold_width(shown)


def _unfold(text: str) -> str:
    return text.translate(_UNFOLDED)
