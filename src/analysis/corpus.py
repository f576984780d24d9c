"""The noun `Corpus`: texts with a row of document variables each, and the history of what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from . import paths
from .errors import CorpusError, UnitNotFound, check_choice, explain, explain_all
from .ingest import read_document
from .ingest.manifest import check_files, read_manifest
from .nouns import docvars_view, require_noun, unit_table, with_views
from .provenance import History, Step, digest_texts
from .structure import parse_structure

Unit = Literal["document", "section", "paragraph", "sentence"]
UNITS: tuple[str, ...] = ("document", "section", "paragraph", "sentence")
SPLIT_COLUMNS = (
    "start",
    "end",
    "section",
    "section_kind",
    "paragraph",
    "sentence",
)


@with_views(docvars=docvars_view())
@dataclass(frozen=True, eq=False)
class Corpus:
    """Texts, one a unit, with document variables and history. Nothing in it can be changed in place.

    Parameters
    ----------
    texts : sequence of str
        One text a unit.
    docvars : DataFrame
        One row a unit, in the same order. The index is the unit's identifier and must be unique; the
        column `doc_id` names the document (made from the index where it is missing).
    history : tuple of Step
        What was done so far.
    unit : {"document", "section", "paragraph", "sentence"}
        What one text is.
    parent : Corpus, optional
        The corpus that this one was made from: the raw one for a cleaned one, the whole one for a split one.
    plans : tuple, optional
        For a cleaned corpus, the plan of every text: how it came from the parent's text.

    Raises
    ------
    CorpusError
        Texts and rows differ in number, or an identifier occurs twice.

    Examples
    --------
    >>> corpus = Corpus(["推进依法行政。"], pd.DataFrame({"year": [2025]}, index=["甲"]))
    >>> corpus
    <Corpus: 1 document, 7 characters>
    >>> corpus["甲"]
    '推进依法行政。'
    """

    texts: Sequence[str]
    docvars: pd.DataFrame
    history: History = ()
    unit: Unit = "document"
    parent: Corpus | None = field(default=None, repr=False)
    plans: tuple[Any, ...] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        check_choice(self.unit, UNITS, name="unit")
        object.__setattr__(self, "texts", tuple(self.texts))
        table = unit_table(self.docvars)
        if len(table) != len(self.texts):
            raise CorpusError(
                explain(
                    f"{len(self.texts)} texts but {len(table)} rows of document variables",
                    allowed="one row a text, in the same order",
                )
            )
        if not table.index.is_unique:
            twice = table.index[table.index.duplicated()][0]
            raise CorpusError(
                explain(f"the identifier {twice!r} occurs twice", allowed="one row an identifier")
            )
        object.__setattr__(self, "docvars", table)

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the units, in order."""
        return tuple(self.docvars.index)

    @property
    def digest(self) -> str:
        """SHA-256 over identifiers and texts."""
        return digest_texts([part for pair in zip(self.unit_ids, self.texts, strict=True) for part in pair])

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(zip(self.unit_ids, self.texts, strict=True))

    def __getitem__(self, unit_id: str) -> str:
        try:
            return self.texts[self.docvars.index.get_loc(unit_id)]  # type: ignore[index]
        except KeyError:
            raise UnitNotFound(
                explain(f"no unit {unit_id!r} in this corpus", allowed=", ".join(self.unit_ids[:20]))
            ) from None

    def __repr__(self) -> str:
        plural = "" if len(self) == 1 else "s"
        return f"<Corpus: {len(self)} {self.unit}{plural}, {sum(map(len, self.texts)):,} characters>"


def read_corpus(folder: str | Path = paths.CORPUS, *, manifest: str = "manifest.csv") -> Corpus:
    """Return the corpus of a folder: the texts of `raw/` as they are, with the manifest's columns.

    Parameters
    ----------
    folder : path
        A folder with a manifest and a folder `raw/`. A relative path counts from the project's root.
    manifest : str
        The manifest's file name.

    Returns
    -------
    Corpus
        One text a document in the manifest's order; `docvars` has the manifest's columns, `year` as a
        nullable integer.

    Raises
    ------
    CorpusError
        The folder or the manifest is missing or empty, a row has no file, a file has no row, a digest does
        not match, a file is empty, or a byte does not fit the encoding of the manifest. One message names
        every document that something is wrong with.
    """
    root = paths.from_project(folder)
    table = read_manifest(root, name=manifest)
    check_files(root, table, name=manifest)
    texts, problems = [], []
    for row in table.itertuples(index=False):
        file = root / "raw" / str(row.file)
        try:
            document = read_document(file, declared=str(row.encoding) or None)
        except CorpusError as error:
            problems.append(str(error))
            continue
        texts.append(document.text)
        if document.certainty == "damaged":
            what = f"{row.file} has unreadable bytes: {'; '.join(document.notes)}"
            todo = f"replace the file, or put {document.encoding} into its column encoding"
            problems.append(explain(what, where=f"{manifest}, id {row.id}", todo=todo))
    if problems:
        raise CorpusError(explain_all(problems))
    docvars = table.rename(columns={"id": "doc_id"}).set_index("doc_id", drop=False)
    corpus = Corpus(texts, docvars)
    return replace(corpus, history=(Step("read_corpus", {"documents": len(corpus), "digest": corpus.digest}),))


def subset_corpus(corpus: Corpus, *, keep: Sequence[str] | Callable[[pd.DataFrame], Any] | None) -> Corpus:
    """Return the units that are to be kept, in the corpus's order.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    keep : sequence of str, callable, or None
        Document ids; or a function from the document variables to a Boolean column; None keeps everything.

    Returns
    -------
    Corpus
        With the same columns; its parent, if it has one of the same unit, is subset as well.

    Raises
    ------
    CorpusError
        An id is not in the corpus.

    Examples
    --------
    >>> corpus = Corpus(["甲", "乙"], pd.DataFrame({"type": ["讲话", "报告"]}, index=["a", "b"]))
    >>> subset_corpus(corpus, keep=lambda docvars: docvars["type"] == "讲话").unit_ids
    ('a',)
    >>> subset_corpus(corpus, keep=["b"]).unit_ids
    ('b',)
    """
    require_noun(corpus, Corpus, verb="subset_corpus")
    if keep is None:
        return corpus
    docvars = corpus.docvars
    if callable(keep):
        mask = [bool(value) for value in keep(docvars)]
        wanted = sorted(set(docvars.loc[mask, "doc_id"]))
    else:
        wanted = list(keep)
        known = set(docvars["doc_id"])
        for doc_id in wanted:
            if doc_id not in known:
                raise CorpusError(
                    explain(
                        f"no document {doc_id!r} in this corpus",
                        allowed=", ".join(sorted(known)[:30]),
                        todo="use the ids of manifest.csv",
                    )
                )
        mask = [doc_id in set(wanted) for doc_id in docvars["doc_id"]]
    indices = [index for index, kept in enumerate(mask) if kept]
    parent = corpus.parent
    if parent is not None and parent.unit == corpus.unit:
        parent = subset_corpus(
            parent, keep=lambda table: [unit in set(docvars.index[mask]) for unit in table.index]
        )
    return replace(
        corpus,
        texts=[corpus.texts[index] for index in indices],
        docvars=docvars.loc[mask],
        history=(*corpus.history, Step("subset_corpus", {"keep": wanted})),
        parent=parent,
        plans=None if corpus.plans is None else tuple(corpus.plans[index] for index in indices),
    )


def split_corpus(corpus: Corpus, *, unit: Unit) -> Corpus:
    """Return a corpus whose units are sections, paragraphs or sentences of the documents.

    Parameters
    ----------
    corpus : Corpus
        Whole documents.
    unit : {"document", "section", "paragraph", "sentence"}
        What one text shall be. "document" gives the corpus back.

    Returns
    -------
    Corpus
        Units with identifiers `doc_id#1`, `doc_id#2`, …; the document variables are repeated, with the
        columns `start, end` (characters in the document), `section` (heading), `section_kind` (see
        `parse_structure`), `paragraph` and `sentence` (running numbers from 1, missing where coarser).

    Raises
    ------
    CorpusError
        The corpus is already split.

    Examples
    --------
    >>> corpus = Corpus(["同志们：\\n一、提高认识\\n依法行政。依法办事。"], pd.DataFrame(index=["甲"]))
    >>> split_corpus(corpus, unit="sentence").texts[-2:]
    ('依法行政。', '依法办事。')
    """
    require_noun(corpus, Corpus, verb="split_corpus")
    check_choice(unit, UNITS, name="unit")
    if unit == corpus.unit:
        return corpus
    if corpus.unit != "document":
        raise CorpusError(
            explain(
                f"the corpus is already split into {corpus.unit}s",
                allowed="a corpus of whole documents",
                todo="split the corpus that it was made from (`corpus.parent`)",
            )
        )
    texts: list[str] = []
    rows: list[dict[Any, Any]] = []
    labels: list[str] = []
    old = corpus.docvars
    for index, (unit_id, text) in enumerate(corpus):
        pieces = parse_structure(text).pieces(unit)
        base: dict[Any, Any] = old.iloc[index].to_dict()
        for number, piece in enumerate(pieces, start=1):
            texts.append(text[piece.start : piece.end])
            labels.append(f"{unit_id}#{number}")
            rows.append(
                {
                    **base,
                    "start": piece.start,
                    "end": piece.end,
                    "section": piece.section,
                    "section_kind": piece.section_kind,
                    "paragraph": piece.paragraph,
                    "sentence": piece.sentence,
                }
            )
    columns = [*old.columns, *SPLIT_COLUMNS]
    docvars = pd.DataFrame(rows, columns=columns, index=pd.Index(labels, dtype=str))
    for name in old.columns:
        docvars[name] = docvars[name].astype(old[name].dtype)
    for name in ("start", "end", "paragraph", "sentence"):
        docvars[name] = docvars[name].astype("Int64")
    return Corpus(
        texts,
        docvars,
        history=(*corpus.history, Step("split_corpus", {"unit": unit})),
        unit=unit,
        parent=corpus,
    )
