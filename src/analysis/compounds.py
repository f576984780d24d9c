"""Neighbouring tokens made into one: phrases that a study wants to count as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from .provenance import Step, digest_texts
from .tokens import PAD, Tokens


def compound_tokens(tokens: Tokens, *, phrases: Sequence[str]) -> Tokens:
    """Return the tokens with each phrase as one token, wherever its parts stand side by side.

    Parameters
    ----------
    tokens : Tokens
        Any tokens.
    phrases : sequence of str
        What shall be whole, as it is written: 优化营商环境. It is found where the borders of tokens allow it,
        however many tokens it is cut into; the longest phrase wins, then the leftmost. Pads and gaps of white
        space keep tokens apart.

    Returns
    -------
    Tokens
        With the same units.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["持续", "优化", "营商环境"]])
    >>> compound_tokens(tokens, phrases=["优化营商环境"])["1"]
    ('持续', '优化营商环境')
    """
    wanted = {phrase for phrase in phrases if phrase}
    beginnings = {phrase[:size] for phrase in wanted for size in range(1, len(phrase) + 1)}
    lists: list[list[str]] = []
    starts: list[list[int]] = []
    for place, (_, unit) in enumerate(tokens):
        where = tokens.starts[tokens.offsets[place] : tokens.offsets[place + 1]].tolist()
        made: list[str] = []
        at: list[int] = []
        number = 0
        while number < len(unit):
            name, end = _longest(unit, where, number, wanted, beginnings)
            made.append(name)
            at.append(where[number])
            number = end
        lists.append(made)
        starts.append(at)
    step = Step("compound_tokens", {"phrases": len(wanted), "digest": digest_texts(sorted(wanted))})
    return Tokens.from_lists(
        lists, docvars=tokens.docvars, starts=starts, history=(*tokens.history, step), corpus=tokens.corpus
    )


def _longest(
    unit: tuple[str, ...], where: list[int], first: int, wanted: set[str], beginnings: set[str]
) -> tuple[str, int]:
    """The longest phrase that begins at a token, and where the next token stands; else the token itself."""
    best = (unit[first], first + 1)
    joined = ""
    for number in range(first, len(unit)):
        gap = (
            number > first and where[number] >= 0 and where[number] != where[number - 1] + len(unit[number - 1])
        )
        if unit[number] == PAD or gap:
            break
        joined += unit[number]
        if joined not in beginnings:
            break
        if joined in wanted:
            best = (joined, number + 1)
    return best
