"""Themes: a dictionary of two tiers, counted with its denominator and an interval adjusted for clustering."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import paths
from ..errors import CorpusError, check_choice, explain
from ..provenance import digest_texts
from ..words.tokens import Tokens

COLUMNS = (
    "group",
    "theme",
    "subtheme",
    "count",
    "n_tokens",
    "n_units",
    "share",
    "share_low",
    "share_high",
    "dispersion",
)
Tier = Literal["theme", "subtheme"]
TIERS: tuple[str, ...] = ("theme", "subtheme")
_Z = 1.959963984540054
"""Of the normal distribution, for 95 %."""

Floats = npt.NDArray[np.float64]


def load_themes(path: str | Path | None = None) -> pd.DataFrame:
    """Return a hierarchical dictionary of themes, one row a word.

    Parameters
    ----------
    path : path, optional
        A tab-separated file with the columns `theme`, `subtheme`, `words`; words are separated by spaces, and
        `*` at the end of a word stands for any ending. Without a path, the project's own.

    Returns
    -------
    DataFrame
        `theme`, `subtheme`, `word`.

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
    rows: list[tuple[str, str, str]] = []
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
            if header != ["theme", "subtheme", "words"]:
                raise CorpusError(
                    explain(f"the header is {line!r}", where=where, allowed="theme, subtheme, words")
                )
            continue
        if len(cells) != 3 or not cells[0] or not cells[2]:
            raise CorpusError(explain("a row has no theme or no words", where=where, allowed="three cells"))
        for word in cells[2].split():
            if word in seen:
                raise CorpusError(
                    explain(
                        f"the word {word!r} occurs twice", where=f"{where}, and before that line {seen[word]}"
                    )
                )
            seen[word] = number
            rows.append((cells[0], cells[1], word))
    if not rows:
        raise CorpusError(explain(f"{file.name} has no themes", allowed="at least one row"))
    return pd.DataFrame(rows, columns=["theme", "subtheme", "word"])


def count_themes(
    tokens: Tokens, *, by: str = "doc_id", tier: Tier = "theme", themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    r"""Return how much of each group's text belongs to each theme, with its interval.

    Parameters
    ----------
    tokens : Tokens
        Units of any size; small ones (paragraphs) make the interval honest.
    by : str
        A column of `docvars`: one group a value.
    tier : {"theme", "subtheme"}
        Which of the two tiers of the dictionary to count.
    themes : DataFrame, optional
        As `load_themes` returns it.

    Returns
    -------
    DataFrame
        One row a group and theme: `group`, `theme`, `subtheme` (empty for the tier "theme"), `count` of tokens;
        `n_tokens`, the denominator: tokens of the group that hold a letter or digit, so no punctuation and no
        pads; `n_units`; `share`; `share_low`, `share_high`, a 95 % interval; `dispersion`. `attrs["digest"]` is that of the
        themes.

    Raises
    ------
    ValueError
        There is no such column, or no such tier.

    Notes
    -----
    The interval is Wilson's (1927), which takes tokens as independent draws; they are not, words come in
    bursts. So the number of tokens is divided by the dispersion
    :math:`\phi = \max(1, \frac{1}{m-1} \sum_u \frac{(c_u - n_u p)^2}{n_u p (1 - p)})`
    over the group's :math:`m` units (quasi-binomial; McCullagh and Nelder 1989, section 4.5). With a single
    unit :math:`\phi` cannot be estimated: it is missing, and the interval is Wilson's own and too narrow.

    Examples
    --------
    >>> tokens = Tokens.from_lists([["开展", "述法", "，", "约谈"], ["深化", "府院联动"]])
    >>> table = count_themes(tokens)
    >>> table.loc[table["count"] > 0, ["group", "theme", "count", "n_tokens", "share"]].round(2)
       group theme  count  n_tokens  share
    9      1  考核问责      2         3   0.67
    19     2  法治政府      1         2   0.50
    """
    docvars = tokens.docvars
    check_choice(by, [str(name) for name in docvars.columns], name="by")
    check_choice(tier, TIERS, name="tier")
    table = load_themes() if themes is None else themes
    keys = table["theme"] if tier == "theme" else table["theme"] + "\t" + table["subtheme"]
    names = sorted(set(keys))
    of_type = _themes_of_types(tokens.types, dict(zip(table["word"], keys, strict=True)), names)
    is_word = np.array([any(character.isalnum() for character in name) for name in tokens.types], dtype=bool)
    unit = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets))
    theme = of_type[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=np.int64)
    hit = theme >= 0
    cells = np.bincount(unit[hit] * len(names) + theme[hit], minlength=len(tokens) * len(names))
    counts = cells.reshape(len(tokens), len(names)).astype(np.float64)
    words = is_word[tokens.type_ids] if len(tokens.type_ids) else np.zeros(0, dtype=bool)
    sizes = np.bincount(unit[words], minlength=len(tokens)).astype(np.float64)
    labels = docvars[by].astype(str).to_numpy()
    rows = []
    for group in sorted(set(labels)):
        inside = labels == group
        n = float(sizes[inside].sum())
        phi = _dispersion(counts[inside], sizes[inside])
        share = counts[inside].sum(axis=0) / n if n else np.full(len(names), np.nan)
        low, high = _wilson(share, n / np.where(np.isnan(phi), 1.0, phi))
        for number, name in enumerate(names):
            first, _, second = name.partition("\t")
            count = int(counts[inside, number].sum())
            rows.append(
                (
                    group, first, second, count, int(n), int(inside.sum()),
                    share[number], low[number], high[number], phi[number],
                )
            )  # fmt: skip
    result = pd.DataFrame(rows, columns=list(COLUMNS))
    result.attrs["digest"] = digest_texts(sorted("\t".join(row) for row in table.itertuples(index=False)))
    return result


def _themes_of_types(
    types: tuple[str, ...], theme_of: dict[str, str], names: list[str]
) -> npt.NDArray[np.int64]:
    """Return for every type the index of its theme, or −1. A whole word wins over a beginning with `*`."""
    index = {name: number for number, name in enumerate(names)}
    open_words = sorted(
        (word[:-1] for word in theme_of if word.endswith("*")), key=lambda word: (-len(word), word)
    )
    result = np.full(len(types), -1, dtype=np.int64)
    for number, name in enumerate(types):
        if name in theme_of:
            result[number] = index[theme_of[name]]
        elif start := next((word for word in open_words if word and name.startswith(word)), ""):
            result[number] = index[theme_of[f"{start}*"]]
    return result


def _dispersion(counts: Floats, sizes: Floats) -> Floats:
    used = sizes > 0
    if int(used.sum()) < 2:
        return np.full(counts.shape[1], np.nan)
    counts, sizes = counts[used], sizes[used]
    share = counts.sum(axis=0) / sizes.sum()
    expected = sizes[:, None] * share
    variance = expected * (1 - share)
    terms = np.divide((counts - expected) ** 2, variance, out=np.zeros_like(variance), where=variance > 0)
    return np.asarray(np.maximum(terms.sum(axis=0) / (len(sizes) - 1), 1.0), dtype=np.float64)


def _wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return np.clip(centre - half, 0.0, 1.0), np.clip(centre + half, 0.0, 1.0)
