"""Where in its document a term stands, from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..words.tokens import Tokens
from .matching import find_term, unit_of

COLUMNS = ("doc_id", "term", "position", "token", "length")


def locate_terms(tokens: Tokens, *, terms: Sequence[str]) -> pd.DataFrame:
    """Return every occurrence of some terms with its place in the document.

    Why: whether a speech speaks of 考核问责 at its end only, or of 营商环境 throughout, is lost in counts and
    seen at once in a lexical dispersion plot, which this table is made for.

    Parameters
    ----------
    tokens : Tokens
        Documents, or their sections, paragraphs or sentences in order; these are counted through as one
        document.
    terms : sequence of str
        Each matched as whole tokens, one or several.

    Returns
    -------
    DataFrame
        `doc_id`; `term`; `position`, the middle of its first token as a share of the document, between 0 and
        1; `token`, the number of its first token, from 0; `length`, tokens of the document, pads of removed
        tokens included. In the order of documents, terms, places.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["依法", "行政", "，", "依法"]], docvars=pd.DataFrame(index=["甲"]))
    >>> locate_terms(tokens, terms=["依法"]).values.tolist()
    [['甲', '依法', 0.125, 0, 4], ['甲', '依法', 0.875, 3, 4]]
    """
    documents = tokens.docvars["doc_id"].astype(str)
    names, first_seen = np.unique(documents.to_numpy(dtype=object).astype(str), return_index=True)
    names = names[np.argsort(first_seen)]
    place_of = {name: place for place, name in enumerate(names)}
    unit_document = np.array([place_of[name] for name in documents], dtype=np.int64)
    sizes = np.diff(tokens.offsets)
    before = np.zeros(len(sizes), dtype=np.int64)
    lengths = np.zeros(len(names), dtype=np.int64)
    for place, home in enumerate(unit_document.tolist()):
        before[place] = lengths[home]
        lengths[home] += sizes[place]
    parts = []
    for order, term in enumerate(dict.fromkeys(terms)):
        starts, _ = find_term(tokens, term=term)
        unit = unit_of(tokens, starts)
        token = starts - tokens.offsets[unit] + before[unit]
        document = unit_document[unit]
        parts.append(
            pd.DataFrame(
                {
                    "document": document,
                    "order": order,
                    "doc_id": names[document],
                    "term": term,
                    "position": (token + 0.5) / lengths[document],
                    "token": token,
                    "length": lengths[document],
                }
            )
        )
    if not parts:
        return pd.DataFrame({name: [] for name in COLUMNS}).astype(
            {"doc_id": "str", "term": "str", "position": "float64", "token": "int64", "length": "int64"}
        )
    table = pd.concat(parts, ignore_index=True).sort_values(["document", "order", "token"], kind="stable")
    return table[list(COLUMNS)].astype({"doc_id": "str", "term": "str"}).reset_index(drop=True)
