"""Which rows of a matrix are compared with which: two groups, and documents as their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..errors import check_choice, explain
from ..matrix import DocumentTermMatrix, require_counts
from .contingency import Floats

Label = str | int | float
Labels = Label | Sequence[Label]


@dataclass(frozen=True)
class Design:
    """Two groups; a row is what one document has in one group.

    Parameters
    ----------
    counts : sparse matrix, shape (n_rows, n_terms)
        Rows of the target first, each group by document identifier.
    lengths : array, shape (n_rows,)
        Tokens of every row, above zero.
    in_target : array of bool, shape (n_rows,)
        Which rows belong to the target.
    documents : array of int, shape (n_rows,)
        Number of the row's document. A document that has segments in both groups stands in two rows.
    """

    counts: sparse.csc_array
    lengths: Floats
    in_target: npt.NDArray[np.bool_]
    documents: npt.NDArray[np.int64]

    @property
    def partner(self) -> npt.NDArray[np.int64]:
        """The row of the same document in the other group, or −1."""
        places = np.full((int(self.documents.max(initial=-1)) + 1, 2), -1, dtype=np.int64)
        rows = np.arange(len(self.documents))
        places[self.documents, self.in_target.astype(np.int64)] = rows
        return np.asarray(places[self.documents, 1 - self.in_target.astype(np.int64)], dtype=np.int64)


def levels(dtm: DocumentTermMatrix, *, by: str) -> pd.Series:
    """Return the group of every row as text, missing where the column is; ValueError if there is none."""
    require_counts(dtm, verb="a comparison")
    docvars = dtm.docvars
    check_choice(by, list(docvars.columns), name="by")
    values = docvars[by]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "f":
        whole = values.dropna() % 1 == 0
        values = values.astype("Int64") if bool(whole.all()) else values  # a year with gaps is read as 2024.0
    text = values.astype("string")
    found = text.mask(text == "")
    if not bool(found.notna().any()):
        raise ValueError(
            explain(
                f"no document has a value in column {by!r}",
                where=f"a matrix of {len(dtm)} units",
                todo="compare by a column of the document variables that is filled in",
            )
        )
    return found


def _as_text(labels: Labels) -> list[str]:
    several = [labels] if isinstance(labels, (str, int, float)) else list(labels)
    return [str(label) for label in several]


def two_groups(
    dtm: DocumentTermMatrix, *, by: str, target: Labels, reference: Labels | None = None
) -> tuple[Design, str, str]:
    """Return the design of a comparison and what target and reference are called.

    Raises
    ------
    ValueError
        No such column or value (the nearest is named), target and reference overlap, or a group is empty.
    """
    found = levels(dtm, by=by)
    known = sorted(found.dropna().unique())
    wanted = _as_text(target)
    others = [name for name in known if name not in wanted] if reference is None else _as_text(reference)
    for name, labels in (("target", wanted), ("reference", others)):
        for label in labels:
            check_choice(label, known, name=name)
    both = sorted(set(wanted) & set(others))
    if both:
        raise ValueError(
            explain(
                f"{both[0]!r} is in target and reference alike", where=f"column {by!r}", allowed="two groups"
            )
        )
    side = np.select([found.isin(wanted).to_numpy(bool), found.isin(others).to_numpy(bool)], [0, 1], default=2)
    side = np.where(dtm.totals > 0, side, 2)
    names = ("、".join(wanted), "其余" if reference is None else "、".join(others))
    for number, name in enumerate(("target", "reference")):
        if not (side == number).any():
            raise ValueError(
                explain(
                    f"{name} has no document with any token",
                    where=f"column {by!r}, values {', '.join(known)}",
                    allowed="at least one document in each group",
                    todo="choose another target, or add documents",
                )
            )
    identifiers = dtm.docvars["doc_id"].astype(str)
    numbers, _ = pd.factorize(identifiers, sort=True)
    rows = np.flatnonzero(side < 2)
    cells, place = np.unique(np.stack([side[rows], numbers[rows]]), axis=1, return_inverse=True)
    add = sparse.csr_array(
        (np.ones(len(rows)), (place.ravel(), rows)), shape=(cells.shape[1], len(dtm)), dtype=np.float64
    )
    design = Design(
        sparse.csc_array(add @ dtm.matrix),
        np.asarray(add @ dtm.totals, dtype=np.float64),
        cells[0] == 0,
        cells[1].astype(np.int64),
    )
    return design, names[0], names[1]
