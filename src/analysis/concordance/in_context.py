"""Keyword in context, with its sentence and the original text of that sentence."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from ..errors import check_choice, explain
from ..words.tokens import Integers, Tokens
from .matching import find_term, unit_of
from .trace import trace_sentences

Order = Literal["text", "left", "right"]
ORDERS: tuple[str, ...] = ("text", "left", "right")
_TYPES = {
    "doc_id": "str",
    "unit_id": "str",
    "position": "int64",
    "left": "str",
    "keyword": "str",
    "right": "str",
    "start": "int64",
    "end": "int64",
    "paragraph": "Int64",
    "sentence": "str",
    "original": "str",
}


def keyword_in_context(tokens: Tokens, *, term: str, window: int = 5, sort: Order = "text") -> pd.DataFrame:
    """Return every occurrence of a term with what stands before and after it, and the sentence around it.

    Why: a count is a claim about a word; its sentences show whether the claim holds. Beside the cleaned
    sentence stands the original one, so that what cleaning did to it can be judged as well.

    Parameters
    ----------
    tokens : Tokens
        Any tokens. Contexts are cut from the texts that they were made from; tokens without texts give
        contexts of tokens and no sentences.
    term : str
        One token, or several neighbours that spell the term together.
    window : int
        Tokens on each side; removed tokens count and are shown as they stood.
    sort : {"text", "left", "right"}
        By position; by what stands before, from the keyword outwards; or by what stands after.

    Returns
    -------
    DataFrame
        A row an occurrence:

        - `doc_id`, `unit_id`; `position`: number of the first token in the unit, from 0.
        - `left`, `keyword`, `right`
        - `start`, `end`: characters in the unit's text; −1 where no text is known.
        - `paragraph`: number of the paragraph in the document, from 1, as in `split_corpus`.
        - `sentence`: the sentence around it, cleaned. `original`: the same stretch as it was read from the
          file; the same text, if nothing was cleaned.

        Empty, with these columns, if the term does not occur as whole tokens; `count_nested` tells whether it
        stands inside longer ones.

    Raises
    ------
    ValueError
        The term is empty, `window` is negative, or `sort` is unknown.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["推进", "全面", "依法治区", "，", "见", "实效"]])
    >>> keyword_in_context(tokens, term="依法治区", window=2)[["left", "keyword", "right"]].values.tolist()
    [['推进全面', '依法治区', '，见']]
    """
    check_choice(sort, ORDERS, name="sort")
    if window < 0:
        raise ValueError(explain(f"window is {window}", allowed="0 or more tokens"))
    starts, ends = find_term(tokens, term=term)
    units = unit_of(tokens, starts)
    rows = _contexts(tokens, starts=starts, ends=ends, units=units, window=window)
    table = pd.DataFrame(rows, columns=list(_TYPES)[:8])
    traced = trace_sentences(tokens.corpus, units=units.tolist(), positions=table["start"].tolist())
    table[["paragraph", "sentence", "original"]] = pd.DataFrame(
        traced, columns=["paragraph", "sentence", "original"]
    )
    table = table.astype(_TYPES)
    if sort == "left":
        key = table["left"].map(lambda words: words[::-1])
        table = table.loc[key.sort_values(kind="stable").index]
    elif sort == "right":
        table = table.sort_values("right", kind="stable")
    return table.reset_index(drop=True)


def _contexts(
    tokens: Tokens, *, starts: Integers, ends: Integers, units: Integers, window: int
) -> list[tuple[str, str, int, str, str, str, int, int]]:
    """Return the first eight columns, a row an occurrence."""
    documents, unit_ids = tokens.docvars["doc_id"].astype(str).tolist(), tokens.unit_ids
    texts = tokens.corpus.texts if tokens.corpus is not None else None
    begins, limits = tokens.offsets[units], tokens.offsets[units + 1]
    left_from, right_to = np.maximum(begins, starts - window), np.minimum(limits, ends + window)
    padded = np.append(tokens.starts, 0)
    lengths = np.array([len(name) for name in tokens.types] or [0], dtype=np.int64)
    finishes = tokens.starts[ends - 1] + lengths[tokens.type_ids[ends - 1]]
    rows = []
    for unit, first, stop, begin, lower, upper, low, start, finish, high, last in zip(
        units.tolist(),
        starts.tolist(),
        ends.tolist(),
        begins.tolist(),
        left_from.tolist(),
        right_to.tolist(),
        padded[left_from].tolist(),
        padded[starts].tolist(),
        finishes.tolist(),
        padded[right_to].tolist(),
        (right_to == limits).tolist(),
        strict=True,
    ):
        where = (documents[unit], unit_ids[unit], first - begin)
        if texts is None or start < 0:
            words = [tokens.types[number] for number in tokens.type_ids[lower:upper]]
            cuts = (words[: first - lower], words[first - lower : stop - lower], words[stop - lower :])
            rows.append((*where, "".join(cuts[0]), "".join(cuts[1]), "".join(cuts[2]), -1, -1))
            continue
        text = texts[unit]
        right = text[finish : len(text) if last else high] if window else ""
        rows.append((*where, _one_line(text[low:start]), text[start:finish], _one_line(right), start, finish))
    return rows


def _one_line(text: str) -> str:
    return " ".join(text.split())
