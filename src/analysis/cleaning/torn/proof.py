"""The proof: damaging a repair again must give the page back."""

from __future__ import annotations

import re

from ...zh.pinyin import LETTERS
from .gbk import fold_width, gbk_pairs, unfold_punctuation
from .hypothesis import TornRun
from .inserted_pinyin import SWALLOWED, is_annotated, page_annotations, without_readings
from .noise_model import READINGS, insert_readings, show_bytes

_READING = rf"(?:\([{LETTERS}]{{1,6}}\))?"
_BEFORE = re.compile(rf"[^\n?]{_READING}")
_BEHIND = re.compile(rf"{_READING}(?:[^\n?(]{_READING}){{0,3}}")
_NEIGHBOURS = 3
"""Whole characters on either side that are damaged with the run: an insertion reaches over one border, and the one
behind it may be shifted in turn."""


def damages_back(text: str, *, run: TornRun) -> bool:
    """Return whether damaging a torn run as it was read, between its neighbours, gives the page back.

    Parameters
    ----------
    text : str
        The page.
    run : TornRun
        A torn run and what it was.

    Returns
    -------
    bool

    Examples
    --------
    >>> page = "領(lǐng)域?qū)嵤┌殡S式監(jiān)督"
    >>> damages_back(page, run=TornRun(8, 16, "實施伴隨")), damages_back(page, run=TornRun(8, 16, "實行伴隨"))
    (True, False)
    """
    before = "".join(_BEFORE.findall(text[max(0, run.start - 60) : run.start])[-_NEIGHBOURS:])
    found = _BEHIND.match(text, run.end)
    behind = found[0] if found else ""
    whole = _unshown(before) + run.after + _unshown(behind)
    shown = before + text[run.start : run.end] + behind
    data = whole.encode("gbk", "replace")
    return show_bytes(insert_readings(data, readings=_table(text, data, shown))) == fold_width(shown)


def _unshown(text: str) -> str:
    """Return whole characters as they were before the noise: without readings, in full width."""
    return unfold_punctuation(without_readings(text))


def _table(text: str, data: bytes, shown: str) -> dict[str, str]:
    """Return the readings that the site inserted, as far as this page and this run show them.

    A site's whole table is never known. The page shows its part; a torn reading adds the characters that it can
    have been put behind, wherever the bytes hold them, across borders as well.
    """
    table = page_annotations(text)
    for reading in {found[1] for found in SWALLOWED.finditer(shown)}:
        for position in range(len(data) - 1):
            character = gbk_pairs().get(data[position : position + 2])
            if character and is_annotated(character, reading=reading):
                table[character] = reading
    # Replacements overlap, so their order counts. It is known where it was seen; what is left goes last.
    order = {character: rank for rank, character in enumerate(READINGS)}
    return dict(sorted(table.items(), key=lambda entry: (order.get(entry[0], len(order)), entry[0])))
