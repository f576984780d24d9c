"""One text → the clean text, with the plan that made it. Needs neither pandas nor numpy: it runs in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..errors import check_choice
from .edits import apply_edits
from .plan import Change, Plan, PlanStep, apply_plan, explain_plan, make_step
from .plan_store import PlanStore
from .registry import CORRECTIONS, DEFAULT_RULES, RULES, choose_rules

MOST_PASSES = 8
"""Rules feed each other two or three times at most; a text that still changes after so many has rules that fight."""
REMEMBERED = 64
"""So many texts are remembered: a notebook cleans, explains and shows the same ones."""


@dataclass(frozen=True)
class CleanedText:
    """A cleaned text and how it came about.

    Parameters
    ----------
    text : str
        The cleaned text.
    plan : tuple of PlanStep
        Every change in order; `apply_plan(raw, plan=plan) == text`.
    unresolved : tuple of Change
        What was recognised and left as it is, located in the raw text.
    """

    text: str
    plan: Plan
    unresolved: tuple[Change, ...] = ()


def clean_and_explain(
    text: str, *, rules: Sequence[str] = DEFAULT_RULES, store: PlanStore | None = None
) -> CleanedText:
    """Return a text cleaned by rules, with the plan of all changes and what could not be resolved.

    The rules run in the registry's order, again and again until none changes anything, so that cleaning a
    clean text changes nothing.

    Parameters
    ----------
    text : str
        Any text.
    rules : sequence of str
        Names of rules; all of them by default.
    store : PlanStore, optional
        Where plans are kept: a text whose plan is there is not searched again.

    Returns
    -------
    CleanedText

    Raises
    ------
    ValueError
        There is no rule of that name.

    Examples
    --------
    >>> cleaned = clean_and_explain("全面依法治區(qū),化解率99.6%")
    >>> cleaned.text
    '全面依法治区，化解率99.6%'
    >>> [step.rule for step in cleaned.plan]
    ['annotations', 'script', 'punctuation']
    """
    names = tuple(rules)
    if store is None:
        return _clean(text, names)
    plan = store.find(text, rules=names)
    if plan is not None:
        return _explain(text, apply_plan(text, plan=plan), plan)
    cleaned = _clean(text, names)
    store.keep(text, rules=names, plan=cleaned.plan)
    return cleaned


@lru_cache(maxsize=REMEMBERED)
def _clean(text: str, rules: tuple[str, ...]) -> CleanedText:
    return _explain(text, *_find_plan(text, rules))


def _explain(raw: str, cleaned: str, plan: Plan) -> CleanedText:
    """Return the cleaned text with its plan and the unresolved edits of it, located in the raw text."""
    is_open = any(edit.certainty == "unresolved" for step in plan for edit in step.edits)
    changes = explain_plan(raw, plan=plan) if is_open else ()
    return CleanedText(cleaned, plan, tuple(one for one in changes if one.certainty == "unresolved"))


def _find_plan(text: str, rules: tuple[str, ...]) -> tuple[str, Plan]:
    """Return the cleaned text and the plan of all rules, run until none changes anything."""
    chosen = choose_rules(rules)
    plan: list[PlanStep] = []
    open_steps: list[PlanStep] = []
    # To the end and not once: a character made simplified can complete a phrase that a rule before it looks for, and
    # cleaning a clean text must change nothing.
    for _ in range(MOST_PASSES):
        before = text
        open_steps = []
        for rule in chosen:
            edits = rule.find(text)
            if not edits:
                continue
            changing = [edit for edit in edits if edit.certainty != "unresolved"]
            changing = [edit for edit in changing if edit.after != text[edit.start : edit.end]]
            if changing:
                plan.append(make_step(text, rule=rule.name, version=rule.version, edits=changing))
                text = apply_edits(text, edits=changing)
            # What stays open is kept from the last pass alone, whose positions are those of the cleaned text.
            elif text == before:
                open_steps.append(make_step(text, rule=rule.name, version=rule.version, edits=edits))
        if text == before:
            break
    return text, (*plan, *open_steps)


def rule_labels(*, language: Literal["zh", "en"] = "zh") -> dict[str, str]:
    """Return a short name for every cleaning rule, in the order in which the rules run.

    Examples
    --------
    >>> rule_labels()["script"]
    '繁体转简体'
    """
    check_choice(language, ("zh", "en"), name="language")
    if language == "en":
        return {name: name.replace("_", " ") for name in [*RULES, CORRECTIONS]}
    return {**{name: rule.purpose_zh for name, rule in RULES.items()}, CORRECTIONS: "人工更正"}
