"""The noun `Tokens`: every unit as a sequence of tokens with their positions in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, UnitNotFound, explain
from ..nouns import docvars_view, frozen, require_noun, unit_table, with_views
from ..provenance import History, Step, digest_texts
from ..zh.numerals import NUMERALS

PAD = ""
"""Stands where a token was removed, so that neighbours do not become neighbours by removal."""

Integers = npt.NDArray[np.int64]


@with_views(docvars=docvars_view())
@dataclass(frozen=True, eq=False)
class Tokens:
    """Tokens of every unit, as integers into one sorted list of types.

    Parameters
    ----------
    types : tuple of str
        The distinct tokens in code-point order. The pad `""`, if there is one, comes first.
    type_ids : array of int, shape (n_tokens,)
        For every token its index in `types`, unit after unit.
    offsets : array of int, shape (n_units + 1,)
        Where each unit begins and ends in `type_ids`.
    starts : array of int, shape (n_tokens,)
        Where the token begins in the unit's text, in characters; −1 where no text is known.
    docvars : DataFrame
        One row a unit; the index is the unit's identifier.
    history : tuple of Step
        What was done so far.
    corpus : Corpus, optional
        The texts that were segmented.

    See Also
    --------
    segment : makes Tokens from a Corpus.
    Tokens.from_lists : takes tokens that were made elsewhere, as they are.
    """

    types: tuple[str, ...]
    type_ids: Integers
    offsets: Integers
    starts: Integers
    docvars: pd.DataFrame
    history: History = ()
    corpus: Corpus | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name in ("type_ids", "offsets", "starts"):
            object.__setattr__(self, name, frozen(np.asarray(getattr(self, name), dtype=np.int64)))
        table = unit_table(self.docvars)
        if len(table) != len(self.offsets) - 1:
            raise CorpusError(
                explain(
                    f"{len(self.offsets) - 1} lists of tokens but {len(table)} rows of document variables",
                    allowed="one row a list, in the same order",
                )
            )
        object.__setattr__(self, "docvars", table)

    @classmethod
    def from_lists(
        cls,
        lists: Sequence[Sequence[str]],
        *,
        docvars: pd.DataFrame | None = None,
        starts: Sequence[Sequence[int]] | None = None,
        history: History = (),
        corpus: Corpus | None = None,
    ) -> Tokens:
        """Return Tokens made of lists of tokens, taken as they are and never split again.

        Examples
        --------
        >>> tokens = Tokens.from_lists([["全面依法治区", "，", "“1+3+N”"]])
        >>> tokens["1"]
        ('全面依法治区', '，', '“1+3+N”')
        """
        if docvars is None:
            docvars = pd.DataFrame(index=[str(number) for number in range(1, len(lists) + 1)])
        types = tuple(sorted({token for tokens in lists for token in tokens}))
        index = {token: number for number, token in enumerate(types)}
        ids = np.array([index[token] for tokens in lists for token in tokens], dtype=np.int64)
        lengths = [len(tokens) for tokens in lists]
        offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
        if starts is None:
            where = np.full(len(ids), -1, dtype=np.int64)
        else:
            where = np.array([start for unit in starts for start in unit], dtype=np.int64)
        return cls(types, ids, offsets, where, docvars, history, corpus)

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the units, in order."""
        return tuple(self.docvars.index)

    @property
    def n_tokens(self) -> Integers:
        """Number of tokens in every unit, pads not counted."""
        kept = np.concatenate([[0], np.cumsum(~self.is_pad)])
        return np.asarray(kept[self.offsets[1:]] - kept[self.offsets[:-1]], dtype=np.int64)

    @property
    def is_pad(self) -> npt.NDArray[np.bool_]:
        """For every token whether it only stands for a removed one."""
        if self.types and self.types[0] == PAD:
            return np.asarray(self.type_ids == 0)
        return np.zeros(len(self.type_ids), dtype=bool)

    @property
    def digest(self) -> str:
        """SHA-256 over identifiers and tokens."""
        return digest_texts([part for unit_id, tokens in self for part in (unit_id, str(len(tokens)), *tokens)])

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for index, unit_id in enumerate(self.unit_ids):
            yield unit_id, self._unit(index)

    def __getitem__(self, unit_id: str) -> tuple[str, ...]:
        try:
            return self._unit(self.docvars.index.get_loc(unit_id))
        except KeyError:
            raise UnitNotFound(
                explain(f"no unit {unit_id!r} in these tokens", allowed=", ".join(self.unit_ids[:20]))
            ) from None

    def __repr__(self) -> str:
        return f"<Tokens: {len(self)} units, {int(self.n_tokens.sum()):,} tokens, {len(self.types):,} types>"

    def _unit(self, index: Any) -> tuple[str, ...]:
        part = self.type_ids[self.offsets[index] : self.offsets[index + 1]]
        return tuple(self.types[number] for number in part)


def select(tokens: Tokens, *, kept: npt.NDArray[np.bool_], keep_gaps: bool, step: Step) -> Tokens:
    """Return tokens of which only the types marked in `kept` remain; with gaps, pads stand for the others.

    Parameters
    ----------
    tokens : Tokens
        Any tokens.
    kept : array of bool, shape (n_types,)
        Which types stay.
    keep_gaps : bool
        Whether a pad stands where a token was.
    step : Step
        What history shall say.
    """
    types = np.array(tokens.types, dtype=object)
    stays = kept.copy()
    if len(types) and types[0] == PAD:
        stays[0] = keep_gaps
    mask = stays[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=bool)
    if keep_gaps:
        names = [PAD, *[name for name, stay in zip(types, stays, strict=True) if stay and name != PAD]]
        new_id = np.zeros(len(types), dtype=np.int64)
        new_id[[bool(stay) and name != PAD for name, stay in zip(types, stays, strict=True)]] = np.arange(
            1, len(names)
        )
        return replace(
            tokens,
            types=tuple(names),
            type_ids=new_id[tokens.type_ids] if len(tokens.type_ids) else tokens.type_ids,
            history=(*tokens.history, step),
        )
    new_id = np.cumsum(stays) - 1
    counted = np.concatenate([[0], np.cumsum(mask)])
    return replace(
        tokens,
        types=tuple(types[stays]),
        type_ids=new_id[tokens.type_ids[mask]] if len(tokens.type_ids) else tokens.type_ids,
        starts=tokens.starts[mask],
        offsets=counted[tokens.offsets],
        history=(*tokens.history, step),
    )


def remove_tokens(tokens: Tokens, *, terms: Sequence[str] | frozenset[str], keep_gaps: bool = True) -> Tokens:
    """Return the tokens without those in `terms`.

    Parameters
    ----------
    tokens : Tokens
        Any tokens.
    terms : collection of str
        Tokens to take out, matched whole.
    keep_gaps : bool
        Leave a pad instead of every token taken out, so that words that were apart stay apart for
        compounds and windows. Pads are never counted.

    Returns
    -------
    Tokens
        With the same units.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["推进", "了", "改革"]])
    >>> remove_tokens(tokens, terms=["了"])["1"]
    ('推进', '', '改革')
    >>> remove_tokens(tokens, terms=["了"], keep_gaps=False)["1"]
    ('推进', '改革')
    """
    require_noun(tokens, Tokens, verb="remove_tokens")
    unwanted = frozenset(terms)
    kept = np.array([name not in unwanted for name in tokens.types], dtype=bool)
    step = Step(
        "remove_tokens",
        {"terms": len(unwanted), "digest": digest_texts(sorted(unwanted)), "keep_gaps": keep_gaps},
    )
    return select(tokens, kept=kept, keep_gaps=keep_gaps, step=step)


def keep_word_tokens(tokens: Tokens, *, numbers: bool = False, keep_gaps: bool = True) -> Tokens:
    """Return the tokens that are words: no punctuation, no white space and, unless asked for, no numbers.

    Parameters
    ----------
    tokens : Tokens
        Any tokens.
    numbers : bool
        Keep tokens that hold digits or Chinese numerals and nothing else but a percent sign, a date sign
        and the like (36, 99.6%, 2024年).
    keep_gaps : bool
        Leave a pad instead of every token taken out.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["2024年", "，", "办结", "133", "件", "，", "“1+3+N”"]])
    >>> keep_word_tokens(tokens, keep_gaps=False)["1"]
    ('办结', '件', '“1+3+N”')
    """
    require_noun(tokens, Tokens, verb="keep_word_tokens")
    kept = np.array([_is_word(name) and (numbers or not _is_number(name)) for name in tokens.types], dtype=bool)
    step = Step("keep_word_tokens", {"numbers": numbers, "keep_gaps": keep_gaps})
    return select(tokens, kept=kept, keep_gaps=keep_gaps, step=step)


_NUMBER_SIGNS = frozenset("0123456789０１２３４５６７８９.．,，%％‰-－—～~/:：年月日时分")
_NUMERALS = frozenset(NUMERALS)


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)


def _is_number(token: str) -> bool:
    characters = set(token)
    if characters & set("0123456789０１２３４５６７８９"):
        return characters <= _NUMBER_SIGNS | _NUMERALS
    return characters <= _NUMERALS


def document_lengths(tokens: Tokens) -> pd.DataFrame:
    """Return how long every document is, in tokens and in units.

    Parameters
    ----------
    tokens : Tokens
        Usually of sentences, so that the mean length of a sentence can be read off.

    Returns
    -------
    DataFrame
        `doc_id, type` (the manifest's, empty where unknown), `n_units`, `n_tokens`, `n_types` (distinct tokens),
        `tokens_per_unit`; a row a document in the corpus's order. Pads are not counted.

    Examples
    --------
    >>> docvars = pd.DataFrame({"doc_id": ["甲", "甲"]}, index=["甲#1", "甲#2"])
    >>> document_lengths(Tokens.from_lists([["依法", "行政"], ["依法"]], docvars=docvars))
      doc_id type  n_units  n_tokens  n_types  tokens_per_unit
    0      甲             2         3        2              1.5
    """
    require_noun(tokens, Tokens, verb="document_lengths")
    docvars = tokens.docvars
    kinds = docvars["type"].fillna("").astype(str) if "type" in docvars else pd.Series("", index=docvars.index)
    documents = docvars["doc_id"].astype(str)
    indices, names = pd.factorize(documents)
    rows = np.repeat(indices, np.diff(tokens.offsets))[~tokens.is_pad]
    pairs = pd.DataFrame({"document": rows, "type": tokens.type_ids[~tokens.is_pad]})
    table = pd.DataFrame(
        {
            "doc_id": names,
            "type": kinds.groupby(documents, sort=False).first().to_numpy(),
            "n_units": np.bincount(indices, minlength=len(names)),
            "n_tokens": np.bincount(rows, minlength=len(names)),
            "n_types": np.bincount(pairs.drop_duplicates()["document"], minlength=len(names)),
        }
    )
    table["tokens_per_unit"] = table["n_tokens"] / table["n_units"]
    return table


def compound_tokens(tokens: Tokens, *, phrases: Sequence[str]) -> Tokens:
    """Return the tokens with each phrase as one token, wherever its parts stand side by side.

    Parameters
    ----------
    tokens : Tokens
        Any tokens.
    phrases : sequence of str
        What shall be whole, as it is written: 优化营商环境. It is found where the borders of tokens allow it,
        however many tokens it is cut into; the longest phrase wins, then the leftmost. Pads and gaps of white
        space keep tokens apart.

    Returns
    -------
    Tokens
        With the same units.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["持续", "优化", "营商环境"]])
    >>> compound_tokens(tokens, phrases=["优化营商环境"])["1"]
    ('持续', '优化营商环境')
    """
    require_noun(tokens, Tokens, verb="compound_tokens")
    wanted = {phrase for phrase in phrases if phrase}
    beginnings = {phrase[:size] for phrase in wanted for size in range(1, len(phrase) + 1)}
    lists: list[list[str]] = []
    starts: list[list[int]] = []
    for index, (_, unit) in enumerate(tokens):
        where = tokens.starts[tokens.offsets[index] : tokens.offsets[index + 1]].tolist()
        made: list[str] = []
        at: list[int] = []
        number = 0
        while number < len(unit):
            name, end = _longest(unit, where, number, wanted, beginnings)
            made.append(name)
            at.append(where[number])
            number = end
        lists.append(made)
        starts.append(at)
    step = Step("compound_tokens", {"phrases": len(wanted), "digest": digest_texts(sorted(wanted))})
    return Tokens.from_lists(
        lists, docvars=tokens.docvars, starts=starts, history=(*tokens.history, step), corpus=tokens.corpus
    )


def _longest(
    unit: tuple[str, ...], where: list[int], first: int, wanted: set[str], beginnings: set[str]
) -> tuple[str, int]:
    """The longest phrase that begins at a token, and where the next token stands; else the token itself."""
    best = (unit[first], first + 1)
    joined = ""
    for number in range(first, len(unit)):
        gap = (
            number > first and where[number] >= 0 and where[number] != where[number - 1] + len(unit[number - 1])
        )
        if unit[number] == PAD or gap:
            break
        joined += unit[number]
        if joined not in beginnings:
            break
        if joined in wanted:
            best = (joined, number + 1)
    return best
