"""Notebooks are thin articles: prose, short calls, parameters, limits; committed with outputs to compare."""

import ast
import json
import re

import pytest
from notebook_fixtures import code, figure_notebook, markdown, write_notebook

from analysis import paths
from analysis.notebooks.parameters import declared_parameters, read_cells
from analysis.notebooks.planning import EXPLORING

NOTEBOOKS = sorted(path for path in paths.NOTEBOOKS.glob("*.ipynb") if EXPLORING not in path.stem)
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.Try,
)
PATH = re.compile(
    r"[\w.-]*[/\\].*\.\w{1,5}$|^(\.{0,2}|~|[A-Za-z]:)[/\\]|\.(csv|tsv|txt|json|png|svg|pdf|ipynb|ya?ml)$"
)


def lines_of(source):
    return [line for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]


def prose_words(text):
    """Words of prose; two Chinese characters count as one word."""
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]+>", " ", text, flags=re.DOTALL)
    return len(re.findall(r"[A-Za-z0-9][\w'’.-]*", re.sub(r"[\u4e00-\u9fff]", " ", text))) + (
        len(re.findall(r"[\u4e00-\u9fff]", text)) // 2
    )


def form_errors(path):
    """What in a notebook is against the rules, a line each."""
    cells = read_cells(path)
    calls = [cell for cell in cells if cell["cell_type"] == "code"]
    texts = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    errors = []
    declared_parameters(path)
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] != "code":
            continue
        is_parameters = "parameters" in cell["metadata"].get("tags", [])
        tree = ast.parse(cell["source"])
        calls_only = [line for line in lines_of(cell["source"]) if not line.startswith(("from ", "import "))]
        if len(calls_only) > 8 and not is_parameters:
            errors.append(f"cell {number}: more than 8 lines")
        if cell["source"].rstrip().endswith(";"):
            errors.append(f"cell {number}: ends with a semicolon, which hides the output")
        for node in ast.walk(tree):
            if isinstance(node, LOGIC):
                errors.append(f"cell {number}: {type(node).__name__}: logic belongs into the library")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and PATH.search(node.value):
                errors.append(f"cell {number}: a path: {node.value!r}")
    importing = [
        cell for cell in calls if re.search(r"^\s*(from|import)\s", cell["source"], flags=re.MULTILINE)
    ]
    if len(importing) != 1:
        errors.append(f"{len(importing)} cells import something; exactly one should")
    elif f'notebook_run("{path.stem}", globals())' not in importing[0]["source"]:
        errors.append("the import cell does not call notebook_run with the notebook's own name")
    lines = sum(len(lines_of(cell["source"])) for cell in calls)
    words = sum(map(prose_words, texts))
    if words < 3 * lines:
        errors.append(f"{words} words of prose for {lines} lines of code; at least three times as many")
    headings = [line.lstrip("# ") for text in texts for line in text.splitlines() if line.startswith("#")]
    for wanted in (r"limits|局限", r"colophon|题署|版本"):
        if not any(re.search(wanted, heading, flags=re.IGNORECASE) for heading in headings):
            errors.append(f"no heading {wanted}")
    first = texts[0].splitlines()[0] if texts else ""
    if not re.match(r"# .*[?？]", first):
        errors.append(f"the title is no question: {first}")
    return errors


def output_errors(path):
    """What is missing from the stored outputs, so that comparing with them would prove nothing."""
    cells = [cell for cell in read_cells(path) if cell["cell_type"] == "code"]
    errors = []
    counts = [cell["execution_count"] for cell in cells]
    if counts != list(range(1, len(cells) + 1)):
        errors.append(f"execution counts are {counts}: make notebooks")
    for number, cell in enumerate(cells, start=1):
        for output in cell["outputs"]:
            text = json.dumps(output, ensure_ascii=False)
            if output["output_type"] == "error":
                errors.append(f"In [{number}] stores an error")
            if output.get("name") == "stderr":
                errors.append(f"In [{number}] stores standard error: {output['text']}")
            if re.search(r"0x[0-9a-f]{6,}|/(home|root|tmp|Users)/|[A-Z]:\\\\Users", text):
                errors.append(f"In [{number}] stores an address or a path of one machine")
            pictures = {"image/png", "image/jpeg"} & set(output.get("data", {}))
            if pictures and re.fullmatch(r"<Figure.*>|<Axes.*>", "".join(output["data"].get("text/plain", ""))):
                errors.append(f"In [{number}] shows a picture without a line about its data")
    if not any(cell["outputs"] for cell in cells):
        errors.append("no cell stores an output")
    return errors


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_a_thin_article(path):
    assert form_errors(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_stores_outputs_that_can_be_compared(path):
    assert output_errors(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_links_only_to_what_is_there(path):
    for cell in read_cells(path):
        if cell["cell_type"] == "markdown":
            for target in re.findall(r"\]\((?!https?:|#|attachment:|mailto:)([^)#\s]+)", cell["source"]):
                assert (path.parent / target).exists(), target


def test_the_rules_notice_what_they_forbid(tmp_path):
    path = figure_notebook(
        tmp_path / "01-x.ipynb",
        ["a"],
        code("import os"),
        code("def f():\n    return [x for x in y]"),
        code("save('figures/a.png');"),
        code("\n".join("abcdefghij")),
    )
    told = " | ".join(form_errors(path))
    for part in (
        "FunctionDef",
        "ListComp",
        "a path: 'figures/a.png'",
        "more than 8 lines",
        "semicolon",
        "cells import something",
        "words of prose",
        "no heading limits",
        "no heading colophon",
    ):
        assert part in told
    assert "execution counts are [None" in " ".join(output_errors(path))


def test_the_rules_let_a_thin_article_pass(tmp_path):
    imports = 'from analysis import notebook_run, read_corpus\nrun = notebook_run("01-x", globals())'
    call = {**code("corpus = read_corpus(corpus_folder)\ncorpus"), "execution_count": 3}
    call["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "<Corpus: 5 documents>"}}]
    path = write_notebook(
        tmp_path / "01-x.ipynb",
        markdown("# 各篇讲话的关键词是什么？\n\n" + "数字法治与基层治理最为突出。" * 4),
        {**code('corpus_folder: str = "corpus"  # 语料', "parameters"), "execution_count": 1},
        {**code(imports), "execution_count": 2},
        call,
        markdown("## 局限 Limits\n\n只有五篇。\n\n## Colophon\n\n版本。"),
    )
    assert form_errors(path) == []
    assert output_errors(path) == []
