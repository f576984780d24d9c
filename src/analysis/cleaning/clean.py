"""One text → the clean text, with the plan that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from ..provenance import Step, digest_json, digest_table
from .corrections import COLUMNS as CORRECTION_COLUMNS
from .corrections import RULE as CORRECTIONS
from .corrections import correct_text
from .edits import apply_edits
from .plan import Change, Plan, PlanStep, apply_plan, explain_plan, make_step
from .plan_store import keep_plan, stored_plan
from .registry import DEFAULT_RULES, RULES, choose_rules

MOST_PASSES = 8
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


def clean_and_explain(text: str, *, rules: Sequence[str] = DEFAULT_RULES) -> CleanedText:
    """Return a text cleaned by rules, with the plan of all changes and what could not be resolved.

    The rules run in the registry's order, again and again until none changes anything, so that cleaning a
    clean text changes nothing.

    Parameters
    ----------
    text : str
        Any text.
    rules : sequence of str
        Names of rules; all of them by default.

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
    return _clean(text, tuple(rules))


@lru_cache(maxsize=REMEMBERED)
def _clean(text: str, rules: tuple[str, ...]) -> CleanedText:
    plan = stored_plan(text, rules=rules)
    if plan is None:
        plan = _find_plan(text, rules)
        keep_plan(text, rules=rules, plan=plan)
    cleaned = apply_plan(text, plan=plan)
    open_places = any(edit.certainty == "unresolved" for step in plan for edit in step.edits)
    changes = explain_plan(text, plan=plan) if open_places else ()
    return CleanedText(cleaned, plan, tuple(one for one in changes if one.certainty == "unresolved"))


def _find_plan(text: str, rules: tuple[str, ...]) -> Plan:
    chosen = choose_rules(rules)
    plan: list[PlanStep] = []
    open_steps: list[PlanStep] = []
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
            elif text == before:
                open_steps.append(make_step(text, rule=rule.name, version=rule.version, edits=edits))
        if text == before:
            break
    return (*plan, *open_steps)


EXPLAIN_COLUMNS = ("doc_id", "rule", "start", "end", "before", "after", "certainty", "note", "alternatives")


def clean_corpus(
    corpus: Corpus,
    *,
    rules: Sequence[str] = DEFAULT_RULES,
    corrections: pd.DataFrame | None = None,
) -> Corpus:
    """Return the corpus with every text cleaned.

    Parameters
    ----------
    corpus : Corpus
        Whole documents.
    rules : sequence of str
        Names of cleaning rules; all of them by default.
    corrections : DataFrame, optional
        Corrections of single documents, from `read_corrections`; applied after the rules. Rows for
        documents that are not in this corpus are left out.

    Returns
    -------
    Corpus
        `parent` is the raw corpus, `plans` has each text's plan, `history` names rules and versions.

    Raises
    ------
    ValueError
        There is no rule of that name.
    CorpusError
        The corpus is split already, or a correction fits no place or several.

    Examples
    --------
    >>> raw = Corpus(["依法治區(qū)"], pd.DataFrame(index=["甲"]))
    >>> cleaned = clean_corpus(raw)
    >>> cleaned["甲"], cleaned.parent["甲"]
    ('依法治区', '依法治區(qū)')
    """
    if corpus.unit != "document":
        raise CorpusError(
            explain(
                f"the corpus is already split into {corpus.unit}s",
                allowed="a corpus of whole documents",
                todo="clean first, then split: split_corpus(clean_corpus(corpus), unit=…)",
            )
        )
    texts: list[str] = []
    plans: list[Plan] = []
    for doc_id, text in corpus:
        cleaned = clean_and_explain(text, rules=rules)
        done, plan = cleaned.text, cleaned.plan
        if corrections is not None:
            done, steps = correct_text(done, doc_id=doc_id, corrections=corrections)
            plan = (*plan, *steps)
        texts.append(done)
        plans.append(plan)
    versions = [f"{rule.name}/{rule.version}" for rule in choose_rules(rules)]
    parameters: dict[str, object] = {"rules": versions, "digest": digest_json(versions)[:12]}
    if corrections is not None:
        parameters["corrections"] = digest_table(corrections[list(CORRECTION_COLUMNS)])[:12]
    return replace(
        corpus,
        texts=texts,
        history=(*corpus.history, Step("clean_corpus", parameters)),
        parent=corpus,
        plans=tuple(plans),
    )


def explain_cleaning(corpus: Corpus, *, rules: Sequence[str] = DEFAULT_RULES) -> pd.DataFrame:
    """Return every change of a cleaning as a table, one row a change.

    Parameters
    ----------
    corpus : Corpus
        A raw corpus, which is cleaned for the purpose; or a cleaned one, whose own plans are explained.
    rules : sequence of str
        Names of cleaning rules; not used for a corpus that is cleaned already.

    Returns
    -------
    DataFrame
        `doc_id, rule, start, end, before, after, certainty, note, alternatives`, by document in the plan's
        order. `start` and `end` count characters of the raw text; `before` is what the rule saw there, after
        the rules that ran earlier. `certainty` is "rule", "proved", "inferred" or "unresolved" (left as it
        is). `alternatives` are the runners-up, joined by " | ".

    Examples
    --------
    >>> raw = Corpus(["依法治區(qū)"], pd.DataFrame(index=["甲"]))
    >>> explain_cleaning(raw)[["doc_id", "rule", "start", "end", "before", "after"]]
      doc_id         rule  start  end before after
    0      甲  annotations      4    8   (qū)
    1      甲       script      3    4      區     区
    """
    cleaned = corpus if corpus.plans is not None else clean_corpus(corpus, rules=rules)
    raw = cleaned.parent
    rows = []
    if raw is not None and cleaned.plans is not None:
        for doc_id, text, plan in zip(cleaned.unit_ids, raw.texts, cleaned.plans, strict=True):
            for change in explain_plan(text, plan=plan):
                rows.append(
                    (
                        doc_id,
                        change.rule,
                        change.start,
                        change.end,
                        change.before,
                        change.after,
                        change.certainty,
                        change.note,
                        " | ".join(change.alternatives),
                    )
                )
    table = pd.DataFrame(rows, columns=list(EXPLAIN_COLUMNS))
    return table.astype({"start": "int64", "end": "int64"})


def count_changes(changes: pd.DataFrame, *, corpus: Corpus) -> pd.DataFrame:
    """Return how many places each rule changed in each document, zeros included.

    Parameters
    ----------
    changes : DataFrame
        From `explain_cleaning`. Places that a rule lists as unresolved are not changes and not counted.
    corpus : Corpus
        The corpus that was cleaned, for documents in which nothing was changed.

    Returns
    -------
    DataFrame
        `doc_id, rule, changes`: documents in the corpus's order, rules in the order in which they run.
        Corrections of single documents come last, where there are any.

    Examples
    --------
    >>> from analysis import explain_cleaning
    >>> raw = Corpus(["依法治區(qū)"], pd.DataFrame(index=["甲"]))
    >>> count_changes(explain_cleaning(raw), corpus=raw).query("changes > 0").reset_index(drop=True)
      doc_id         rule  changes
    0      甲  annotations        1
    1      甲       script        1
    """
    made = changes.loc[changes["certainty"] != "unresolved"]
    rules = [*RULES, *([CORRECTIONS] if (made["rule"] == CORRECTIONS).any() else [])]
    documents = list(dict.fromkeys(corpus.docvars["doc_id"]))
    counted = made.groupby(["doc_id", "rule"]).size()
    pairs = pd.MultiIndex.from_product([documents, rules], names=["doc_id", "rule"])
    return counted.reindex(pairs, fill_value=0).rename("changes").reset_index()


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
