"""One direction: a module knows only those to its left. And the grammar of names."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import analysis
from analysis import paths

FLOORS = {
    "ground": ["lazy", "errors", "nouns", "paths", "provenance"],
    "zh": ["zh"],
    "text": ["structure", "places", "ingest", "corpus", "cleaning"],
    "words": ["words"],
    "matrix": ["matrix", "dispersion", "association"],
    "findings": [
        "concordance",
        "keywords",
        "keyness",
        "topics",
        "reuse",
        "indicators",
        "discovery",
        "citations",
        "validation",
        "panel",
    ],
    "shown": ["plots", "figures", "notebooks", "commands", "__main__"],
}
"""The seven floors, from the ground up. On a floor a room knows only those named before it."""
INDEPENDENT = {"concordance", "keywords", "keyness", "topics", "reuse", "indicators", "discovery", "citations"}
"""Findings stand side by side: none of them imports another."""
RANK = {name: rank for rank, name in enumerate(room for rooms in FLOORS.values() for room in rooms)}
MOVED = {name: f"{module}.{name}" for module, names in analysis._MOVED.items() for name in names}
"""Public names that stand in a package, and where."""
MODULES = sorted(path for path in paths.PACKAGE.rglob("*.py") if path != paths.PACKAGE / "__init__.py")


def public(name: str) -> object:
    """The object that a public name stands for, at the top or in its package."""
    module, _, short = MOVED.get(name, name).rpartition(".")
    return getattr(import_module(f"analysis.{module}" if module else "analysis"), short)


PUBLIC = sorted({*analysis.__all__, *MOVED})


def room(path: Path) -> str:
    """The module or package of the library that a file belongs to."""
    return path.relative_to(paths.PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    found = set()
    package = ["analysis", *path.relative_to(paths.PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            full = [*base, *(node.module.split(".") if node.module else [])]
            if full[:1] == ["analysis"]:
                found |= {full[1]} if len(full) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("analysis.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(paths.PACKAGE).as_posix())
def test_a_module_imports_only_from_below(path):
    here = room(path)
    assert here in RANK, f"{here} stands on no floor"
    for other in imported_rooms(path) - {here}:
        assert RANK[other] < RANK[here], f"{here} imports {other}"
        assert not {here, other} <= INDEPENDENT, f"{here} imports {other}, and findings are independent"


def test_import_is_silent_and_light():
    code = (
        "import sys, analysis; "
        "heavy = {'sklearn', 'matplotlib', 'wordcloud', 'scipy', 'pandas', 'jieba'} & set(sys.modules); "
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize("name", [name for name in PUBLIC if not name[0].isupper()])
def test_public_functions_take_keywords_after_the_first_argument(name):
    function = public(name)
    if not callable(function) or inspect.isclass(function):
        return
    signature = inspect.signature(function)
    kinds = [parameter.kind for parameter in signature.parameters.values()]
    assert inspect.Parameter.VAR_KEYWORD not in kinds, "no **kwargs passed through"
    counts = ("target_count", "counts", "documents")
    free = [p for p in signature.parameters.values() if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    if free and free[0].name.startswith(counts):
        return
    assert len(free) <= 1, f"only the first argument may be positional: {[p.name for p in free]}"


@pytest.mark.parametrize("name", [n for n in PUBLIC if n.endswith(("_corpus", "_tokens", "_dtm"))])
def test_a_verb_named_for_a_noun_takes_it_first_and_returns_it(name):
    noun = {"corpus": "Corpus", "tokens": "Tokens", "dtm": "DocumentTermMatrix"}[name.rsplit("_", 1)[1]]
    function = public(name)
    signature = inspect.signature(function)
    assert noun in str(signature.return_annotation)
    first = next(iter(signature.parameters.values()))
    if name != "read_corpus":
        assert first.name == name.rsplit("_", 1)[1]
        assert noun in str(first.annotation)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_documented(name):
    value = public(name)
    doc = inspect.getdoc(value)
    assert doc
    if inspect.isfunction(value):
        if name == "read_corpus":  # takes a path, which no example can promise
            return
        assert "Examples\n--------" in doc, f"{name} has no example"
        assert any("\u4e00" <= sign <= "\u9fff" for sign in doc), f"{name} has no Chinese example"


def test_every_module_of_the_library_can_be_imported():
    for path in MODULES:
        relative = path.relative_to(paths.PACKAGE.parent).with_suffix("")
        if path.name != "__main__.py":
            import_module(".".join(relative.parts).removesuffix(".__init__"))
