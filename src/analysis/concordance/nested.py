"""Terms inside longer terms: counted as themselves, and said to be nested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import explain
from ..words.terms import as_terms, forms_of_terms, terms_digest

_CODE_POINTS = 0x110000
_HASHES, _FACTOR = 1 << 22, 40_503
_TYPES = {
    "doc_id": "str",
    "term": "str",
    "count": "int64",
    "nested_count": "int64",
    "nested_in": "str",
    "total": "int64",
    "unit_id": "str",
}


def count_nested(corpus: Corpus, *, terms: Sequence[str] | pd.DataFrame) -> pd.DataFrame:
    """Return how often each term stands in each text, by itself and inside longer terms of the same list.

    Why: 依法治国 occurs in every 全面依法治国. Counted only as a token of its own it seems rare, counted as a
    string it seems common; both numbers are needed, and which is which must be said.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; the texts themselves are searched, not tokens.
    terms : sequence of str, or DataFrame
        Terms; or a table as from `load_terms`, whose variants count for their term.

    Returns
    -------
    DataFrame
        A row for every unit and term, zeros included:

        - `doc_id`, `term`
        - `count`: occurrences that lie in no longer term of the list.
        - `nested_count`: occurrences that do.
        - `nested_in`: the shortest longer terms around them with their number, 全面依法治国（3）, most first.
        - `total`: the sum of both.
        - `unit_id`

        `attrs["digest"]` is that of the terms.

    Raises
    ------
    ValueError
        A term is empty, or there are none.

    Notes
    -----
    All occurrences of all terms are found in one pass, as with an Aho–Corasick automaton, overlapping ones too.
    An occurrence inside another form of its own term is not counted twice.

    Examples
    --------
    >>> corpus = Corpus(["全面依法治国，坚持依法治国。"], pd.DataFrame(index=["甲"]))
    >>> table = count_nested(corpus, terms=["依法治国", "全面依法治国"])
    >>> table[["term", "count", "nested_count", "nested_in", "total"]].values.tolist()
    [['依法治国', 1, 1, '全面依法治国（1）', 2], ['全面依法治国', 1, 0, '', 1]]
    """
    terms = as_terms(terms)
    forms = forms_of_terms(terms)
    if not forms:
        raise ValueError(explain("the list of terms is empty", allowed="one term or more"))
    names = list(dict.fromkeys(forms.values()))
    column = {name: number for number, name in enumerate(names)}
    free = np.zeros((len(corpus), len(names)), dtype=np.int64)
    nested = np.zeros_like(free)
    holders: dict[tuple[int, int], Counter[str]] = {}
    scan = _Scanner(tuple(forms))
    for unit, text in enumerate(corpus.texts):
        for form, around in scan(text):
            term = column[forms[form]]
            if around is None:
                free[unit, term] += 1
            elif forms[around] != forms[form]:
                nested[unit, term] += 1
                holders.setdefault((unit, term), Counter())[forms[around]] += 1
    said = np.full(free.shape, "", dtype=object)
    for cell, counts in holders.items():
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        said[cell] = "、".join(f"{holder}（{number}）" for holder, number in ranked)
    units = np.repeat(np.arange(len(corpus)), len(names))
    table = pd.DataFrame(
        {
            "doc_id": corpus.docvars["doc_id"].astype(str).to_numpy(dtype=object)[units],
            "term": np.tile(np.array(names, dtype=object), len(corpus)),
            "count": free.ravel(),
            "nested_count": nested.ravel(),
            "nested_in": said.ravel(),
            "total": (free + nested).ravel(),
            "unit_id": np.array(corpus.unit_ids, dtype=object)[units],
        }
    ).astype(_TYPES)
    table.attrs["digest"] = terms_digest(terms)
    return table


class _Scanner:
    """Finds every occurrence of every form in a text, and the shortest longer occurrence around it.

    Places where a form can begin are found by its first two characters, on the whole text at once; there the
    longest form that fits is taken, and every other form that begins there is one of its beginnings.
    """

    def __init__(self, forms: tuple[str, ...]) -> None:
        known = set(forms)
        self.beginnings = {
            form: [form[:size] for size in range(len(form), 0, -1) if form[:size] in known] for form in forms
        }
        self.by_head: dict[str, list[str]] = {}
        for form in sorted(forms, key=lambda name: (-len(name), name)):
            self.by_head.setdefault(form[:2], []).append(form)
        self.alone = np.zeros(_CODE_POINTS, dtype=bool)
        self.heads = np.zeros(_HASHES, dtype=bool)
        for head in self.by_head:
            if len(head) == 1:
                self.alone[ord(head)] = True
            else:
                self.heads[(ord(head[0]) * _FACTOR + ord(head[1])) % _HASHES] = True

    def __call__(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Yield each occurrence with the form around it, or None where it stands free."""
        open_forms: list[tuple[int, str]] = []
        for start in self._candidates(text):
            longest = self._longest(text, start)
            if longest is None:
                continue
            open_forms = [one for one in open_forms if one[0] > start]
            here = [(start + len(form), form) for form in self.beginnings[longest]]
            for number, (end, form) in enumerate(here):
                around = here[number - 1][1] if number else None
                for other_end, other in open_forms:
                    if other_end >= end and (around is None or len(other) < len(around)):
                        around = other
                yield form, around
            open_forms += here

    def _candidates(self, text: str) -> list[int]:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
        begins = self.alone[codes]
        begins[:-1] |= self.heads[(codes[:-1] * _FACTOR + codes[1:]) % _HASHES]
        positions: list[int] = np.flatnonzero(begins).tolist()
        return positions

    def _longest(self, text: str, start: int) -> str | None:
        for head in (text[start : start + 2], text[start]):
            for form in self.by_head.get(head, ()):
                if text.startswith(form, start):
                    return form
        return None
