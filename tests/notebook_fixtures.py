"""Small notebooks for tests, written to a folder of their own."""

import json

MAKE_FIGURES = """\
import json, os
from pathlib import Path
folder = Path(os.environ["ANALYSIS_FIGURES"])
entry = dict(notebook=run.notebook, parameters=dict(run.parameters))
(folder / "manifest.json").write_text(json.dumps(dict.fromkeys({figures!r}, entry)), encoding="utf-8")
for name in {figures!r}:
    (folder / (name + ".csv")).write_text("term,count\\n法治," + str(top_n) + "\\n", encoding="utf-8")
    (folder / (name + ".png")).write_bytes(b"image")
"""
PARAMETERS = """\
corpus_folder: str = "corpus"  # folder of the corpus
top_n: int = 20  # keywords a document
unit: str = "段落"  # unit of analysis
ratio: float = 0.5  # share
strict: bool = False  # whether
extra: list[str] = []  # more stop words
label: str | None = None  # language of labels
"""


def code(source, *tags):
    return {
        "cell_type": "code",
        "id": f"c{len(source)}-{sum(map(ord, source)) % 9973}",
        "source": source,
        "metadata": {"tags": list(tags)} if tags else {},
        "outputs": [],
        "execution_count": None,
    }


def markdown(source):
    return {"cell_type": "markdown", "id": f"m{len(source)}", "source": source, "metadata": {}}


def write_notebook(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = {"cells": list(cells), "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
    return path


def figure_notebook(path, figures, *more):
    """A notebook with the usual parameters that makes the named figures; `more` cells follow."""
    imports = f"from analysis.notebooks import notebook_run\nrun = notebook_run({path.stem!r}, globals())"
    make = MAKE_FIGURES.format(figures=list(figures))
    cells = [
        markdown("# 关键词是什么？"),
        code(PARAMETERS, "parameters"),
        code(imports),
        code(make),
        code("top_n"),
    ]
    return write_notebook(path, *cells, *more)
