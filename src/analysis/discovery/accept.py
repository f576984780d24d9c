"""A person's decision: proposals that become rows of the dictionary."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..errors import CorpusError, explain
from ..terms import COLUMNS, check_terms, forms_of_terms


def accept_terms(
    proposals: pd.DataFrame, *, terms: pd.DataFrame, chosen: Sequence[str] | None = None, top_n: int = 5
) -> pd.DataFrame:
    """Return the dictionary with the accepted proposals as new rows at its end.

    Why: what accepting a proposal does to the tokens is seen before the term is written into a file.

    Parameters
    ----------
    proposals : DataFrame
        From `discover_terms`: `term`, best first.
    terms : DataFrame
        The dictionary that they join, as from `load_terms`.
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
    >>> accept_terms(proposals, terms=pd.DataFrame({"term": ["述法"]}), top_n=1)["term"].tolist()
    ['述法', '银杏树工程']
    """
    if isinstance(chosen, str):
        raise ValueError(explain(f"chosen is one text, {chosen!r}", allowed=f"a list of terms: [{chosen!r}]"))
    known = set(forms_of_terms(terms))
    if chosen:
        accepted = [term for term in dict.fromkeys(chosen) if term not in known]
    else:
        accepted = [term for term in proposals["term"] if term not in known and _can_stand(term)][
            : max(top_n, 0)
        ]
    rows = pd.concat([terms, pd.DataFrame({"term": accepted}, dtype=str)], ignore_index=True)
    table = rows.reindex(columns=list(COLUMNS), fill_value="").fillna("")
    check_terms(table, name="the dictionary with the accepted terms")
    return table


def _can_stand(term: str) -> bool:
    try:
        check_terms(pd.DataFrame({"term": [term]}))
    except CorpusError:
        return False
    return True
