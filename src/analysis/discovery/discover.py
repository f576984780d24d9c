"""Candidates with their likelihood → a table of proposals that a person reads and accepts or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, explain
from ..provenance import digest_bytes
from ..structure import sentence_around
from ..words.segment import Segmenter, make_segmenter, segment
from ..words.terms import COLUMNS as TERM_COLUMNS
from ..words.terms import as_terms, check_terms, forms_of_terms, load_stop_words, load_terms, terms_digest
from ..zh.marks import SENTENCE_ENDS, STATEMENT_ENDS, STOPS
from ..zh.numerals import FEW, NUMERALS
from .evidence import Candidates, Floats
from .likelihood import LEAST, WEIGHTS, load_weights, log_odds, log_odds_among_rivals, measure_rivalry
from .spans import Booleans, Integers, find_spans
from .substring_counts import count_substrings

Kind = Literal["quoted", "numbered", "parallel", "compound", "word", "phrase"]
COLUMNS = ("term", "kind", "count", "n_docs", "score", "pmi", "boundary_entropy", "doc_id", "start", "sentence")

# Everything above _LIKELY is proposed; between the two only what occurs `min_count` times. Below _POSSIBLE the
# table would be long and almost all of it read for nothing.
_LIKELY = 0.02
_POSSIBLE = 0.005
_DIGITS = frozenset(FEW + "0123456789")
_NUMERAL = f"[{FEW}]"
# Between the numerals of a slogan stand nouns. Numerals, units and particles would make slogans of amounts
# (一亿三千万), dates (三月五日) and clauses (一是…二是).
_OTHER = rf"[^\W\da-zA-Z_{NUMERALS}点年月日元吨亩斤的和与第]"
_NUMBERED = re.compile(rf"(?:{_NUMERAL}个?{_OTHER}{{1,4}}){{2,3}}")
# Frequent words that look like 一…一… and 十分…
_NO_SLOGAN = re.compile("一[批件些种次名位家心点步]|十分")
# A slogan ends its phrase: 一规划两纲要， but not 一个城市两个 部门.
_AFTER_SLOGAN = frozenset(STOPS + "”的")
_LONG_SLOGAN = 14
_FORMULA = re.compile(r"[0-9A-Za-z]+(?:\+[0-9A-Za-z]+)+")
_STATEMENT_ENDS = frozenset(STATEMENT_ENDS)
# Shorter sentences (依法行政。) may be repeated because they are formulations themselves.
_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]+[{SENTENCE_ENDS}]?")
_LONG_SENTENCE = 15
_NO_TERMS = pd.DataFrame({"term": ["没有词典的词典"]})
"""A dictionary of one term that no text has: a segmenter must have one."""


def discover_terms(
    corpus: Corpus,
    *,
    min_count: int = 2,
    known: Sequence[str] | pd.DataFrame | None = None,
    segmenter: Segmenter | None = None,
) -> pd.DataFrame:
    """Return formulations that the dictionary does not have, best first, ready to be read by a person.

    Add one to the dictionary by a row in a term file (`term`, `category`), or on trial with `extend_dictionary`.

    Parameters
    ----------
    corpus : Corpus
        Whole documents or parts; from one document on.
    min_count : int
        How often a phrase must occur whose score is between 0.005 and 0.02, a sentence that is repeated word for
        word taken once: the end of the table. What scores more is proposed from its first occurrence on, and so is what a text itself marks as a
        formulation: quoted phrases and numbered slogans.
    known : sequence of str or DataFrame, optional
        Terms not to propose; the project's dictionary if none is given.
    segmenter : Segmenter, optional
        As for `segment_text`; without it, one that has no policy terms, which is what the weights were found with.

    Returns
    -------
    DataFrame
        `term`; `kind`: quoted, numbered, parallel (an enumeration, or clauses of one length), word (one word),
        phrase (with a function word inside) or compound (the rest); `count` and `n_docs`, occurrences of the
        characters and documents that hold them; `score`, the estimated probability that a reader lists it, by
        which the rows are ordered; `pmi`, the smallest pointwise mutual information of two neighbouring tokens
        in it, in bits (Church and Hanks 1990); `boundary_entropy`, the smaller of the entropies of its left and
        right neighbours, in bits; `doc_id`, `start` and `sentence`, its first occurrence.
        `attrs["digest"]` and `attrs["weights"]` are the digests of the known terms and of the weights.

    Raises
    ------
    ValueError
        `min_count` is below 1.
    CorpusError
        `known` breaks a rule of `load_terms`; a document has text but no Chinese in it.

    Notes
    -----
    The score comes from two logistic regressions. The first looks at each candidate alone: its words, the words
    around it, its shape, how often it stands and how much of that is inside one longer phrase; the second at the
    best candidates that hold it, are part of it, or cross its border. Their weights,
    `resources/discovery_weights.tsv`, were fitted to lists that readers made of national reports and of the
    project's five documents; the lists and the program are in `benchmarks/`.
    A sentence of 15 characters or more that stands again word for word adds nothing to a score; `count` and
    `n_docs` include them. Ties are broken by term.

    Examples
    --------
    >>> text = "落实“五个一律”要求。实施银杏树工程，银杏树工程见效，银杏树工程惠民。"
    >>> corpus = Corpus([text], pd.DataFrame(index=["甲"]))
    >>> discover_terms(corpus, known=["惠民"])[["term", "kind", "count"]]
        term      kind  count
    0   五个一律    quoted      1
    1  银杏树工程  compound      3
    """
    if min_count < 1:
        raise ValueError(f"min_count is {min_count}\n  allowed: 1 or more")
    dictionary = load_terms() if known is None else as_terms(known, name="known")
    candidates = candidates_in(corpus, segmenter=segmenter)
    if not len(candidates):
        return pd.DataFrame(columns=list(COLUMNS))
    score, marks = _scored(candidates)
    chosen = (score >= _LIKELY) | (score >= _POSSIBLE) & (candidates.count >= min_count) | marks[0] | marks[1]
    numbers = np.flatnonzero(chosen)
    taken = known_forms(dictionary)
    named = dict(zip(numbers.tolist(), candidates.strings(numbers), strict=True))
    kept = sorted((n for n in named if named[n] not in taken), key=lambda n: (-score[n], named[n]))
    doc_ids = corpus.docvars["doc_id"].astype(str).tolist()
    # counted in the texts as they are: the repeated sentences that were blanked for the score count here
    found = count_substrings(corpus.texts, terms=[named[number] for number in kept], doc_ids=doc_ids)
    where = {term: rest for term, *rest in found.itertuples(index=False)}
    kinds = _kinds(candidates, kept, marks)
    entropy = _boundary_entropy(candidates, kept)
    rows = []
    for number, kind in zip(kept, kinds, strict=True):
        count, n_docs, unit, start = where[named[number]]
        measures = (score[number], candidates.pmi[number], entropy[number])
        sentence = sentence_around(corpus.texts[unit], start=start)
        rounded = [round(float(measure), 4) for measure in measures]
        rows.append((named[number], kind, count, n_docs, *rounded, doc_ids[unit], start, sentence))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs |= {"digest": terms_digest(dictionary), "weights": digest_bytes(WEIGHTS.read_bytes())}
    return table


def candidates_in(corpus: Corpus, *, segmenter: Segmenter | None = None) -> Candidates:
    """Return every stretch of words that may be a formulation, repeated sentences taken once."""
    once = Corpus(_without_repeats(corpus.texts), corpus.docvars)
    return Candidates(find_spans(segment(once, segmenter=segmenter or _plain_segmenter())))


@lru_cache(maxsize=1)
def _plain_segmenter() -> Segmenter:
    return make_segmenter(terms=_NO_TERMS)


def _without_repeats(texts: Sequence[str]) -> list[str]:
    """Return the texts with every repeated long sentence blanked; line ends stand instead, so that no offset moves."""
    seen: set[str] = set()

    def blank(match: re.Match[str]) -> str:
        sentence = match.group()
        if len(sentence) < _LONG_SENTENCE or sentence not in seen:
            seen.add(sentence)
            return sentence
        return "\n" * len(sentence)

    return [_SENTENCE.sub(blank, text) for text in texts]


def _scored(candidates: Candidates) -> tuple[Floats, tuple[Booleans, Booleans]]:
    """Return the probability of each candidate, 0 below the first cut, and which are quoted or numbered."""
    weights = load_weights()
    quoted, numbered = _quoted(candidates), _numbered(candidates)
    alone = log_odds(candidates, weights)
    # rivals are compared pair by pair, so hopeless candidates are dropped before
    chosen = (alone >= LEAST) | quoted | numbered
    rivalry = measure_rivalry(candidates, alone, chosen)
    score = 1 / (1 + np.exp(-log_odds_among_rivals(alone, rivalry, weights)))
    return np.where(chosen, score, 0.0), (quoted, numbered)


def known_forms(terms: pd.DataFrame) -> set[str]:
    """Return every written form, with and without the quotation marks around it, and the parts of an enumeration.

    Examples
    --------
    >>> sorted(known_forms(pd.DataFrame({"term": ["双随机、一公开"]})))
    ['一公开', '双随机', '双随机、一公开']
    """
    forms = set(forms_of_terms(terms))
    return forms | {part for form in forms for part in (form.strip("“”"), *form.strip("“”").split("、"))}


def _quoted(candidates: Candidates) -> Booleans:
    """Return which candidates are quoted at least every second time, alone or in an enumeration."""
    spans = candidates.spans
    types, ids = spans.tokens.types, spans.tokens.type_ids
    opening = np.array([name in ("“", "、") for name in types] + [False])
    closing = np.array([name in ("”", "、") for name in types] + [False])
    change = np.array([(name == "“") - (name == "”") for name in types])[ids]
    # the depth of quotation starts anew in each sentence, so that a mark never closed spoils no more than that
    fresh = np.array([name in _STATEMENT_ENDS for name in types])[ids]
    fresh[1:] |= spans.begin[1:] > spans.end[:-1]
    depth = np.cumsum(change) - change
    depth -= depth[np.maximum.accumulate(np.where(fresh, np.arange(len(ids)), 0))]
    both = opening[candidates.before] & closing[candidates.after] & (depth[spans.first] > 0)
    return np.asarray(np.bincount(spans.group, weights=both) >= 0.5 * candidates.count, dtype=bool)


def _numbered(candidates: Candidates) -> Booleans:
    """Return which candidates are numbered slogans (六平台两基地) or formulas (1+3+1)."""
    tokens = candidates.spans.tokens
    begins = np.array([name[0] in _DIGITS for name in tokens.types])[tokens.type_ids[candidates.first]]
    ends = np.array([name in _AFTER_SLOGAN for name in tokens.types] + [True])
    after = np.bincount(candidates.spans.group, weights=ends[candidates.after]) > 0
    numbers = np.flatnonzero(begins)
    result = np.zeros(len(candidates), dtype=bool)
    for number, name in zip(numbers.tolist(), candidates.strings(numbers), strict=True):
        slogan = len(name) <= _LONG_SLOGAN and after[number] and _NUMBERED.fullmatch(name)
        slogan = slogan and not _NO_SLOGAN.search(name)
        result[number] = bool(slogan or _FORMULA.fullmatch(name))
    return result


def _kinds(candidates: Candidates, numbers: Sequence[int], marks: tuple[Booleans, Booleans]) -> list[Kind]:
    stop = load_stop_words()
    types = candidates.spans.tokens.types
    ids = candidates.spans.tokens.type_ids.tolist()
    quoted, numbered = marks
    kinds: list[Kind] = []
    for number in numbers:
        first, last = int(candidates.first[number]), int(candidates.last[number])
        words = {types[token] for token in ids[first : last + 1]}
        if quoted[number]:
            kinds.append("quoted")
        elif numbered[number]:
            kinds.append("numbered")
        elif words & {"、", "，"}:
            kinds.append("parallel")
        elif first == last:
            kinds.append("word")
        else:
            kinds.append("phrase" if words & stop else "compound")
    return kinds


def _boundary_entropy(candidates: Candidates, numbers: Sequence[int]) -> Floats:
    """Return the smaller of the entropies of the words before and after these candidates, in bits."""
    chosen = np.zeros(len(candidates), dtype=bool)
    chosen[list(numbers)] = True
    occurrences = chosen[candidates.spans.group]
    group = candidates.spans.group[occurrences]
    entropies = (
        _entropy(group, beside[occurrences], len(candidates))
        for beside in (candidates.before, candidates.after)
    )
    return np.minimum(*entropies)


def _entropy(group: Integers, beside: Integers, size: int) -> Floats:
    # each pair of candidate and neighbour as one number, which sorts faster than two columns
    base = int(beside.max(initial=0)) + 1
    pairs, count = np.unique(group * base + beside, return_counts=True)
    owner = pairs // base
    share = count / np.bincount(owner, weights=count, minlength=size)[owner]
    return np.asarray(np.bincount(owner, weights=-share * np.log2(share), minlength=size), dtype=np.float64)


def extend_dictionary(
    proposals: pd.DataFrame,
    *,
    terms: Sequence[str] | pd.DataFrame,
    chosen: Sequence[str] | None = None,
    top_n: int = 5,
) -> pd.DataFrame:
    """Return the dictionary with the accepted proposals as new rows at its end.

    Why: what accepting a proposal does to the tokens is seen before the term is written into a file.

    Parameters
    ----------
    proposals : DataFrame
        From `discover_terms`: `term`, best first.
    terms : sequence of str or DataFrame
        The dictionary to extend, as from `load_terms`.
    chosen : sequence of str, optional
        The terms to accept. What the dictionary has already stays as it is.
    top_n : int
        How many of the first proposals to accept where none is named. One that a dictionary cannot hold, such
        as 1+3+1 without a Chinese character, is passed over.

    Returns
    -------
    DataFrame
        `term, category, variants, source`; the last three are empty in the new rows.

    Raises
    ------
    ValueError
        `chosen` is a text and not a list.
    CorpusError
        A chosen term is not one that a dictionary can hold.

    Examples
    --------
    >>> proposals = pd.DataFrame({"term": ["1+3+1", "银杏树工程", "五个一律"]})
    >>> extend_dictionary(proposals, terms=["述法"], top_n=1)["term"].tolist()
    ['述法', '银杏树工程']
    """
    if isinstance(chosen, str):
        raise ValueError(explain(f"chosen is one text, {chosen!r}", allowed=f"a list of terms: [{chosen!r}]"))
    dictionary = as_terms(terms)
    known = set(forms_of_terms(dictionary))
    if chosen:
        accepted = [term for term in dict.fromkeys(chosen) if term not in known]
    else:
        holdable = [term for term in proposals["term"] if term not in known and _can_stand(term)]
        accepted = holdable[: max(top_n, 0)]
    rows = pd.concat([dictionary, pd.DataFrame({"term": accepted}, dtype=str)], ignore_index=True)
    table = rows.reindex(columns=list(TERM_COLUMNS), fill_value="").fillna("")
    check_terms(table, name="the dictionary with the accepted terms")
    return table


def _can_stand(term: str) -> bool:
    try:
        check_terms(pd.DataFrame({"term": [term]}))
    except CorpusError:
        return False
    return True
