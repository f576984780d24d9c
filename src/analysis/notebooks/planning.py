"""From a request to the runs to be made: which notebook, which values, where results go.

A request is parsed (files, grid and corpus exist), checked against what the notebooks declare, and expanded into one
choice for each combination of the grid; each choice becomes a job, placed where its results are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from .. import paths
from ..errors import CorpusError, ParameterError, explain
from ..provenance import digest_bytes, digest_json, digest_text
from .parameter_values import Parameter
from .parameters import (
    CORPUS_PARAMETER,
    check_parameters,
    declared_parameters,
    notebook_path,
    read_cells,
    unknown_parameter,
)

EXPLORING = "explore"
"""Notebooks whose name contains this are for work by hand and are not run in a row."""


@dataclass(frozen=True)
class Job:
    """One notebook to be run: with which values, on which corpus, and where its results are kept."""

    notebook: Path
    values: Mapping[str, Any]
    corpus: Path
    figures: Path
    executed: Path

    @property
    def name(self) -> str:
        """The notebook's name."""
        return self.notebook.stem

    @property
    def length(self) -> int:
        """Number of code cells: the longest notebook starts first, so that none is left over at the end."""
        return sum(cell.get("cell_type") == "code" for cell in read_cells(self.notebook))

    @property
    def title(self) -> str:
        """The job in messages: the notebook's name, and what is set for it."""
        shown = {key: value for key, value in self.values.items() if key != CORPUS_PARAMETER}
        return f"{self.name} {describe(shown)}".strip()

    @property
    def key(self) -> str:
        """The job for doit, which remembers it between runs: notebook and folder of the result."""
        return f"{self.name}-{digest_text(str(self.figures))[:12]}"

    @classmethod
    def placed(cls, choice: Choice, *, corpus: Path | None) -> Job:
        """Return the job for a choice, with the folders of its corpus and its results.

        The default corpus keeps its figures in the project, another one in its own folder: two people's results
        never mix. What the grid varies gets a folder of its own below.
        """
        values = dict(choice.values)
        figures, executed = paths.figures_folder(), paths.build_folder() / "executed"
        if corpus is None:
            corpus = paths.from_project(choice.default_corpus)
        else:
            values[CORPUS_PARAMETER] = str(corpus)
            figures = corpus / "figures"
            executed = executed / f"{corpus.name}-{digest_text(str(corpus))[:8]}"
        if choice.varied:
            figures = figures / "grid" / choice.notebook.stem / folder_name(choice.varied)
            executed = executed / "grid" / folder_name(choice.varied)
        values = check_parameters(choice.notebook, values=values)
        return cls(choice.notebook, values, corpus, figures, executed / choice.notebook.name)


@dataclass(frozen=True)
class Choice:
    """A notebook with the values set for it; `varied` are those of them that the grid sets."""

    notebook: Path
    values: Mapping[str, Any]
    varied: Mapping[str, Any]
    default_corpus: str | Path


Declared = Mapping[Path, Mapping[str, Parameter]]
"""What each notebook declares, by name."""


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line: files found, grid read, values still text."""

    notebooks: Sequence[Path]
    texts: Mapping[str, str]
    combinations: Sequence[Mapping[str, Any]]
    corpus: Path | None

    @classmethod
    def parse(
        cls,
        notebooks: Sequence[str],
        *,
        parameters: Sequence[Sequence[str]],
        grid: Path | None,
        corpus: Path | None,
    ) -> Request:
        """Return the request with its files found."""
        texts: dict[str, str] = {name: text for name, text in parameters}  # noqa: C416 - pairs of any kind
        # the corpus decides where results go, so it is no parameter like others, however it was given
        named = texts.pop(CORPUS_PARAMETER, None)
        if corpus is None and named is not None:
            corpus = Path(named)
        folder = None if corpus is None else _corpus_folder(corpus)
        files = [notebook_path(name) for name in notebooks] or all_notebooks()
        if not files:
            raise ParameterError(explain("there are no notebooks", where=str(paths.notebooks_folder())))
        return cls(files, texts, read_grid(grid) if grid else [{}], folder)

    def check(self) -> Declared:
        """Return what the notebooks declare; refuse a parameter that none of them does.

        With another corpus, notebooks that do not work on a corpus are left out.
        """
        declared = {file: {p.name: p for p in declared_parameters(file)} for file in self.notebooks}
        if self.corpus is not None:
            declared = {file: known for file, known in declared.items() if CORPUS_PARAMETER in known}
        anywhere = {name: parameter for known in declared.values() for name, parameter in known.items()}
        for name in [*self.texts, *self.combinations[0]]:
            if name not in anywhere:
                raise unknown_parameter(name, anywhere, notebooks=tuple(file.stem for file in declared))
        return declared

    def expand(self, declared: Declared) -> Iterator[Choice]:
        """Yield each notebook with each combination of those values that it declares."""
        for file, known in declared.items():
            given = {
                name: read_value(text, known[name], notebook=file.stem)
                for name, text in self.texts.items()
                if name in known
            }
            default = known[CORPUS_PARAMETER].default if CORPUS_PARAMETER in known else paths.CORPUS
            seen: list[dict[str, Any]] = []
            for combination in self.combinations:
                varied = {name: value for name, value in combination.items() if name in known}
                # combinations that differ only in what this notebook lacks are one
                if varied not in seen:
                    seen.append(varied)
                    yield Choice(file, {**given, **varied}, varied, default)


def all_notebooks() -> list[Path]:
    """Return the notebooks that are run in a row, in order of name."""
    folder = paths.notebooks_folder()
    found = sorted(folder.glob("*.ipynb"))
    return [path for path in found if EXPLORING not in path.stem and not path.name.startswith(".")]


def describe(values: Mapping[str, Any]) -> str:
    """Return values as `name=value,…`.

    Examples
    --------
    >>> describe({"top_n": 30, "unit": "段落", "stop": ["的", "了"]})
    'top_n=30,unit=段落,stop=的+了'
    """
    return ",".join(f"{name}={_short(value)}" for name, value in values.items())


def _short(value: object) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or "[]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def folder_name(values: Mapping[str, Any]) -> str:
    """Return a folder's name for a combination of values, allowed on every system.

    Examples
    --------
    >>> folder_name({"top_n": 30, "unit": "段落"})
    'top_n=30,unit=段落'
    >>> folder_name({"stop": "a/b"})
    'stop=a_b-34ed9ae0'
    """
    plain = describe(values)
    # the characters that Windows forbids; a folder must not end with a space or a full stop there either
    safe = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", plain).strip(" .")
    if safe == plain and len(safe) <= 80:
        return safe
    return f"{safe[:70]}-{digest_text(plain)[:8]}"


def read_value(text: str, parameter: Parameter, *, notebook: str) -> Any:
    """Return what a text of the command line means for a parameter of a declared type.

    Raises
    ------
    ParameterError
        The text cannot be read as that type.

    Examples
    --------
    >>> read_value("30", Parameter("top_n", "int", 20), notebook="02-keywords")
    30
    >>> read_value("的，了", Parameter("extra", "list[str]", []), notebook="02-keywords")
    ['的', '了']
    >>> read_value("none", Parameter("label", "str | None", None), notebook="02-keywords") is None
    True
    """
    kind = parameter.annotation.removesuffix(" | None")
    if kind != parameter.annotation and text.lower() in ("none", "null", ""):
        return None
    try:
        if kind == "bool":
            return {"true": True, "false": False, "yes": True, "no": False}[text.lower()]
        if kind in ("int", "float"):
            return int(text) if kind == "int" else float(text)
        if kind == "list[str]":
            return _read_list(text)
    except (KeyError, ValueError):
        raise ParameterError(
            explain(
                f"{parameter.name} is {text!r}, which is not of type {parameter.annotation}",
                where=f"notebook {notebook}",
                allowed={"bool": "true or false"}.get(kind, f"for example {parameter.default!r}"),
                todo=parameter.meaning,
            )
        ) from None
    return text


def _read_list(text: str) -> list[str]:
    if text.strip().startswith("["):
        import yaml

        try:
            found = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ValueError(text) from error
        return [str(item) for item in found]
    return [item.strip() for item in text.replace("，", ",").split(",") if item.strip()]


def read_grid(path: Path) -> list[dict[str, Any]]:
    """Return the combinations that a grid file asks for, in the order of the file.

    Parameters
    ----------
    path : Path
        YAML (or JSON): parameter names to lists of values.

    Raises
    ------
    ParameterError
        No such file, not such a mapping, or an empty list.
    """
    import yaml

    allowed = "a mapping such as\n    top_n: [20, 30]\n    unit: [paragraph, section]"
    if not path.is_file():
        raise ParameterError(explain(f"there is no grid file {path.name}", where=str(path), allowed=allowed))
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ParameterError(
            explain(f"the grid cannot be read: {error}", where=str(path), allowed=allowed)
        ) from None
    lists = isinstance(found, dict) and all(isinstance(v, list) and v for v in found.values())
    if not found or not lists or not all(isinstance(name, str) for name in found):
        raise ParameterError(
            explain("the grid is not names with lists of values", where=str(path), allowed=allowed)
        )
    return [dict(zip(found, values, strict=True)) for values in product(*found.values())]


def plan_jobs(
    notebooks: Sequence[str],
    *,
    parameters: Sequence[Sequence[str]] = (),
    grid: Path | None = None,
    corpus: Path | None = None,
) -> list[Job]:
    """Return the jobs for what was asked, all checked before anything runs.

    Parameters
    ----------
    notebooks : sequence of str
        Names or paths; none means all.
    parameters : sequence of (name, text)
        As given on the command line. With several notebooks, each goes to those that declare it.
    grid : Path, optional
        A grid file; a job for every combination.
    corpus : Path, optional
        Another corpus. Notebooks that do not work on a corpus are left out.

    Returns
    -------
    list of Job
        In order of notebook, then of combination.

    Raises
    ------
    ParameterError
        A notebook, parameter or value that there is not.
    CorpusError
        There is no such corpus.
    """
    request = Request.parse(notebooks, parameters=parameters, grid=grid, corpus=corpus)
    choices = request.expand(request.check())
    return [Job.placed(choice, corpus=request.corpus) for choice in choices]


def _corpus_folder(given: Path) -> Path:
    folder = given.expanduser()
    folder = folder if folder.is_dir() else paths.from_project(folder)
    if not folder.is_dir():
        raise CorpusError(
            explain(f"there is no corpus folder {given}", todo="python -m analysis add FILE… --corpus FOLDER")
        )
    return folder.resolve()


def digest_corpus(folder: Path) -> str:
    """Return one digest of all that a corpus consists of: manifest, corrections, files in `raw/`."""
    files = [path for path in folder.glob("*") if path.is_file()] + list((folder / "raw").rglob("*"))
    return digest_json(
        {str(path.relative_to(folder)): digest_bytes(path.read_bytes()) for path in files if path.is_file()}
    )


def digest_notebook(path: Path) -> str:
    """Return a digest of what a notebook says; its stored outputs do not count."""
    cells = read_cells(path)
    return digest_text(
        json.dumps([[c.get("cell_type"), c["source"], c.get("metadata", {}).get("tags", [])] for c in cells])
    )
