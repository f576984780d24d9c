"""Text → tokens: policy terms whole, otherwise the standard of the PKU People's Daily corpus."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from importlib.metadata import version as package_version
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd

from .. import paths
from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from ..provenance import Step, digest_texts
from ..zh.characters import has_chinese
from . import token_rules
from .collocation_splitting import WordParts
from .segmenter_engines import ENGINES, Engine, cut_with_jieba, cut_with_rjieba, weigh_words
from .terms import as_terms, check_terms, forms_of_terms, load_terms, terms_digest
from .tokens import Tokens

RULES_VERSION = "1"
"""Version of `token_rules`; part of every segmenter's digest."""


@runtime_checkable
class Segmenter(Protocol):
    """Anything that cuts a text into tokens without losing a character, and says what it is."""

    @property
    def name(self) -> str:
        """Which engine."""

    @property
    def version(self) -> str:
        """Which version of the engine."""

    @property
    def digest(self) -> str:
        """SHA-256 over everything that decides the tokens: dictionaries, rules, options."""

    def __call__(self, text: str) -> list[str]:
        """Return the tokens of a text; joined, they are the text."""


class PolicySegmenter:
    """A word engine with the policy terms in its dictionary, and the token rules around it.

    Made by `make_segmenter`; may be pickled, and builds itself again where it is unpickled.
    """

    def __init__(self, *, engine: Engine, terms: Collection[str] | pd.DataFrame | None, hmm: bool) -> None:
        self._made_with = (engine, terms, hmm)
        table = load_terms() if terms is None else as_terms(terms)
        check_terms(table)  # a list as well: what is kept whole must be a term
        words, fixed = token_rules.parts_of_terms(forms_of_terms(table))
        listed = _listed_words()
        self.name: str = engine
        self.version = package_version(engine)
        self.terms_digest = terms_digest(table)
        self.digest = digest_texts(
            [
                RULES_VERSION,
                *listed["whole"],
                "",
                *listed["apart"],
                self.terms_digest,
                engine,
                self.version,
                f"{hmm=}",
            ]
        )
        whole = frozenset(words) | frozenset(listed["whole"])
        lexicon, frequencies = weigh_words(whole, apart=set(listed["apart"]) - whole)
        rjieba = engine == "rjieba"
        self._cut = cut_with_rjieba(lexicon, hmm=hmm) if rjieba else cut_with_jieba(frequencies, hmm=hmm)
        self._fixed = token_rules.fixed_pattern(fixed)
        self._parts = WordParts(lexicon, whole=whole)
        self._words = words

    def __call__(self, text: str) -> list[str]:
        """Return the tokens of a text; joined, they are the text."""
        return token_rules.apply_rules(text, cut=self._cut, fixed=self._fixed, parts=self._parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, self._made_with

    def __repr__(self) -> str:
        return f"<PolicySegmenter: {self.name} {self.version}, {len(self._words)} words of policy terms>"


def make_segmenter(
    engine: Engine = "rjieba", *, terms: Collection[str] | pd.DataFrame | None = None, hmm: bool = False
) -> PolicySegmenter:
    """Return a segmenter that keeps policy terms whole.

    Parameters
    ----------
    engine : {"rjieba", "jieba"}
        "rjieba" (fast, the default) or "jieba", the reference. Both use jieba's dictionary and give the same
        tokens.
    terms : sequence of str or DataFrame, optional
        The terms to keep whole, as a list or as `load_terms` returns them; `extend_dictionary` adds terms to a
        dictionary. Without it, the project's own.
    hmm : bool
        Let jieba's hidden Markov model guess unknown words. It finds names, and glues words that belong
        apart.

    Returns
    -------
    PolicySegmenter
        A `Segmenter`.

    Raises
    ------
    ValueError
        The engine is unknown.
    CorpusError
        The terms break a rule of `load_terms`.

    Examples
    --------
    >>> own = pd.concat([load_terms(), pd.DataFrame({"term": ["晨读云课堂"]})], ignore_index=True)
    >>> make_segmenter(terms=own)("开设“晨读云课堂”栏目")
    ['开设', '“', '晨读云课堂', '”', '栏目']
    """
    check_choice(engine, ENGINES, name="engine")
    return PolicySegmenter(engine=engine, terms=terms, hmm=hmm)


@lru_cache(maxsize=1)
def default_segmenter() -> PolicySegmenter:
    """Return the segmenter that is used when none is named: made once.

    Examples
    --------
    >>> default_segmenter()("深化府院联动")
    ['深化', '府院联动']
    """
    return make_segmenter()


def segment_text(text: str, *, segmenter: Segmenter | None = None) -> tuple[str, ...]:
    """Return the tokens of one text, white space included: joined, they are the text.

    Parameters
    ----------
    text : str
        Any text.
    segmenter : Segmenter, optional
        Without it, rjieba without HMM with the project's policy terms.

    Examples
    --------
    >>> " ".join(segment_text("败诉率同比下降5.2%，落实“八五”普法规划36项。"))
    '败诉率 同比 下降 5.2% ， 落实 “ 八五 ” 普法 规划 36 项 。'
    """
    return tuple((segmenter or default_segmenter())(text))


def segment(corpus: Corpus, *, segmenter: Segmenter | None = None) -> Tokens:
    """Return the tokens of every unit, with the position of each in its text.

    Parameters
    ----------
    corpus : Corpus
        Units of any size.
    segmenter : Segmenter, optional
        As for `segment_text`.

    Returns
    -------
    Tokens
        White space is left out, every other character is in a token. `starts` counts characters from the
        unit's beginning. History names the segmenter, its version and the digest of its dictionaries.

    Raises
    ------
    CorpusError
        A document has text but no Chinese in it.
    ValueError
        The segmenter loses or changes characters.

    Examples
    --------
    >>> corpus = Corpus(["全面依法治区 展新貌"], pd.DataFrame(index=["甲"]))
    >>> tokens = segment(corpus)
    >>> tokens["甲"], tokens.starts.tolist()
    (('全面依法治区', '展', '新貌'), [0, 7, 8])
    """
    cut = segmenter or default_segmenter()
    _require_chinese(corpus)
    index: dict[str, int] = {}
    units: list[np.ndarray[Any, np.dtype[np.int64]]] = []
    for unit_id, text in corpus:
        pieces = cut(text)
        if "".join(pieces) != text:
            raise ValueError(
                explain(
                    f"the segmenter {cut.name} lost or changed characters",
                    where=f"unit {unit_id}",
                    allowed="tokens that, joined, are the text",
                )
            )
        units.append(np.array([index.setdefault(piece, len(index)) for piece in pieces], dtype=np.int64))
    types = np.array(list(index), dtype=object)
    order = np.array(sorted(range(len(types)), key=lambda number: str(types[number])), dtype=np.int64)
    lengths = np.array([len(name) for name in types], dtype=np.int64)
    blank = np.array([not name or name.isspace() for name in types], dtype=bool)
    kept = order[~blank[order]] if len(order) else order
    new_id = np.full(len(types), -1, dtype=np.int64)
    new_id[kept] = np.arange(len(kept))
    ids, starts, counts = [], [], [0]
    for unit in units:
        size = lengths[unit]
        solid = ~blank[unit]
        ids.append(new_id[unit[solid]])
        starts.append((np.cumsum(size) - size)[solid])
        counts.append(int(solid.sum()))
    empty = np.zeros(0, dtype=np.int64)
    step = Step("segment", {"segmenter": cut.name, "version": cut.version, "digest": cut.digest})
    return Tokens(
        tuple(str(name) for name in types[kept]),
        np.concatenate(ids) if ids else empty,
        np.cumsum(counts),
        np.concatenate(starts) if starts else empty,
        corpus.docvars,
        (*corpus.history, step),
        corpus,
    )


def _rebuild(engine: Engine, terms: Collection[str] | pd.DataFrame | None, hmm: bool) -> PolicySegmenter:
    return PolicySegmenter(engine=engine, terms=terms, hmm=hmm)


def _require_chinese(corpus: Corpus) -> None:
    written: dict[str, bool] = {}
    for doc_id, text in zip(corpus.docvars["doc_id"], corpus.texts, strict=True):
        if text.strip():
            written[doc_id] = written.get(doc_id, False) or has_chinese(text)
    for doc_id, chinese in written.items():
        if not chinese:
            raise CorpusError(
                explain(
                    "there is no Chinese in the text",
                    where=f"document {doc_id}",
                    allowed="texts in Chinese",
                    todo="check the file's encoding, or leave the document out with subset_corpus",
                )
            )


def _listed_words() -> dict[str, tuple[str, ...]]:
    text = (paths.RESOURCES / "segmentation_words.tsv").read_text(encoding="utf-8")
    listed: dict[str, list[str]] = {"whole": [], "apart": []}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            decision, words = line.split("\t")
            listed[decision] += words.split()
    return {decision: tuple(words) for decision, words in listed.items()}
