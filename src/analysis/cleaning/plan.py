"""A plan: what was done to one text, step by step, so that it can be replayed, explained and traced back."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import check_choice, explain
from ..provenance import digest_text
from .edits import CERTAINTIES, Certainty, Edit, apply_edits


@dataclass(frozen=True)
class PlanStep:
    """One rule's edits on the text that the rule was given.

    Parameters
    ----------
    rule, version : str, int
        The rule that proposed the edits.
    edits : tuple of Edit
        Sorted and not overlapping; positions count in the rule's input.
    digest : str
        Start of the SHA-256 of the rule's input, so that a plan is never replayed on another text.
    """

    rule: str
    version: int
    edits: tuple[Edit, ...]
    digest: str


Plan = tuple[PlanStep, ...]


@dataclass(frozen=True)
class Change:
    """One edit, located in the raw text.

    `start` and `end` count characters of the raw text; `before` is what the rule saw there (after the rules
    that ran earlier), `after` what it put there. An unresolved edit has `after == before`.
    """

    rule: str
    start: int
    end: int
    before: str
    after: str
    certainty: Certainty
    note: str = ""
    alternatives: tuple[str, ...] = ()


def short_digest(text: str) -> str:
    """Return the first 16 hexadecimal digits of a text's SHA-256."""
    return digest_text(text)[:16]


def make_step(text: str, *, rule: str, version: int, edits: Sequence[Edit]) -> PlanStep:
    """Return the step that makes these edits on this text."""
    return PlanStep(rule, version, tuple(edits), short_digest(text))


def apply_plan(text: str, *, plan: Plan) -> str:
    """Return the text with every step of a plan done again.

    Parameters
    ----------
    text : str
        The raw text that the plan was made for.
    plan : tuple of PlanStep
        From `clean_and_explain`, or from `plan_from_json`.

    Raises
    ------
    ValueError
        The plan was made for another text.

    Examples
    --------
    >>> from analysis import clean_and_explain
    >>> cleaned = clean_and_explain("依法治區(qū)")
    >>> apply_plan("依法治區(qū)", plan=cleaned.plan) == cleaned.text
    True
    """
    for number, step in enumerate(plan, start=1):
        if short_digest(text) != step.digest:
            raise ValueError(
                explain(
                    "this plan was made for another text",
                    where=f"step {number}, rule {step.rule}",
                    allowed="the text, character for character, that the plan was made for",
                    todo="clean the text anew with clean_and_explain",
                )
            )
        text = apply_edits(text, edits=step.edits)
    return text


def plan_to_json(plan: Plan) -> str:
    """Return a plan as one line of JSON.

    Examples
    --------
    >>> step = make_step("區", rule="script", version=1, edits=[Edit(0, 1, "区")])
    >>> plan_from_json(plan_to_json((step,))) == (step,)
    True
    """
    rows = [
        {
            "rule": step.rule,
            "version": step.version,
            "digest": step.digest,
            "edits": [
                [edit.start, edit.end, edit.after, edit.certainty, edit.note, list(edit.alternatives)]
                for edit in step.edits
            ],
        }
        for step in plan
    ]
    return json.dumps(rows, ensure_ascii=False)


def plan_from_json(text: str) -> Plan:
    """Return the plan that `plan_to_json` wrote.

    Raises
    ------
    ValueError
        The text is not JSON, a part is missing, or a certainty is none of the four.

    Examples
    --------
    >>> plan_from_json("[]")
    ()
    >>> plan_from_json("區")
    Traceback (most recent call last):
    ...
    ValueError: this is not a cleaning plan: Expecting value: line 1 column 1 (char 0)
      allowed: JSON as plan_to_json writes it
    """
    try:
        rows: Any = json.loads(text)
        plan = tuple(
            PlanStep(
                str(row["rule"]),
                int(row["version"]),
                tuple(
                    Edit(int(start), int(end), str(after), certainty, str(note), tuple(map(str, others)))
                    for start, end, after, certainty, note, others in map(_check_edit, row["edits"])
                ),
                str(row["digest"]),
            )
            for row in rows
        )
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(
            explain(f"this is not a cleaning plan: {error}", allowed="JSON as plan_to_json writes it")
        ) from None
    return plan


def _check_edit(row: list[Any]) -> list[Any]:
    if not isinstance(row, list) or len(row) != 6:
        raise TypeError(f"an edit has six parts, this has not: {row!r}")
    check_choice(row[3], CERTAINTIES, name="certainty")
    return row


def explain_plan(text: str, *, plan: Plan) -> tuple[Change, ...]:
    """Return every change that a plan makes to a raw text, in the plan's order, located in the raw text.

    Examples
    --------
    >>> from analysis import clean_and_explain
    >>> raw = "依法治區(qū)。"
    >>> [(c.rule, c.start, c.end, c.after) for c in explain_plan(raw, plan=clean_and_explain(raw).plan)]
    [('annotations', 4, 8, ''), ('script', 3, 4, '区')]
    """
    changes = []
    seen: list[_Borders] = []
    current = text
    for step in plan:
        for edit in step.edits:
            start, end = edit.start, edit.end
            for borders in reversed(seen):
                start, end = borders.back(start, end)
            before = current[edit.start : edit.end]
            changes.append(
                Change(step.rule, start, end, before, edit.after, edit.certainty, edit.note, edit.alternatives)
            )
        current = apply_edits(current, edits=step.edits)
        seen.append(_Borders(step.edits))
    return tuple(changes)


def original_span(plan: Plan, start: int, end: int) -> tuple[int, int]:
    """Return the span of the raw text that a span of the cleaned text came from.

    Parameters
    ----------
    plan : tuple of PlanStep
        The plan that turned the raw text into the cleaned one.
    start, end : int
        Characters of the cleaned text. A span that begins or ends inside replaced text is widened to the
        whole replacement, unless it has as many characters as what it replaced.

    Returns
    -------
    tuple of int
        Start and end in the raw text.

    Examples
    --------
    >>> from analysis import clean_and_explain
    >>> raw = "依法治區(qū)的實(shí)踐"
    >>> cleaned = clean_and_explain(raw)
    >>> start = cleaned.text.index("区")
    >>> start, end = original_span(cleaned.plan, start, start + 3)
    >>> raw[start:end]
    '區(qū)的實'
    """
    for step in reversed(plan):
        start, end = _Borders(step.edits).back(start, end)
    return start, end


def original_spans(plan: Plan, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `original_span` of many spans of one text, reading the plan once.

    Examples
    --------
    >>> from analysis import clean_and_explain
    >>> original_spans(clean_and_explain("依法治區(qū)的實(shí)踐").plan, [(0, 3), (3, 6)])
    [(0, 3), (3, 10)]
    """
    # The borders of a step are the dear part, so all spans pass one step before the next is looked at.
    for step in reversed(plan):
        borders = _Borders(step.edits)
        spans = [borders.back(start, end) for start, end in spans]
    return list(spans)


def cleaned_span(plan: Plan, start: int, end: int) -> tuple[int, int]:
    """Return the span of the cleaned text that a span of the raw text became; the mirror of `original_span`.

    Examples
    --------
    >>> from analysis import clean_and_explain
    >>> cleaned = clean_and_explain("依法治區(qū)的實(shí)踐")
    >>> start, end = cleaned_span(cleaned.plan, 3, 9)
    >>> cleaned.text[start:end]
    '区的'
    """
    for step in plan:
        start, end = _Borders(step.edits).forward(start, end)
    return start, end


class _Borders:
    """Where each edit of one step begins and ends, before and after."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.before: list[tuple[int, int]] = []
        self.after: list[tuple[int, int]] = []
        shift = 0
        for edit in edits:
            self.before.append((edit.start, edit.end))
            new = edit.start + shift
            self.after.append((new, new + len(edit.after)))
            shift += len(edit.after) - (edit.end - edit.start)

    def back(self, start: int, end: int) -> tuple[int, int]:
        return _move(start, end, self.after, self.before)

    def forward(self, start: int, end: int) -> tuple[int, int]:
        return _move(start, end, self.before, self.after)


def _move(start: int, end: int, old: list[tuple[int, int]], new: list[tuple[int, int]]) -> tuple[int, int]:
    """Carry a span across: its start is where its first character went, its end where its last one went."""
    # The end is carried by the last character and not by the index behind it, which may belong to the next edit.
    first = _carry(start, old, new, last=False)
    if end <= start:
        return first, first
    return first, max(first, _carry(end - 1, old, new, last=True))


def _carry(index: int, old: list[tuple[int, int]], new: list[tuple[int, int]], *, last: bool) -> int:
    """Carry one character: give where it begins on the other side, or where it ends if it is the last."""
    near = bisect_right(old, (index, float("inf"))) - 1
    if near < 0:
        return index + last
    (old_start, old_end), (new_start, new_end) = old[near], new[near]
    # Behind the nearest edit before it: only the shift of what stood before counts.
    if index >= old_end:
        return new_end + (index - old_end) + last
    # A replacement of equal length is a change character by character (區 to 区), so each keeps its partner. Of any
    # other nobody knows which character became which, and the whole replacement is given.
    if old_end - old_start == new_end - new_start:
        return new_start + (index - old_start) + last
    return new_end if last else new_start
