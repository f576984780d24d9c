"""The audit of a cleaning: how much each rule changed in each document."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from ..corpus import Corpus
from ..errors import check_choice
from .corrections import RULE as CORRECTIONS
from .registry import RULES


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
