"""What a panel measures: lists of words under names, from a mapping, a table or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from .. import paths
from ..concordance import load_themes
from ..errors import CorpusError, check_choice, explain
from ..ingest.decoding import decode_bytes
from ..provenance import digest_json

Measures = Mapping[str, Any] | Sequence[Any] | pd.DataFrame | str
LENGTH = "length"
"""The measure that is no dictionary: how many tokens a cell has."""


@dataclass(frozen=True)
class Measure:
    """A named list of words, and phrases in which they do not count.

    Parameters
    ----------
    name : str
        As it stands in the column `measure`.
    words : tuple of str
        Words; `*` at the end stands for any ending, in the matching by token alone. Empty for the length.
    exclusions : tuple of str
        Phrases inside which no word counts: 生态 not in 创新生态.
    """

    name: str
    words: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Start of the SHA-256 of words and exclusions: two panels with the same digest counted the same words."""
        return digest_json([sorted(self.words), sorted(self.exclusions)])[:12]


def as_measures(measures: Measures) -> tuple[Measure, ...]:
    """Return what was given as measures, checked.

    Parameters
    ----------
    measures : mapping, sequence of str, DataFrame or str
        Name → words; names of the project's themes, "themes" for all of them, "length" for the number of tokens; or a
        table with the columns `measure`, `word` and, if words have exclusions, `exclude` (phrases with blanks between).

    Raises
    ------
    ValueError
        A theme is not known (the nearest is named), or a measure has no words.

    Examples
    --------
    >>> [measure.name for measure in as_measures({"环保": ["生态", "绿色"]})]
    ['环保']
    """
    if isinstance(measures, pd.DataFrame):
        made = _from_table(measures)
    elif isinstance(measures, Mapping):
        made = [_of_words(str(name), words) for name, words in measures.items()]
    else:
        names = [measures] if isinstance(measures, str) else list(measures)
        made = [one for name in names for one in ([name] if isinstance(name, Measure) else _named(str(name)))]
    names_made = [measure.name for measure in made]
    twice = next((name for name in names_made if names_made.count(name) > 1), None)
    if not made or twice is not None:
        what = "no measure is given" if not made else f"the measure {twice!r} is given twice"
        raise ValueError(explain(what, allowed="one measure or more, each under a name of its own"))
    return tuple(made)


def choose_measures(names: Sequence[str], *, file: str | Path | None = None) -> tuple[Measure, ...]:
    """Return the measures of a file where one is named, else those of the names.

    Examples
    --------
    >>> [measure.name for measure in choose_measures(["普法宣传"])]
    ['普法宣传']
    """
    return as_measures(list(names) if file is None else load_measures(file))


def load_measures(path: str | Path) -> pd.DataFrame:
    """Return a file of measures, as `build_panel` takes it.

    Parameters
    ----------
    path : path
        A table with the columns `measure` and `word`, one word a row, separated by tabs or commas and in any encoding;
        a column `exclude` holds phrases in which the word does not count, with blanks between them.

    Returns
    -------
    DataFrame
        measure, word, exclude.

    Raises
    ------
    CorpusError
        There is no such file, a column is missing, or a row has no word.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "环保.csv"
    ...     _ = file.write_text("measure,word,exclude\\n环保,生态,创新生态\\n环保,绿色,\\n", encoding="gb18030")
    ...     load_measures(file)["exclude"].tolist()
    ['创新生态', '']
    """
    file = paths.from_project(path)
    try:
        text = decode_bytes(file.read_bytes()).text
    except FileNotFoundError:
        raise CorpusError(explain(f"there is no file {file}", todo="check the path")) from None
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    separator = "\t" if lines and "\t" in lines[0] else ","
    rows = [[cell.strip() for cell in line.split(separator)] for line in lines]
    header = rows[0] if rows else []
    for column in ("measure", "word"):
        if column not in header:
            raise CorpusError(
                explain(
                    f"there is no column {column!r}",
                    where=f"{file.name}, line 1: {', '.join(header)}",
                    allowed="measure, word and, if wanted, exclude",
                )
            )
    cells = [dict(zip(header, row, strict=False)) for row in rows[1:]]
    table = pd.DataFrame(
        [(cell.get("measure", ""), cell.get("word", ""), cell.get("exclude", "")) for cell in cells],
        columns=["measure", "word", "exclude"],
        dtype="str",
    )
    bare = table.index[(table["measure"] == "") | (table["word"] == "")]
    if len(bare):
        raise CorpusError(explain("a row has no measure or no word", where=f"{file.name}, row {bare[0] + 2}"))
    return table


def _named(name: str) -> list[Measure]:
    if name == LENGTH:
        return [Measure(LENGTH)]
    themes = load_themes()
    known = sorted(set(themes["theme"]))
    if name == "themes":
        return [Measure(theme, tuple(themes.loc[themes["theme"] == theme, "word"])) for theme in known]
    check_choice(name, [*known, "themes", LENGTH], name="measures")
    return [Measure(name, tuple(themes.loc[themes["theme"] == name, "word"]))]


def _of_words(name: str, words: Any) -> Measure:
    if isinstance(words, Measure):
        return words
    if isinstance(words, str):
        raise ValueError(
            explain(f"the words of {name!r} are one text, {words!r}", allowed=f"a list: [{words!r}]")
        )
    found = tuple(dict.fromkeys(str(word) for word in words))
    if not all(word.strip("*") for word in found) or (not found and name != LENGTH):
        raise ValueError(
            explain(f"the measure {name!r} has no words, or an empty one", allowed="one word or more")
        )
    return Measure(name, found)


def _from_table(table: pd.DataFrame) -> list[Measure]:
    for column in ("measure", "word"):
        check_choice(column, [str(name) for name in table.columns], name="a column of measures")
    excluded = table["exclude"] if "exclude" in table.columns else pd.Series("", index=table.index)
    made = []
    for name, part in table.groupby("measure", sort=False):
        phrases = " ".join(excluded.loc[part.index].fillna("").astype(str)).split()
        measure = _of_words(str(name), part["word"].astype(str))
        made.append(Measure(measure.name, measure.words, tuple(dict.fromkeys(phrases))))
    return made
