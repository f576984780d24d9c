"""Passages that documents share: found by their characters, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Literal

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from .alignment import Alphanumerics, Chain, Integers, alphanumerics_of, chain_matches, exact_matches
from .minhash import candidate_pairs

Search = Literal["auto", "exact", "minhash"]
SEARCHES: tuple[str, ...] = ("auto", "exact", "minhash")
EXACT_UP_TO = 10_000_000
"""Characters up to which all pairs of documents are compared: some hundred reports in seconds."""


@dataclass(frozen=True)
class Passage:
    """A passage that two documents share: the offsets in both texts, its equal characters, and its two wordings."""

    document_a: str
    document_b: str
    start_a: int
    end_a: int
    start_b: int
    end_b: int
    length: int
    similarity: float
    text_a: str
    text_b: str


COLUMNS = tuple(field.name for field in fields(Passage))


def find_shared_passages(
    corpus: Corpus,
    *,
    min_length: int,
    max_gap: int = 5,
    seed_length: int = 6,
    search: Search = "auto",
) -> pd.DataFrame:
    r"""Return the passages that two documents share, the longest first.

    Only Hanzi, letters and digits are compared, so that punctuation, spaces and line breaks may differ. Runs of
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
        Columns document_a, document_b (in the corpus's order), start_a, end_a, start_b, end_b (characters of the
        documents' texts), length (equal characters), similarity (twice the equal characters over the compared
        characters of both passages, 0 to 1, after Ratcliff and Obershelp; 1 where Hanzi, letters and
        digits are the same), text_a, text_b. Sorted by length, longest first, then by document and offset.

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
    >>> find_shared_passages(corpus, min_length=10)[["document_a", "document_b", "length", "text_b"]].values.tolist()
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
    written = [alphanumerics_of(text) for text in corpus.texts]
    few = sum(len(one.codes) for one in written) <= EXACT_UP_TO
    if search == "exact" or (search == "auto" and few):
        groups = [list(range(len(written)))]
    else:
        groups = [list(pair) for pair in candidate_pairs(corpus.texts)]
    passages: list[Passage] = []
    for group in groups:
        matches = exact_matches([written[number].codes for number in group], length=seed_length)
        chains = (chain for chain in chain_matches(matches, max_gap=max_gap) if chain.matched >= min_length)
        passages += _passages(chains, corpus, written=written, group=group)
    table = pd.DataFrame([asdict(passage) for passage in passages], columns=list(COLUMNS))
    table = table.astype({"document_a": "str", "document_b": "str"})
    order = {name: number for number, name in enumerate(corpus.docvars["doc_id"].astype(str))}

    def key(column: pd.Series) -> pd.Series:
        # documents in the corpus's order and not in that of their names; the longest passage first
        if str(column.name).startswith("document"):
            return column.map(order)
        return -column if column.name == "length" else column

    return table.sort_values(["length", *COLUMNS[:6]], key=key, ignore_index=True)


def _passages(
    chains: Iterator[Chain], corpus: Corpus, *, written: list[Alphanumerics], group: list[int]
) -> Iterator[Passage]:
    names = corpus.docvars["doc_id"].astype(str).tolist()
    for chain in chains:
        first, second = group[chain.doc_a], group[chain.doc_b]
        start_a, end_a = written[first].span(chain.start_a, chain.end_a)
        start_b, end_b = written[second].span(chain.start_b, chain.end_b)
        compared = chain.end_a - chain.start_a + chain.end_b - chain.start_b
        yield Passage(
            names[first],
            names[second],
            start_a,
            end_a,
            start_b,
            end_b,
            length=chain.matched,
            similarity=round(2 * chain.matched / compared, 6),
            text_a=corpus.texts[first][start_a:end_a],
            text_b=corpus.texts[second][start_b:end_b],
        )


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
        Columns document_a, document_b, shared_characters (Hanzi, letters and digits of document_a that stand in
        a passage shared with document_b, each counted once), share (of all such characters of document_a, 0 to
        1). All ordered pairs of different documents, in the corpus's order, and for every document a row with
        an empty document_b: shared with any other.

    Examples
    --------
    >>> texts = ["坚持党对全面依法治区工作的领导，压实责任。", "要坚持党对全面依法治区工作的 领导。"]
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙"]))
    >>> passages = find_shared_passages(corpus, min_length=10)
    >>> measure_reuse(passages, corpus=corpus)["share"].round(2).tolist()
    [0.79, 0.79, 0.94, 0.94]
    """
    names = corpus.docvars["doc_id"].astype(str).tolist()
    offsets = {name: alphanumerics_of(text).offsets for name, text in zip(names, corpus.texts, strict=True)}
    covered = _covered(passages, offsets)
    rows = []
    for own in names:
        size = len(offsets[own])
        for other in [*(name for name in names if name != own), ""]:
            shared = int(covered[own, other].sum()) if (own, other) in covered else 0
            rows.append((own, other, shared, round(shared / size, 6) if size else 0.0))
    return pd.DataFrame(rows, columns=["document_a", "document_b", "shared_characters", "share"])


def _covered(passages: pd.DataFrame, offsets: dict[str, Integers]) -> dict[tuple[str, str], np.ndarray]:
    """Return which characters of a document stand in a passage shared with another one, or with any ("")."""
    covered: dict[tuple[str, str], np.ndarray] = {}
    for side, other_side in (("a", "b"), ("b", "a")):
        columns = [f"document_{side}", f"document_{other_side}", f"start_{side}", f"end_{side}"]
        for own, other, start, end in passages[columns].itertuples(index=False, name=None):
            first, last = np.searchsorted(offsets[own], [start, end])
            for key in ((own, other), (own, "")):
                covered.setdefault(key, np.zeros(len(offsets[own]), dtype=bool))[first:last] = True
    return covered
