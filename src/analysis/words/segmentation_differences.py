"""Where two segmentations of one corpus differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from ..corpus import Corpus
from ..structure import sentence_around
from .segment import Segmenter

DIFFERENCE_COLUMNS = ("before", "after", "count", "n_docs", "doc_id", "start", "sentence")


def compare_segmentations(corpus: Corpus, *, before: Segmenter, after: Segmenter) -> pd.DataFrame:
    """Return where two segmenters differ: what a change of dictionary, rule or engine does to this corpus.

    Parameters
    ----------
    corpus : Corpus
        Units of any size.
    before, after : Segmenter
        As `make_segmenter` makes them.

    Returns
    -------
    DataFrame
        One row a difference, most frequent first: `before` and `after`, the tokens joined by spaces; `count`;
        `n_docs`, documents in which it occurs; then its first occurrence: `doc_id`, `start` (characters in the
        unit) and `sentence`. `attrs["before"]` and `attrs["after"]` are the segmenters' digests.

    Examples
    --------
    >>> from analysis import load_terms, make_segmenter
    >>> corpus = Corpus(["开设晨读云课堂。"], pd.DataFrame(index=["甲"]))
    >>> own = [*load_terms()["term"], "晨读云课堂"]
    >>> table = compare_segmentations(corpus, before=make_segmenter(), after=make_segmenter(terms=own))
    >>> table[["before", "after", "count", "n_docs"]]
          before  after  count  n_docs
    0  晨读 云 课堂  晨读云课堂      1       1
    """
    counts: Counter[tuple[str, str]] = Counter()
    holders: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str], tuple[str, int, str]] = {}
    for doc_id, text in zip(corpus.docvars["doc_id"], corpus.texts, strict=True):
        for start, old, new in _differences(before(text), after(text)):
            pair = (" ".join(old), " ".join(new))
            counts[pair] += 1
            holders.setdefault(pair, set()).add(str(doc_id))
            if pair not in first:
                first[pair] = (str(doc_id), start, sentence_around(text, start=start))
    rows = [(*pair, count, len(holders[pair]), *first[pair]) for pair, count in counts.items()]
    table = pd.DataFrame(rows, columns=list(DIFFERENCE_COLUMNS))
    table = table.sort_values(["count", "before", "after"], ascending=[False, True, True], ignore_index=True)
    table.attrs |= {"before": before.digest, "after": after.digest}
    return table


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """Yield stretches between common boundaries in which two segmentations of one text differ."""
    i = j = 0
    at = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            at += len(old[i])
            i, j = i + 1, j + 1
            continue
        here, left, right = at, [old[i]], [new[j]]
        ends = [at + len(old[i]), at + len(new[j])]
        i, j = i + 1, j + 1
        while ends[0] != ends[1]:
            if ends[0] < ends[1]:
                left.append(old[i])
                ends[0] += len(old[i])
                i += 1
            else:
                right.append(new[j])
                ends[1] += len(new[j])
                j += 1
        at = ends[0]
        yield here, left, right
