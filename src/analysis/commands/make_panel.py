"""`python -m analysis panel`: from a folder of documents and a list of words to the file that a regression reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from .. import paths
from ..cleaning import PlanStore, clean_corpus, read_corrections
from ..corpus import read_corpus
from ..panel import Panel, build_panel, export_panel, load_measures
from ..panel.counting import Matching
from ..panel.describe import Language


def make_panel(
    *,
    corpus: Path = paths.CORPUS,
    measures: Sequence[str],
    out: Path,
    by: Sequence[str] = ("place_code", "year"),
    matching: Matching = "token",
    sections: Sequence[str] = (),
    language: Language = "zh",
    progress: Callable[[str], None] = lambda line: None,
) -> Panel:
    """Read and clean a corpus, build its panel, write it and say what it covers.

    Parameters
    ----------
    corpus : Path
        A folder with a manifest and `raw/`.
    measures : sequence of str
        A file of measures (a single one, ending in .csv, .tsv or .txt), or names of themes.
    out : Path
        Where the panel goes; the ending says the format.
    by, matching, sections
        As in `build_panel`.
    language : {"zh", "en"}
        Of the sentences about the panel.
    progress : callable
        Takes a line at a time.
    """
    folder = paths.from_project(corpus)
    files = [name for name in measures if Path(name).suffix.lower() in (".csv", ".tsv", ".txt")]
    asked = load_measures(Path(files[0]).absolute()) if files and len(measures) == 1 else list(measures)
    raw = read_corpus(folder)
    progress(f"{len(raw)} documents read")
    store = PlanStore(paths.build_folder() / "plans")
    cleaned = clean_corpus(raw, corrections=read_corrections(folder), store=store)
    panel = build_panel(
        cleaned, measures=asked, by=tuple(by), matching=matching, sections=tuple(sections) or None
    )
    progress(panel.describe(language))
    file = export_panel(panel, path=out.absolute())
    progress(f"{file}, with {file.stem}.codebook.csv")
    return panel
