"""Files → a corpus folder: all of them or none, byte for byte, with a row each in the manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .. import paths
from ..errors import CorpusError, explain, explain_all, nearest
from ..ingest.document_ids import make_id, make_label
from ..ingest.documents import read_bytes, read_document
from ..ingest.guess import guess_date, guess_level, guess_place, guess_title, guess_type, guess_year
from ..ingest.manifest import (
    COLUMNS,
    ID,
    ID_RULE,
    IGNORED_FILES,
    check_files,
    read_manifest,
    unlisted_files,
    write_part,
)
from ..ingest.metadata import NAME as METADATA
from ..ingest.metadata import Metadata, read_metadata
from ..ingest.raw_document import RawDocument
from ..provenance import digest_bytes

NOT_STATED = ("id", "file", "sha256", "label", "label_en", "encoding", "inferred")


@dataclass(frozen=True)
class Source:
    """A file that is to be added, and what its owner states about it."""

    path: Path
    stated: dict[str, str]


@dataclass(frozen=True)
class Found:
    """A file that has been read."""

    source: Source
    sha256: str
    document: RawDocument


def add_files(files: str | Path | Iterable[str | Path], *, corpus: str | Path = paths.CORPUS) -> pd.DataFrame:
    """Return the manifest rows of the files that were added to a corpus; all of them are added, or none.

    Each file is copied into the corpus's `raw/`, byte for byte, and gets a row in `manifest.csv`: its digest, its
    encoding, and title, type, level, place, year and date as far as its name and first lines suggest them; the
    column `inferred` names those that are guesses. Folders are walked. A table `metadata.csv` beside the files,
    with a column `file`, states what is known: its columns are taken as they are, unknown ones too.

    A corpus that does not exist yet is made. A file that already lies in `raw/` without a row gets its row. When
    the work is interrupted at any moment, the corpus stays as readable as it was.

    Parameters
    ----------
    files : path or iterable of paths
        Files and folders: .txt in any Chinese encoding, .docx, .pdf with a text layer, saved .html.
    corpus : path
        The corpus folder; a relative path counts from the project's root.

    Returns
    -------
    DataFrame
        A row a document that was added, in order: the manifest's columns, further columns of `metadata.csv`,
        then `certainty` (of the encoding: declared, certain, likely or damaged) and `notes` (sentences separated
        by "; ": unreadable bytes, pages without text, no Chinese, …; often empty).

    Raises
    ------
    CorpusError
        No file is given or found; the corpus is not in order; or a file cannot be read, is a duplicate by its
        digest, or its metadata are wrong. One message names all of them, and nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "平桥区2024年法治政府建设报告.txt"
    ...     _ = file.write_text("平桥区2024年法治政府建设报告\\n一、主要情况", encoding="gb18030")
    ...     added = add_files(file, corpus=Path(folder) / "corpus")
    >>> added[["id", "label", "type", "level", "encoding"]].iloc[0].tolist()
    ['平桥区2024年法治政府建设报告', '平桥区报告2024', '报告', '区', 'gb18030']
    """
    folder = paths.from_project(corpus)
    old, old_digest = _old_manifest(folder)
    given = [files] if isinstance(files, str | Path) else list(files)
    problems: list[str] = []
    sources = list(_walk([Path(path).expanduser() for path in given], problems))
    if not sources and not problems:
        where = ", ".join(map(str, given))
        raise CorpusError(
            explain("there is no file to add", where=where, todo="name files, or a folder with files")
        )
    found = list(_read(sources, old, problems))
    if problems:
        head = f"nothing was added: {len(problems)} problem{'s' * (len(problems) != 1)}"
        raise CorpusError(explain_all(problems, head=head, most=50))
    unlisted = unlisted_files(folder, set(old["file"]))
    waiting = {
        digest_bytes(path.read_bytes()): path.relative_to(folder / "raw").as_posix() for path in unlisted
    }
    rows = _rows(found, old, waiting)
    strays = sorted(set(waiting.values()) - {row["file"] for row in rows})
    if strays:
        raise CorpusError(
            explain(
                f"{', '.join(strays[:10])} in raw/ without a row in the manifest",
                where=str(folder),
                todo="an earlier run was interrupted, or the files were put there by hand: add them as well, or take them out",
            )
        )
    added = pd.DataFrame(rows)
    extra = [name for name in added.columns if name not in COLUMNS and name not in old.columns]
    added = added.reindex(columns=[*old.columns, *extra], fill_value="").fillna("")
    table = pd.concat([old.reindex(columns=added.columns, fill_value=""), added], ignore_index=True)
    _write(folder, table, found, rows, old_digest)
    result = added.copy()
    result["year"] = pd.array([int(year) if year else None for year in added["year"]], dtype="Int64")
    result["certainty"] = [item.document.certainty for item in found]
    result["notes"] = ["; ".join(item.document.notes) for item in found]
    return result


def _old_manifest(folder: Path) -> tuple[pd.DataFrame, str]:
    """Return the manifest's rows as text and its digest; no rows for a corpus that is still to be made."""
    path = folder / "manifest.csv"
    if folder.exists() and not folder.is_dir():
        raise CorpusError(explain(f"{folder} is no folder", todo="name a folder for the corpus"))
    if not path.exists():
        return pd.DataFrame(columns=[*COLUMNS], dtype=str), ""
    digest = digest_bytes(path.read_bytes())
    table = read_manifest(folder, empty_is_fine=True)
    check_files(folder, table, unlisted_is_fine=True)
    table["year"] = ["" if pd.isna(year) else str(year) for year in table["year"]]
    return table, digest


def _walk(given: list[Path], problems: list[str]) -> Iterator[Source]:
    """Yield the files that are given and those of the folders that are given, with their metadata."""
    known: dict[Path, Metadata | None] = {}

    def metadata(folder: Path) -> Metadata | None:
        if folder not in known:
            known[folder] = None
            try:
                known[folder] = read_metadata(folder)
            except CorpusError as error:
                problems.append(str(error))
        return known[folder]

    def stated(path: Path, root: Path) -> dict[str, str]:
        for folder in (path.parent, root):
            found = metadata(folder)
            row = found.rows.get(path.relative_to(folder).as_posix()) if found else None
            if row is not None:
                return row
        return {}

    for path in given:
        if not path.is_dir():
            if path.name == METADATA:
                continue
            yield Source(path, stated(path, path.parent))
            continue
        inside = []
        for top, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
            inside += [Path(top) / name for name in sorted(names) if _counts(name)]
        for file in inside:
            yield Source(file, stated(file, path))
        table = metadata(path)
        here = [file.relative_to(path).as_posix() for file in inside]
        for name in table.rows if table else ():
            if name not in here:
                near = nearest(name, here)
                problems.append(
                    explain(
                        f"{METADATA} lists {name}, but there is no such file",
                        where=str(table.path if table else path),
                        todo=f"did you mean {near}?" if near else "take the row out, or put the file there",
                    )
                )


def _counts(name: str) -> bool:
    return not (name.startswith((".", "~$")) or name in IGNORED_FILES or name == METADATA)


def _read(sources: list[Source], old: pd.DataFrame, problems: list[str]) -> Iterator[Found]:
    """Yield the files that can be read and are new; say of the others what is wrong with them."""
    owner = dict(zip(old["sha256"], old["id"], strict=True))
    for source in sources:
        try:
            digest = digest_bytes(read_bytes(source.path))
            if digest in owner:
                raise CorpusError(
                    explain(
                        f"{source.path.name} is a duplicate: the same bytes are in the corpus as {owner[digest]}",
                        where=str(source.path),
                        todo="leave it out",
                    )
                )
            document = read_document(source.path, declared=source.stated.get("encoding") or None)
        except CorpusError as error:
            problems.append(str(error))
            continue
        owner[digest] = source.path.name
        yield Found(source, digest, document)


def _rows(found: list[Found], old: pd.DataFrame, waiting: dict[str, str]) -> list[dict[str, str]]:
    """Return the manifest's new rows."""
    names = _names(found, old, waiting)
    labels = set(old["label"])
    rows = []
    for item in found:
        stated = item.source.stated
        doc_id, file = names[item.sha256]
        row = _describe(item)
        row |= {name: value for name, value in stated.items() if value and name not in NOT_STATED}
        row |= {"id": doc_id, "file": file, "sha256": item.sha256, "encoding": item.document.encoding}
        row["label"] = stated.get("label") or make_label(
            title=row["title"],
            place=row["place"],
            kind=row["type"],
            year=row["year"],
            doc_id=doc_id,
            taken=labels,
        )
        row["label_en"] = stated.get("label_en") or doc_id
        labels.add(row["label"])
        rows.append(row)
    return rows


def _names(found: list[Found], old: pd.DataFrame, waiting: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return an identifier and a file in `raw/` for each digest. Files that lie there already choose first."""
    names: dict[str, tuple[str, str]] = {}
    ids = set(old["id"])
    taken = {name.casefold() for name in [*ids, *(Path(file).stem for file in old["file"])]}
    for item in sorted(found, key=lambda item: item.sha256 not in waiting):
        path, there = item.source.path, waiting.get(item.sha256, "")
        doc_id = item.source.stated.get("id") or make_id(path.stem, folder=path.parent.name, taken=taken)
        if doc_id in ids or not ID.fullmatch(doc_id):
            what = "is taken" if doc_id in ids else "is no identifier"
            todo = f"change it in {METADATA}"
            raise CorpusError(explain(f"id {doc_id!r} {what}", where=str(path), allowed=ID_RULE, todo=todo))
        file = there or make_id(doc_id, taken=taken) + path.suffix.lower()
        names[item.sha256] = (doc_id, file)
        ids.add(doc_id)
        taken |= {doc_id.casefold(), Path(file).stem.casefold()}
    return names


def _describe(item: Found) -> dict[str, str]:
    """Return title, type, level, place, year, date and source; `inferred` names what neither owner nor page states."""
    stated, document, stem = item.source.stated, item.document, item.source.path.stem
    own = {"title": document.title, "date": document.date, "source": document.source}
    if document.encoding != "html":
        own["title"] = ""  # Word and PDF files carry the title of whatever they were made from
    row = {name: stated.get(name) or own.get(name, "") for name in COLUMNS}
    row["source"] = row["source"] or stated.get("url", "")
    known = {name for name, value in row.items() if value}
    text = document.text
    row["title"] = row["title"] or guess_title(text) or document.title or guess_title("", stem=stem)
    title = row["title"]
    row["date"] = row["date"] or guess_date(text)
    row["year"] = row["year"] or guess_year(title=title, stem=stem, date=row["date"], text=text)
    row["type"] = row["type"] or guess_type(title=title, text=text)
    row["place"] = row["place"] or guess_place(title)
    row["level"] = row["level"] or guess_level(place=row["place"], title=title, text=text)
    row["inferred"] = " ".join(name for name, value in row.items() if value and name not in known)
    return row


def _write(
    folder: Path, table: pd.DataFrame, found: list[Found], rows: list[dict[str, str]], old_digest: str
) -> None:
    """Copy the files, then replace the old manifest by the new: the one moment at which they are added."""
    raw, manifest = folder / "raw", folder / "manifest.csv"
    made = [path for path in (raw, folder, *folder.parents) if not path.exists()]
    copied: list[Path] = []
    part = folder / "manifest.csv.part"
    try:
        raw.mkdir(parents=True, exist_ok=True)
        part = write_part(folder, table)
        for item, row in zip(found, rows, strict=True):
            target = raw / row["file"]
            if target.exists():
                continue
            copied.append(target)
            unfinished = target.with_name(target.name + ".part")
            shutil.copyfile(item.source.path, unfinished)
            if digest_bytes(unfinished.read_bytes()) != item.sha256:
                raise CorpusError(
                    explain(f"{item.source.path} changed while it was added", todo="add it again")
                )
            unfinished.replace(target)
        now = digest_bytes(manifest.read_bytes()) if manifest.exists() else ""
        if now != old_digest:
            raise CorpusError(
                explain(
                    "the manifest changed while files were added", where=str(manifest), todo="add them again"
                )
            )
        part.replace(manifest)
    except BaseException:
        for target in copied:
            target.unlink(missing_ok=True)
            target.with_name(target.name + ".part").unlink(missing_ok=True)
        part.unlink(missing_ok=True)
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        raise
