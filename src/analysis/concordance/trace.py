"""From a position in a unit's text to its paragraph, its sentence, and the sentence as it was before cleaning."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from ..cleaning.plan import original_spans
from ..corpus import Corpus
from ..structure import paragraph_spans, sentence_spans

Traced = tuple[int | None, str, str]


def trace_sentences(corpus: Corpus | None, *, units: Sequence[int], positions: Sequence[int]) -> list[Traced]:
    """Return for each position the number of its paragraph, its sentence, and the sentence's original text.

    Parameters
    ----------
    corpus : Corpus or None
        The texts; None if they are not known.
    units : sequence of int
        The number of the unit that each position is in, in ascending order.
    positions : sequence of int
        Characters in the unit's text; negative where unknown.

    Returns
    -------
    list of (int or None, str, str)
        The paragraph's number in its document, from 1; the sentence; the stretch of the raw text that the
        sentence came from. Unknown parts are None and `""`.
    """
    if corpus is None:
        return [(None, "", "")] * len(units)
    split = corpus.unit != "document" and corpus.parent is not None
    whole = corpus.parent if split and corpus.parent is not None else corpus
    shifts = corpus.docvars["start"].tolist() if split else [0] * len(corpus)
    number_of = {unit_id: number for number, unit_id in enumerate(whole.unit_ids)}
    homes = (
        [number_of[unit_id.rpartition("#")[0]] for unit_id in corpus.unit_ids] if split else range(len(corpus))
    )
    traced: list[Traced] = []
    pairs = zip(units, positions, strict=True)
    for document, group in groupby(pairs, key=lambda pair: homes[pair[0]]):
        wanted = [position + shifts[unit] if position >= 0 else -1 for unit, position in group]
        traced += _in_document(whole, document, wanted)
    return traced


def _in_document(corpus: Corpus, document: int, positions: list[int]) -> list[Traced]:
    text = corpus.texts[document]
    paragraphs = paragraph_spans(text)
    starts = [start for start, _ in paragraphs]
    cut: dict[int, list[tuple[int, int]]] = {}
    found: list[tuple[int, tuple[int, int]] | None] = []
    for position in positions:
        number = bisect_right(starts, position) - 1
        if position < 0 or number < 0:
            found.append(None)
            continue
        begin, end = paragraphs[number]
        if number not in cut:
            cut[number] = [(begin + a, begin + b) for a, b in sentence_spans(text[begin:end])]
        spans = cut[number]
        found.append((number + 1, spans[max(0, bisect_right(spans, (position, len(text))) - 1)]))
    sentences = sorted({one[1] for one in found if one is not None})
    originals = dict(zip(sentences, _originals(corpus, document, sentences), strict=True))
    return [
        (None, "", "") if one is None else (one[0], text[one[1][0] : one[1][1]], originals[one[1]])
        for one in found
    ]


def _originals(corpus: Corpus, document: int, spans: list[tuple[int, int]]) -> list[str]:
    """Go back through every cleaning to the text as it was read."""
    while corpus.plans is not None and corpus.parent is not None:
        spans = original_spans(corpus.plans[document], spans)
        corpus = corpus.parent
    return [corpus.texts[document][start:end] for start, end in spans]
