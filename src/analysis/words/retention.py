"""How segmentation treats the terms of a dictionary: kept whole, nested in a longer token, or cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, explain
from .terms import as_terms, split_variants, terms_digest
from .tokens import Tokens

RETENTION_COLUMNS = (
    "term",
    "category",
    "count",
    "whole",
    "nested",
    "lost",
    "share_whole",
    "replaced_by",
    "doc_id",
)


def report_term_retention(tokens: Tokens, *, terms: Collection[str] | pd.DataFrame) -> pd.DataFrame:
    """Return for every term whether segmentation kept it whole, and which tokens replace it where not.

    A term can lose against another without a word: 依法治区 is not counted where 全面依法治区 is the token,
    and a short term can be cut by a longer neighbour. This table says so.

    Parameters
    ----------
    tokens : Tokens
        As `segment` made them, with their texts; nothing removed.
    terms : sequence of str or DataFrame
        A list, or a table as `load_terms` returns it, whose variants are counted with their term.

    Returns
    -------
    DataFrame
        One row a term that occurs in the texts, most often lost first, then most frequent: `term`,
        `category`; `count`, occurrences of the characters; of these `whole`, exactly one token (or, where the
        term has marks in it, exactly one token between any two marks), `nested`, inside a longer token, and
        `lost`, cut otherwise; `share_whole`, whole / count; `replaced_by`, the most frequent tokens where it is
        cut, or else where it is nested; `doc_id`, a document where that happens. `attrs["digest"]` is that of the terms.

    Raises
    ------
    CorpusError
        The tokens have no texts, or a term is not valid.

    Examples
    --------
    >>> from analysis import segment
    >>> corpus = Corpus(["全面依法治区，就是依法治区。"], pd.DataFrame(index=["甲"]))
    >>> report = report_term_retention(segment(corpus), terms=["依法治区"])
    >>> report[["term", "count", "whole", "nested", "replaced_by"]]
       term  count  whole  nested replaced_by
    0  依法治区      2      1       1      全面依法治区
    """
    terms = as_terms(terms)
    if tokens.corpus is None:
        raise CorpusError(explain("these tokens have no texts", todo="use the tokens that segment() returned"))
    text, bases = one_text(tokens.corpus)
    starts, ends = _token_spans(tokens, bases)
    is_start = np.zeros(len(text) + 1, dtype=bool)
    is_end = np.zeros(len(text) + 1, dtype=bool)
    is_start[starts] = True
    is_end[ends] = True
    doc_ids = tokens.docvars["doc_id"].to_numpy()
    rows = []
    categories = terms["category"] if "category" in terms.columns else [""] * len(terms)
    variants = terms["variants"] if "variants" in terms.columns else [""] * len(terms)
    for term, category, others in zip(terms["term"], categories, variants, strict=True):
        counts: Counter[str] = Counter()
        replacing: dict[str, Counter[str]] = {"lost": Counter(), "nested": Counter()}
        where: dict[str, int] = {}
        for form in (term, *split_variants(others)):
            marks = np.array([not (character.isalnum() or character == "+") for character in form], dtype=bool)
            inner = is_break(marks)
            for at in _occurrences(text, form):
                end = at + len(form)
                cuts = is_start[at + 1 : end] | is_end[at + 1 : end]
                if is_start[at] and is_end[end] and bool((cuts <= inner).all()):
                    counts["whole"] += 1
                    continue
                first = int(np.searchsorted(starts, at, side="right")) - 1
                last = int(np.searchsorted(ends, end, side="left"))
                kind = "nested" if first == last else "lost"
                counts[kind] += 1
                shown = " ".join(text[starts[n] : ends[n]] for n in range(max(first, 0), last + 1))
                replacing[kind][shown] += 1
                where.setdefault(shown, at)
        if total := counts.total():
            found = replacing["lost"] or replacing["nested"]
            shown = min(found, key=lambda name: (-found[name], name)) if found else ""
            unit = int(np.searchsorted(bases, where[shown], side="right")) - 1 if shown else -1
            doc_id = str(doc_ids[unit]) if shown else ""
            share = counts["whole"] / total
            rows.append(
                (term, category, total, counts["whole"], counts["nested"], counts["lost"], share, shown, doc_id)
            )
    table = pd.DataFrame(rows, columns=list(RETENTION_COLUMNS))
    table = table.sort_values(["lost", "count", "term"], ascending=[False, False, True], ignore_index=True)
    table.attrs["digest"] = terms_digest(terms)
    return table


def is_break(marks: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return, for every boundary between two characters of a form, True where one of them is a mark.

    Examples
    --------
    >>> is_break(np.array([True, False, False])).tolist()  # “八五
    [True, False]
    """
    return np.asarray(marks[:-1] | marks[1:], dtype=bool)


def _token_spans(
    tokens: Tokens, bases: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    sizes = np.array([len(name) for name in tokens.types], dtype=np.int64)
    starts = tokens.starts + np.repeat(bases, np.diff(tokens.offsets))
    return starts, starts + (sizes[tokens.type_ids] if len(tokens.type_ids) else 0)


def _occurrences(text: str, form: str) -> Iterator[int]:
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + len(form))


def one_text(corpus: Corpus) -> tuple[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """All texts, a separator after each, and where each begins."""
    lengths = np.array([len(text) + 1 for text in corpus.texts], dtype=np.int64)
    return "\x00".join([*corpus.texts, ""]), np.cumsum(lengths) - lengths
