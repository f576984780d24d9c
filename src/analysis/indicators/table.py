"""From a corpus to the table of its indicators."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..structure import parse_structure
from .context import read_sentence

# Types are fixed, so that a corpus without a single number still gives a table that can be joined.
_TYPES = {
    "doc_id": "str",
    "value": "float64",
    "unit": "str",
    "qualifier": "str",
    "measure": "str",
    "status": "str",
    "span": "str",
    "start": "int64",
    "end": "int64",
    "sentence": "str",
    "value_to": "float64",
    "change": "str",
    "section": "str",
    "section_kind": "str",
    "paragraph": "int64",
    "unit_id": "str",
}
COLUMNS = tuple(_TYPES)
"""The columns of `find_indicators`."""


def find_indicators(corpus: Corpus) -> pd.DataFrame:
    """Return every quantity of the texts, with what it measures and the sentence that it stands in.

    Why: reports rely heavily on figures. In one table these can be compared across documents, targets with
    results, and each can be read in its sentence.

    Parameters
    ----------
    corpus : Corpus
        Documents, or sections, paragraphs or sentences of documents; best cleaned. In a document whose `type`
        is 讲话, what a section on measures demands counts as target, unless its words say that it is done.

    Returns
    -------
    DataFrame
        A row a quantity, in the order of the texts:

        - `doc_id`
        - `value`: in plain units; 4.2亿元 is 420000000. Percent as percent, fractions as percent; 数万 is 10000.
        - `unit`: 元, 件, %, 百分点, 倍 …; `""` where the text names none (十一亿).
        - `qualifier`: 近, 超, 达, 约, 余, 多, 以上, 以内, 左右, 最高 …, joined by 、 in the text's order.
        - `measure`: the clause without the number (矛盾纠纷化解率; 选聘监督员).
        - `status`: `actual`, `target`, or `rule` for a limit or standard that holds (45岁以下).
        - `span`, `start`, `end`: the stretch, and its characters in the unit's text.
        - `sentence`: as it stands.
        - `value_to`: the upper end of a range, else missing.
        - `change`: `up` or `down` where the value is the size of a change (同比下降23%), else `""`.
        - `section`, `section_kind`, `paragraph`: where, as `parse_structure` has it.
        - `unit_id`: the corpus's unit.

    See Also
    --------
    read_sentence : the same for one sentence.

    Notes
    -----
    What counts as a quantity is laid down in docs/decisions/indicators.md; how often the table is right is
    measured in benchmarks/indicators.md.

    Examples
    --------
    >>> corpus = Corpus(["行政诉讼败诉率同比下降23%，受理法律援助案件1119件。"], pd.DataFrame(index=["甲"]))
    >>> find_indicators(corpus)[["value", "unit", "measure", "change", "status"]].values.tolist()
    [[23.0, '%', '行政诉讼败诉率', 'down', 'actual'], [1119.0, '件', '受理法律援助案件', '', 'actual']]
    """
    rows: list[dict[str, Any]] = []
    docvars = corpus.docvars
    documents = list(docvars["doc_id"].astype(str))
    speeches = list(docvars["type"].eq("讲话")) if "type" in docvars.columns else [False] * len(corpus)
    for doc_id, is_speech, (unit_id, text) in zip(documents, speeches, corpus, strict=True):
        for piece in parse_structure(text).sentences:
            sentence = text[piece.start : piece.end]
            # a leader's speech lists measures as demands; a report lists the same words as what was done
            kind = "plans" if is_speech and piece.section_kind == "measures" else piece.section_kind
            for annotation in read_sentence(sentence, section_kind=kind):
                quantity = annotation.quantity
                rows.append(
                    {
                        "doc_id": doc_id,
                        "value": quantity.value,
                        "unit": quantity.unit,
                        "qualifier": quantity.qualifier,
                        "measure": annotation.measure,
                        "status": annotation.status,
                        "span": quantity.text,
                        "start": piece.start + quantity.start,
                        "end": piece.start + quantity.end,
                        "sentence": sentence,
                        "value_to": quantity.value_to,
                        "change": annotation.change,
                        "section": piece.section,
                        "section_kind": piece.section_kind,
                        "paragraph": piece.paragraph,
                        "unit_id": unit_id,
                    }
                )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(_TYPES)


STATUSES = ("actual", "target", "rule")


def count_indicators(indicators: pd.DataFrame, *, corpus: Corpus) -> pd.DataFrame:
    """Return how many quantities every document reports, by their standing.

    Parameters
    ----------
    indicators : DataFrame
        From `find_indicators`.
    corpus : Corpus
        The corpus that they were found in, for the documents' lengths and for documents without numbers.

    Returns
    -------
    DataFrame
        `doc_id, status` ("actual", "target", "rule"), `count`, `per_1000_characters` of the document; a row for every document and status, documents in the corpus's order.

    Examples
    --------
    >>> from analysis.indicators import find_indicators
    >>> corpus = Corpus(["办结案件133件，化解率90%。"], pd.DataFrame(index=["甲"]))
    >>> count_indicators(find_indicators(corpus), corpus=corpus)["count"].tolist()
    [2, 0, 0]
    """
    ids = corpus.docvars["doc_id"].astype(str)
    lengths = pd.Series([len(text) for text in corpus.texts], index=corpus.docvars.index).groupby(ids).sum()
    # every document and status gets a row: a document without targets is a finding, not a gap
    pairs = pd.MultiIndex.from_product([list(dict.fromkeys(ids)), STATUSES], names=["doc_id", "status"])
    counted = indicators.groupby(["doc_id", "status"]).size().reindex(pairs, fill_value=0)
    table = counted.rename("count").reset_index()
    # an empty document has no numbers either: 0 of at least one character, not 0 / 0
    table["per_1000_characters"] = 1000 * table["count"] / table["doc_id"].map(lengths).clip(lower=1)
    return table
