"""How findings move under other reasonable choices: stop list, dictionary, minimum count, unit, segmenter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ..corpus import UNITS, Corpus, split_corpus
from ..errors import CorpusError, check_choice, explain
from ..keyness import Contrast, log_odds_dirichlet
from ..matrix import (
    DocumentTermMatrix,
    Integers,
    Scheme,
    best_first,
    count_terms,
    factorize_labels,
    number_within,
    rank_cells,
    row_of,
    sum_rows,
    termfreq,
    trim_dtm,
    weight_dtm,
)
from ..nouns import require_noun
from ..words.segment import Segmenter, make_segmenter, segment
from ..words.terms import load_stop_words, load_terms
from ..words.tokens import Tokens, keep_word_tokens, remove_tokens

Grid = Mapping[str, Sequence[Any]]
CHOICES: dict[str, tuple[Any, ...]] = {
    "stop_list": ("default", "minimal", "none"),
    "dictionary": ("default", "none"),
    "min_count": (2, 1, 3, 5),
    "docfreq_unit": ("document", "paragraph"),
    "segmenter": ("rjieba", "rjieba_hmm"),
}
"""The default grid. The first value of every choice makes the baseline."""

ALLOWED: dict[str, tuple[str, ...]] = {
    "stop_list": ("default", "minimal", "none"),
    "dictionary": ("default", "none"),
    "docfreq_unit": UNITS,
    "segmenter": ("rjieba", "rjieba_hmm", "jieba", "jieba_hmm"),
}


NO_TERMS = pd.DataFrame({"term": ["中国"]})
"""A dictionary must not be empty; this one holds a word that the segmenter knows anyway."""


@dataclass(frozen=True, eq=False)
class Specifications:
    """A corpus under every combination of choices. Made by `build_specifications`.

    Parameters
    ----------
    corpus : Corpus
        Cleaned whole documents.
    grid : dict
        Choice → values, every choice in it; the first values make the baseline.
    """

    corpus: Corpus
    grid: dict[str, tuple[Any, ...]]
    _made: dict[tuple[Any, ...], Any] = field(default_factory=dict, init=False, repr=False)

    def matrices(self, *, units: bool = True) -> Iterator[tuple[dict[str, Any], DocumentTermMatrix]]:
        """Yield every combination, the baseline first, with its matrix of counts, not trimmed by `min_count`.

        Parameters
        ----------
        units : bool
            Go through the values of `docfreq_unit` too; else keep to the first.
        """
        grid = self.grid if units else {**self.grid, "docfreq_unit": self.grid["docfreq_unit"][:1]}
        for values in product(*grid.values()):
            chosen = dict(zip(grid, values, strict=True))
            yield chosen, self._matrix(chosen)

    def _matrix(self, chosen: dict[str, Any]) -> DocumentTermMatrix:
        cut = (chosen["docfreq_unit"], chosen["dictionary"], chosen["segmenter"])
        key = ("matrix", *cut, chosen["stop_list"])
        if key not in self._made:
            stop_words = load_stop_words(chosen["stop_list"])
            self._made[key] = count_terms(remove_tokens(self._words(*cut), terms=stop_words))
        made: DocumentTermMatrix = self._made[key]
        return made

    def _words(self, unit: Any, dictionary: str, engine: str) -> Tokens:
        key = ("words", unit, dictionary, engine)
        if key not in self._made:
            units = split_corpus(self.corpus, unit=unit)
            self._made[key] = keep_word_tokens(segment(units, segmenter=self._segmenter(dictionary, engine)))
        made: Tokens = self._made[key]
        return made

    def _segmenter(self, dictionary: str, engine: str) -> Segmenter:
        key = ("segmenter", dictionary, engine)
        if key not in self._made:
            name, _, hmm = engine.partition("_")
            terms = load_terms() if dictionary == "default" else NO_TERMS
            self._made[key] = make_segmenter(name, terms=terms, hmm=bool(hmm))  # type: ignore[arg-type]
        made: Segmenter = self._made[key]
        return made

    def __len__(self) -> int:
        return int(np.prod([len(values) for values in self.grid.values()]))

    def __repr__(self) -> str:
        return f"<Specifications: {len(self)} combinations of choices for {len(self.corpus)} documents>"


def build_specifications(corpus: Corpus, *, grid: Grid | None = None) -> Specifications:
    """Return the corpus under every combination of choices, to be compared and scored.

    Every text is segmented once for each way of cutting it, when it is first needed.

    Parameters
    ----------
    corpus : Corpus
        Cleaned whole documents.
    grid : mapping, optional
        Choice → values to combine; the first value of each makes the baseline. Choices that are not named stay
        at the first value of the default grid:

        - stop_list: "default", "minimal", "none";
        - dictionary: "default" (policy terms whole), "none" (jieba's own words);
        - min_count: 2, 1, 3, 5 (fewest occurrences in all);
        - docfreq_unit: "document", "paragraph", also "section", "sentence": what a term's document frequency is
          counted in. Only keywords depend on it;
        - segmenter: "rjieba", "rjieba_hmm" (with hidden Markov model), also "jieba", "jieba_hmm".

    Raises
    ------
    ValueError
        A choice or one of its values does not exist.
    CorpusError
        The corpus is split.

    Examples
    --------
    >>> corpus = Corpus(["推进依法行政。"], pd.DataFrame(index=["甲"]))
    >>> build_specifications(corpus, grid={"min_count": (1, 2), "stop_list": ("default", "none")})
    <Specifications: 4 combinations of choices for 1 documents>
    """
    require_noun(corpus, Corpus, verb="build_specifications")
    if corpus.unit != "document":
        raise CorpusError(
            explain(f"the corpus is split into {corpus.unit}s", allowed="whole documents: the unit is a choice")
        )
    return Specifications(corpus, _complete_grid(grid))


def compare_specifications(
    specifications: Specifications,
    *,
    by: str = "doc_id",
    contrast: Contrast | None = None,
    top_n: int = 10,
    min_length: int = 1,
    scheme: Scheme = "tfidf_textbook",
) -> pd.DataFrame:
    """Return the rank of every top finding under every combination of choices.

    A finding that is there only with one stop list or one minimum count is a finding about the stop list.
    Nothing here is a test: the table shows whether the conclusion would have been another one if an equally
    reasonable choice had been made (Steegen et al. 2016, multiverse analysis; for texts Denny and Spirling 2018).

    Parameters
    ----------
    specifications : Specifications
        From `build_specifications`.
    by : str
        A column of the document variables. Findings are the keywords of each of its values, by TF-IDF added up
        over the units.
    contrast : Contrast, optional
        From `choose_groups`. Given, findings are the terms of its target, by log-odds with a Dirichlet prior,
        and `by` plays no part.
    top_n : int
        Findings a group: those of the highest rank in the baseline.
    min_length : int
        Fewest characters of a term.
    scheme : str
        Form of TF-IDF for keywords, one of `weight_dtm`.

    Returns
    -------
    DataFrame
        One row a combination and finding: specification (from 1, the baseline), stop_list, dictionary, min_count,
        docfreq_unit, segmenter, group (the column's value, or the target), term, baseline_rank,
        score, rank (missing where the choices leave no such term: stopped, too rare, or cut another way).

    Raises
    ------
    ValueError
        The column does not exist, or a side of the contrast has no document with tokens.

    Examples
    --------
    >>> texts = ["依法行政。推进依法行政，加强普法宣传。", "营商环境要好。优化提升，还看营商环境。"]
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙"]))
    >>> table = compare_specifications(build_specifications(corpus, grid={"min_count": (1, 2)}), top_n=1)
    >>> table[["specification", "min_count", "group", "term", "rank"]].values.tolist()
    [[1, 1, '甲', '依法行政', 1], [1, 1, '乙', '营商环境', 1], [2, 2, '甲', '依法行政', 1], [2, 2, '乙', '营商环境', 1]]
    """
    require_noun(specifications, Specifications, verb="compare_specifications")
    docvars = specifications.corpus.docvars
    check_choice(by, list(docvars.columns), name="by")
    names = factorize_labels(docvars[by], sort=False)[1]
    groups = list(names) if contrast is None else [contrast.caption("target")]
    rows, terms, first = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object), np.zeros(0, dtype=np.int64)
    parts = []
    for number, (chosen, dtm) in enumerate(specifications.matrices(units=contrast is None), start=1):
        kept = trim_dtm(dtm, min_length=min_length)
        if contrast is None:
            kept = trim_dtm(kept, min_termfreq=chosen["min_count"])
            scores, above = _keyword_scores(kept, by=by, groups=groups, scheme=scheme), 0.0
        else:
            scores, above = _vocabulary_scores(dtm, kept, contrast, min_count=chosen["min_count"]), -np.inf
        known = np.array(kept.terms, dtype=object)
        if number == 1:
            rows, columns, first = _top_cells(scores, top_n=top_n, above=above)
            terms = known[columns]
        columns = pd.Index(known).get_indexer(pd.Index(terms))
        there = np.flatnonzero(columns >= 0)
        rank = np.zeros(len(terms), dtype=np.int64)
        rank[there] = rank_cells(scores, rows=rows[there], columns=columns[there], above=above)
        score = np.full(len(terms), np.nan)
        ranked = np.flatnonzero(rank)
        score[ranked] = np.asarray(scores[rows[ranked], columns[ranked]]).ravel() if len(ranked) else []
        part = pd.DataFrame({"specification": number, **chosen, "group": np.array(groups, dtype=object)[rows]})
        part["term"], part["baseline_rank"], part["score"] = terms, first, np.round(score, 6)
        part["rank"] = pd.Series(rank, dtype="Int64").mask(rank == 0)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def summarize_ranks(table: pd.DataFrame, *, top_n: int = 10) -> pd.DataFrame:
    """Return one row a finding: how its rank moves over all combinations of choices.

    Parameters
    ----------
    table : DataFrame
        From `compare_specifications`.
    top_n : int
        Which ranks count as being at the top.

    Returns
    -------
    DataFrame
        Columns group, term, baseline_rank, rank_median, rank_low, rank_high (smallest and largest rank where it
        has one), share_in_top (of combinations in which its rank is at most `top_n`, 0 to 1), share_missing (in
        which there is no such term), specifications.

    Examples
    --------
    >>> table = pd.DataFrame({"specification": [1, 2, 3], "group": "甲", "term": "依法行政", "baseline_rank": 1,
    ...                       "rank": pd.array([1, 12, None], dtype="Int64")})
    >>> summarize_ranks(table)[["rank_low", "rank_high", "share_in_top", "share_missing"]].round(2).values.tolist()
    [[1.0, 12.0, 0.33, 0.33]]
    """
    grouped = table.assign(
        number=table["rank"].astype("float64"), top=(table["rank"] <= top_n).fillna(False).astype("float64")
    ).groupby(["group", "term", "baseline_rank"], sort=False)
    result = grouped.agg(
        rank_median=("number", "median"),
        rank_low=("number", "min"),
        rank_high=("number", "max"),
        share_in_top=("top", "mean"),
        share_missing=("number", lambda numbers: float(numbers.isna().mean())),
        specifications=("number", "size"),
    )
    return result.round(6).reset_index()


def weigh_choices(table: pd.DataFrame) -> pd.DataFrame:
    r"""Return one row a choice: how far changing it, and nothing else, moves the findings.

    For every value of a choice other than its first, the combinations that differ in this choice alone are
    paired, and the findings' ranks compared.

    Parameters
    ----------
    table : DataFrame
        From `compare_specifications`.

    Returns
    -------
    DataFrame
        Columns choice, value, against (the choice's first value), pairs (of combinations and findings with a
        rank in both), moved (mean of :math:`|\log_2(\mathrm{rank} / \mathrm{rank}_0)|`: 1 means that a rank doubled
        or halved), lost (share of findings with a rank under the first value and none under this one, 0 to 1).

    Examples
    --------
    >>> table = pd.DataFrame({"stop_list": ["default", "none"], "dictionary": "default", "min_count": 1,
    ...     "docfreq_unit": "document", "segmenter": "rjieba", "group": "甲", "term": "普法", "rank": [1, 4]})
    >>> weigh_choices(table)[["choice", "value", "moved", "lost"]].values.tolist()
    [['stop_list', 'none', 2.0, 0.0]]
    """
    rows = []
    for choice in CHOICES:
        values = list(dict.fromkeys(table[choice]))
        rest = [name for name in CHOICES if name != choice]
        first = table[table[choice] == values[0]] if values else table
        for value in values[1:]:
            both = first.merge(
                table[table[choice] == value], on=[*rest, "group", "term"], suffixes=("_first", "_other")
            )
            ranked = both[both["rank_first"].notna()]
            known = ranked[ranked["rank_other"].notna()]
            ratio = known["rank_other"].astype("float64") / known["rank_first"].astype("float64")
            rows.append(
                {
                    "choice": choice,
                    "value": str(value),
                    "against": str(values[0]),
                    "pairs": len(known),
                    "moved": round(float(np.abs(np.log2(ratio)).mean()), 6) if len(known) else float("nan"),
                    "lost": round(1 - len(known) / len(ranked), 6) if len(ranked) else float("nan"),
                }
            )
    return pd.DataFrame(rows, columns=["choice", "value", "against", "pairs", "moved", "lost"])


def _complete_grid(grid: Grid | None) -> dict[str, tuple[Any, ...]]:
    """Return a grid with every choice in it, checked; choices not named keep their first value."""
    given = dict(CHOICES if grid is None else grid)
    for choice, values in given.items():
        check_choice(choice, list(CHOICES), name="a choice of the grid")
        if isinstance(values, str) or not len(values) or len(set(values)) < len(values):
            raise ValueError(
                explain(
                    f"the values of {choice} are {values!r}", allowed="a list of distinct values, at least one"
                )
            )
        for value in values:
            if choice in ALLOWED:
                check_choice(str(value), ALLOWED[choice], name=choice)
            elif not isinstance(value, int) or value < 1:
                raise ValueError(explain(f"{choice} is {value!r}", allowed="a whole number from 1"))
    return {choice: tuple(given.get(choice, default[:1])) for choice, default in CHOICES.items()}


def _keyword_scores(dtm: DocumentTermMatrix, *, by: str, groups: list[str], scheme: Scheme) -> sparse.csr_array:
    """Every group's terms by TF-IDF, added up over its units; a row a group."""
    labels = dtm.docvars[by].astype("str").to_numpy()
    codes = pd.Index(groups).get_indexer(pd.Index(labels)).astype(np.int64)
    sums = sum_rows(weight_dtm(dtm, scheme=scheme).matrix, codes)
    sums.resize(len(groups), len(dtm.terms))  # a last group without units, such as an empty text, has no row
    return sums


def _vocabulary_scores(
    dtm: DocumentTermMatrix, kept: DocumentTermMatrix, contrast: Contrast, *, min_count: int
) -> sparse.csr_array:
    """The terms' log-odds, as one row; a cell is there for every kept term that is frequent enough."""
    side = contrast.sides(dtm)
    target, reference = (
        termfreq(sum_rows(dtm.matrix, np.where(side == number, 0, -1).astype(np.int64))) for number in (1, -1)
    )
    z = np.asarray(log_odds_dirichlet(target, reference), dtype=np.float64)
    frequent = pd.Series(z, index=list(dtm.terms))[(target + reference >= min_count) & np.isfinite(z)]
    columns = np.flatnonzero(pd.Index(kept.terms).isin(frequent.index))
    data = frequent[[kept.terms[column] for column in columns]].to_numpy()
    return sparse.csr_array((data, columns, [0, len(columns)]), shape=(1, len(kept.terms)))


def _top_cells(scores: sparse.csr_array, *, top_n: int, above: float) -> tuple[Integers, Integers, Integers]:
    """Row, column and rank of the best cells of every row."""
    home = row_of(scores)
    cells = np.flatnonzero(scores.data > above)
    cells = cells[best_first(scores.data[cells], scores.indices[cells], rows=home[cells])]
    rank = number_within(home[cells])
    top = cells[rank <= top_n]
    return home[top], scores.indices[top].astype(np.int64), rank[rank <= top_n]
