"""A corpus → the cleaned corpus, and the table of everything that was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, explain
from ..provenance import Step, digest_json, digest_table
from .clean import clean_and_explain
from .corrections import COLUMNS as CORRECTION_COLUMNS
from .corrections import correct_text
from .plan import Plan, explain_plan
from .registry import DEFAULT_RULES, choose_rules

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
        for doc_id, text, plan in zip(cleaned.ids, raw.texts, cleaned.plans, strict=True):
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
