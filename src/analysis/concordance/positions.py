"""Lexical dispersion: the position of every occurrence of a term in its document, from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..words.terms import as_terms
from ..words.tokens import Tokens
from .matching import find_term, unit_of

_TYPES = {
    "doc_id": "str",
    "term": "str",
    "position": "int64",
    "relative_position": "float64",
    "n_tokens": "int64",
}
COLUMNS = tuple(_TYPES)


def locate_terms(tokens: Tokens, *, terms: Sequence[str] | pd.DataFrame) -> pd.DataFrame:
    """Return every occurrence of some terms with its position in the document.

    Why: whether a speech speaks of 考核问责 at its end only, or of 营商环境 throughout, is lost in counts and
    seen at once in a lexical dispersion plot, which this table is made for.

    Parameters
    ----------
    tokens : Tokens
        Documents, or their sections, paragraphs or sentences in order; these are counted through as one
        document.
    terms : sequence of str or DataFrame
        Each matched as whole tokens, one or several.

    Returns
    -------
    DataFrame
        `doc_id`; `term`; `position`, the index of its first token, from 0; `relative_position`, the middle of that token
        as a share of the document, between 0 and 1; `n_tokens` of the document, pads of removed tokens
        included. In the order of documents, terms, positions.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["依法", "行政", "，", "依法"]], docvars=pd.DataFrame(index=["甲"]))
    >>> locate_terms(tokens, terms=["依法"]).values.tolist()
    [['甲', '依法', 0, 0.125, 4], ['甲', '依法', 3, 0.875, 4]]
    """
    documents = tokens.docvars["doc_id"].astype(str)
    names, first_seen = np.unique(documents.to_numpy(dtype=object).astype(str), return_index=True)
    names = names[np.argsort(first_seen)]
    index = {name: number for number, name in enumerate(names)}
    unit_document = np.array([index[name] for name in documents], dtype=np.int64)
    sizes = np.diff(tokens.offsets)
    before = np.zeros(len(sizes), dtype=np.int64)
    lengths = np.zeros(len(names), dtype=np.int64)
    for unit, document in enumerate(unit_document.tolist()):
        before[unit] = lengths[document]
        lengths[document] += sizes[unit]
    parts = []
    for order, term in enumerate(as_terms(terms)["term"]):
        starts, _ = find_term(tokens, term=term)
        units = unit_of(tokens, starts)
        token = starts - tokens.offsets[units] + before[units]
        homes = unit_document[units]
        parts.append(
            pd.DataFrame(
                {
                    "document": homes,
                    "order": order,
                    "doc_id": names[homes],
                    "term": term,
                    "relative_position": (token + 0.5) / lengths[homes],
                    "position": token,
                    "n_tokens": lengths[homes],
                }
            )
        )
    if not parts:
        return pd.DataFrame({name: [] for name in COLUMNS}).astype(_TYPES)
    table = pd.concat(parts, ignore_index=True).sort_values(["document", "order", "position"], kind="stable")
    return table[list(COLUMNS)].astype(_TYPES).reset_index(drop=True)
