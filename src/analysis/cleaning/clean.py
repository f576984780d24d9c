"""A corpus → the clean corpus, with every text's plan, and tables of what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, explain
from ..provenance import Step, digest_json, digest_table
from .clean_text import clean_and_explain
from .corrections import COLUMNS as CORRECTION_COLUMNS
from .corrections import correct_text
from .plan import Plan, explain_plan
from .plan_store import PlanStore
from .registry import CORRECTIONS, DEFAULT_RULES, RULES, choose_rules, digest_word_lists

EXPLAIN_COLUMNS = ("doc_id", "rule", "start", "end", "before", "after", "certainty", "note", "alternatives")


def clean_corpus(
    corpus: Corpus,
    *,
    rules: Sequence[str] = DEFAULT_RULES,
    corrections: pd.DataFrame | None = None,
    store: PlanStore | None = None,
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
    store : PlanStore, optional
        Where plans are kept, so that a text is searched for damage once: a notebook passes `run.plans`.

    Returns
    -------
    Corpus
        `parent` is the raw corpus, `plans` has each text's plan, `history` names rules and versions,
        and has a digest of the word lists that these rules read.

    Raises
    ------
    ValueError
        There is no rule of that name.
    CorpusError
        The corpus is split already, or a correction fits nowhere or several times.

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
    # Corrections come after the rules: a scholar writes them against the cleaned text, which is what is read.
    texts: list[str] = []
    plans: list[Plan] = []
    for doc_id, text in corpus:
        cleaned = clean_and_explain(text, rules=rules, store=store)
        done, plan = cleaned.text, cleaned.plan
        if corrections is not None:
            done, steps = correct_text(done, doc_id=doc_id, corrections=corrections)
            plan = (*plan, *steps)
        texts.append(done)
        plans.append(plan)
    # The history names versions and a digest of them, so that two corpora can be compared without reading the list.
    versions = [f"{rule.name}/{rule.version}" for rule in choose_rules(rules)]
    parameters: dict[str, object] = {"rules": versions, "digest": digest_json(versions)[:12]}
    if word_lists := digest_word_lists(rules):
        parameters["word_lists"] = word_lists
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
    """Return how many edits each rule made in each document, zeros included.

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
