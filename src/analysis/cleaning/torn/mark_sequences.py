"""Which marks follow which: punctuation tells more hypotheses apart than its few bytes suggest.

Wrong hypotheses are full of marks in impossible order (。、), of quotations that end before they begin, and of
stops right after an opening quotation mark, because 、，。！？“” share their first byte with thousands of pairs.
"""

from __future__ import annotations

from typing import NamedTuple

from ...zh.marks import PAIRS, STOPS
from .weights import CLASH, HASTY_STOP, UNPAIRED

TEARING_MARKS = "、，。！？,!?"
"""The marks before which the noise model inserts a byte, as the page shows them: some are folded to half width."""
CLOSERS = {opener: PAIRS[opener] for opener in "“（《"}
"""The pairs that official prose uses; rarer ones are too rare to tell hypotheses apart."""
PAIRED = frozenset(CLOSERS) | frozenset(CLOSERS.values())
NEVER_BEFORE_A_STOP = frozenset(CLOSERS) | frozenset("　\n")
"""What nothing closes or stops right after: an opening mark, an indent, the beginning of a line."""

_STOPS = frozenset(STOPS)  # unlike a string, a set does not hold the empty string


class MarkFit(NamedTuple):
    """What a mark costs where it stands, and which closing marks are expected after it."""

    clash: float
    misuse: float
    opened: str


def clash(before: str, mark: str) -> float:
    """Return what is taken off for two marks that do not follow one another.

    Examples
    --------
    >>> clash("。", "、") == clash("（", "，") < clash("”", "。") == clash("”", "，") == 0
    True
    """
    doubled = before in _STOPS and mark in _STOPS
    too_early = before in NEVER_BEFORE_A_STOP and (mark in _STOPS or mark in CLOSERS.values())
    return CLASH if doubled or too_early else 0.0


def pair_up(opened: str, mark: str) -> tuple[str, float]:
    """Return the closing marks expected after one more paired mark, and what is taken off if it has no partner.

    Examples
    --------
    >>> pair_up("”", "《"), pair_up("”》", "》"), pair_up("", "）")
    (('”》', 0.0), ('”', 0.0), ('', -4.0))
    """
    if mark in CLOSERS:
        # A quotation inside a quotation has marks of another shape (‘’), so “ after “ means that one is wrong.
        return opened + CLOSERS[mark], UNPAIRED if opened[-1:] == "”" and mark == "“" else 0.0
    if mark in opened:
        return opened[: opened.rindex(mark)], 0.0
    return opened, UNPAIRED


def expected_closers(text: str) -> str:
    """Return the closing marks still expected at the end of a text.

    Examples
    --------
    >>> expected_closers("要落实“一规划（2025年）两方案")
    '”'
    """
    opened = ""
    for mark in text:
        if mark in PAIRED:
            opened, _ = pair_up(opened, mark)
    return opened


def fit_mark(mark: str, *, recent: str, opened: str, carried: str) -> MarkFit:
    """Return how well a stop or a paired mark goes on a hypothesis.

    Parameters
    ----------
    mark : str
        One of `STOPS` or `PAIRED`.
    recent : str
        The last characters before it.
    opened, carried : str
        The closing marks expected in this line, and from the lines before.

    Examples
    --------
    >>> fit_mark("”", recent="两方案", opened="”", carried="")
    MarkFit(clash=0.0, misuse=0.0, opened='')
    """
    # What closes a bracket of the line before may stand anywhere, even first: it is neither early nor unpaired.
    expected = mark in carried
    collision = 0.0 if expected else clash(recent[-1:], mark)
    if mark in STOPS:
        quoted = recent.rfind("“") > recent.rfind("”")
        return MarkFit(collision, HASTY_STOP if quoted else 0.0, opened)
    opened, unpaired = pair_up(opened, mark)
    if mark == "（" and "）" in carried:
        return MarkFit(collision, UNPAIRED, opened)  # a bracket inside the bracket that goes on here
    return MarkFit(collision, 0.0 if expected else unpaired, opened)
