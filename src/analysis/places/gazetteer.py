"""The table of divisions: which name had which code under which parent in which years."""

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .. import paths
from ..errors import CorpusError, explain
from .division_names import ABBREVIATIONS, ALSO_WRITTEN, short_forms

FILE = "divisions.tsv"
FIRST_YEAR, LAST_YEAR = 1980, 2025
TODAY = LAST_YEAR + 1
"""Any year after the last table: what stands at its end."""
SUCCESSORS = {("51", "50"), ("44", "46")}
"""Provinces that were cut out of others: Chongqing out of Sichuan (1997), Hainan out of Guangdong (1988)."""


class Division(NamedTuple):
    """A name with one code under one parent; `first` and `last` are years at whose end it stood."""

    code: str
    name: str
    parent: str
    first: int
    last: int

    @property
    def level(self) -> str:
        """省级, 地级 or 县级.

        Examples
        --------
        >>> Division("310000", "上海市", "", 1980, 2025).level
        '省级'
        """
        return "省级" if self.code[2:] == "0000" else "地级" if self.code[4:] == "00" else "县级"


class Named(NamedTuple):
    """A division in the year for which a name is looked up, or the nearest year in which it stood."""

    division: Division
    year: int
    full: bool
    """The name is the full one, with its ending."""


class Gazetteer:
    """All divisions, by the forms in which they are written and by code."""

    def __init__(self, divisions: list[Division]) -> None:
        self.by_code: dict[str, list[Division]] = {}
        self.by_form: dict[str, list[tuple[Division, bool]]] = {}
        self.forms_by_start: dict[str, list[str]] = {}
        for division in divisions:
            self.by_code.setdefault(division.code, []).append(division)
        names: dict[str, list[Division]] = {}
        for division in divisions:
            names.setdefault(division.name, []).append(division)
        for name, bearers in names.items():
            self._enter(name, bearers, full=True)
            for form in short_forms(name):
                if form != name:
                    self._enter(form, bearers, full=False)
        for form, name in (ABBREVIATIONS | ALSO_WRITTEN).items():
            self._enter(form, names[name], full=False)
        for form in sorted(self.by_form, key=len, reverse=True):
            if len(form) > 1:
                self.forms_by_start.setdefault(form[:2], []).append(form)
        self._ancestors: dict[tuple[str, int], tuple[Division, ...]] = {}

    def _enter(self, form: str, bearers: list[Division], *, full: bool) -> None:
        self.by_form.setdefault(form, []).extend((division, full) for division in bearers)

    def forms_at(self, text: str, start: int) -> Iterator[str]:
        """Yield the forms that begin at a position of a text, the longest first; no single characters.

        Examples
        --------
        >>> list(load_divisions().forms_at("在滨海县检查", 1))
        ['滨海县', '滨海']
        """
        for form in self.forms_by_start.get(text[start : start + 2], ()):
            if text.startswith(form, start):
                yield form

    def bearers(self, form: str, year: int | None) -> list[Named]:
        """Return the divisions that bear a form in a year: all that stand at its end or stood at its beginning.

        What only got another code, ending or parent in that year is there once, as it stands at the end. Without
        a year, all that ever bore the form, each in its last year.

        Examples
        --------
        >>> [(named.division.name, named.year) for named in load_divisions().bearers("密云", 2015)]
        [('密云区', 2015)]
        """
        known = self.by_form.get(form, [])
        if year is None:
            return [Named(division, division.last, full) for division, full in known]
        last = min(year, LAST_YEAR)
        now = [Named(d, last, full) for d, full in known if d.first <= last <= d.last]
        before = [Named(d, year - 1, full) for d, full in known if d.last == year - 1 != last]
        return now + [old for old in before if not any(follows(new.division, old.division) for new in now)]

    def parent(self, division: Division, year: int) -> Division | None:
        """Return the division right above, as it was in a year, or None above provinces."""
        for above in self.by_code.get(division.parent, ()):
            if above.first <= year <= above.last:
                return above
        return None

    def ancestors(self, division: Division, year: int) -> tuple[Division, ...]:
        """Return the divisions above, from the province down.

        Examples
        --------
        >>> table = load_divisions()
        >>> [above.name for above in table.ancestors(table.by_code["411503"][0], 2024)]
        ['河南省', '信阳市']
        """
        key = (division.parent, year)
        if key not in self._ancestors:
            above = self.parent(division, year)
            self._ancestors[key] = (*self.ancestors(above, year), above) if above else ()
        return self._ancestors[key]

    def path(self, named: Named) -> str:
        """Return the full name with all parents: 河南省信阳市平桥区."""
        above = self.ancestors(named.division, named.year)
        return "".join(division.name for division in (*above, named.division))


def follows(new: Division, old: Division) -> bool:
    """Return whether a division that begins in a year is the one of the same rank that ended in the year before.

    Examples
    --------
    >>> [old, new] = [load_divisions().by_form[name][-1][0] for name in ("密云县", "密云区")]
    >>> follows(new, old), follows(old, new)
    (True, False)
    """
    provinces = (old.code[:2], new.code[:2])
    near = provinces[0] == provinces[1] or provinces in SUCCESSORS
    same_rank = new.level == old.level or (new.level == "省级" and new.name == old.name)
    return new.first == old.last + 1 and near and same_rank


@cache
def load_divisions() -> Gazetteer:
    """Return the table of divisions; it is read once.

    Examples
    --------
    >>> load_divisions().by_code["310000"][0].name
    '上海市'
    """
    path = paths.RESOURCES / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    divisions = []
    for line in lines[next(i for i, line in enumerate(lines) if not line.startswith("#")) + 1 :]:
        fields = line.split("\t")
        if len(fields) != 5:
            raise CorpusError(
                explain(f"a row of {len(fields)} columns: {line!r}", where=str(path), allowed="5")
            )
        code, name, parent, first, last = fields
        divisions.append(Division(code, name, parent, int(first), int(last)))
    return Gazetteer(divisions)


def nearest_years(years: Sequence[int | None]) -> list[int | None]:
    """Return the years for which there is a table, with one warning for those that lie outside.

    Examples
    --------
    >>> nearest_years([2010, None])
    [2010, None]
    """
    outside = sorted({year for year in years if year is not None and not FIRST_YEAR <= year <= LAST_YEAR})
    if outside:
        warnings.warn(
            f"no table of divisions for {', '.join(map(str, outside))}: "
            f"the nearest is used, {FIRST_YEAR} or {LAST_YEAR}",
            UserWarning,
            stacklevel=3,
        )
    return [None if year is None else min(max(year, FIRST_YEAR), TODAY) for year in years]
