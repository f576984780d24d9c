"""`metadata.csv` beside the files that are added: what their owner states about them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from ..errors import CorpusError, explain, explain_all
from .decoding import decode_bytes
from .documents import read_bytes

NAME = "metadata.csv"
TAKEN = frozenset({"doc_id", "unit_id", "start", "end", "section", "section_kind", "paragraph", "sentence"})
"""Columns that splitting a corpus makes; a column of the user's cannot have their names."""


@dataclass(frozen=True)
class Metadata:
    """The rows of a `metadata.csv` by the path of their file, relative to its folder, and its columns."""

    path: Path
    columns: tuple[str, ...]
    rows: dict[str, dict[str, str]]


def read_metadata(folder: Path) -> Metadata | None:
    """Return the metadata of a folder, or None if it has none.

    A CSV table with a header and a column `file`, in UTF-8 or any other Chinese encoding, as Excel saves it.

    Raises
    ------
    CorpusError
        No column `file`, a file or column twice, a year that is no year, a row that is too long, a column name
        that the library needs itself.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    text = decode_bytes(read_bytes(path), name=str(path)).text
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")))
    header = [column.strip() for column in next(reader, [])]
    _check_file_column(header, path)
    problems = _wrong_columns(header, path)
    rows: dict[str, dict[str, str]] = {}
    for values in reader:
        # Excel ends a table with rows of commas; they are no rows
        if not any(map(str.strip, values)):
            continue
        where = f"{path}, line {reader.line_num}"
        if len(values) > len(header):
            problems.append(explain(f"{len(values)} values for {len(header)} columns", where=where))
            continue
        row = {column: value.strip() for column, value in zip(header, values, strict=False) if column}
        file = row.pop("file").replace("\\", "/")
        problems += _wrong_values(file, row, taken=rows, where=where)
        rows[file] = row
    if problems:
        raise CorpusError(explain_all(problems))
    return Metadata(path, tuple(column for column in header if column and column != "file"), rows)


def _check_file_column(header: list[str], path: Path) -> None:
    if "file" not in header:
        raise CorpusError(
            explain(
                f"{NAME} has no column 'file'",
                where=str(path),
                allowed="columns separated by commas; found: " + ", ".join(header[:20]),
                todo="name the column with the file names “file”",
            )
        )


def _wrong_columns(header: list[str], path: Path) -> list[str]:
    problems = []
    for column in sorted(set(header)):
        if column in TAKEN or header.count(column) > 1:
            what = "is a name that the library uses itself" if column in TAKEN else "occurs twice"
            problems.append(explain(f"column {column!r} {what}", where=str(path), todo="rename it"))
    return problems


def _wrong_values(file: str, row: dict[str, str], *, taken: Container[str], where: str) -> list[str]:
    problems = []
    if not file or file in taken:
        problems.append(explain(f"file {file!r} occurs twice" if file else "file is empty", where=where))
    if row.get("year") and not re.fullmatch(r"[12]\d{3}", row["year"]):
        problems.append(
            explain(f"year is {row['year']!r}", where=where, allowed="four digits such as 2025, or nothing")
        )
    return problems
