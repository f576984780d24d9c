"""What a notebook may be told: its cell tagged `parameters`, read from the file and checked."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .. import paths
from ..cleaning.plan_store import PlanStore
from ..errors import ParameterError, explain, explain_all, nearest
from .parameter_values import KINDS, Parameter, wrong_for_corpus, wrong_value

CORPUS_PARAMETER = "corpus_folder"
"""The parameter that names the folder of the corpus."""


@dataclass(frozen=True)
class NotebookRun:
    """Which notebook is running, with which values of its parameters: what a figure's manifest records.

    Examples
    --------
    >>> NotebookRun("02-keywords", {"top_n": 20}).as_dict()
    {'notebook': '02-keywords', 'parameters': {'top_n': 20}}
    >>> NotebookRun("02-keywords", {"unit": "段落"})
    NotebookRun(notebook='02-keywords', unit='段落')
    """

    notebook: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    def __repr__(self) -> str:
        inside = "".join(f", {name}={value!r}" for name, value in self.parameters.items())
        return f"NotebookRun(notebook={self.notebook!r}{inside})"

    @property
    def plans(self) -> PlanStore:
        """Where the notebooks keep the plans of cleaned texts, so that one repair serves all of them."""
        return PlanStore(paths.build_folder() / "plans")

    def as_dict(self) -> dict[str, Any]:
        """Return notebook and parameters as plain types, ready for JSON."""
        return {"notebook": self.notebook, "parameters": dict(self.parameters)}


def notebook_path(notebook: str | Path) -> Path:
    """Return the file of a notebook given by name or path.

    Raises
    ------
    ParameterError
        There is no such notebook; names the nearest.
    """
    path = Path(notebook)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    folder = paths.notebooks_folder()
    named = folder / f"{path.name.removesuffix('.ipynb')}.ipynb"
    if named.is_file():
        return named
    known = sorted(found.stem for found in folder.glob("*.ipynb"))
    near = nearest(path.stem, known)
    raise ParameterError(
        explain(
            f"there is no notebook {path.stem!r}",
            where=str(folder),
            allowed=", ".join(known),
            todo=f"did you mean {near!r}?" if near else "",
        )
    )


def read_cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook as they are in the file, the source of each as one string."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [{**cell, "source": "".join(cell["source"])} for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise ParameterError(
            explain(f"this is not a Jupyter notebook: {error}", where=str(path), allowed="notebook format 4")
        ) from None


def declared_parameters(notebook: str | Path) -> tuple[Parameter, ...]:
    """Return the parameters that a notebook declares, in order: name, annotation, default, meaning.

    Parameters
    ----------
    notebook : str or path
        A name such as `"02-keywords"`, looked up among the project's notebooks, or the path of an
        `.ipynb` file.

    Returns
    -------
    tuple of Parameter
        One for each line `name: type = literal  # meaning` of the cell that is tagged `parameters`. Types
        are `str`, `int`, `float`, `bool` and `list[str]`, each perhaps followed by `| None`.

    Raises
    ------
    ParameterError
        There is no such notebook; it has no cell tagged `parameters`, or several; a line is not of that
        form, or its default is not of its type.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "unit: str = '段落'  # 分析单位", "metadata": {"tags": ["parameters"]}}
    >>> folder = getfixture("tmp_path")
    >>> size = (folder / "例.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    >>> declared_parameters(folder / "例.ipynb")
    (Parameter(name='unit', annotation='str', default='段落', meaning='分析单位'),)
    """
    path = notebook_path(notebook)
    tagged = [
        (number, cell["source"])
        for number, cell in enumerate(read_cells(path), start=1)
        if cell.get("cell_type") == "code" and "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if len(tagged) != 1:
        cells = ", ".join(f"cell {number}" for number, _ in tagged)
        raise ParameterError(
            explain(
                f"{path.name} has {len(tagged) or 'no'} cell{'s' * (len(tagged) > 1)} tagged 'parameters'",
                where=f"{path}{', ' * bool(cells)}{cells}",
                allowed="exactly one",
                todo="in JupyterLab: property inspector (gear, top right), Cell Tags",
            )
        )
    number, source = tagged[0]
    return _parse(source, where=f"{path.name}, cell {number}")


def _parse(source: str, *, where: str) -> tuple[Parameter, ...]:
    try:
        tree = ast.parse(source)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError) as error:
        raise ParameterError(explain(f"the parameters cell is not Python: {error}", where=where)) from None
    comments = {t.start[0]: t.string.lstrip("# ").strip() for t in tokens if t.type == tokenize.COMMENT}
    found: dict[str, Parameter] = {}
    for node in tree.body:
        line = f"{where}, line {node.lineno}"
        try:
            if (
                not isinstance(node, ast.AnnAssign)
                or not isinstance(node.target, ast.Name)
                or node.value is None
            ):
                raise ValueError(node)
            name, annotation = node.target.id, ast.unparse(node.annotation)
            default = ast.literal_eval(node.value)
        except ValueError:
            raise ParameterError(
                explain(
                    f"this is not a parameter: {ast.unparse(node)}",
                    where=line,
                    allowed="name: type = literal  # meaning",
                )
            ) from None
        if annotation.removesuffix(" | None") not in KINDS:
            raise ParameterError(
                explain(
                    f"a parameter cannot be of type {annotation}",
                    where=line,
                    allowed=f"{', '.join(KINDS)}; each perhaps with | None",
                )
            )
        if name in found:
            raise ParameterError(explain(f"the parameter {name!r} is declared twice", where=line))
        meaning = comments.get(node.end_lineno or node.lineno, "")
        found[name] = _checked(Parameter(name, annotation, default, meaning), default, where=line)
    return tuple(found.values())


def _checked(parameter: Parameter, value: object, *, where: str) -> Parameter:
    if not parameter.accepts(value):
        raise ParameterError(
            explain(
                f"{parameter.name} is {value!r}, which is not of type {parameter.annotation}",
                where=where,
                allowed=f"{parameter.annotation}, for example {parameter.default!r}"
                if parameter.accepts(parameter.default)
                else parameter.annotation,
                todo=parameter.meaning,
            )
        )
    wrong = wrong_value(parameter, value)
    if wrong:
        raise ParameterError(f"{wrong}\n  where: {where}" if "\n  where:" not in wrong else wrong)
    return parameter


def check_parameters(notebook: str | Path, *, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values for a notebook's parameters, checked: every name declared, every value a possible one.

    A value is refused that is not of its type or not among the choices that the parameter's meaning lists after a
    colon; a number that no count can be; a file that is not there; a document, a column or a group that the corpus
    has not.

    Parameters
    ----------
    notebook : str or path
        As for `declared_parameters`.
    values : mapping
        Parameter names to values.

    Returns
    -------
    dict
        The given values, in the order in which the notebook declares them. What is not given is not in it.

    Raises
    ------
    ParameterError
        A name that the notebook does not declare, or a value that it cannot use, with the nearest that it can;
        and whatever `declared_parameters` raises.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "top_n: int = 20  # 词数", "metadata": {"tags": ["parameters"]}}
    >>> folder = getfixture("tmp_path")
    >>> size = (folder / "例.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    >>> check_parameters(folder / "例.ipynb", values={"top_n": 30})
    {'top_n': 30}
    >>> check_parameters(folder / "例.ipynb", values={"top_m": 30})
    Traceback (most recent call last):
    ...
    analysis.errors.ParameterError: 例 has no parameter 'top_m'
      allowed: top_n
      next: did you mean 'top_n'?
    """
    name = Path(notebook).stem
    declared = {parameter.name: parameter for parameter in declared_parameters(notebook)}
    for given in values:
        if given not in declared:
            raise unknown_parameter(given, declared, notebooks=(name,))
    checked = {
        key: values[_checked(parameter, values[key], where=f"notebook {name}").name]
        for key, parameter in declared.items()
        if key in values
    }
    _check_for_corpus(declared, checked)
    return checked


def _check_for_corpus(declared: Mapping[str, Parameter], values: Mapping[str, Any]) -> None:
    """Raise if values name documents, columns or groups that the corpus of the run has not."""
    if CORPUS_PARAMETER in declared:
        folder = paths.from_project(values.get(CORPUS_PARAMETER, declared[CORPUS_PARAMETER].default))
        problems = list(wrong_for_corpus(values, folder))
        if problems:
            raise ParameterError(explain_all(problems))


def unknown_parameter(name: str, declared: Mapping[str, Any], *, notebooks: tuple[str, ...]) -> ParameterError:
    """Return the error for a parameter that no notebook declares, naming the nearest that one does."""
    near = nearest(name, declared)
    who = f"{notebooks[0]} has no" if len(notebooks) == 1 else f"none of {', '.join(notebooks)} has a"
    return ParameterError(
        explain(
            f"{who} parameter {name!r}",
            allowed=", ".join(declared),
            todo=f"did you mean {near!r}?" if near else "",
        )
    )


def notebook_run(notebook: str | Path, values: Mapping[str, Any], /) -> NotebookRun:
    """Return which notebook this is and with which values it runs, after checking them.

    A notebook calls it once, in its import cell: `run = notebook_run("02-keywords", globals())`. So values
    are checked in the same way whether the project's runner, papermill or a person in JupyterLab set them.

    Parameters
    ----------
    notebook : str or path
        The notebook's name, without `.ipynb`, or its path.
    values : mapping
        The notebook's `globals()`: the declared names are picked out.

    Returns
    -------
    NotebookRun
        `notebook` and `parameters`. Of the folder of the corpus only the last name is recorded: where it
        stands is no part of a result.

    Raises
    ------
    ParameterError
        A declared parameter is missing or has a value that `check_parameters` refuses, or papermill was given
        one that is not declared.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "unit: str = '段落'  # 分析单位", "metadata": {"tags": ["parameters"]}}
    >>> folder = getfixture("tmp_path")
    >>> size = (folder / "例.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    >>> notebook_run(folder / "例.ipynb", {"unit": "句子", "其他": 1})
    NotebookRun(notebook='例', unit='句子')
    """
    declared = declared_parameters(notebook)
    name = Path(notebook).stem
    names = [parameter.name for parameter in declared]
    for given in _injected_names(values.get("In", [])):
        if given not in names:
            raise unknown_parameter(given, dict.fromkeys(names), notebooks=(name,))
    missing = [key for key in names if key not in values]
    if missing:
        raise ParameterError(
            explain(
                f"the parameter {missing[0]!r} has no value",
                where=f"notebook {name}",
                todo="run the parameters cell first",
            )
        )
    for parameter in declared:
        _checked(parameter, values[parameter.name], where=f"notebook {name}")
    _check_for_corpus({parameter.name: parameter for parameter in declared}, values)
    recorded = {key: values[key] for key in names}
    if isinstance(recorded.get(CORPUS_PARAMETER), str):
        recorded[CORPUS_PARAMETER] = Path(recorded[CORPUS_PARAMETER]).name
    return NotebookRun(name, recorded)


def _injected_names(sources: object) -> list[str]:
    """Names assigned in the cells that papermill put in; they begin with `# Parameters`."""
    cells = [text for text in sources if isinstance(text, str)] if isinstance(sources, list) else []
    names = []
    for text in cells:
        if text.startswith("# Parameters\n"):
            for node in ast.parse(text).body:
                names += [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
    return names
