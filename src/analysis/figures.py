"""Save a figure with the data that it shows and the record of where it came from, the same to the byte."""

from __future__ import annotations

import base64
import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from . import paths
from .errors import explain
from .plots.style import check_glyphs
from .provenance import digest_bytes, digest_table, table_to_csv

MANIFEST = "manifest.json"
DPI = 200


@dataclass(frozen=True)
class FigureRecord:
    """A saved figure: shows itself in a notebook, with one line of text that a test can compare.

    Attributes
    ----------
    name : str
        The files' name without ending.
    rows : int
        Rows of the data table.
    data_digest : str
        SHA-256 of the data table as written.
    folder : Path
        Where `<name>.png`, `<name>.svg` and `<name>.csv` stand.
    """

    name: str
    rows: int
    data_digest: str
    folder: Path = field(repr=False)

    def __str__(self) -> str:
        return f"{self.name} · {self.rows} rows · data {self.data_digest[:12]}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        image = (self.folder / f"{self.name}.png").read_bytes()
        return {"text/plain": str(self), "image/png": base64.b64encode(image).decode("ascii")}


def save_figure(figure: Any, *, name: str, data: pd.DataFrame, sources: Sequence[object]) -> FigureRecord:
    """Write image, vector file, data and manifest entry of a figure, and return the record of it.

    Parameters
    ----------
    figure : matplotlib Figure or Axes
        What `plot_*` returned.
    name : str
        The files' name: lower-case letters, digits and hyphens, beginning with the notebook's name.
    data : DataFrame
        What is plotted.
    sources : sequence
        What the data were made of: nouns with a `history` (Corpus, Tokens, DocumentTermMatrix, TopicModel)
        and the notebook's run, which knows notebook and parameters.

    Returns
    -------
    FigureRecord
        Displays the image in a notebook.

    Raises
    ------
    ValueError
        The name has other characters, or the font lacks a character that the figure shows.

    Notes
    -----
    `<name>.png`, `<name>.svg` and `<name>.csv` are written to `figures/`, and an entry to
    `figures/manifest.json`, with notebook, parameters, corpus digest, history, data digest and seed. There
    is no time, user or path in any of them: made again, they are the same to the byte.

    Examples
    --------
    >>> save_figure(None, name="关键词", data=pd.DataFrame(), sources=())
    Traceback (most recent call last):
    ...
    ValueError: figure name '关键词'
      allowed: lower-case letters, digits and hyphens
    """
    figure = getattr(figure, "figure", None) or figure
    if not name or not name.isascii() or not name.replace("-", "").isalnum() or name != name.lower():
        raise ValueError(explain(f"figure name {name!r}", allowed="lower-case letters, digits and hyphens"))
    folder = paths.figures_folder()
    folder.mkdir(parents=True, exist_ok=True)
    images = _draw(figure, data)
    table = table_to_csv(data).encode("utf-8")
    for ending, content in (*images.items(), ("csv", table)):
        _write(folder / f"{name}.{ending}", content)
    record = FigureRecord(name, len(data), digest_table(data), folder)
    entry = _entry(sources, record)
    entry["image_digest"] = digest_bytes(images["png"])
    with _locked(folder):
        path = folder / MANIFEST
        manifest = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        manifest[name] = entry
        _write(
            path, (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
        )
    return record


def _draw(figure: Any, data: pd.DataFrame) -> dict[str, bytes]:
    """Return the figure as PNG and SVG, laid out once and the same on every machine."""
    from io import BytesIO

    from matplotlib import rc_context
    from matplotlib.text import Text

    from .plots.style import STYLE

    check_glyphs(text.get_text() for text in figure.findobj(Text))
    images = {}
    with rc_context(STYLE):
        _lay_out(figure)
        for ending, metadata in (
            ("png", {"Software": None}),
            ("svg", {"Creator": None, "Date": None}),
        ):
            stream = BytesIO()
            figure.savefig(stream, format=ending, dpi=DPI, metadata=metadata)
            images[ending] = stream.getvalue()
    return {**images, "svg": steady_svg(images["svg"])}


def _lay_out(figure: Any) -> None:
    """Lay the figure out and fix every position at six decimals.

    Logarithms and sines differ in the last bit between processors. The layout carries such a bit into the position of
    every panel, and Matplotlib hashes all digits of a panel's box into the identifiers of an SVG.
    """
    figure.set_dpi(DPI)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for ax in figure.findobj(
        lambda artist: hasattr(artist, "get_position") and hasattr(artist, "set_axes_locator")
    ):
        ax.set_position([round(float(edge), 6) for edge in ax.get_position().bounds])
    for text in figure.texts if figure._suptitle is None else [*figure.texts, figure._suptitle]:
        text.set_position([round(float(edge), 6) for edge in text.get_position()])


_IDENTIFIER = re.compile(rb'(?<=["#])(C\d+_\d+_|[a-z]+?)([0-9a-f]{10})(?=[")])')
_MINUS_ZERO = re.compile(rb"(?<![\w.])-0(?:\.0*)?(?![\d.])")


def steady_svg(svg: bytes) -> bytes:
    """Return an SVG with its hashed identifiers numbered in order of appearance, and no minus zero.

    Matplotlib names clip paths and markers by a hash of all their digits, so that the last bit of a sine changes a
    name; rotated markers come out with 0 on one machine and −0 on another.

    Examples
    --------
    >>> steady_svg(b'<path id="m0123456789" d="M -0 3"/><use xlink:href="#m0123456789"/>').decode()
    '<path id="m1" d="M 0 3"/><use xlink:href="#m1"/>'
    """
    numbers: dict[bytes, int] = {}

    def renamed(match: re.Match[bytes]) -> bytes:
        number = numbers.setdefault(match[0], len(numbers) + 1)
        return match[1] + str(number).encode()

    return _MINUS_ZERO.sub(b"0", _IDENTIFIER.sub(renamed, svg))


def _entry(sources: Sequence[object], record: FigureRecord) -> dict[str, Any]:
    entry: dict[str, Any] = {"data_digest": record.data_digest, "data_rows": record.rows}
    histories: list[list[dict[str, Any]]] = []
    for source in sources:
        if hasattr(source, "notebook") and hasattr(source, "parameters"):
            entry["notebook"] = source.notebook
            entry["parameters"] = dict(source.parameters)
            if "seed" in entry["parameters"]:
                entry["seed"] = entry["parameters"]["seed"]
        elif hasattr(source, "history"):
            steps = [step.as_dict() for step in source.history]
            if steps not in histories:
                histories.append(steps)
        else:
            raise ValueError(
                explain(
                    f"a source of type {type(source).__name__} has no history",
                    where=record.name,
                    allowed="Corpus, Tokens, DocumentTermMatrix, TopicModel, and the notebook's run",
                )
            )
    entry["history"] = histories
    digests = [
        step["parameters"].get("digest")
        for steps in histories
        for step in steps
        if step["verb"] == "read_corpus"
    ]
    entry["corpus_digest"] = digests[0] if digests else None
    return entry


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = folder / f"{MANIFEST}.lock"
    for _ in range(200):
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            time.sleep(0.05)
    else:
        raise OSError(
            explain(f"{lock.name} is held by another process", todo=f"remove {lock} if none is running")
        )
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()
