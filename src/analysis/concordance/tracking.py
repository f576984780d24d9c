"""Formulations over time: debut, spike and return."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from ..words.terms import check_terms, split_variants, terms_digest

COLUMNS = ("term", "time", "count", "docs", "characters", "rate", "event")


def track_terms(corpus: Corpus, *, terms: pd.DataFrame, time: str = "year", absence: int = 2) -> pd.DataFrame:
    """Return how often each term occurs at each time, with its debut, spikes and returns.

    Parameters
    ----------
    corpus : Corpus
        Texts with a time each.
    terms : DataFrame
        With a column `term`, and perhaps `variants`, which are counted with their term. Occurrences of the
        characters are counted, inside longer terms as well.
    time : str
        A column of `docvars` with numbers, such as years. Texts without one are left out.
    absence : int
        After how many times of the corpus without the term its coming back is a return.

    Returns
    -------
    DataFrame
        One row a term and time, ordered so: `term`, `time`, `count`, `docs` with the term, `characters` of
        all texts of the time, `rate` per 10,000 characters, and `event`: "debut", the first occurrence;
        "from the start", where that is the corpus's first time, so that the debut is not known; "return";
        "spike", where the count is at least 3, twice what the term's overall rate would give, and 3 standard
        deviations of a Poisson count above it; else empty. A debut or return that is a spike too is called
        by the former. `attrs["digest"]` is that of the terms.

    Raises
    ------
    CorpusError
        No text has a time, or a term is not valid.

    Examples
    --------
    >>> years = pd.DataFrame({"year": [2012, 2013, 2014, 2015]}, index=list("甲乙丙丁"))
    >>> corpus = Corpus(["改革开放", "精准扶贫", "改革", "改革开放"], years)
    >>> table = track_terms(corpus, terms=pd.DataFrame({"term": ["改革开放", "精准扶贫"]}))
    >>> table.loc[table["event"] != "", ["term", "time", "event"]]
       term  time           event
    0  改革开放  2012  from the start
    3  改革开放  2015          return
    5  精准扶贫  2013           debut
    """
    docvars = corpus.docvars
    check_choice(time, [str(name) for name in docvars.columns], name="time")
    check_terms(terms)
    when = pd.to_numeric(docvars[time], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    dated = np.flatnonzero(~np.isnan(when)).tolist()
    if not dated:
        raise CorpusError(
            explain(
                f"no text has a {time}", allowed="numbers, such as years", todo=f"fill in the column {time}"
            )
        )
    times = np.unique(when[dated])
    slot = np.searchsorted(times, when[dated])
    lengths = np.array([len(corpus.texts[place]) for place in dated], dtype=np.int64)
    characters = np.bincount(slot, weights=lengths, minlength=len(times)).astype(np.int64)
    doc_ids = docvars["doc_id"].astype(str).to_numpy()[dated]
    variants = terms["variants"] if "variants" in terms.columns else [""] * len(terms)
    rows = []
    for term, others in zip(terms["term"], variants, strict=True):
        forms = (term, *(form for form in split_variants(others) if term not in form and form not in term))
        found = np.array([sum(corpus.texts[place].count(form) for form in forms) for place in dated])
        count = np.bincount(slot, weights=found, minlength=len(times)).astype(np.int64)
        events = _events(count, characters, absence)
        for number, point in enumerate(times):
            docs = len(
                {doc for doc, here, hits in zip(doc_ids, slot, found, strict=True) if here == number and hits}
            )
            rate = 10_000 * count[number] / characters[number] if characters[number] else 0.0
            moment = int(point) if float(point).is_integer() else float(point)
            size = int(characters[number])
            rows.append((term, moment, int(count[number]), docs, size, rate, events[number]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.sort_values(["term", "time"], ignore_index=True)
    table.attrs["digest"] = terms_digest(terms)
    return table


def _events(count: npt.NDArray[np.int64], characters: npt.NDArray[np.int64], absence: int) -> list[str]:
    expected = characters * count.sum() / max(float(characters.sum()), 1.0)
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
            elif (
                here >= 3
                and here >= 2 * expected[number]
                and here - expected[number] >= 3 * expected[number] ** 0.5
            ):
                event = "spike"
            seen, gap = True, 0
        else:
            gap += 1
        events.append(event)
    return events
