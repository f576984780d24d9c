"""Formulations over the years: first attestation, burst and re-emergence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from ..words.terms import as_terms, split_variants, terms_digest

COLUMNS = ("term", "year", "count", "n_docs", "n_characters", "per_1000_characters", "event")


def track_terms(
    corpus: Corpus, *, terms: Sequence[str] | pd.DataFrame, by: str = "year", absence: int = 2
) -> pd.DataFrame:
    """Return how often each term occurs in each year, with its debut, spikes and returns.

    Parameters
    ----------
    corpus : Corpus
        Texts with a year each.
    terms : sequence of str or DataFrame
        A list, or a table with a column `term` and perhaps `variants`, which are counted with their term.
        Occurrences of the characters are counted, inside longer terms as well.
    by : str
        A column of `docvars` with years or other numbers in the order of time. Texts without one are left out.
    absence : int
        After how many years of the corpus without the term its coming back is a return.

    Returns
    -------
    DataFrame
        One row a term and year, ordered so: `term`, `year`, `count`, `n_docs` with the term, `n_characters` of
        all texts of the year, `per_1000_characters`, and `event`: "debut", the first occurrence; "from the
        start", where that is the corpus's first year, so that the debut is not known; "return"; "spike", where
        the count is at least 3, twice what the term's overall rate would give, and 3 standard deviations of a
        Poisson count above it; else empty. A debut or return that is a spike too is called by the former. `attrs["digest"]` is that of the terms.

    Raises
    ------
    CorpusError
        No text has a year, or a term is not valid.

    Examples
    --------
    >>> years = pd.DataFrame({"year": [2012, 2013, 2014, 2015]}, index=list("甲乙丙丁"))
    >>> corpus = Corpus(["改革开放", "精准扶贫", "改革", "改革开放"], years)
    >>> table = track_terms(corpus, terms=["改革开放", "精准扶贫"])
    >>> table.loc[table["event"] != "", ["term", "year", "event"]]
       term  year           event
    0  改革开放  2012  from the start
    3  改革开放  2015          return
    5  精准扶贫  2013           debut
    """
    docvars = corpus.docvars
    check_choice(by, [str(name) for name in docvars.columns], name="by")
    terms = as_terms(terms)
    when = pd.to_numeric(docvars[by], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    dated = np.flatnonzero(~np.isnan(when)).tolist()
    if not dated:
        raise CorpusError(
            explain(f"no text has a {by}", allowed="numbers, such as years", todo=f"fill in the column {by}")
        )
    years = np.unique(when[dated])
    slot = np.searchsorted(years, when[dated])
    lengths = np.array([len(corpus.texts[index]) for index in dated], dtype=np.int64)
    n_characters = np.bincount(slot, weights=lengths, minlength=len(years)).astype(np.int64)
    doc_ids = docvars["doc_id"].astype(str).to_numpy()[dated]
    variants = terms["variants"] if "variants" in terms.columns else [""] * len(terms)
    rows = []
    for term, others in zip(terms["term"], variants, strict=True):
        # a variant that holds its term, or is held by it, would count the same characters twice
        forms = (term, *(form for form in split_variants(others) if term not in form and form not in term))
        found = np.array([sum(corpus.texts[index].count(form) for form in forms) for index in dated])
        count = np.bincount(slot, weights=found, minlength=len(years)).astype(np.int64)
        events = _events(count, n_characters, absence)
        for number, point in enumerate(years):
            n_docs = len(set(doc_ids[(slot == number) & (found > 0)]))
            size = int(n_characters[number])
            year = int(point) if float(point).is_integer() else float(point)
            rate = 1000 * count[number] / size if size else 0.0
            rows.append((term, year, int(count[number]), n_docs, size, rate, events[number]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.sort_values(["term", "year"], ignore_index=True)
    table.attrs["digest"] = terms_digest(terms)
    return table


def _events(count: npt.NDArray[np.int64], n_characters: npt.NDArray[np.int64], absence: int) -> list[str]:
    expected = n_characters * count.sum() / max(float(n_characters.sum()), 1.0)
    events = []
    gap = 0
    seen = False
    for number, here in enumerate(count):
        event = ""
        if here:
            if not seen:
                event = "debut" if number else "from the start"
            elif gap >= absence:
                event = "return"
            elif _is_spike(int(here), float(expected[number])):
                event = "spike"
            seen, gap = True, 0
        else:
            gap += 1
        events.append(event)
    return events


def _is_spike(count: int, expected: float) -> bool:
    # three conditions: the Poisson bound alone calls 2 of 0.1 a spike, and every small rise of a frequent term
    return count >= 3 and count >= 2 * expected and count - expected >= 3 * expected**0.5
