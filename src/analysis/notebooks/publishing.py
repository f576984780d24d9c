"""Figures from where a notebook made them to where they are kept: all of them, or none."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..errors import explain
from ..provenance import digest_bytes, digest_json

MANIFEST = "manifest.json"


def read_figures(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the manifest of a folder of figures: name to entry; nothing if there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(
            explain(f"{MANIFEST} is not JSON: {error}", where=str(path), todo="restore it, or remove it")
        ) from None
    return dict(found)


def files_of(folder: Path, name: str) -> list[Path]:
    """Return the files of one figure: image, vector file, data."""
    return sorted(path for path in folder.glob(f"{name}.*") if path.stem == name and path.suffix != ".part")


def figures_of(folder: Path, notebook: str) -> list[str]:
    """Return the names of the figures that a notebook made, sorted."""
    return sorted(name for name, entry in read_figures(folder).items() if entry.get("notebook") == notebook)


def digest_of(folder: Path, notebook: str) -> str:
    """Return one digest of all that a notebook made in a folder: files and entries."""
    entries = read_figures(folder)
    names = figures_of(folder, notebook)
    files = {path.name: digest_bytes(path.read_bytes()) for name in names for path in files_of(folder, name)}
    return digest_json([files, {name: entries[name] for name in names}])


def write_whole(path: Path, content: bytes) -> None:
    """Write a file complete or not at all; leave it alone if it is the same already."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)


def publish_figures(staged: Path, destination: Path, *, notebook: str, claims: dict[str, str]) -> list[str]:
    """Move what a notebook made into a folder, remove what it no longer makes, and return the names.

    Parameters
    ----------
    staged : Path
        The folder that the notebook wrote to.
    destination : Path
        Where figures are kept. Those of other notebooks stay as they are.
    notebook : str
        The notebook's name.
    claims : dict
        Which notebook made which figure during this run; added to.

    Returns
    -------
    list of str
        Names of the figures, sorted.

    Raises
    ------
    ValueError
        Another notebook made a figure of that name during this run.
    """
    new = read_figures(staged)
    if not new and not destination.is_dir():
        return []
    from ..figures import _locked

    destination.mkdir(parents=True, exist_ok=True)
    with _locked(destination):
        old = read_figures(destination)
        for name in sorted(new):
            owner = claims.setdefault(f"{destination / name}", notebook)
            if owner != notebook:
                raise ValueError(
                    explain(
                        f"{notebook} and {owner} both make a figure {name!r}",
                        allowed="one notebook a figure",
                        todo="give one of them another name",
                    )
                )
        copies = [(path, destination / path.name) for name in sorted(new) for path in files_of(staged, name)]
        for source, target in copies:
            write_whole(target, source.read_bytes())
        kept = {name: entry for name, entry in old.items() if entry.get("notebook") != notebook}
        _remove(destination, old.keys() - kept.keys() - new.keys())
        _remove_endings(destination, {target.name for _, target in copies}, new)
        _write_manifest(destination, {**kept, **new})
    return sorted(new)


def forget_notebooks(destination: Path, *, existing: Collection[str]) -> None:
    """Remove the figures of notebooks that there are no more."""
    old = read_figures(destination)
    kept = {name: entry for name, entry in old.items() if entry.get("notebook") in existing}
    if len(kept) < len(old):
        _remove(destination, old.keys() - kept.keys())
        _write_manifest(destination, kept)


def _remove(folder: Path, names: Collection[str]) -> None:
    for name in sorted(names):
        for path in files_of(folder, name):
            path.unlink()


def _remove_endings(folder: Path, written: Collection[str], names: Collection[str]) -> None:
    """Remove files of a figure in a form in which it is no longer made, such as an earlier PDF."""
    for name in names:
        for path in files_of(folder, name):
            if path.name not in written:
                path.unlink()


def _write_manifest(folder: Path, entries: Mapping[str, Any]) -> None:
    text = json.dumps(dict(entries), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_whole(folder / MANIFEST, text.encode("utf-8"))


def compare_figures(made: Path, committed: Path, *, notebook: str) -> list[str]:
    """Return how the figures that a notebook made differ from those that are kept, a line each.

    Compared are the data tables and the manifest's entries. An image may differ with the version of a
    drawing library while the data are the same, so that images are only required to be there.
    """
    new = read_figures(made)
    old = {name: entry for name, entry in read_figures(committed).items() if entry.get("notebook") == notebook}
    lines = [f"{notebook}: {name} is made, but not kept" for name in sorted(new.keys() - old.keys())]
    lines += [f"{notebook}: {name} is kept, but no longer made" for name in sorted(old.keys() - new.keys())]
    for name in sorted(new.keys() & old.keys()):
        for key in sorted(new[name].keys() | old[name].keys()):
            if key != "image_digest" and new[name].get(key) != old[name].get(key):
                lines.append(f"{notebook}: {name}: {key} differs")
        for path in files_of(made, name):
            kept = committed / path.name
            if not kept.is_file():
                lines.append(f"{notebook}: {path.name} is missing")
            elif path.suffix == ".csv" and kept.read_bytes().replace(b"\r\n", b"\n") != path.read_bytes():
                lines.append(f"{notebook}: {_first_difference(kept, path)}")
    return lines


def _first_difference(kept: Path, made: Path) -> str:
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (kept, made))
    for number, (before, after) in enumerate(zip(old, new, strict=False), start=1):
        if before != after:
            return f"{kept.name}, line {number}: kept {before!r}, made {after!r}"
    return f"{kept.name}: kept {len(old)} lines, made {len(new)}"
