"""Names of places → division codes, with parents, level and the years for which they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ..errors import explain
from .gazetteer import LAST_YEAR, load_divisions, nearest_years
from .in_text import scan
from .reading import COUNTRY_LEVEL, Reading, candidate, read_name

COLUMNS = ("code", "province", "city", "county", "level", "valid_from", "valid_to", "certainty", "candidates")


def find_places(names: Iterable[str], *, year: int | Iterable[Any] | None = None) -> pd.DataFrame:
    """Return the division code (GB/T 2260) of each name, with parents, level and the years for which it holds.

    A name may be full (信阳市), short (信阳, 内蒙古, 沪), or a chain (河南省信阳市平桥区, 河南平桥). It is looked up
    among the divisions of its year: those that stand at the end of the year and those that stood at its beginning,
    since in the year of a change documents bear both names (襄樊市 and 襄阳市 in 2010). Nothing is guessed: where a
    name can mean several divisions, or none, `code` is missing and `candidates` says what it might be.

    Parameters
    ----------
    names : iterable of str
        Places as a manifest states them. For a place inside a title, `places_in_text`.
    year : int, iterable of int or None
        The year of all names, or of each one, a column of the manifest for instance. None, as a missing value, means today: the newest table and, for a name that it does not
        have, the one division that ever bore it. The tables are those of 1980 to 2025; for a year outside, the
        nearest is used, with a warning.

    Returns
    -------
    DataFrame
        A row a name: `name` as given; `code`; `province`, `city`, `county`, full names of that year; `level` (国家级,
        省级 with the municipalities, 地级, 县级); `valid_from`, `valid_to`, the first and last year at whose end the
        name had this code under this parent, 1980 also for what is older, missing if it still holds; `certainty`;
        `candidates`, a tuple of paths with codes, and with years where they do not hold for the year asked for.
        The certainty is *exact* (one division has this full name, or it is a short name of a province), *by parent*
        (several have it, those written before it decide), *only candidate* (a short name, and one division of the
        highest rank has it, others being counties or districts of it; or without a year, one division ever had it), *ambiguous*
        (several) or *unknown* (none: misspelt, of another year, a township, a development zone).

    Raises
    ------
    ValueError
        There are not as many years as names.

    Warns
    -----
    UserWarning
        A year lies outside the tables.

    Examples
    --------
    >>> table = find_places(["河南省信阳市平桥区", "沪", "朝阳区"], year=2024)
    >>> table[["code", "level", "certainty"]].fillna("").values.tolist()
    [['411503', '县级', 'exact'], ['310000', '省级', 'exact'], ['', '', 'ambiguous']]
    >>> table["candidates"][2]
    ('北京市朝阳区 110105', '吉林省长春市朝阳区 220104')
    >>> find_places(["襄樊市", "通县"], year=[2005, 1990])[["code", "valid_to"]].values.tolist()
    [['420600', 2009], ['110223', 1996]]
    """
    names = [names] if isinstance(names, str) else list(names)
    given = list(year) if isinstance(year, Iterable) else [year] * len(names)
    years = [None if pd.isna(when) else int(when) for when in given]
    if len(years) != len(names):
        raise ValueError(
            explain(f"{len(years)} years for {len(names)} names", allowed="one year, or as many as names")
        )
    asked = nearest_years(years)
    readings = [read_name(name, when) for name, when in zip(names, asked, strict=True)]
    return as_table({"name": names}, readings)


def places_in_text(text: str, *, year: int | None = None) -> pd.DataFrame:
    """Return the places that a title or the first lines of a document name, with their codes.

    Full names are found anywhere, as long as they are no part of a larger word (北京市场). Short names, names of two
    characters (和县) and those that are words as well (老城区) count only where a place can be expected: before them
    nothing, a mark, 在 or 关于; after them nothing, a mark, a year or an office. Where several divisions have the
    name, a place that the same text names decides, if only one of them lies in it.

    Parameters
    ----------
    text : str
        A title, a heading, some lines. In running text a name of three characters is sometimes chance.
    year : int or None
        The year for which the names hold, as in `find_places`.

    Returns
    -------
    DataFrame
        A row a place in the order of the text: `start`, `end`, `name` as written, then the columns of `find_places`.

    Examples
    --------
    >>> found = places_in_text("滨海县2024年政府工作报告", year=2024)
    >>> found[["start", "end", "name", "code", "certainty"]].values.tolist()
    [[0, 3, '滨海县', '320922', 'exact']]
    >>> places_in_text("在北京市委会议上谈朝阳区", year=2024)[["code", "certainty"]].values.tolist()
    [['110000', 'exact'], ['110105', 'by parent']]
    """
    found = scan(text, nearest_years([year])[0])
    written: dict[str, list[Any]] = {
        "start": [item.start for item in found],
        "end": [item.end for item in found],
        "name": [text[item.start : item.end] for item in found],
    }
    return as_table(written, [item.reading for item in found])


def as_table(written: dict[str, list[Any]], readings: Sequence[Reading]) -> pd.DataFrame:
    """Return readings as a table, after the columns that say what was read."""
    rows = [describe(reading) for reading in readings]
    table = pd.DataFrame(written | {column: [row[column] for row in rows] for column in COLUMNS})
    kinds = dict.fromkeys(("name", "code", "province", "city", "county", "level", "certainty"), "str")
    return table.astype(kinds | {"valid_from": "Int64", "valid_to": "Int64"})


def describe(reading: Reading) -> dict[str, Any]:
    """Return the columns that a reading fills.

    Examples
    --------
    >>> describe(read_name("信阳", 2024))["candidates"], describe(read_name("信阳", 2024))["city"]
    ((), '信阳市')
    """
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row["certainty"] = reading.certainty
    row["candidates"] = tuple(
        candidate(named, ended=reading.certainty == "unknown") for named in reading.candidates
    )
    if reading.country:
        row["level"] = COUNTRY_LEVEL
    if reading.named is not None:
        division, year = reading.named.division, reading.named.year
        parts = (*load_divisions().ancestors(division, year), division)
        names = {part.level: part.name for part in parts}
        row |= {"province": names.get("省级"), "city": names.get("地级"), "county": names.get("县级")}
        row |= {"code": division.code, "level": division.level, "valid_from": division.first}
        row["valid_to"] = None if division.last == LAST_YEAR else division.last
    return row
