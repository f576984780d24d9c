"""The unit of every cleaning rule: an edit, a span of a text with its replacement and how certain it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import check_choice, explain

Certainty = Literal["proved", "inferred", "unresolved", "rule"]
CERTAINTIES: tuple[str, ...] = ("proved", "inferred", "unresolved", "rule")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to a text.

    Parameters
    ----------
    start, end : int
        Characters of the rule's input text, from zero, the end excluded.
    after : str
        What replaces them; for an unresolved edit the same characters again.
    certainty : {"proved", "inferred", "unresolved", "rule"}
        Proved: it follows from the damage, no other reading is possible. Inferred: the best of several
        readings. Unresolved: recognised, not changed. Rule: the plain application of a rule.
    note : str
        A line for the reader on what was found.
    alternatives : tuple of str
        The runners-up of an inferred edit, best first.

    Examples
    --------
    >>> Edit(0, 5, "域實", "proved")
    Edit(start=0, end=5, after='域實', certainty='proved', note='', alternatives=())
    """

    start: int
    end: int
    after: str
    certainty: Certainty = "rule"
    note: str = ""
    alternatives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_choice(self.certainty, CERTAINTIES, name="certainty")
        if not 0 <= self.start <= self.end:
            raise ValueError(
                explain(f"an edit from {self.start} to {self.end}", allowed="0 <= start <= end", todo="")
            )


def check_edits(text: str, *, edits: Sequence[Edit]) -> None:
    """Raise ValueError unless the edits are sorted, apart from each other and inside the text.

    Parameters
    ----------
    text : str
        The text that the edits are for.
    edits : sequence of Edit
        In order of `start`.

    Raises
    ------
    ValueError
        Two edits overlap or are out of order, one ends after the text does, or an unresolved one changes
        something.

    Examples
    --------
    >>> check_edits("依法行政", edits=[Edit(0, 2, "依照法律"), Edit(1, 3, "")])
    Traceback (most recent call last):
    ...
    ValueError: an edit starts at 1, inside the one before it
      where: 依照法律 (0 to 2)
      allowed: edits in order that do not overlap
    """
    # Order is part of the contract, and not mended by sorting: two rules that propose edits out of order have a fault
    # that a silent sort would hide.
    index, before = 0, None
    for edit in edits:
        if edit.start < index:
            raise ValueError(
                explain(
                    f"an edit starts at {edit.start}, inside the one before it",
                    where=f"{before.after} ({before.start} to {before.end})" if before else "",
                    allowed="edits in order that do not overlap",
                )
            )
        if edit.end > len(text):
            raise ValueError(
                explain(f"an edit ends at {edit.end}", allowed=f"at most {len(text)}, the text's length")
            )
        if edit.certainty == "unresolved" and edit.after != text[edit.start : edit.end]:
            raise ValueError(
                explain(
                    f"an unresolved edit changes the text at {edit.start} to {edit.after!r}",
                    allowed="the same characters again",
                )
            )
        index, before = edit.end, edit


def apply_edits(text: str, *, edits: Sequence[Edit]) -> str:
    """Return the text with every edit made.

    Parameters
    ----------
    text : str
        The text that the edits are for.
    edits : sequence of Edit
        Sorted and apart, see `check_edits`.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        As in `check_edits`.

    Examples
    --------
    >>> apply_edits("區(qū)政府", edits=[Edit(1, 5, "")])
    '區政府'
    """
    # Checked here as well as where edits are made: a plan may come from a file.
    check_edits(text, edits=edits)
    parts, index = [], 0
    for edit in edits:
        parts += [text[index : edit.start], edit.after]
        index = edit.end
    return "".join([*parts, text[index:]])
