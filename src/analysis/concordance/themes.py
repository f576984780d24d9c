"""Themes: a dictionary of two tiers, counted under three matchings, with its denominator and an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from .. import paths
from ..errors import CorpusError, check_choice, explain
from ..provenance import digest_texts
from ..words.tokens import Integers, Tokens
from .burst_intervals import measure_bursts, pool_kappa, rate_interval
from .dictionary_hits import MATCHINGS, Matching, count_words, find_hits

COLUMNS = (
    "group",
    "theme",
    "subtheme",
    "count",
    "token_count",
    "nested_count",
    "characters_count",
    "excluded_count",
    "negated_count",
    "n_tokens",
    "n_units",
    "per_1000_tokens",
    "per_1000_tokens_low",
    "per_1000_tokens_high",
    "kappa",
)
HEADER = ("theme", "subtheme", "words", "exclude")
Tier = Literal["theme", "subtheme"]
TIERS: tuple[str, ...] = ("theme", "subtheme")
Themes = pd.DataFrame | Mapping[str, Sequence[str]]


def load_themes(path: str | Path | None = None) -> pd.DataFrame:
    """Return a hierarchical dictionary of themes, one row a word.

    Parameters
    ----------
    path : path, optional
        A tab-separated file with the columns `theme`, `subtheme`, `words` and, if wanted, `exclude`; words are
        separated by spaces, and `*` at the end of a word stands for any ending. `exclude` has phrases inside which
        the words of the row do not count: 生态 not in 创新生态. Without a path, the project's own.

    Returns
    -------
    DataFrame
        `theme`, `subtheme`, `word`, `exclude` (the phrases that hold the word, separated by spaces).

    Raises
    ------
    CorpusError
        With file and line: a column is missing, a row has no words, or a word occurs twice.

    Examples
    --------
    >>> themes = load_themes()
    >>> themes.loc[themes["word"] == "述法", "theme"].tolist()
    ['考核问责']
    """
    file = paths.RESOURCES / "themes.tsv" if path is None else paths.from_project(path)
    rows: list[tuple[str, str, str, str]] = []
    seen: dict[str, int] = {}
    header: list[str] = []
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise CorpusError(explain(f"there is no file {file}", todo="check the path")) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{file.name}, line {number}"
        if not header:
            header = cells
            if header not in ([*HEADER[:3]], [*HEADER]):
                raise CorpusError(
                    explain(f"the header is {line!r}", where=where, allowed="theme, subtheme, words, exclude")
                )
            continue
        if not 3 <= len(cells) <= len(header) or not cells[0] or not cells[2]:
            raise CorpusError(
                explain("a row has no theme or no words", where=where, allowed=f"{len(header)} cells")
            )
        excluded = cells[3].split() if len(cells) > 3 else []
        for word in cells[2].split():
            if word in seen:
                raise CorpusError(
                    explain(
                        f"the word {word!r} occurs twice", where=f"{where}, and before that line {seen[word]}"
                    )
                )
            seen[word] = number
            stem = word.removesuffix("*")
            rows.append((cells[0], cells[1], word, " ".join(phrase for phrase in excluded if stem in phrase)))
    if not rows:
        raise CorpusError(explain(f"{file.name} has no themes", allowed="at least one row"))
    return pd.DataFrame(rows, columns=["theme", "subtheme", "word", "exclude"])


def count_themes(
    tokens: Tokens,
    *,
    by: str = "doc_id",
    tier: Tier = "theme",
    themes: Themes | None = None,
    matching: Matching = "token",
    negation_window: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    r"""Return how often each group's text speaks of each theme, under three matchings, with an interval.

    Parameters
    ----------
    tokens : Tokens
        Units of any size, before any stop list; small ones (paragraphs) make the interval honest.
    by : str
        A column of `docvars`: one group a value.
    tier : {"theme", "subtheme"}
        Which of the two tiers of the dictionary to count.
    themes : DataFrame or mapping, optional
        As `load_themes` returns it, or theme → words. A table needs `theme`, `subtheme` and `word`; `exclude` has
        phrases, separated by spaces, inside which the word does not count.
    matching : {"token", "nested", "characters"}
        Which occurrences `count` counts. "token": a token is the word. "nested": it stands inside one token, too, as
        生态 in 生态文明建设. "characters": it stands in the text, also across the borders of tokens; most published
        indices count so. Where words of the dictionary overlap, the first counts, and of several that begin there the
        longest.
    negation_window : int
        An occurrence is left out if one of so many tokens before it, in the same clause, denies it: 不, 没有, 尚未 and
        others in `resources/negations.txt`. 0: none is.
    confidence : float
        Of the interval.

    Returns
    -------
    DataFrame
        One row a group and theme: `group`, `theme`, `subtheme` (empty for the tier "theme"); `count` of occurrences
        under `matching`; `token_count`, `nested_count`, `characters_count`, the same under each; `excluded_count`
        and `negated_count`, what `count` leaves out as excluded or denied; `n_tokens`, the denominator under every
        matching: tokens of the group that hold a letter or digit; `n_units`; `per_1000_tokens` with its interval,
        missing where the group is a single unit; `kappa`, by how much the units' rates vary beyond chance.
        `attrs["digest"]` is that of the themes.

    Raises
    ------
    ValueError
        There is no such column, tier or matching, or a number is out of bounds.

    Notes
    -----
    The interval takes counts of units for gamma-Poisson, with variance :math:`\mu + \kappa\mu^2`; `kappa` is
    :math:`\kappa`. The formula stands in `docs/which-formula.md`, its coverage in `benchmarks/themes.md`: at least
    0.94 from ten units on. It says how firm the rate is as a habit of whoever wrote the units, not how well a list of
    words measures a subject; for that, code sentences by hand.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["推动", "生态文明建设", "，", "生态", "环境质量", "改善", "，", "绿色", "发展"]])
    >>> table = count_themes(tokens, themes={"环保": ["生态", "绿色", "环保"]}, matching="characters")
    >>> table[["group", "theme", "count", "token_count", "n_tokens", "per_1000_tokens"]].round(1).values.tolist()
    [['1', '环保', 3, 2, 7, 428.6]]
    """
    docvars = tokens.docvars
    check_choice(by, [str(name) for name in docvars.columns], name="by")
    check_choice(tier, TIERS, name="tier")
    check_choice(matching, MATCHINGS, name="matching")
    if not 0 < confidence < 1:
        raise ValueError(explain(f"confidence is {confidence}", allowed="a share above 0 and below 1"))
    if negation_window < 0:
        raise ValueError(explain(f"negation_window is {negation_window}", allowed="0 or more tokens"))
    table = _as_table(load_themes() if themes is None else themes)
    keys = table["theme"] if tier == "theme" else table["theme"] + "\t" + table["subtheme"]
    names = sorted(set(keys))
    column = np.array([names.index(key) for key in keys], dtype=np.int64)
    hits = find_hits(
        tokens,
        words={
            word: tuple(phrases.split()) for word, phrases in zip(table["word"], table["exclude"], strict=True)
        },
    )

    def per_unit(chosen: Integers) -> Integers:
        cells = hits.units[chosen] * len(names) + column[hits.words[chosen]]
        return np.bincount(cells, minlength=len(tokens) * len(names)).reshape(len(tokens), len(names))

    counts: dict[str, Integers] = {}
    for kind in MATCHINGS:
        chosen = hits.choose(kind)  # type: ignore[arg-type]
        denied = hits.negated(chosen, window=negation_window)
        counts[kind] = per_unit(chosen[~denied])
        if kind == matching:
            negated = per_unit(chosen[denied])
    excluded = per_unit(hits.choose(matching, excluded=True))
    sizes = count_words(tokens).astype(np.float64)
    labels = docvars[by].astype(str).to_numpy()
    groups = sorted(set(labels))
    inside = [labels == group for group in groups]
    bursts = [measure_bursts(counts[matching][mask].astype(np.float64), sizes[mask]) for mask in inside]
    pooled = pool_kappa(bursts) if bursts else np.zeros(0)
    parts = []
    for group, mask, burst in zip(groups, inside, bursts, strict=True):
        low, high = rate_interval(burst, pooled=pooled, confidence=confidence)
        count = counts[matching][mask].sum(axis=0)
        n_tokens = int(sizes[mask].sum())
        parts.append(
            pd.DataFrame(
                {
                    "group": group,
                    "theme": [name.partition("\t")[0] for name in names],
                    "subtheme": [name.partition("\t")[2] for name in names],
                    "count": count,
                    **{f"{kind}_count": counts[kind][mask].sum(axis=0) for kind in MATCHINGS},
                    "excluded_count": excluded[mask].sum(axis=0),
                    "negated_count": negated[mask].sum(axis=0),
                    "n_tokens": n_tokens,
                    "n_units": int(mask.sum()),
                    "per_1000_tokens": 1000 * count / n_tokens if n_tokens else np.nan,
                    "per_1000_tokens_low": 1000 * low,
                    "per_1000_tokens_high": 1000 * high,
                    "kappa": burst.kappa,
                }
            )
        )
    result = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    result.attrs["digest"] = digest_texts(sorted("\t".join(row) for row in table.itertuples(index=False)))
    return result


def compare_matchings(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a theme: how much hangs on the matching, in all and in the order of the groups.

    Parameters
    ----------
    table : DataFrame
        From `count_themes`.

    Returns
    -------
    DataFrame
        theme, subtheme; token_count, nested_count, characters_count over all groups; correlation_nested and
        correlation_characters, Spearman's rank correlation of the groups' rates with those by token, −1 to 1, missing
        for fewer than three groups or where one matching has no differences; n_groups. An index whose groups change
        their order with the matching is not fit to be regressed on.

    Examples
    --------
    >>> docvars = pd.DataFrame(index=["甲", "乙", "丙"])
    >>> lists = [["生态", "治理"], ["生态", "污染", "治理"], ["生态文明建设", "生态环境", "治理"]]
    >>> table = count_themes(Tokens.from_lists(lists, docvars=docvars), themes={"环保": ["生态"]})
    >>> compare_matchings(table)[["theme", "token_count", "nested_count", "correlation_nested"]].values.tolist()
    [['环保', 2, 4, -0.5]]
    """
    rows = []
    for (theme, subtheme), part in table.groupby(["theme", "subtheme"], sort=False):
        used = part[part["n_tokens"] > 0]
        rates = {kind: used[f"{kind}_count"] / used["n_tokens"] for kind in MATCHINGS}
        rows.append(
            {
                "theme": theme,
                "subtheme": subtheme,
                **{f"{kind}_count": int(part[f"{kind}_count"].sum()) for kind in MATCHINGS},
                **{
                    f"correlation_{kind}": _rank_correlation(rates["token"], rates[kind])
                    for kind in MATCHINGS[1:]
                },
                "n_groups": len(used),
            }
        )
    return pd.DataFrame(rows)


def _rank_correlation(one: pd.Series, other: pd.Series) -> float:
    if len(one) < 3 or one.nunique() < 2 or other.nunique() < 2:
        return float("nan")
    return round(float(np.corrcoef(one.rank(), other.rank())[0, 1]), 6)


def _as_table(themes: Themes) -> pd.DataFrame:
    """Return themes as a table with the columns theme, subtheme, word, exclude, checked."""
    if isinstance(themes, pd.DataFrame):
        for name in ("theme", "subtheme", "word"):
            check_choice(name, [str(column) for column in themes.columns], name="a column of the themes")
        table = themes.assign(exclude=themes["exclude"].fillna("") if "exclude" in themes.columns else "")
    else:
        for name, words in themes.items():
            if isinstance(words, str):
                raise ValueError(
                    explain(f"the words of {name!r} are one text, {words!r}", allowed=f"a list: [{words!r}]")
                )
        rows = [(name, "", word, "") for name, words in themes.items() for word in words]
        table = pd.DataFrame(rows, columns=["theme", "subtheme", "word", "exclude"])
    table = table[["theme", "subtheme", "word", "exclude"]].astype(str)
    twice = table.loc[table["word"].duplicated(), "word"]
    if table.empty or not table["word"].str.strip("*").all() or len(twice):
        what = f"the word {twice.iloc[0]!r} occurs twice" if len(twice) else "themes are empty, or a word is"
        raise ValueError(explain(what, allowed="words, each in one theme"))
    return table
