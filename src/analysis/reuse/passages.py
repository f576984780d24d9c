"""Passages that documents share: found by their characters, wherever they stand."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from .alignment import Letters, chain_matches, exact_matches, letters_of
from .minhash import candidate_pairs

Search = Literal["auto", "exact", "minhash"]
SEARCHES: tuple[str, ...] = ("auto", "exact", "minhash")
EXACT_UP_TO = 10_000_000
COLUMNS = (
    "doc_a",
    "doc_b",
    "start_a",
    "end_a",
    "start_b",
    "end_b",
    "length",
    "similarity",
    "text_a",
    "text_b",
)


def find_shared_passages(
    corpus: Corpus,
    *,
    min_length: int,
    max_gap: int = 5,
    seed_length: int = 6,
    search: Search = "auto",
) -> pd.DataFrame:
    r"""Return the passages that two documents share, the longest first.

    Only letters and digits are compared, so that punctuation, spaces and line breaks may differ. Runs of
    `seed_length` equal characters are found by hashing every such shingle, extended to maximal equal runs, and
    runs that follow each other in both documents with at most `max_gap` other characters between them are
    joined: a passage may have been edited.

    Parameters
    ----------
    corpus : Corpus
        Whole documents. Pairs within one document are not looked at.
    min_length : int
        Fewest equal characters of a passage, at least `seed_length`. Below 20 one finds fixed formulations
        (提法), above 40 sentences and paragraphs that were taken over.
    max_gap : int
        Most characters between two equal runs, in either document.
    seed_length : int
        Length of the shingles. An edit every few characters hides a passage from longer ones.
    search : {"auto", "exact", "minhash"}
        "exact" compares all pairs of documents. "minhash" compares only pairs in which some paragraphs have
        similar sets of 5-character shingles (MinHash with locality-sensitive hashing, datasketch; 128
        permutations, Jaccard threshold 0.5, fixed seed), so that short passages inside longer paragraphs can be
        missed. "auto" takes "exact" up to ten million characters.

    Returns
    -------
    DataFrame
        Columns doc_a, doc_b (in the corpus's order), start_a, end_a, start_b, end_b (characters of the
        documents' texts), length (equal characters), similarity (twice the equal characters over the compared
        characters of both passages, 0 to 1, after Ratcliff and Obershelp; 1 where letters and digits are the
        same), text_a, text_b. Sorted by length, longest first, then by document and place.

    Raises
    ------
    CorpusError
        The corpus is split into smaller units.
    ValueError
        A length is too small, or the search is unknown.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, for shingles and MinHash. Smith, Cordell and
    Mullen (2015), Computational methods for uncovering reprinted texts, for seeds and alignment.

    Examples
    --------
    >>> texts = ["坚持党对全面依法治区工作的领导，压实责任。", "要坚持党对全面依法治区工作的 领导。"]
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙"]))
    >>> find_shared_passages(corpus, min_length=10)[["doc_a", "doc_b", "length", "text_b"]].values.tolist()
    [['甲', '乙', 15, '坚持党对全面依法治区工作的 领导']]
    """
    check_choice(search, SEARCHES, name="search")
    if seed_length < 4 or max_gap < 0 or min_length < seed_length:
        raise ValueError(
            explain(
                f"min_length is {min_length}, seed_length {seed_length}, max_gap {max_gap}",
                allowed="seed_length at least 4, min_length at least seed_length, max_gap at least 0",
            )
        )
    if corpus.unit != "document":
        raise CorpusError(
            explain(
                f"the corpus is split into {corpus.unit}s",
                allowed="whole documents, so that a passage may run over paragraphs",
                todo="give the corpus from before split_corpus",
            )
        )
    letters = [letters_of(text) for text in corpus.texts]
    many = sum(len(letter.codes) for letter in letters) > EXACT_UP_TO
    if search == "exact" or (search == "auto" and not many):
        groups = [list(range(len(letters)))]
    else:
        groups = [list(pair) for pair in candidate_pairs(corpus.texts)]
    rows: list[tuple[object, ...]] = []
    for group in groups:
        matches = exact_matches([letters[place].codes for place in group], length=seed_length)
        for chain in chain_matches(matches, max_gap=max_gap):
            if chain.matched >= min_length:
                first, second = group[chain.doc_a], group[chain.doc_b]
                start_a, end_a = letters[first].span(chain.start_a, chain.end_a)
                start_b, end_b = letters[second].span(chain.start_b, chain.end_b)
                size = chain.end_a - chain.start_a + chain.end_b - chain.start_b
                rows.append(
                    (
                        first,
                        second,
                        start_a,
                        end_a,
                        start_b,
                        end_b,
                        chain.matched,
                        round(2 * chain.matched / size, 6),
                        corpus.texts[first][start_a:end_a],
                        corpus.texts[second][start_b:end_b],
                    )
                )
    rows.sort(key=lambda row: (-int(str(row[6])), row[:6]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    names = np.array(corpus.docvars["doc_id"].astype(str), dtype=object)
    for column in ("doc_a", "doc_b"):
        table[column] = names[table[column].astype(np.int64)] if len(table) else table[column].astype(str)
    return table


def measure_reuse(passages: pd.DataFrame, *, corpus: Corpus) -> pd.DataFrame:
    """Return how much of every document stands in every other one as well.

    Parameters
    ----------
    passages : DataFrame
        From `find_shared_passages`.
    corpus : Corpus
        The corpus that they were found in.

    Returns
    -------
    DataFrame
        Columns document_a, document_b, shared (letters and digits of document_a that stand in a passage shared
        with document_b, each counted once), share (of all letters and digits of document_a, 0 to 1). All
        ordered pairs of different documents, in the corpus's order, and for every document a row with an empty
        document_b: shared with any other.

    Examples
    --------
    >>> texts = ["坚持党对全面依法治区工作的领导，压实责任。", "要坚持党对全面依法治区工作的 领导。"]
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙"]))
    >>> passages = find_shared_passages(corpus, min_length=10)
    >>> measure_reuse(passages, corpus=corpus)["share"].round(2).tolist()
    [0.79, 0.79, 0.94, 0.94]
    """
    names = corpus.docvars["doc_id"].astype(str).tolist()
    letters: dict[str, Letters] = {
        name: letters_of(text) for name, text in zip(names, corpus.texts, strict=True)
    }
    covered: dict[tuple[str, str], np.ndarray] = {}
    columns = ("doc_a", "doc_b", "start_a", "end_a", "start_b", "end_b")
    for doc_a, doc_b, start_a, end_a, start_b, end_b in passages[list(columns)].itertuples(
        index=False, name=None
    ):
        for own, other, start, end in ((doc_a, doc_b, start_a, end_a), (doc_b, doc_a, start_b, end_b)):
            where = letters[own].places
            first, last = np.searchsorted(where, [start, end])
            for key in ((own, other), (own, "")):
                covered.setdefault(key, np.zeros(len(where), dtype=bool))[first:last] = True
    rows = []
    for own in names:
        size = len(letters[own].places)
        for other in [*(name for name in names if name != own), ""]:
            shared = int(covered[own, other].sum()) if (own, other) in covered else 0
            rows.append((own, other, shared, round(shared / size, 6) if size else 0.0))
    return pd.DataFrame(rows, columns=["document_a", "document_b", "shared", "share"])
