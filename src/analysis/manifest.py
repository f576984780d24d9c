"""The manifest: one row a document, its columns, and whether the files agree with it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .errors import CorpusError, explain
from .provenance import digest_bytes

COLUMNS = (
    "id",
    "file",
    "title",
    "label",
    "label_en",
    "type",
    "level",
    "place",
    "year",
    "date",
    "issuing_body",
    "speaker",
    "source",
    "sha256",
    "encoding",
    "rights",
    "inferred",
)
"""Columns of `manifest.csv`. `label` and `label_en` are our short names for figures; `inferred` lists the
columns whose value is inferred and not stated by the source, separated by spaces. Unknown is empty."""

REQUIRED = ("id", "file", "sha256")
IGNORED_FILES = frozenset({".DS_Store", ".gitkeep", "Thumbs.db", "desktop.ini"})


def read_manifest(folder: Path, *, name: str = "manifest.csv") -> pd.DataFrame:
    """Return the manifest as text columns, `year` as a nullable integer; missing columns come back empty.

    Raises
    ------
    CorpusError
        No folder, no manifest, no rows, a required column or value missing, an id or file twice, a year
        that is no number.
    """
    path = folder / name
    hint = f"python -m analysis add FILE… --corpus {folder.name}"
    if not folder.is_dir():
        raise CorpusError(explain(f"there is no corpus folder {folder}", todo=hint))
    if not path.is_file():
        raise CorpusError(explain(f"the corpus has no {name}", where=str(folder), todo=hint))
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise CorpusError(
            explain(
                f"{name} cannot be read as a table: {error}",
                where=str(path),
                allowed="CSV in UTF-8 with a header row",
                todo="in Excel, save as “CSV UTF-8 (comma delimited)”",
            )
        ) from None
    for column in REQUIRED:
        if column not in table.columns:
            raise CorpusError(
                explain(f"{name} has no column {column!r}", where=str(path), allowed=", ".join(COLUMNS))
            )
    for column in COLUMNS:
        if column not in table.columns:
            table[column] = ""
    if table.empty:
        raise CorpusError(explain(f"{name} lists no documents", where=str(path), todo=hint))
    for column in REQUIRED:
        for number, value in enumerate(table[column], start=2):
            if not value.strip():
                raise CorpusError(explain(f"{column} is empty", where=f"{path}, line {number}"))
    for column in ("id", "file"):
        repeated = table[column].duplicated()
        if repeated.any():
            line = int(repeated.to_numpy().argmax()) + 2
            raise CorpusError(
                explain(
                    f"{column} {table[column].iloc[line - 2]!r} occurs twice",
                    where=f"{path}, line {line}",
                    allowed="one row a document",
                )
            )
    for number, value in enumerate(table["year"], start=2):
        if value and not value.isdecimal():
            raise CorpusError(
                explain(
                    f"year is {value!r}",
                    where=f"{path}, line {number}",
                    allowed="digits such as 2025, or nothing",
                )
            )
    table["year"] = pd.array([int(value) if value else None for value in table["year"]], dtype="Int64")
    others = [column for column in table.columns if column not in COLUMNS]
    return table[[*COLUMNS, *others]]


def check_files(folder: Path, table: pd.DataFrame, *, name: str = "manifest.csv") -> None:
    """Raise CorpusError where the files of `raw/` and the manifest's rows do not agree."""
    raw = folder / "raw"
    path = folder / name
    listed = set()
    for number, row in enumerate(table.itertuples(index=False), start=2):
        file = raw / str(row.file)
        listed.add(str(row.file))
        if not file.resolve().is_relative_to(raw.resolve()):
            raise CorpusError(
                explain(
                    f"{row.file} lies outside raw/", where=f"{path}, line {number}", allowed="a file in raw/"
                )
            )
        if not file.is_file():
            raise CorpusError(
                explain(
                    f"{row.file} is in the manifest, but there is no such file",
                    where=f"{path}, line {number}",
                    allowed=f"a file in {raw}",
                    todo="put the file back, or take the row out",
                )
            )
        found = digest_bytes(file.read_bytes())
        if found != row.sha256:
            raise CorpusError(
                explain(
                    f"{row.file} is not the file that the manifest describes: its SHA-256 begins {found[:12]}, "
                    f"the manifest says {str(row.sha256)[:12]}",
                    where=f"{path}, line {number}",
                    todo="put the original back; files in raw/ are never edited, corrections go to corrections.csv",
                )
            )
    for found_file in sorted(raw.iterdir()) if raw.is_dir() else []:
        if found_file.name not in listed and found_file.name not in IGNORED_FILES:
            raise CorpusError(
                explain(
                    f"{found_file.name} is in raw/, but not in the manifest",
                    where=str(path),
                    todo=f"move it out of raw/ and run: python -m analysis add {found_file.name}",
                )
            )


def write_manifest(folder: Path, table: pd.DataFrame, *, name: str = "manifest.csv") -> None:
    """Write the manifest (UTF-8, LF), complete or not at all."""
    part = folder / f"{name}.part"
    table.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
    part.replace(folder / name)
