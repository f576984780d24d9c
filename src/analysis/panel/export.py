"""A panel → the files that statistics programs read: csv, xlsx, Stata, Parquet, with a codebook beside them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import pandas as pd

from .. import paths
from ..errors import check_choice, explain
from ..nouns import require_noun
from .codebook import SUFFIXES, variable_names
from .panel_table import Panel

Layout = Literal["wide", "long"]
NO_TIME = datetime(2000, 1, 1)
"""Stamped into Stata's files, which must hold a time: the same panel gives the same bytes."""


def export_panel(panel: Panel, *, path: str | Path, layout: Layout = "wide") -> Path:
    """Write a panel to a file, and its codebook beside it as `NAME.codebook.csv`; return the panel's path.

    Parameters
    ----------
    panel : Panel
        From `build_panel`.
    path : path
        Its ending says the format: .csv (UTF-8 with a mark, so that Excel shows Chinese), .xlsx, .dta (Stata 14 and
        later, with labels), .parquet. A relative path counts from the project's root.
    layout : {"wide", "long"}
        "wide": a row a cell, with variables such as `shengtai_share`, as a regression wants it; "long": a row a cell
        and measure, as the panel's own table.

    Raises
    ------
    ValueError
        The ending is none of these, or the package that writes it is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from analysis import Corpus, build_panel
    >>> docvars = pd.DataFrame({"place": ["甲县"], "year": [2024]}, index=["甲"])
    >>> panel = build_panel(Corpus(["推进依法行政。"], docvars), measures={"法治": ["依法行政"]}, by=("place", "year"))
    >>> with TemporaryDirectory() as folder:
    ...     file = export_panel(panel, path=Path(folder) / "法治.csv")
    ...     pd.read_csv(file)[["place", "year", "fazhi_n"]].values.tolist()
    [['甲县', 2024, 1]]
    """
    require_noun(panel, Panel, verb="export_panel")
    check_choice(layout, ("wide", "long"), name="layout")
    file = paths.from_project(path)
    check_choice(file.suffix.lower(), tuple(WRITERS), name="the ending of path")
    table = wide_table(panel) if layout == "wide" else panel.table
    codebook = panel.wide_codebook if layout == "wide" else panel.codebook
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.stem}.codebook.csv")
    # Both are written under other names and put in place together, so that no codebook stands beside an older table.
    part, part_beside = (one.with_name(f".{one.name}.{os.getpid()}.part") for one in (file, beside))
    try:
        WRITERS[file.suffix.lower()](table, codebook, part)
        _to_csv(codebook, codebook, part_beside)
        part.replace(file)
        part_beside.replace(beside)
    finally:
        part.unlink(missing_ok=True)
        part_beside.unlink(missing_ok=True)
    return file


def wide_table(panel: Panel) -> pd.DataFrame:
    """Return a row a cell, with a variable for every measure and quantity."""
    names = variable_names([measure.name for measure in panel.measures])
    wide = panel.coverage
    for measure in panel.measures:
        part = panel.table.loc[panel.table["measure"] == measure.name, [*panel.by, *SUFFIXES]]
        renamed = {column: f"{names[measure.name]}_{suffix}" for column, suffix in SUFFIXES.items()}
        wide = wide.merge(part.rename(columns=renamed), on=list(panel.by), how="left")
    return wide.sort_values(list(panel.by), ignore_index=True)


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with a quotation mark before text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> harmless(pd.DataFrame({"place": ["=1+1", "甲县"]}))["place"].tolist()
    ["'=1+1", '甲县']
    """

    def quoted(value: object) -> object:
        return (
            f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
        )

    made = table.copy(deep=False)
    for name in made.columns:
        if not pd.api.types.is_numeric_dtype(made[name]):
            made[name] = made[name].map(quoted, na_action="ignore")
    return made


def _to_csv(table: pd.DataFrame, codebook: pd.DataFrame, file: Path) -> None:
    # Floats in full: a share read back must be the share that was computed.
    harmless(table).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _to_xlsx(table: pd.DataFrame, codebook: pd.DataFrame, file: Path) -> None:
    import openpyxl

    with pd.ExcelWriter(file, engine=openpyxl.__name__) as book:
        harmless(table).to_excel(book, sheet_name="panel", index=False)
        harmless(codebook).to_excel(book, sheet_name="codebook", index=False)


def _to_stata(table: pd.DataFrame, codebook: pd.DataFrame, file: Path) -> None:
    labels = dict(zip(codebook["variable"], codebook["label_zh"], strict=True))
    plain = table.copy(deep=False)
    for name in plain.columns:
        if pd.api.types.is_numeric_dtype(plain[name]):
            # Stata has no missing integers of pandas' kind; its double holds every count exactly.
            plain[name] = plain[name].astype("float64")
        else:
            plain[name] = plain[name].astype(object).where(plain[name].notna(), "")
    plain.to_stata(
        file,
        write_index=False,
        version=118,
        time_stamp=NO_TIME,
        variable_labels={name: labels.get(name, "")[:80] for name in plain.columns},
    )


def _to_parquet(table: pd.DataFrame, codebook: pd.DataFrame, file: Path) -> None:
    _need("pyarrow", file)
    table.to_parquet(file, index=False)


def _need(package: str, file: Path) -> None:
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise ValueError(
            explain(
                f"a file {file.suffix} needs the package {package}, which is not installed",
                allowed=".csv and .dta without it",
                todo=f"pip install {package}",
            )
        )


WRITERS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Path], None]] = {
    ".csv": _to_csv,
    ".xlsx": _to_xlsx,
    ".dta": _to_stata,
    ".parquet": _to_parquet,
}
