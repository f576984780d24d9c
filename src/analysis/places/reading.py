"""What a written name can mean in a year: one division, several, or none."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from .gazetteer import LAST_YEAR, TODAY, Division, Gazetteer, Named, follows, load_divisions

Certainty = Literal["exact", "by parent", "only candidate", "ambiguous", "unknown"]
COUNTRY = frozenset({"中国", "中华人民共和国", "全国"})
COUNTRY_LEVEL = "国家级"
SEPARATORS = re.compile(r"[\s\u3000·・/／\\>＞,，\-—–]+")
COUNTRY_BEFORE = re.compile(r"(?:中华人民共和国|中国)(?=.)")
FILLERS = ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级行政区划", "直辖县", "县")
"""Rows of GB/T 2260 between a municipality or province and its counties that are no places."""


class Reading(NamedTuple):
    """What a name was found to mean: a division, or why there is none."""

    certainty: Certainty
    named: Named | None = None
    candidates: tuple[Named, ...] = ()
    country: bool = False


class Chain(NamedTuple):
    """Divisions written one after the other, each within the one before; the last is meant."""

    end: int
    forms: tuple[str, ...]
    first: Named
    last: Named


class Found(NamedTuple):
    """A place in a text and what it means."""

    start: int
    end: int
    reading: Reading


def chains(text: str, start: int, year: int | None, before: Chain | None = None) -> Iterator[Chain]:
    """Yield every way to read divisions one within the other from a position of a text on.

    Examples
    --------
    >>> [(chain.forms, chain.last.division.code) for chain in chains("信阳平桥区政府", 0, 2024)]
    [(('信阳',), '411500'), (('信阳', '平桥区'), '411503'), (('信阳', '平桥'), '411503')]
    """
    table = load_divisions()
    for form in table.forms_at(text, start):
        for named in table.bearers(form, year):
            if before is None or _within(table, named, before.last.division):
                forms = (*(before.forms if before else ()), form)
                chain = Chain(start + len(form), forms, before.first if before else named, named)
                yield chain
                if named.division.level != "县级" and chain.end < len(text):
                    yield from chains(text, chain.end, year, chain)
    if before is not None:
        for filler in FILLERS:
            if text.startswith(filler, start):
                yield from chains(text, start + len(filler), year, before)


def _within(table: Gazetteer, named: Named, above: Division) -> bool:
    return any(division.code == above.code for division in table.ancestors(named.division, named.year))


@lru_cache(maxsize=65536)
def read_name(name: str, year: int | None) -> Reading:
    """Return what a name means at the level of the table; `year` is None or one of the table's.

    Examples
    --------
    >>> read_name("河南省信阳市平桥区", 2024).named.division.code
    '411503'
    >>> read_name("朝阳区", 2024).certainty
    'ambiguous'
    """
    text = COUNTRY_BEFORE.sub("", SEPARATORS.sub("", name), count=1) if name not in COUNTRY else name
    if text in COUNTRY:
        return Reading("exact", country=True)
    reading = _read(text, TODAY if year is None else year)
    if year is None and reading.certainty == "unknown":
        reading = _read(text, None)
        if reading.named is not None:
            return reading._replace(certainty="only candidate")
    if reading.certainty == "unknown" and not reading.candidates:
        ever = _read(text, None)
        rest = ever.candidates or ((ever.named,) if ever.named else ()) or _deepest(text, year)
        return Reading("unknown", candidates=rest)
    return reading


def _read(text: str, year: int | None) -> Reading:
    table = load_divisions()
    found = [chain for chain in chains(text, 0, year) if chain.end == len(text)]
    if len(text) == 1:
        found = [Chain(1, (text,), named, named) for named in table.bearers(text, year)]
    return choose(found, year)


def choose(found: list[Chain], year: int | None) -> Reading:
    """Return the division that the readings of one name agree on, or all that they could mean."""
    if not found:
        return Reading("unknown")
    full = [chain for chain in found if chain.last.full]
    if full and (year is None or any(chain.last.year == min(year, LAST_YEAR) for chain in full)):
        found = full
    meant = _once(chain.last for chain in found)
    if len(meant) == 1:
        return Reading(_certainty(found[0], year), meant[0])
    top = _top(meant)
    if top is None:
        return Reading("ambiguous", candidates=meant)
    others = tuple(named for named in meant if named is not top)
    return Reading(_certainty(next(c for c in found if c.last == top), year), top, others)


def _once(found: Iterator[Named]) -> tuple[Named, ...]:
    """Return each division once; of several years, those that follow on each other are one, as it was last."""
    meant: list[Named] = []
    for named in sorted(set(found), key=lambda named: (named.division.first, named.division.code)):
        division = named.division
        for index, earlier in enumerate(meant):
            old = earlier.division
            if old.name == division.name and follows(division, old):
                meant[index] = named
                break
        else:
            meant.append(named)
    return tuple(sorted(meant, key=lambda named: named.division.code))


def _top(meant: tuple[Named, ...]) -> Named | None:
    """Return the one that a short name means by custom: a province; a city before the counties and districts in it.

    Not before another city: 信阳 in 1990 may be the prefecture (信阳地区) or the city that was its seat. And not where
    one of them has ended: 思茅 in 2007 was the city first and then a district of 普洱市.
    """
    table = load_divisions()
    if any(named.full or named.year != meant[0].year for named in meant):
        return None
    provinces = [named for named in meant if named.division.level == "省级"]
    if provinces:
        return provinces[0] if len(provinces) == 1 else None
    for named in meant:
        rest = [other for other in meant if other is not named]
        if all(_within(table, other, named.division) and other.division.name[-1] != "市" for other in rest):
            return named
    return None


def _certainty(chain: Chain, year: int | None) -> Certainty:
    """Return how a division was found: by its own name, with the help of those before it, or by a short name."""
    alone = load_divisions().bearers(chain.forms[-1], year)
    full = [named for named in alone if named.full]
    if chain.last.full:
        if len(full) == 1 or chain.last.division.level == "省级":
            return "exact"
        return "by parent" if len(chain.forms) > 1 else "exact"
    if chain.last.division.level == "省级":
        return "exact"
    return "by parent" if len(chain.forms) > 1 else "only candidate"


def _deepest(text: str, year: int | None) -> tuple[Named, ...]:
    """Return what the beginning of an unknown name means: the parent of a township or a development zone."""
    found = list(chains(text, 0, TODAY if year is None else year))
    if not found:
        return ()
    end = max(chain.end for chain in found)
    reading = choose([chain for chain in found if chain.end == end], year)
    return (reading.named,) if reading.named else reading.candidates


def candidate(named: Named, *, ended: bool) -> str:
    """Return a candidate as its path and code, with its years if it has ended and that is why it is not the answer.

    Examples
    --------
    >>> [candidate(named, ended=True) for named in read_name("襄樊市", 2020).candidates]
    ['湖北省襄樊市 420600 1980–2009']
    """
    division = named.division
    years = f" {division.first}–{division.last}" if ended and division.last != LAST_YEAR else ""
    return f"{load_divisions().path(named)} {division.code}{years}"
