"""A corpus → the panel: documents into cells, words into counts, counts into shares with their interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..corpus import Corpus, split_corpus, subset_corpus
from ..errors import CorpusError, check_choice, explain
from ..nouns import require_noun
from ..places import find_places
from ..provenance import Step
from ..structure import SECTION_KINDS
from ..words.segment import Segmenter, segment
from ..words.tokens import Tokens
from .counting import MATCHINGS, Matching, count_measure, count_words
from .intervals import burstiness, share_interval
from .measures import LENGTH, Measure, Measures, as_measures
from .panel_table import Panel

PLACE, CODE, YEAR = "place", "place_code", "year"
MEASURED = (
    "n_docs", "n_units", "n_tokens", "count", "share", "share_low", "share_high", "ln_count", "token_count",
    "nested_count", "characters_count", "share_lag", "share_change", "share_z", "kappa",
)  # fmt: skip
"""Columns of the table after those of the cell and the measure."""


def build_panel(
    corpus: Corpus,
    *,
    measures: Measures,
    by: Sequence[str] = (CODE, YEAR),
    matching: Matching = "token",
    sections: Sequence[str] | None = None,
    segmenter: Segmenter | None = None,
    confidence: float = 0.95,
) -> Panel:
    r"""Return the table that a regression reads: for every place and year, how much a text speaks of each measure.

    Why: most studies of attention in governance texts rest on such a table, and build it by hand.

    Parameters
    ----------
    corpus : Corpus
        Cleaned whole documents, with the columns of `by`. A column `place_code` that is not there is made from `place`
        and `year` by `find_places`.
    measures : mapping, sequence of str, or DataFrame
        Name → words; names of the project's themes, "themes" for all of them, "length"; or a table from
        `load_measures`.
    by : sequence of str
        Document variables whose values make a cell.
    matching : {"token", "nested", "characters"}
        What `count` and `share` count: words that are tokens of their own; words inside tokens as well; or the
        characters of the text, as most published series do. All three are in the table.
    sections : sequence of str, optional
        Kinds of section to count: ("plans",) for the plan part alone. Whole documents by default.
    segmenter : Segmenter, optional
        From `make_segmenter`; the project's own by default.
    confidence : float
        Of the intervals.

    Returns
    -------
    Panel
        Its `table` has a row a cell and measure, cells without text included:

        - the columns of `by`; `measure`;
        - `n_docs`, `n_units` (paragraphs), `n_tokens` (tokens with a letter or digit);
        - `count`, `share` (of the tokens), `share_low`, `share_high`; `ln_count`, :math:`\ln(1 + \mathrm{count})`;
        - `token_count`, `nested_count`, `characters_count`: the three matchings side by side;
        - `share_lag`, the share of the year before; `share_change` against it; `share_z`, the share in standard
          deviations of its year, where a year is among `by`;
        - `kappa`: burstiness of the measure, missing where it cannot be told.

        Several documents of one cell are added up. A cell without text has missing values and no zeros. Documents that
        lack a value of `by`, or have no section of the kinds wanted, are in `excluded` with the reason.

    Raises
    ------
    CorpusError
        The corpus is split, or no document has a cell.
    ValueError
        A column, theme, matching or section kind is not known; the nearest is named.

    Notes
    -----
    The interval is a score interval of a negative binomial count by paragraph, see `analysis.panel.intervals`. It says
    how firm a share is as a property of how the authors write, not how well it measures attention: for that, code
    sentences by hand.

    Examples
    --------
    >>> docvars = pd.DataFrame({"place": ["甲县", "乙县"], "year": [2023, 2024]}, index=["甲", "乙"])
    >>> corpus = Corpus(["建设生态文明，推动绿色发展。", "依法行政。"], docvars)
    >>> panel = build_panel(corpus, measures={"环保": ["生态", "绿色"]}, by=("place", "year"), matching="characters")
    >>> panel.table[["place", "year", "n_docs", "count"]].values.tolist()
    [['乙县', 2023, 0, <NA>], ['乙县', 2024, 1, 0], ['甲县', 2023, 1, 2], ['甲县', 2024, 0, <NA>]]
    """
    require_noun(corpus, Corpus, verb="build_panel")
    check_choice(matching, MATCHINGS, name="matching")
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    wanted = tuple(by)
    asked = as_measures(measures)
    kinds = tuple(sections or ())
    for kind in kinds:
        check_choice(kind, SECTION_KINDS, name="sections")
    keys, placed = _cells_of(corpus, wanted)
    known = keys.notna().all(axis=1)
    excluded = [
        (str(doc_id), "no " + ", ".join(name for name in wanted if pd.isna(row[name])))
        for doc_id, row in keys.loc[~known].iterrows()
    ]
    if not bool(known.any()):
        raise CorpusError(
            explain(
                f"no document has a value in all of {', '.join(wanted)}",
                where=f"{len(corpus)} documents",
                todo="fill in the manifest's columns, or name others in `by`",
            )
        )
    tokens, without = _paragraphs(placed, known.to_numpy(), keys, kinds, segmenter)
    excluded += [(doc_id, f"no section of {', '.join(kinds)}") for doc_id in without]
    grid = _grid(keys.loc[known])
    cell_of = _index_cells(tokens.docvars, grid)
    coverage = _coverage(tokens, cell_of, grid)
    parts = [_measured(tokens, one, matching, cell_of, coverage, confidence) for one in asked]
    table = _with_time(pd.concat(parts, ignore_index=True), wanted)
    table = table.sort_values([*wanted, "measure"], kind="stable", ignore_index=True)
    step = Step(
        "build_panel",
        {
            "by": list(wanted),
            "measures": {one.name: one.digest for one in asked},
            "matching": matching,
            "sections": list(kinds),
            "excluded": len(excluded),
        },
    )
    return Panel(
        table[[*wanted, "measure", *MEASURED]],
        coverage,
        pd.DataFrame(excluded, columns=["doc_id", "reason"], dtype="str"),
        wanted,
        asked,
        matching,
        kinds,
        (*tokens.history, step),
        tokens,
    )


def _cells_of(corpus: Corpus, by: tuple[str, ...]) -> tuple[pd.DataFrame, Corpus]:
    """Return every document's values of `by`, and the corpus with them as columns."""
    if corpus.unit != "document":
        raise CorpusError(
            explain(
                f"the corpus is split into {corpus.unit}s",
                allowed="a corpus of whole documents",
                todo="build the panel from the corpus before it was split",
            )
        )
    docvars = corpus.docvars
    if CODE in by and CODE not in docvars.columns and PLACE in docvars.columns:
        docvars = docvars.assign(**{CODE: _codes(docvars)})
    for name in by:
        check_choice(name, [str(column) for column in docvars.columns], name="by")
    keys = docvars[list(by)].copy()
    for name in by:
        text = keys[name].astype("string")
        keys[name] = keys[name].where((text != "").fillna(False))
    return keys, replace(corpus, docvars=docvars.assign(**{name: keys[name] for name in by}))


def _codes(docvars: pd.DataFrame) -> pd.Series:
    """Return the division code of every document's place in its year; missing where it is not certain."""
    places = docvars[PLACE].fillna("").astype(str)
    numbers = (
        pd.to_numeric(docvars[YEAR], errors="coerce") if YEAR in docvars.columns else pd.Series(dtype="float64")
    )
    years = numbers.reindex(docvars.index).fillna(0).astype(int)
    codes = pd.Series("", index=docvars.index, dtype="object")
    for year in sorted(set(years)):
        names = places[years == year]
        found = find_places(names.tolist(), year=year or None)
        codes[years == year] = found["code"].fillna("").astype(str).to_numpy()
    return codes.mask(codes == "").astype("string")


def _paragraphs(
    corpus: Corpus,
    known: npt.NDArray[np.bool_],
    keys: pd.DataFrame,
    kinds: tuple[str, ...],
    segmenter: Segmenter | None,
) -> tuple[Tokens, list[str]]:
    """Return the tokens of the paragraphs that count, and the documents of which none is left."""
    inside = set(keys.index[known].astype(str))
    parts = split_corpus(
        subset_corpus(corpus, keep=lambda docvars: pd.Series(known, index=docvars.index)), unit="paragraph"
    )
    if kinds:
        parts = subset_corpus(parts, keep=lambda docvars: docvars["section_kind"].isin(kinds))
    left = set(parts.docvars["doc_id"].astype(str))
    if not len(parts):
        raise CorpusError(
            explain(
                f"no document has a section of {', '.join(kinds)}",
                todo="leave `sections` out, or name other kinds",
            )
        )
    return segment(parts, segmenter=segmenter), sorted(inside - left)


def _grid(keys: pd.DataFrame) -> pd.DataFrame:
    """Return every combination of the values that occur, so that what is not there can be seen."""
    levels = [pd.Series(pd.unique(keys[name])).sort_values(ignore_index=True) for name in keys.columns]
    if len(levels) == 1:
        return levels[0].rename(keys.columns[0]).to_frame()
    product = pd.MultiIndex.from_product(levels, names=list(keys.columns)).to_frame(index=False)
    return product.astype({name: keys[name].dtype for name in keys.columns})


def _index_cells(docvars: pd.DataFrame, grid: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return for every paragraph the row of its cell in the grid."""
    names = list(grid.columns)
    row_of = {tuple(map(str, row)): number for number, row in enumerate(grid.itertuples(index=False))}
    cells = docvars[names].itertuples(index=False)
    return np.array([row_of[tuple(map(str, cell))] for cell in cells], dtype=np.int64)


def _coverage(tokens: Tokens, cell_of: npt.NDArray[np.int64], grid: pd.DataFrame) -> pd.DataFrame:
    size = len(grid)
    documents = tokens.docvars["doc_id"].astype(str).to_numpy()
    pairs = pd.DataFrame({"cell": cell_of, "doc_id": documents}).drop_duplicates()
    return grid.assign(
        n_docs=np.bincount(pairs["cell"], minlength=size),
        n_units=np.bincount(cell_of, minlength=size),
        n_tokens=np.bincount(cell_of, weights=count_words(tokens), minlength=size).astype(np.int64),
    )


def _measured(
    tokens: Tokens,
    measure: Measure,
    matching: Matching,
    cell_of: npt.NDArray[np.int64],
    coverage: pd.DataFrame,
    confidence: float,
) -> pd.DataFrame:
    """Return the rows of one measure: counts by all matchings, and the share with its interval by one."""
    size = len(coverage)
    sizes = count_words(tokens).astype(np.float64)
    filled = (coverage["n_docs"] > 0).to_numpy()

    def by_cell(values: npt.NDArray[np.int64]) -> pd.Series:
        added = np.bincount(cell_of, weights=values, minlength=size).astype(np.int64)
        return pd.Series(added, dtype="Int64").mask(~filled)

    if measure.name == LENGTH and not measure.words:
        counts = {name: count_words(tokens) for name in MATCHINGS}
        share = low = high = np.full(size, np.nan)
        kappa = float("nan")
    else:
        counts = {name: count_measure(tokens, measure=measure, matching=name) for name in MATCHINGS}  # type: ignore[arg-type]
        chosen = counts[matching].astype(np.float64)
        total = np.bincount(cell_of, weights=sizes, minlength=size).astype(np.float64)
        squares = np.bincount(cell_of, weights=sizes**2, minlength=size).astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.bincount(cell_of, weights=chosen, minlength=size) / total
        kappa = burstiness(chosen, sizes, cell_of)
        low, high = share_interval(share, total, squares, kappa=kappa, confidence=confidence)
    whole = by_cell(counts[matching])
    return coverage.assign(
        measure=measure.name,
        count=whole,
        share=share,
        share_low=low,
        share_high=high,
        ln_count=np.log1p(whole.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)),
        token_count=by_cell(counts["token"]),
        nested_count=by_cell(counts["nested"]),
        characters_count=by_cell(counts["characters"]),
        kappa=kappa,
    )


def _with_time(table: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Return the table with the share of the year before, the change, and the share against the others of its year."""
    if YEAR not in by:
        return table.assign(share_lag=np.nan, share_change=np.nan, share_z=np.nan)
    others = [name for name in by if name != YEAR]
    before = table[[*by, "measure", "share"]].rename(columns={"share": "share_lag"})
    before[YEAR] = pd.to_numeric(before[YEAR]) + 1  # the year before and not the row before: gaps are gaps
    years = table.assign(**{YEAR: pd.to_numeric(table[YEAR])})
    joined = years.merge(before, on=[*others, YEAR, "measure"], how="left")
    joined[YEAR] = table[YEAR].to_numpy()
    within = joined.groupby(["measure", YEAR], dropna=False)["share"]
    spread = within.transform("std")
    return joined.assign(
        share_change=joined["share"] - joined["share_lag"],
        share_z=((joined["share"] - within.transform("mean")) / spread).where(spread > 0),
    )
