"""How findings move under other reasonable choices: stop list, dictionary, minimum count, unit, segmenter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..corpus import Corpus, split_corpus
from ..errors import CorpusError, check_choice, explain
from ..keyness import log_odds_dirichlet
from ..matrix import DocumentTermMatrix, Scheme, count_terms, group_dtm, trim_dtm, weight_dtm
from ..words.segment import Segmenter, make_segmenter, segment
from ..words.terms import load_stop_words, load_terms
from ..words.tokens import Tokens, keep_word_tokens, remove_tokens

Finding = Literal["keywords", "vocabulary"]
Grid = Mapping[str, Sequence[Any]]
FINDINGS: tuple[str, ...] = ("keywords", "vocabulary")
CHOICES: dict[str, tuple[Any, ...]] = {
    "stop_list": ("default", "minimal", "none"),
    "dictionary": ("default", "none"),
    "min_count": (2, 1, 3, 5),
    "unit": ("document", "paragraph"),
    "segmenter": ("rjieba", "rjieba_hmm"),
}
"""The default grid. The first value of every choice makes the baseline."""

ALLOWED: dict[str, tuple[str, ...]] = {
    "stop_list": ("default", "minimal", "none"),
    "dictionary": ("default", "none"),
    "unit": ("document", "section", "paragraph", "sentence"),
    "segmenter": ("rjieba", "rjieba_hmm", "jieba", "jieba_hmm"),
}


NO_TERMS = pd.DataFrame({"term": ["中国"]})
"""A dictionary must not be empty; this one holds a word that the segmenter knows anyway."""


def compare_specifications(
    corpus: Corpus,
    *,
    grid: Grid | None = None,
    finding: Finding = "keywords",
    by: str = "doc_id",
    target: str | Sequence[str] | None = None,
    reference: str | Sequence[str] | None = None,
    top_n: int = 10,
    min_length: int = 1,
    scheme: Scheme = "tfidf_sklearn",
) -> pd.DataFrame:
    """Return the rank of every top finding under every combination of choices.

    A finding that is there only with one stop list or one minimum count is a finding about the stop list.
    Nothing here is a test: the table shows whether the conclusion would have been another one if an equally
    reasonable choice had been made (Steegen et al. 2016, multiverse analysis; for texts Denny and Spirling 2018).

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
        - unit: "document", "paragraph", also "section", "sentence": what a term's document frequency is
          counted in. Only keywords depend on it;
        - segmenter: "rjieba", "rjieba_hmm" (with hidden Markov model), also "jieba", "jieba_hmm".
    finding : {"keywords", "vocabulary"}
        "keywords": terms of every group by TF-IDF, units added up; "vocabulary": terms of the target by
        log-odds with Dirichlet prior.
    by : str
        A column of the document variables that makes the groups.
    target, reference : str or sequence of str, optional
        For "vocabulary": values of the column. Without reference, all others.
    top_n : int
        Findings a group: those of the highest rank in the baseline.
    min_length : int
        Fewest characters of a term.
    scheme : str
        Form of TF-IDF for "keywords", one of `weight_dtm`.

    Returns
    -------
    DataFrame
        One row a combination and finding: specification (from 1, the baseline), stop_list, dictionary, min_count,
        unit, segmenter, group (the column's value; for "vocabulary" the target), term, baseline_rank, score,
        rank (missing where the choices leave no such term: stopped, too rare, or cut another way).

    Raises
    ------
    ValueError
        A choice or one of its values does not exist, or the target is missing.
    CorpusError
        The corpus is split.

    Examples
    --------
    >>> texts = ["依法行政。推进依法行政，加强普法宣传。", "营商环境要好。优化提升，还看营商环境。"]
    >>> corpus = Corpus(texts, pd.DataFrame(index=["甲", "乙"]))
    >>> table = compare_specifications(corpus, grid={"min_count": (1, 2)}, top_n=1)
    >>> table[["specification", "min_count", "group", "term", "rank"]].values.tolist()
    [[1, 1, '甲', '依法行政', 1], [1, 1, '乙', '营商环境', 1], [2, 2, '甲', '依法行政', 1], [2, 2, '乙', '营商环境', 1]]
    """
    check_choice(finding, FINDINGS, name="finding")
    check_choice(by, list(corpus.docvars.columns), name="by")
    chosen = complete_grid(grid, fixed_unit=finding == "vocabulary")
    wanted, others = _sides(corpus, by, target, reference) if finding == "vocabulary" else ([], [])
    rows: list[dict[str, Any]] = []
    baseline: dict[str, dict[str, int]] = {}
    for number, (specification, dtm) in enumerate(specified_matrices(corpus, chosen), start=1):
        if finding == "keywords":
            scores = _keyword_scores(
                trim_dtm(dtm, min_termfreq=specification["min_count"]), by=by, scheme=scheme
            )
        else:
            scores = _vocabulary_scores(dtm, specification["min_count"], by, wanted, others)
        for group, table in scores.items():
            table = table[[len(term) >= min_length for term in table.index]]
            ranks = {term: rank for rank, term in enumerate(table.index, start=1)}
            if number == 1:
                baseline[group] = {term: rank for term, rank in ranks.items() if rank <= top_n}
            rows += [
                {
                    "specification": number,
                    **specification,
                    "group": group,
                    "term": term,
                    "baseline_rank": first,
                    "score": round(float(table[term]), 6) if term in ranks else float("nan"),
                    "rank": ranks.get(term),
                }
                for term, first in baseline[group].items()
            ]
    columns = ["specification", *CHOICES, "group", "term", "baseline_rank", "score", "rank"]
    result = pd.DataFrame(rows, columns=columns)
    result["rank"] = result["rank"].astype("Int64")
    return result


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
    ...     "unit": "document", "segmenter": "rjieba", "group": "甲", "term": "普法", "rank": [1, 4]})
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


def complete_grid(grid: Grid | None, *, fixed_unit: bool) -> dict[str, tuple[Any, ...]]:
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
    if fixed_unit:
        given["unit"] = ("document",)
    return {choice: tuple(given.get(choice, default[:1])) for choice, default in CHOICES.items()}


def specified_matrices(
    corpus: Corpus, grid: dict[str, tuple[Any, ...]]
) -> Iterator[tuple[dict[str, Any], DocumentTermMatrix]]:
    """Every combination of choices, the baseline first, with its matrix of counts (not yet trimmed)."""
    if corpus.unit != "document":
        raise CorpusError(
            explain(f"the corpus is split into {corpus.unit}s", allowed="whole documents: the unit is a choice")
        )
    units = {unit: split_corpus(corpus, unit=unit) for unit in grid["unit"]}
    segmenters: dict[tuple[str, ...], Segmenter] = {}
    words: dict[tuple[str, ...], Tokens] = {}
    matrices: dict[tuple[str, ...], DocumentTermMatrix] = {}
    for values in product(*grid.values()):
        specification = dict(zip(grid, values, strict=True))
        cut = (specification["unit"], specification["dictionary"], specification["segmenter"])
        if cut not in words:
            if cut[1:] not in segmenters:
                engine, _, hmm = specification["segmenter"].partition("_")
                terms = load_terms() if specification["dictionary"] == "default" else NO_TERMS
                segmenters[cut[1:]] = make_segmenter(engine, terms=terms, hmm=bool(hmm))
            words[cut] = keep_word_tokens(segment(units[cut[0]], segmenter=segmenters[cut[1:]]))
        key = (*cut, specification["stop_list"])
        if key not in matrices:
            stopped = remove_tokens(words[cut], terms=load_stop_words(specification["stop_list"]))
            matrices[key] = count_terms(stopped)
        yield specification, matrices[key]


def _keyword_scores(dtm: DocumentTermMatrix, *, by: str, scheme: Scheme) -> dict[str, pd.Series]:
    """Every group's terms by TF-IDF added up over its units, best first; groups in the matrix's order."""
    labels = dtm.docvars[by].astype(str)
    weights = weight_dtm(dtm, scheme=scheme).matrix
    codes, groups = pd.factorize(labels)
    membership = sparse.csr_array(
        (np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(groups), len(codes))
    )
    sums = (membership @ weights).toarray() if len(groups) else np.zeros((0, len(dtm.terms)))
    return {str(group): _best_first(dtm, sums[row], sums[row] > 0) for row, group in enumerate(groups)}


def _vocabulary_scores(
    dtm: DocumentTermMatrix, min_count: int, by: str, target: list[str], reference: list[str]
) -> dict[str, pd.Series]:
    grouped = group_dtm(dtm, by=by)
    counts = grouped.matrix
    names = list(grouped.unit_ids)
    sides = [
        np.asarray(counts[[names.index(name) for name in side]].sum(axis=0)).ravel()
        for side in (target, reference)
    ]
    z = np.asarray(log_odds_dirichlet(sides[0], sides[1]), dtype=np.float64)
    kept = (sides[0] + sides[1] >= min_count) & np.isfinite(z)
    return {"、".join(target): _best_first(dtm, z, kept)}


def _best_first(
    dtm: DocumentTermMatrix, scores: npt.NDArray[np.float64], kept: npt.NDArray[np.bool_]
) -> pd.Series:
    places = np.flatnonzero(kept)
    order = places[np.argsort(-np.round(scores[places], 9), kind="stable")]
    return pd.Series(scores[order], index=[dtm.terms[place] for place in order])


def _sides(
    corpus: Corpus, by: str, target: str | Sequence[str] | None, reference: str | Sequence[str] | None
) -> tuple[list[str], list[str]]:
    column = corpus.docvars[by]
    known = sorted(set(column[column.notna()].astype(str)) - {""})
    if target is None:
        raise ValueError(explain("the target is missing", where=f"the column {by}", allowed=", ".join(known)))
    wanted = [target] if isinstance(target, str) else [str(value) for value in target]
    given = [reference] if isinstance(reference, str) else reference
    others = [name for name in known if name not in wanted] if given is None else [str(v) for v in given]
    for value in [*wanted, *others]:
        check_choice(value, known, name=f"a value of {by}")
    if not others or set(wanted) & set(others):
        raise ValueError(
            explain("target and reference must be different and not empty", where=f"the column {by}")
        )
    return wanted, others
