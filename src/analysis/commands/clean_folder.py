"""Repair files without writing any code: texts, a change log and comparisons in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..cleaning.clean_text import clean_and_explain
from ..cleaning.comparison_page import view_changes, view_page
from ..cleaning.plan import explain_plan
from ..errors import CorpusError, explain
from ..ingest import read_document
from ..provenance import table_to_csv

SUFFIXES = frozenset({".txt", ".text", ".md", ".docx", ".pdf", ".html", ".htm"})
CHANGES = "changes.csv"
OVERVIEW = "overview.csv"
CHANGE_COLUMNS = ("file", "rule", "start", "end", "before", "after", "certainty", "note", "alternatives")
OVERVIEW_COLUMNS = (
    "file",
    "repaired",
    "comparison",
    "encoding",
    "characters",
    "changes",
    "unresolved",
    "problem",
)


@dataclass(frozen=True)
class _Job:
    file: Path
    name: str
    stem: Path


def clean_folder(
    source: str | Path,
    *,
    out: str | Path,
    jobs: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Return an overview of the files that were repaired into a folder.

    For every text, Word, PDF or saved web page in the source: `<name>.txt`, the repaired text in UTF-8, and
    `<name>.html`, original and repaired text side by side; for all together `changes.csv`, the change log,
    and `overview.csv`. A file that cannot be read is set aside and listed. Each file appears only when it is
    complete.

    Parameters
    ----------
    source : path
        A file, or a folder that is searched with all its subfolders.
    out : path
        The folder to write to; made if missing, and it must not hold such files yet.
    jobs : int, optional
        How many processes; as many as there are processors by default.
    progress : callable, optional
        Is given one line of text whenever a file is done.

    Returns
    -------
    DataFrame
        `file, repaired, comparison, encoding, characters, changes, unresolved, problem`, a row a file, in
        the order of the names; `problem` is empty where all went well.

    Raises
    ------
    CorpusError
        There is nothing to clean, the target is not empty, or it lies inside the source.
    ValueError
        `jobs` is less than 1.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "讲话.txt"
    ...     _ = file.write_text("全面依法治區(qū)", encoding="utf-8")
    ...     overview = clean_folder(file, out=Path(folder) / "out", jobs=1)
    ...     (Path(folder) / "out" / "讲话.txt").read_text(encoding="utf-8")
    '全面依法治区\\n'
    >>> overview[["file", "changes", "unresolved"]].values.tolist()
    [['讲话.txt', 2, 0]]
    """
    start, target = Path(source).expanduser(), Path(out).expanduser()
    if jobs is not None and jobs < 1:
        raise ValueError(explain(f"jobs is {jobs}", allowed="1 or more"))
    work = _plan_work(start, target)
    target.mkdir(parents=True, exist_ok=True)
    done: dict[str, tuple[dict[str, object], list[tuple[object, ...]]]] = {}
    for row, changes in _results(work, target, min(jobs or os.cpu_count() or 1, len(work))):
        done[str(row["file"])] = (row, changes)
        if progress is not None:
            state = row["problem"] or f"{row['changes']} changes, {row['unresolved']} unresolved"
            progress(f"{len(done)}/{len(work)} {row['file']}: {str(state).splitlines()[0]}")
    rows = [done[job.name] for job in work]
    overview = pd.DataFrame([row for row, _ in rows], columns=list(OVERVIEW_COLUMNS))
    log = pd.DataFrame([change for _, changes in rows for change in changes], columns=list(CHANGE_COLUMNS))
    _write(target / CHANGES, table_to_csv(log))
    _write(target / OVERVIEW, table_to_csv(overview))
    return overview


def _plan_work(source: Path, target: Path) -> list[_Job]:
    """Return what is to be done, before anything is written."""
    if not source.exists():
        raise CorpusError(explain(f"there is no {source}", todo="give a file or a folder with texts"))
    if target.exists() and not target.is_dir():
        raise CorpusError(explain(f"{target} is a file", allowed="a folder for the results"))
    if source.is_dir():
        root = source
        files = sorted(path for path in source.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
        if target.resolve().is_relative_to(source.resolve()):
            raise CorpusError(
                explain(
                    f"{target} lies inside {source}",
                    allowed="a folder outside, so that results are not read again",
                )
            )
    else:
        root = source.parent
        files = [source]
    if not files:
        raise CorpusError(
            explain(f"{source} holds no texts", allowed=", ".join(sorted(SUFFIXES)), todo="give another folder")
        )
    work = []
    taken: set[str] = set()
    for file in files:
        relative = file.relative_to(root)
        stem = relative.with_suffix("")
        if str(stem).casefold() in taken:
            stem = relative.with_name(relative.name.replace(".", "-"))
        taken.add(str(stem).casefold())
        work.append(_Job(file, relative.as_posix(), stem))
    names = [OVERVIEW, CHANGES, *(f"{job.stem}.txt" for job in work), *(f"{job.stem}.html" for job in work)]
    for name in names:
        if (target / name).exists():
            raise CorpusError(
                explain(
                    f"{target / name} is there already", allowed="an empty folder", todo="name another --out"
                )
            )
    return work


def _results(
    work: list[_Job], target: Path, jobs: int
) -> Iterator[tuple[dict[str, object], list[tuple[object, ...]]]]:
    if jobs == 1:
        for job in work:
            yield _repair(job, target)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        waiting = [pool.submit(_repair, job, target) for job in work]
        try:
            for future in as_completed(waiting):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _repair(job: _Job, target: Path) -> tuple[dict[str, object], list[tuple[object, ...]]]:
    """Repair one file: write text and comparison, return its row and its changes."""
    row: dict[str, object] = dict.fromkeys(OVERVIEW_COLUMNS, "")
    row |= {"file": job.name, "characters": 0, "changes": 0, "unresolved": 0}
    try:
        document = read_document(job.file)
    except (CorpusError, OSError) as error:
        return row | {"problem": str(error)}, []
    cleaned = clean_and_explain(document.text)
    changes = explain_plan(document.text, plan=cleaned.plan)
    text, page = target / f"{job.stem}.txt", target / f"{job.stem}.html"
    text.parent.mkdir(parents=True, exist_ok=True)
    view = view_changes(document.text, context=0, max_lines=2000)
    _write(page, view_page(view, title=job.name))
    _write(text, cleaned.text + "\n")
    row |= {
        "repaired": text.relative_to(target).as_posix(),
        "comparison": page.relative_to(target).as_posix(),
        "encoding": document.encoding,
        "characters": len(document.text),
        "changes": len(changes) - len(cleaned.unresolved),
        "unresolved": len(cleaned.unresolved),
    }
    log: list[tuple[object, ...]] = [
        (
            job.name,
            change.rule,
            change.start,
            change.end,
            change.before,
            change.after,
            change.certainty,
            change.note,
            " | ".join(change.alternatives),
        )
        for change in changes
    ]
    return row, log


def _write(path: Path, text: str) -> None:
    """Write a file completely or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
