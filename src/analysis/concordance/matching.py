"""A term among tokens, whether it is one token or several."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..errors import explain
from ..words.tokens import Integers, Tokens


def find_term(tokens: Tokens, *, term: str) -> tuple[Integers, Integers]:
    """Return where a term begins and ends among the tokens, as indices of `tokens.type_ids`, end exclusive.

    A term matches one token, or several neighbours in one unit that spell it out together, however they were
    cut; it never begins or ends inside a token. A removed token (a pad) breaks it. Works on whole arrays:
    a pass over the tokens for every token that the term could begin with.

    Parameters
    ----------
    tokens : Tokens
        Any tokens.
    term : str
        The term; blanks in it are ignored.

    Raises
    ------
    ValueError
        The term is empty.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["推进", "依法", "治国", "，", "依法治国"], ["依法"], ["治国"]])
    >>> [indices.tolist() for indices in find_term(tokens, term="依法治国")]
    [[1, 4], [3, 5]]
    """
    wanted = "".join(term.split())
    if not wanted:
        raise ValueError(explain("the term is empty", allowed="a term of one character or more"))
    number = {name: index for index, name in enumerate(tokens.types) if name and name in wanted}
    empty = np.zeros(0, dtype=np.int64)
    reached: dict[int, list[tuple[Integers, Integers]]] = {}
    done: list[tuple[Integers, Integers]] = []
    for name, type_id in number.items():
        if wanted.startswith(name):
            starts = np.flatnonzero(tokens.type_ids == type_id).astype(np.int64)
            reached.setdefault(len(name), []).append((starts, starts + 1))
    for length in range(1, len(wanted) + 1):
        for starts, ends in reached.pop(length, []):
            if length == len(wanted):
                done.append((starts, ends))
                continue
            inside = ends < len(tokens.type_ids)
            starts, ends = starts[inside], ends[inside]
            for name, type_id in number.items():
                if wanted.startswith(name, length):
                    follows = tokens.type_ids[ends] == type_id
                    if follows.any():
                        pair = (starts[follows], ends[follows] + 1)
                        reached.setdefault(length + len(name), []).append(pair)
    starts = np.concatenate([pair[0] for pair in done]) if done else empty
    ends = np.concatenate([pair[1] for pair in done]) if done else empty
    same_unit = unit_of(tokens, starts) == unit_of(tokens, ends - 1)
    starts, ends = starts[same_unit], ends[same_unit]
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


def unit_of(tokens: Tokens, indices: Integers) -> npt.NDArray[np.int64]:
    """Return for indices of `tokens.type_ids` the number of the unit that holds each."""
    return np.asarray(np.searchsorted(tokens.offsets, indices, side="right") - 1, dtype=np.int64)
