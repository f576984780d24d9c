"""The noun `Panel`: a cell a place and year, a row a cell and measure, and what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ..errors import check_choice, explain
from ..nouns import View, with_views
from ..provenance import History
from ..words.tokens import Tokens
from .codebook import table_codebook, wide_codebook
from .counting import Matching, find_spans
from .describe import Language, describe_panel
from .measures import LENGTH, Measure


def _copy(doc: str) -> View:
    return View(lambda table: table.copy(deep=False), doc=doc)


@with_views(
    table=_copy("A row a cell and measure, with the columns that the codebook lists."),
    coverage=_copy("A row a cell: documents, paragraphs and tokens; zero where a cell has no text."),
    excluded=_copy("Documents that are in no cell, with the reason."),
)
@dataclass(frozen=True, eq=False)
class Panel:
    """What `build_panel` found. Nothing in it can be changed in place.

    Parameters
    ----------
    table : DataFrame
        A row a cell and measure. Cells without text are there, with everything missing: missing is not zero.
    coverage : DataFrame
        A row a cell: n_docs, n_units, n_tokens.
    excluded : DataFrame
        doc_id, reason.
    by : tuple of str
        The columns that make a cell.
    measures : tuple of Measure
        What was measured.
    matching : {"token", "nested", "characters"}
        What `count` and `share` count; the other two stand beside them.
    sections : tuple of str
        Section kinds that were counted; empty for whole documents.
    history : tuple of Step
        What was done so far.
    """

    table: pd.DataFrame
    coverage: pd.DataFrame
    excluded: pd.DataFrame
    by: tuple[str, ...]
    measures: tuple[Measure, ...]
    matching: Matching
    sections: tuple[str, ...] = ()
    history: History = ()
    _tokens: Tokens | None = field(default=None, repr=False)

    @property
    def labels(self) -> dict[str, str]:
        """What the values of the first column of `by` are called: for a division code the place of its documents."""
        if self._tokens is None or "place" not in self._tokens.docvars.columns:
            return {}
        pairs = self._tokens.docvars[[self.by[0], "place"]].dropna().drop_duplicates(self.by[0])
        return dict(zip(pairs[self.by[0]].astype(str), pairs["place"].astype(str), strict=True))

    @property
    def codebook(self) -> pd.DataFrame:
        """Every column of the table: variable, label_zh, label_en, unit, meaning; measures with their digest."""
        return table_codebook(self.by, method=self.method)

    @property
    def wide_codebook(self) -> pd.DataFrame:
        """Every variable of the wide table that `export_panel` writes, with the words of its measure."""
        return wide_codebook(self.by, measures=self.measures, method=self.method)

    @property
    def method(self) -> str:
        """What was counted, in one line."""
        return f"matching: {self.matching}" + (
            f"; sections: {' '.join(self.sections)}" if self.sections else ""
        )

    def describe(self, language: Language = "zh") -> str:
        """Return what the panel covers, what it cannot show and how its measures lie, in sentences.

        Examples
        --------
        >>> from analysis import Corpus, build_panel
        >>> docvars = pd.DataFrame({"place": ["甲县", "乙县"], "year": [2024, 2024]}, index=["甲", "乙"])
        >>> corpus = Corpus(["绿色发展。", "依法行政。"], docvars)
        >>> panel = build_panel(corpus, measures={"环保": ["绿色"]}, by=("place", "year"))
        >>> panel.describe("zh").splitlines()[0]
        '面板含 2 个地区、1 个年份，2 个单元格中有 2 个有文本，共 2 篇。'
        """
        check_choice(language, ("zh", "en"), name="language")
        return describe_panel(
            self.table,
            coverage=self.coverage,
            excluded=self.excluded,
            by=self.by,
            sections=self.sections,
            language=language,
        )

    def sentences(self, *, measure: str, cell: Sequence[Any]) -> pd.DataFrame:
        """Return the sentences that a cell's count was made of.

        Parameters
        ----------
        measure : str
            Name of a measure.
        cell : sequence
            The cell's values, in the order of `by`: ("411503", 2024).

        Returns
        -------
        DataFrame
            doc_id, unit_id, start, end (characters in the paragraph), term (the word found), sentence; a row an
            occurrence, as many as the cell's `count`.

        Raises
        ------
        ValueError
            There is no such measure, or no such cell with text.
        """
        names = [one.name for one in self.measures]
        check_choice(measure, names, name="measure")
        chosen = self.measures[names.index(measure)]
        if self._tokens is None or (chosen.name == LENGTH and not chosen.words):
            raise ValueError(explain(f"{measure!r} counts no words", allowed="a measure made of words"))
        docvars = self._tokens.docvars
        wanted = tuple(str(value) for value in cell)
        here = pd.Series(True, index=docvars.index)
        for column, value in zip(self.by, wanted, strict=True):
            here &= docvars[column].astype(str) == value
        if not bool(here.any()):
            raise ValueError(explain(f"no text is in the cell {wanted}", where=", ".join(self.by)))
        rows = find_spans(self._tokens, measure=chosen, matching=self.matching, units=here.to_numpy())
        return pd.DataFrame(rows, columns=["doc_id", "unit_id", "start", "end", "term", "sentence"])

    def __len__(self) -> int:
        return len(self.coverage)

    def __repr__(self) -> str:
        filled = int((self.coverage["n_docs"] > 0).sum())
        return f"<Panel: {len(self)} cells by {' × '.join(self.by)}, {filled} with text, {len(self.measures)} measures>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self))}</p>{self.table.head(12).to_html(index=False)}"
