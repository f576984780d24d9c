"""Notebooks are run when something changed, results appear when they are complete, and failures keep the old."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from notebook_fixtures import code, figure_notebook

from analysis import paths
from analysis.__main__ import main
from analysis.notebooks.normal_form import normal_form, notebook_text
from analysis.notebooks.publishing import compare_figures, forget_notebooks, publish_figures


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A project's changing folders, with one notebook, and another folder to work in."""
    for variable, name in (
        (paths.NOTEBOOKS_VARIABLE, "notebooks"),
        (paths.BUILD_VARIABLE, "build"),
        (paths.FIGURES_VARIABLE, "figures"),
    ):
        monkeypatch.setenv(variable, str(tmp_path / name))
    figure_notebook(tmp_path / "notebooks" / "01-词.ipynb", ["01-a", "01-b"])
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_misspelt_parameter_is_refused_before_anything_runs(place, capsys):
    assert main(["run", "-p", "top_m", "30"]) == 2
    assert "did you mean 'top_n'?" in capsys.readouterr().err
    assert not (place / "figures").exists()
    assert not (place / "build").exists()


def test_a_corpus_that_is_not_there_is_refused(place, capsys):
    assert main(["run", "--corpus", str(place / "nowhere")]) == 2
    assert "no corpus folder" in capsys.readouterr().err


def test_a_result_is_made_once_and_again_when_something_changed(place, capsys):
    figures = place / "figures"
    assert main(["run"]) == 0
    assert "1 made" in capsys.readouterr().err
    assert sorted(path.name for path in figures.iterdir()) == sorted(
        [*(f"01-{letter}.{end}" for letter in "ab" for end in ("csv", "png")), "manifest.json"]
    )
    assert (place / "build" / "executed" / "01-词.ipynb").is_file()
    assert list((place / "build").glob("staging*")) == []

    assert main(["run"]) == 0
    assert "1 up to date" in capsys.readouterr().err

    (figures / "01-b.png").unlink()
    assert main(["run"]) == 0
    assert "1 made" in capsys.readouterr().err
    assert (figures / "01-b.png").is_file()


@pytest.mark.slow
def test_a_parameter_code_corpus_or_data_that_changed_is_noticed(place, capsys):
    corpus = place / "corpus"
    shutil.copytree(paths.CORPUS, corpus)
    given = ["run", "--corpus", str(corpus)]
    assert main(given) == 0
    assert "1 made" in capsys.readouterr().err
    assert manifest(corpus / "figures")["01-a"]["parameters"]["corpus_folder"] == "corpus"
    assert not (place / "figures").exists()

    assert main([*given, "-p", "top_n", "30"]) == 0
    assert "1 made" in capsys.readouterr().err
    assert (corpus / "figures" / "01-a.csv").read_text(encoding="utf-8").endswith("30\n")

    (corpus / "figures" / "01-a.csv").write_text("改过", encoding="utf-8")
    assert main([*given, "-p", "top_n", "30"]) == 0
    assert "1 made" in capsys.readouterr().err

    (corpus / "corrections.csv").write_text("doc_id,reason\n", encoding="utf-8")
    assert main([*given, "-p", "top_n", "30"]) == 0
    assert "1 made" in capsys.readouterr().err

    notebook = place / "notebooks" / "01-词.ipynb"
    book = json.loads(notebook.read_text(encoding="utf-8"))
    book["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "旧"}]
    notebook.write_text(json.dumps(book), encoding="utf-8")
    assert main([*given, "-p", "top_n", "30"]) == 0
    assert "1 up to date" in capsys.readouterr().err, "stored outputs are no input"

    book["cells"][-1]["source"] = "top_n + 1"
    notebook.write_text(json.dumps(book), encoding="utf-8")
    assert main([*given, "-p", "top_n", "30"]) == 0
    assert "1 made" in capsys.readouterr().err


@pytest.mark.slow
def test_a_corpus_that_cannot_be_read_is_told_once(place, capsys):
    read = "from analysis import read_corpus\nread_corpus(corpus_folder)"
    for name in ("02-题", "03-较"):
        figure_notebook(place / "notebooks" / f"{name}.ipynb", [f"{name[:2]}-a"], code(read))
    figure_notebook(place / "notebooks" / "01-词.ipynb", ["01-a"], code(read))
    (place / "empty").mkdir()
    assert main(["run", "--corpus", str(place / "empty")]) == 1
    told = capsys.readouterr().err
    assert told.count("has no manifest.csv") == 1
    assert "3 failed" in told
    assert list((place / "empty").iterdir()) == []


@pytest.mark.slow
def test_a_failing_cell_is_named_and_the_old_result_stays(place, capsys):
    assert main(["run"]) == 0
    before = {path: path.read_bytes() for path in (place / "figures").iterdir()}
    executed = place / "build" / "executed" / "01-词.ipynb"
    old = executed.read_bytes()
    capsys.readouterr()

    figure_notebook(place / "notebooks" / "01-词.ipynb", ["01-a"], code("# 比率\n\n1 / 0"))
    assert main(["run", "-p", "top_n", "30"]) == 1
    told = capsys.readouterr().err
    assert "01-词 failed in cell 6 of 6 (In [6]): # 比率" in told
    assert "ZeroDivisionError: division by zero" in told
    assert {path: path.read_bytes() for path in (place / "figures").iterdir()} == before
    assert executed.read_bytes() == old

    figure_notebook(place / "notebooks" / "01-词.ipynb", ["01-a"])
    assert main(["run"]) == 0
    assert sorted(manifest(place / "figures")) == ["01-a"], "a figure that is no longer made is gone"
    assert not list((place / "figures").glob("01-b*"))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_the_old_result_and_no_kernel(place, number):
    assert main(["run"]) == 0
    before = {path: path.read_bytes() for path in (place / "figures").iterdir()}
    mark = place / "kernel"
    slow = f"import time\nPath({str(mark)!r}).write_text(str(os.getpid()))\ntime.sleep(60)"
    figure_notebook(place / "notebooks" / "01-词.ipynb", ["01-a"], code(slow))
    running = subprocess.Popen(
        [sys.executable, "-m", "analysis", "run"], stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    until = time.monotonic() + 60
    while not (mark.is_file() and mark.read_text(encoding="utf-8")) and time.monotonic() < until:
        time.sleep(0.05)
    kernel = int(mark.read_text(encoding="utf-8"))
    running.send_signal(number)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert told.splitlines() == ["01-词 …", "interrupted: what was not finished keeps its previous result"]
    assert {path: path.read_bytes() for path in (place / "figures").iterdir()} == before
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(kernel, 0)
    assert list((place / "build").glob("staging*")) == []


@pytest.mark.slow
def test_a_grid_has_a_folder_for_every_combination(place, capsys):
    (place / "grid.yaml").write_text("top_n: [5, 6]\nextra: [[的, 了]]", encoding="utf-8")
    given = ["run", "01-词", "--grid", str(place / "grid.yaml")]
    assert main(given) == 0
    assert "2 made" in capsys.readouterr().err
    folder = place / "figures" / "grid" / "01-词"
    assert sorted(path.name for path in folder.iterdir()) == ["top_n=5,extra=的+了", "top_n=6,extra=的+了"]
    assert (folder / "top_n=6,extra=的+了" / "01-a.csv").read_text(encoding="utf-8") == "term,count\n法治,6\n"
    assert not (place / "figures" / "manifest.json").exists()
    assert main(given) == 0
    assert "2 up to date" in capsys.readouterr().err


@pytest.mark.slow
def test_a_check_tells_what_differs_and_changes_nothing(place, capsys):
    assert main(["run", "--check"]) == 1
    assert "01-a is made, but not kept" in capsys.readouterr().err
    assert not (place / "figures").exists()
    assert main(["run"]) == 0
    assert main(["run", "--check"]) == 0
    table = place / "figures" / "01-a.csv"
    table.write_text("term,count\n法治,21\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["run", "--check"]) == 1
    assert "01-a.csv, line 2: kept '法治,21', made '法治,20'" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8").endswith("21\n")


@pytest.mark.slow
def test_refreshing_stores_outputs_in_normal_form_and_a_second_time_changes_nothing(place):
    path = place / "notebooks" / "01-词.ipynb"
    assert main(["refresh"]) == 0
    first = path.read_bytes()
    book = nbformat.reads(first.decode("utf-8"), as_version=4)
    nbformat.validate(book)
    assert [cell.execution_count for cell in book.cells if cell.cell_type == "code"] == [1, 2, 3, 4]
    assert book.cells[-1].outputs[0].data["text/plain"] == "20"
    assert "papermill" not in first.decode("utf-8")
    assert main(["refresh"]) == 0
    assert path.read_bytes() == first
    assert main(["run"]) == 0


def test_the_normal_form_of_the_normal_form_is_the_same():
    cells = [
        nbformat.v4.new_code_cell(
            "1",
            id="x",
            execution_count=9,
            metadata={"execution": {"iopub.execute_input": "2026"}, "tags": ["parameters"], "collapsed": True},
            outputs=[
                nbformat.v4.new_output("stream", name="stdout", text="甲"),
                nbformat.v4.new_output("stream", name="stdout", text="乙"),
                nbformat.v4.new_output("execute_result", {"text/plain": "1"}, execution_count=9),
            ],
        ),
        nbformat.v4.new_markdown_cell("题", id="z"),
        nbformat.v4.new_code_cell("top_n = 1", id="y", metadata={"tags": ["injected-parameters"]}),
    ]
    book = nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {}, "papermill": {}})
    once = normal_form(book)
    assert notebook_text(normal_form(once)) == notebook_text(once)
    assert len(once.cells) == 2
    assert once.cells[0].metadata == {"tags": ["parameters"]}
    assert [output.get("text") for output in once.cells[0].outputs] == ["甲乙", None]
    assert once.cells[0].outputs[1].execution_count == 1
    assert [cell["id"] for cell in once.cells] == ["x", "z"]
    assert book.cells[0].execution_count == 9, "what was given is not changed"


def stage(folder, notebook, **tables):
    folder.mkdir(parents=True, exist_ok=True)
    entries = {name: {"notebook": notebook} for name in tables}
    (folder / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_publishing_leaves_the_figures_of_other_notebooks_alone(tmp_path):
    kept = tmp_path / "figures"
    claims = {}
    publish_figures(stage(tmp_path / "1", "甲", a="1", b="2"), kept, notebook="甲", claims=claims)
    publish_figures(stage(tmp_path / "2", "乙", c="3"), kept, notebook="乙", claims=claims)
    publish_figures(stage(tmp_path / "3", "甲", b="4"), kept, notebook="甲", claims=claims)
    assert sorted(path.name for path in kept.iterdir()) == ["b.csv", "c.csv", "manifest.json"]
    assert manifest(kept) == {"b": {"notebook": "甲"}, "c": {"notebook": "乙"}}
    assert (kept / "b.csv").read_text(encoding="utf-8") == "4"


def test_publishing_removes_a_form_in_which_a_figure_is_no_longer_made(tmp_path):
    kept = tmp_path / "figures"
    publish_figures(stage(tmp_path / "1", "甲", a="1"), kept, notebook="甲", claims={})
    (kept / "a.pdf").write_bytes(b"old")
    (kept / "a-2.pdf").write_bytes(b"other")
    publish_figures(tmp_path / "1", kept, notebook="甲", claims={})
    assert sorted(path.name for path in kept.iterdir()) == ["a-2.pdf", "a.csv", "manifest.json"]


def test_two_notebooks_cannot_make_the_same_figure(tmp_path):
    claims = {}
    publish_figures(stage(tmp_path / "1", "甲", a="1"), tmp_path / "f", notebook="甲", claims=claims)
    with pytest.raises(ValueError, match="乙 and 甲 both make a figure 'a'"):
        publish_figures(stage(tmp_path / "2", "乙", a="2"), tmp_path / "f", notebook="乙", claims=claims)
    assert (tmp_path / "f" / "a.csv").read_text(encoding="utf-8") == "1"


def test_a_notebook_without_figures_makes_no_folder(tmp_path):
    (tmp_path / "1").mkdir()
    assert publish_figures(tmp_path / "1", tmp_path / "f", notebook="甲", claims={}) == []
    assert not (tmp_path / "f").exists()


def test_figures_of_a_notebook_that_is_gone_go_too(tmp_path):
    kept = tmp_path / "figures"
    for notebook, table in (("甲", {"a": "1"}), ("乙", {"b": "2"})):
        publish_figures(stage(tmp_path / notebook, notebook, **table), kept, notebook=notebook, claims={})
    forget_notebooks(kept, existing={"乙"})
    assert sorted(path.name for path in kept.iterdir()) == ["b.csv", "manifest.json"]


def test_a_comparison_names_what_is_missing_and_what_is_too_much(tmp_path):
    made = stage(tmp_path / "1", "甲", a="x\n", b="y\n")
    kept = stage(tmp_path / "2", "甲", b="y\nz\n", c="")
    assert compare_figures(made, kept, notebook="甲") == [
        "甲: a is made, but not kept",
        "甲: c is kept, but no longer made",
        "甲: b.csv: kept 2 lines, made 1",
    ]
