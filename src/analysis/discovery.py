"""New formulations: quoted phrases, numbered slogans, compounds and repeated phrases that no dictionary has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import paths
from .corpus import Corpus
from .engines import new_rjieba
from .places import count_places
from .retention import sentence_around
from .segmentation import Segmenter, segment
from .terms import forms_of_terms, load_stop_words, load_terms
from .tokens import Tokens

Kind = Literal["quoted", "numbered", "parallel", "compound", "word", "phrase"]
COLUMNS = ("term", "kind", "count", "docs", "score", "cohesion", "freedom", "doc_id", "start", "example")
MAX_TOKENS = 6
MAX_LENGTH = 14

_MARKED = {"quoted": 5.0, "numbered": 4.0, "parallel": 3.3}
_COUNTED = {"compound": 1.5, "word": 2.2, "phrase": -0.8}
_VERB_FIRST = -0.7
_GENERIC_LAST = -0.5
_GENERAL = -1.5
_GENERAL_FROM = 8_000
_DICTIONARY_TOTAL = 60_101_967
"""Sum of all frequencies in jieba's dictionary."""
_VERBS = frozenset({"v", "d", "ad", "p", "m", "q", "r"})

_QUOTED = re.compile(r"“([^“”\n。！？；]{2,20})”")
_NUMERAL = "[一二三四五六七八九十两]"
_OTHER = "[^\\W\\da-zA-Z_一二三四五六七八九十两百千万亿零〇点年月日元吨亩斤]"
_NUMBERED = re.compile(
    rf"(?<![第十百千万亿零一二三四五六七八九进统唯])(?:{_NUMERAL}个?{_OTHER}{{1,4}}){{2,3}}(?=[”，。、；：！？的\n]|$)"
)
_FORMULA = re.compile(r"[0-9A-Za-z]+(?:\+[0-9A-Za-z]+)+")
_PARALLEL = re.compile(r"(?:[\u4e00-\u9fff]{4}、){2,}[\u4e00-\u9fff]{4}(?=[，。；”的等])")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_LONG_SENTENCE = 15
_QUANTITY = re.compile("[一二三四五六七八九十百千万亿零〇两几数]{2}")
_HAN = re.compile(r"[\u3007\u3400-\u9fff]+")
_INSIDE = frozenset("的和与及")
Integers = npt.NDArray[np.int64]


def discover_terms(
    corpus: Corpus,
    *,
    min_count: int = 2,
    known: pd.DataFrame | None = None,
    segmenter: Segmenter | None = None,
) -> pd.DataFrame:
    """Return formulations that the dictionary does not have, best first, ready to be read by a person.

    Accept one by adding a row to a term file: `term`, `category`.

    Parameters
    ----------
    corpus : Corpus
        Whole documents or parts; from one document on.
    min_count : int
        How often a phrase must occur, a sentence that is repeated word for word taken once. What a text itself marks as a formulation is proposed from its first
        occurrence on: quoted phrases, numbered slogans, and compounds that end in a noun such as 工程, 战略, 制度.
    known : DataFrame, optional
        Terms not to propose, with a column `term`; the project's dictionary if none is given.
    segmenter : Segmenter, optional
        As for `segment_text`.

    Returns
    -------
    DataFrame
        `term`; `kind`: quoted, numbered, parallel, compound, word or phrase; `count` and `docs`, occurrences of the
        characters and documents that hold them; `score`, by which the rows are ordered; `cohesion`, the
        smallest pointwise mutual information of two neighbouring tokens in it, in bits (Church and Hanks
        1990); `freedom`, the smaller of the entropies of its left and right neighbours, in bits; `doc_id`,
        `start` and `example`, its first place and the sentence there.

    Raises
    ------
    ValueError
        `min_count` is below 1.

    Notes
    -----
    The score adds: log2(1 + f), where f is the count less the mean count of the longer candidates that hold
    the term (the C-value of Frantzi, Ananiadou and Mima 2000); cohesion and freedom, each capped; a step for
    terms that are quoted or numbered, and one for an end that formulations have. Where a longer candidate
    accounts for nearly every occurrence, the shorter one is left out. A sentence of 15 characters or more that
    stands again word for word, in a text that was pasted twice or a clause that is copied from year to year,
    adds nothing to a score; `count` and `docs` have all its places. Ties are broken by term.

    Examples
    --------
    >>> text = "落实“五个一律”要求。实施银杏树工程，银杏树工程见效，银杏树工程惠民。"
    >>> corpus = Corpus([text], pd.DataFrame(index=["甲"]))
    >>> discover_terms(corpus, min_count=2, known=pd.DataFrame({"term": ["惠民"]}))[["term", "kind", "count"]]
        term      kind  count
    0   五个一律    quoted      1
    1  银杏树工程  compound      3
    """
    if min_count < 1:
        raise ValueError(f"min_count is {min_count}\n  allowed: 1 or more")
    once = Corpus(_without_repeats(corpus.texts), corpus.docvars)
    table = _Table(segment(once, segmenter=segmenter))
    found = {term: (kind, cohesion, freedom) for term, cohesion, freedom, kind in _phrases(table, min_count)}
    for term, kind in _words(table, min_count):
        found.setdefault(term, (kind, 0.0, 0.0))
    marks: Counter[str] = Counter()
    for text in once.texts:
        for term, kind in _marked(text):
            marks[term] += 1
            found[term] = (kind, *found.get(term, ("", 0.0, 0.0))[1:])
    taken = set(forms_of_terms(load_terms() if known is None else known))
    taken |= {part for form in taken for part in (form.strip("“”"), *form.strip("“”").split("、"))}
    doc_ids = corpus.docvars["doc_id"].astype(str).tolist()
    places = count_places(once.texts, terms=[term for term in found if term not in taken], doc_ids=doc_ids)
    rows = _without_fragments(_scored(places, found, marks, table))
    whole = count_places(corpus.texts, terms=[row[0] for row in rows], doc_ids=doc_ids)
    everywhere = {term: (count, docs) for term, count, docs in whole.iloc[:, :3].itertuples(index=False)}
    full = [
        (
            *row[:2],
            *everywhere[row[0]],
            *row[3:6],
            doc_ids[row[7]],
            row[8],
            sentence_around(corpus.texts[row[7]], start=row[8]),
        )
        for row in rows
    ]
    return pd.DataFrame(full, columns=list(COLUMNS))


def discovery_words(part: Literal["head", "generic", "opener"]) -> frozenset[str]:
    """Return the words by which discovery recognises the end or the governing verb of a formulation.

    Examples
    --------
    >>> "工程" in discovery_words("head"), "加强" in discovery_words("opener")
    (True, True)
    """
    chosen: set[str] = set()
    section = ""
    for line in (paths.RESOURCES / "discovery_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif not line.startswith("#") and section == part:
            chosen.update(line.split())
    return frozenset(chosen)


def _without_repeats(texts: Sequence[str]) -> list[str]:
    """The texts with every long sentence blanked that has stood before word for word, so that no place moves."""
    seen: set[str] = set()

    def blank(match: re.Match[str]) -> str:
        sentence = match.group()
        if len(sentence) < _LONG_SENTENCE or sentence not in seen:
            seen.add(sentence)
            return sentence
        return "\n" * len(sentence)

    return [_SENTENCE.sub(blank, text) for text in texts]


def _marked(text: str) -> list[tuple[str, str]]:
    """What a text itself marks: numbered slogans, parallel phrases of four characters, quoted phrases."""
    result = [(match.group(), "numbered") for match in _NUMBERED.finditer(text)]
    result = [
        (term, kind) for term, kind in result if not set(term) & set("的和与年月第") and len(term) <= MAX_LENGTH
    ]
    result += [(match.group(), "numbered") for match in _FORMULA.finditer(text)]
    for match in _PARALLEL.finditer(text):
        result += [(part, "parallel") for part in match.group().split("、")]
    for match in _QUOTED.finditer(text):
        inner = match.group(1)
        for part in {inner, *inner.split("、")}:
            if len(part) >= 2 and "，" not in part and (_HAN.search(part) or _FORMULA.fullmatch(part)):
                result.append((part, "quoted"))
    return result


class _Table:
    """Tokens as arrays, with what each may be in a formulation."""

    def __init__(self, tokens: Tokens) -> None:
        stop = load_stop_words()
        openers = discovery_words("opener")
        heads, generic = discovery_words("head"), discovery_words("generic")
        lexicon = new_rjieba()
        self.lexicon = lexicon
        self.generic = generic
        self.types = tokens.types
        self.ids = tokens.ids
        self.lengths = np.array([len(name) for name in tokens.types], dtype=np.int64)
        self.tags = {name: tag for name in tokens.types for tag in _tag(lexicon, name)}

        def marked(wanted: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
            return np.array([wanted(name) for name in tokens.types], dtype=bool)

        han = marked(lambda name: _HAN.fullmatch(name) is not None)
        numeral = marked(lambda name: set(name) <= set("一二三四五六七八九十百千万亿两几数第"))
        content = han & ~marked(stop.__contains__) & ~numeral
        self.may_begin = content & ~marked(openers.__contains__)
        self.may_end = content
        self.may_be_inside = han & (content | numeral | marked(_INSIDE.__contains__))
        endings = tuple(sorted(head for head in heads if len(head) > 1))
        self.is_head = marked(lambda name: name in heads or name.endswith(endings))
        self.is_generic = marked(generic.__contains__)
        self.is_plain = content & ~marked(lambda name: self.tags.get(name, "") in _VERBS)
        unit = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
        ends = tokens.starts + self.lengths[self.ids] if len(self.ids) else tokens.starts
        self.joined = (unit[1:] == unit[:-1]) & (ends[:-1] == tokens.starts[1:])


def _tag(lexicon: Any, name: str) -> list[str]:
    tagged = lexicon.tag(name, hmm=False)
    return [str(tagged[0][1])] if len(tagged) == 1 else []


def _words(table: _Table, min_count: int) -> list[tuple[str, str]]:
    """Single tokens of three characters and more that may be formulations."""
    count = np.bincount(table.ids, minlength=len(table.types))
    chosen = table.may_begin & (table.lengths >= 3) & (count >= min_count)
    chosen |= table.may_begin & (table.lengths >= 4) & (count >= 1)
    return [
        (table.types[place], "word")
        for place in np.flatnonzero(chosen)
        if table.tags.get(table.types[place], "n") in {"n", "l", "nz", "vn", "j", "i", "v"}
        and not _QUANTITY.match(table.types[place])
    ]


def _phrases(table: _Table, min_count: int) -> list[tuple[str, float, float, str]]:
    """Repeated n-grams of tokens, and compounds with a head noun, with cohesion and freedom."""
    ids, size = table.ids, len(table.types)
    if len(ids) < 2:
        return []
    frequency = np.bincount(ids, minlength=size)
    pair_code = ids[:-1] * size + ids[1:]
    _, pair_of, pair_count = np.unique(pair_code, return_inverse=True, return_counts=True)
    information = np.log2(pair_count[pair_of] * float(len(ids)) / (frequency[ids[:-1]] * frequency[ids[1:]]))
    information *= pair_count[pair_of] / (pair_count[pair_of] + 1.0)
    usable = table.joined & table.may_be_inside[ids[:-1]] & table.may_be_inside[ids[1:]]
    gram = ids
    alive = np.ones(len(ids), dtype=bool)
    plain = np.ones(len(ids), dtype=bool)
    cohesion = np.full(len(ids), np.inf)
    length = table.lengths[ids].copy()
    result = []
    for n in range(2, MAX_TOKENS + 1):
        last = len(ids) - n + 1
        if last < 1:
            break
        step = slice(n - 2, n - 2 + last)
        alive = alive[:last] & usable[step]
        cohesion = np.minimum(cohesion[:last], information[step])
        length = length[:last] + table.lengths[ids[n - 1 : n - 1 + last]]
        _, gram, count = np.unique(
            gram[:last] * size + ids[n - 1 : n - 1 + last], return_inverse=True, return_counts=True
        )
        alive &= length <= MAX_LENGTH
        plain = plain[:last] & table.is_plain[ids[n - 2 : n - 2 + last]]
        final = ids[n - 1 : n - 1 + last]
        first = ids[:last]
        chosen = alive & table.may_begin[first] & table.may_end[final] & (length >= 3)
        headed = chosen & table.is_head[final] & ((count[gram] >= min_count) | ~table.is_generic[final])
        headed &= (plain & (length <= 8) & (table.lengths[first] >= 2)) | (count[gram] >= min_count)
        chosen = (chosen & (count[gram] >= min_count)) | headed
        places = np.flatnonzero(chosen)
        if not len(places):
            continue
        freedom = np.minimum(
            _entropy(gram[places], _neighbours(ids, places - 1, size)),
            _entropy(gram[places], _neighbours(ids, places + n, size)),
        )
        _, firsts, inverse = np.unique(gram[places], return_index=True, return_inverse=True)
        for at in firsts:
            place = int(places[at])
            term = "".join(table.types[number] for number in ids[place : place + n])
            kind = "compound" if headed[place] else "phrase"
            result.append((term, float(cohesion[place]), float(freedom[inverse[at]]), kind))
    return result


def _neighbours(ids: Integers, places: Integers, size: int) -> Integers:
    """The token at each place; beyond the ends of the text a token of its own."""
    inside = (places >= 0) & (places < len(ids))
    return np.where(inside, ids[np.clip(places, 0, len(ids) - 1)], size)


def _entropy(grams: Integers, neighbours: Integers) -> npt.NDArray[np.float64]:
    """Entropy in bits of the neighbours of every distinct gram, in the order of the grams' codes."""
    _, gram = np.unique(grams, return_inverse=True)
    pairs, count = np.unique(gram * (int(neighbours.max()) + 1) + neighbours, return_counts=True)
    owner = pairs // (int(neighbours.max()) + 1)
    total = np.bincount(owner, weights=count)
    share = count / total[owner]
    return np.asarray(np.bincount(owner, weights=-share * np.log2(share)), dtype=np.float64)


def _scored(
    places: pd.DataFrame, found: dict[str, tuple[str, float, float]], marks: Counter[str], table: _Table
) -> list[tuple[Any, ...]]:
    """Rows of term, kind, count, score, cohesion, freedom, docs, unit, start; best first."""
    counts = dict(zip(places["term"], places["count"].tolist(), strict=True))
    longer: dict[str, list[int]] = {}
    for term, count in counts.items():
        for start in range(len(term)):
            for end in range(start + 2, len(term) + 1):
                if end - start < len(term) and (part := term[start:end]) in counts:
                    longer.setdefault(part, []).append(count)
    rows: list[tuple[Any, ...]] = []
    for term, count, docs, unit, start in places.itertuples(index=False):
        kind, cohesion, freedom = found[term]
        within = longer.get(term, [])
        if within and kind in ("phrase", "word") and max(within) >= 0.8 * count and max(within) > 1:
            continue
        share = min(marks[term] / count, 1.0)
        if kind in _MARKED and share < 0.5 and table.lexicon.has_word(term):
            continue
        free = count - sum(within) / len(within) if within else float(count)
        often = float(np.log2(1 + max(free, 0.0)))
        score = 0.8 * (min(often, 2.5) if kind == "word" else often) + _worth(
            term, kind, share, cohesion, freedom, table
        )
        rows.append(
            (term, kind, count, round(score, 4), round(cohesion, 4), round(freedom, 4), docs, unit, start)
        )
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def _without_fragments(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of candidates that hold one another and occur equally often, or once, only the best."""
    kept: list[tuple[Any, ...]] = []
    parts: dict[str, int] = {}
    names: dict[str, int] = {}
    for row in rows:
        term, kind, count = row[:3]
        inside = {term[i:j] for i in range(len(term)) for j in range(i + 2, len(term) + 1)}
        shadowed = parts.get(term, 0) >= 0.8 * count or any(
            names.get(part, 0) >= 1 and (count == 1 or names[part] <= count) for part in inside
        )
        if kind not in _MARKED and shadowed:
            continue
        kept.append(row)
        names[term] = count
        for part in inside:
            parts[part] = max(parts.get(part, 0), count)
    return kept


def _worth(term: str, kind: str, share: float, cohesion: float, freedom: float, table: _Table) -> float:
    """What makes a candidate likely, apart from how often it occurs."""
    if kind in _MARKED:
        return _MARKED[kind] * share
    worth = _COUNTED[kind] + 0.15 * min(max(cohesion, 0.0), 10.0) + 0.5 * min(freedom, 2.0)
    parts = table.lexicon.cut(term, hmm=False)
    rarest = min((int(table.lexicon.suggest_freq(part)) for part in parts), default=1)
    worth += 0.25 * min(float(np.log2(_DICTIONARY_TOTAL / max(rarest, 300))), 16.0) - 3.0
    worth += 0.5 * float(np.log2(len(term) / 4))
    worth += _GENERAL if rarest > _GENERAL_FROM and len(parts) < 3 else 0.0
    if len(parts) > 1 and (table.tags.get(parts[0], "") in _VERBS or len(parts[0]) == 1):
        worth += _VERB_FIRST
    if len(parts) > 1 and parts[-1] in table.generic:
        worth += _GENERIC_LAST
    return worth
