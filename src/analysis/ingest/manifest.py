"""The manifest: one row a document, its columns, and whether the files agree with it."""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from ..errors import CorpusError, explain, explain_all
from ..provenance import digest_bytes

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
TYPE_NAMES = {"讲话": "speeches", "报告": "reports", "文章": "articles", "文件": "documents"}
"""What the types of text are called in English."""

IGNORED_FILES = frozenset({".DS_Store", ".gitkeep", "Thumbs.db", "desktop.ini"})
ID = re.compile(r"[^\s#/\\][^#/\\\x00-\x1f]*")
ID_RULE = "a name without #, / and \\ on one line"
PART = ".part"
"""Ending of what is not finished. `manifest.csv.part` is the manifest that an unfinished `add` was to write."""


def read_manifest(folder: Path, *, name: str = "manifest.csv", empty_is_fine: bool = False) -> pd.DataFrame:
    """Return the manifest as text columns, `year` as a nullable integer; missing columns come back empty.

    Parameters
    ----------
    folder : Path
        The corpus folder.
    name : str
        The manifest's file name.
    empty_is_fine : bool
        Whether a manifest without a row is accepted.

    Raises
    ------
    CorpusError
        No folder, no manifest, no rows, no CSV in UTF-8, a required column or value missing, an id or file
        twice, a year that is no year. All wrong rows are named at once.
    """
    path = folder / name
    hint = f"python -m analysis add FILE… --corpus {folder.name}"
    if not folder.is_dir():
        raise CorpusError(explain(f"there is no corpus folder {folder}", todo=hint))
    if not path.is_file():
        raise CorpusError(explain(f"the corpus has no {name}", where=str(folder), todo=hint))
    table = _read_table(path)
    for column in REQUIRED:
        if column not in table.columns:
            raise CorpusError(
                explain(
                    f"{name} has no column {column!r}",
                    where=f"{path}; its columns: {', '.join(map(str, table.columns[:20]))}",
                    allowed="columns separated by commas: " + ", ".join(COLUMNS),
                )
            )
    for column in COLUMNS:
        if column not in table.columns:
            table[column] = ""
    if table.empty and not empty_is_fine:
        raise CorpusError(explain(f"{name} lists no documents", where=str(path), todo=hint))
    problems = list(_wrong_values(table, path))
    if problems:
        raise CorpusError(explain_all(problems))
    table["year"] = pd.array([int(value) if value else None for value in table["year"]], dtype="Int64")
    others = [column for column in table.columns if column not in COLUMNS]
    return table[[*COLUMNS, *others]]


def _read_table(path: Path) -> pd.DataFrame:
    """Return the CSV as it is, all text; a byte order mark and Windows line ends are fine."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CorpusError(
            explain(
                f"{path.name} is not in UTF-8",
                where=f"{path}, line {line}",
                allowed="CSV in UTF-8 with a header row",
                todo="Excel has saved it in another encoding: save it as “CSV UTF-8 (comma delimited)”",
            )
        ) from None
    try:
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, index_col=False)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        raise CorpusError(
            explain(
                f"{path.name} cannot be read as a table: {str(error).strip()}",
                where=str(path),
                allowed="CSV in UTF-8 with a header row, a value for each column",
            )
        ) from None
    table.columns = table.columns.str.strip()
    for column in table.columns:
        table[column] = table[column].str.strip()
    return table


def _wrong_values(table: pd.DataFrame, path: Path) -> Iterator[str]:
    """Yield what is wrong with single values, with their line."""
    for column in REQUIRED:
        for line, value in enumerate(table[column], start=2):
            if not value:
                yield explain(f"{column} is empty", where=f"{path}, line {line}")
    for line, value in enumerate(table["id"], start=2):
        if value and not ID.fullmatch(value):
            yield explain(f"id is {value!r}", where=f"{path}, line {line}", allowed=ID_RULE)
    for column in ("id", "file"):
        repeated = table[column].duplicated() & (table[column] != "")
        for index in repeated.to_numpy().nonzero()[0]:
            yield explain(
                f"{column} {table[column].iloc[index]!r} occurs twice",
                where=f"{path}, line {index + 2}",
                allowed="one row a document",
            )
    for line, value in enumerate(table["year"], start=2):
        if value and not re.fullmatch(r"[12][0-9]{3}", value):
            yield explain(
                f"year is {value!r}",
                where=f"{path}, line {line}",
                allowed="four digits such as 2025, or nothing",
            )


def check_files(
    folder: Path, table: pd.DataFrame, *, name: str = "manifest.csv", unlisted_is_fine: bool = False
) -> None:
    """Raise CorpusError where the files of `raw/` and the manifest's rows do not agree; name all of them.

    Files that an interrupted `add` left behind are no error: they were never taken into the corpus.
    """
    raw = folder / "raw"
    path = folder / name
    problems = []
    for line, row in enumerate(table.itertuples(index=False), start=2):
        problem = _wrong_file(raw, str(row.file), str(row.sha256), f"{path}, line {line}")
        if problem:
            problems.append(problem)
    listed = set(table["file"])
    unlisted = [] if unlisted_is_fine else unlisted_files(folder, listed | _interrupted(folder, name))
    for found in unlisted:
        problems.append(
            explain(
                f"{found.relative_to(raw)} is in raw/, but not in the manifest",
                where=str(path),
                todo=f"take it in with: python -m analysis add {found} --corpus {folder}; or take it out of raw/",
            )
        )
    if problems:
        raise CorpusError(explain_all(problems))


def _wrong_file(raw: Path, name: str, sha256: str, where: str) -> str:
    """Return what is wrong with the file of a row, or nothing."""
    file = raw / name
    if not file.resolve().is_relative_to(raw.resolve()):
        return explain(f"{name} lies outside raw/", where=where, allowed="a file in raw/")
    if not file.is_file():
        return explain(
            f"{name} is in the manifest, but there is no such file",
            where=where,
            allowed=f"a file in {raw}",
            todo="put the file back, or take the row out",
        )
    found = digest_bytes(file.read_bytes())
    if found != sha256.lower():
        return explain(
            f"{name} is not the file that the manifest describes: its SHA-256 begins {found[:12]}, "
            f"the manifest says {sha256[:12]}",
            where=where,
            todo="put the original back; files in raw/ are never edited, corrections go to corrections.csv",
        )
    return ""


def unlisted_files(folder: Path, listed: Collection[str]) -> list[Path]:
    """Return the documents in `raw/` and its folders that no row names, in order."""
    raw = folder / "raw"
    files = sorted(path for path in raw.rglob("*") if path.is_file()) if raw.is_dir() else []
    return [
        path
        for path in files
        if path.relative_to(raw).as_posix() not in listed
        and path.name not in IGNORED_FILES
        and not path.name.endswith(PART)
        and not path.name.startswith(".")
    ]


def _interrupted(folder: Path, name: str) -> set[str]:
    """Return the files that an unfinished `add` was to take in."""
    part = folder / (name + PART)
    try:
        return set(_read_table(part)["file"])
    except (OSError, CorpusError, KeyError):
        return set()


def write_part(folder: Path, table: pd.DataFrame, *, name: str = "manifest.csv") -> Path:
    """Return the path of the manifest's next version, written beside it: UTF-8, LF, a mark where the old has one.

    To rename it to the manifest's own name is the one moment at which the corpus changes.
    """
    old, part = folder / name, folder / (name + PART)
    marked = old.is_file() and old.read_bytes().startswith(BOM_UTF8)
    text = table.to_csv(index=False, lineterminator="\n")
    part.write_bytes(text.encode("utf-8-sig" if marked else "utf-8"))
    return part
