"""What a notebook may be told is read from its file, and everything else is refused by name."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook_fixtures import code, figure_notebook, markdown, write_notebook

from analysis import ParameterError, check_parameters, notebook_run
from analysis.notebooks import declared_parameters
from analysis.notebooks.parameter_values import KINDS, Parameter
from analysis.notebooks.planning import folder_name, plan_jobs, read_value


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_NOTEBOOKS", str(tmp_path))
    monkeypatch.setenv("ANALYSIS_FIGURES", str(tmp_path / "figures"))
    monkeypatch.setenv("ANALYSIS_BUILD", str(tmp_path / "build"))
    figure_notebook(tmp_path / "01-词.ipynb", ["01-a"])
    figure_notebook(tmp_path / "02-题.ipynb", ["02-a"])
    return tmp_path


def with_parameters(folder, source, *more):
    return write_notebook(folder / "例.ipynb", code(source, "parameters"), *more)


def test_the_parameters_cell_is_read_with_types_defaults_and_meanings(folder):
    declared = declared_parameters("01-词")
    assert [p.name for p in declared][:3] == ["corpus_folder", "top_n", "unit"]
    assert declared[1] == Parameter("top_n", "int", 20, "keywords a document")
    assert declared[6] == Parameter("label", "str | None", None, "language of labels")


def test_a_hash_inside_a_literal_is_no_comment(folder):
    path = with_parameters(folder, 'sign: str = "#法治"  # 标记')
    assert declared_parameters(path) == (Parameter("sign", "str", "#法治", "标记"),)


def test_a_default_over_several_lines_is_read(folder):
    path = with_parameters(folder, 'words: list[str] = [\n    "法治",  # 第一\n    "依法",\n]  # 词')
    assert declared_parameters(path) == (Parameter("words", "list[str]", ["法治", "依法"], "词"),)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("top_n = 20", "this is not a parameter: top_n = 20"),
        ("top_n: int = 2 * 10", "this is not a parameter"),
        ("import os", "this is not a parameter: import os"),
        ("when: date = None", "cannot be of type date"),
        ("top_n: int = 20\ntop_n: int = 30", "declared twice"),
        ('top_n: int = "20"', "which is not of type int"),
        ("top_n: int = True", "which is not of type int"),
        ("top_n: int = (", "is not Python"),
    ],
)
def test_a_parameters_cell_of_another_form_is_refused_with_its_line(folder, source, message):
    with pytest.raises(ParameterError, match=message) as raised:
        declared_parameters(with_parameters(folder, source))
    assert "cell 1" in str(raised.value)


def test_no_parameters_cell_or_two_are_refused(folder):
    path = write_notebook(folder / "例.ipynb", markdown("题"), code("1 + 1"))
    with pytest.raises(ParameterError, match="no cell tagged 'parameters'"):
        declared_parameters(path)
    path = with_parameters(folder, "a: int = 1", code("a: int = 2", "parameters"))
    with pytest.raises(ParameterError, match="2 cells tagged 'parameters'") as raised:
        declared_parameters(path)
    assert "cell 1, cell 2" in str(raised.value)


def test_a_file_that_is_no_notebook_is_refused(folder):
    path = folder / "例.ipynb"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ParameterError, match="not a Jupyter notebook"):
        declared_parameters(path)


def test_a_misspelt_notebook_names_the_nearest(folder):
    with pytest.raises(ParameterError, match=r"did you mean '01-词'\?"):
        declared_parameters("01-字")


def test_a_misspelt_parameter_names_the_nearest(folder):
    with pytest.raises(ParameterError, match=r"did you mean 'top_n'\?"):
        check_parameters("01-词", values={"top_m": 30})


@pytest.mark.parametrize(
    ("name", "value"),
    [("top_n", "30"), ("top_n", True), ("strict", 1), ("ratio", "0.5"), ("extra", ["的", 1]), ("unit", None)],
)
def test_a_value_of_another_type_is_refused(folder, name, value):
    with pytest.raises(ParameterError, match=f"{name} is .* not of type"):
        check_parameters("01-词", values={name: value})


def test_an_integer_will_do_for_a_float_and_none_where_it_is_declared(folder):
    values = {"ratio": 1, "label": None, "extra": ["的"]}
    assert check_parameters("01-词", values=values) == values


def values_of(folder, **changes):
    return {p.name: p.default for p in declared_parameters("01-词")} | changes


def test_a_notebook_learns_which_run_it_is(folder):
    run = notebook_run("01-词", values_of(folder, top_n=30, other=object()))
    assert (run.notebook, run.parameters["top_n"]) == ("01-词", 30)
    assert "other" not in run.parameters


def test_where_the_corpus_stands_is_not_recorded(folder):
    run = notebook_run("01-词", values_of(folder, corpus_folder=str(folder / "my corpus")))
    assert run.parameters["corpus_folder"] == "my corpus"


def test_a_notebook_refuses_a_wrong_type_and_a_missing_value(folder):
    with pytest.raises(ParameterError, match="not of type int"):
        notebook_run("01-词", values_of(folder, top_n="30"))
    values = values_of(folder)
    del values["unit"]
    with pytest.raises(ParameterError, match="run the parameters cell first"):
        notebook_run("01-词", values)


def test_a_notebook_refuses_what_papermill_lets_through(folder):
    history = ["", "top_n: int = 20", "# Parameters\ntop_m = 30\n"]
    with pytest.raises(ParameterError, match=r"did you mean 'top_n'\?"):
        notebook_run("01-词", values_of(folder, In=history, top_m=30))
    assert notebook_run("01-词", values_of(folder, In=["", "top_m = 30"])).notebook == "01-词"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("top_n", "30", 30),
        ("ratio", "1e-3", 0.001),
        ("strict", "false", False),
        ("strict", "True", True),
        ("unit", "30", "30"),
        ("extra", "的,了", ["的", "了"]),
        ("extra", '["的", "1, 2"]', ["的", "1, 2"]),
        ("extra", "", []),
        ("label", "none", None),
        ("label", "zh", "zh"),
    ],
)
def test_a_text_of_the_command_line_becomes_the_declared_type(folder, name, text, value):
    (job,) = plan_jobs(["01-词"], parameters=[(name, text)])
    assert job.values == {name: value}
    assert type(job.values[name]) is type(value)


@pytest.mark.parametrize(
    ("name", "text"), [("top_n", "3.5"), ("strict", "maybe"), ("extra", "[的"), ("ratio", "half")]
)
def test_a_text_that_is_not_of_the_declared_type_is_refused(folder, name, text):
    with pytest.raises(ParameterError, match=f"{name} is .* not of type"):
        plan_jobs(["01-词"], parameters=[(name, text)])


@settings(derandomize=True, deadline=None)
@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()))
def test_every_plain_value_survives_the_command_line(value):
    kind = type(value).__name__
    parameter = Parameter("p", kind, value)
    assert read_value(str(value), parameter, notebook="例") == value
    assert KINDS[kind](value)


def test_with_several_notebooks_a_parameter_goes_to_those_that_declare_it(folder):
    write_notebook(folder / "03-无.ipynb", code("seed: int = 1", "parameters"))
    first, second, third = plan_jobs([], parameters=[("top_n", "5")])
    assert (first.values, second.values, third.values) == ({"top_n": 5}, {"top_n": 5}, {})
    with pytest.raises(ParameterError, match="none of 01-词, 02-题, 03-无 has a parameter 'top_m'"):
        plan_jobs([], parameters=[("top_m", "5")])


def test_notebooks_for_exploring_are_not_run_in_a_row(folder):
    figure_notebook(folder / "explore-词.ipynb", ["x"])
    assert [job.name for job in plan_jobs([])] == ["01-词", "02-题"]
    assert [job.name for job in plan_jobs(["explore-词"])] == ["explore-词"]


def grid(folder, text):
    path = folder / "grid.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_grid_is_a_job_for_every_combination(folder):
    jobs = plan_jobs(["01-词"], grid=grid(folder, "top_n: [5, 6]\nunit: [段落, 句子]"))
    assert [job.values for job in jobs] == [
        {"top_n": n, "unit": unit} for n in (5, 6) for unit in ("段落", "句子")
    ]
    assert jobs[0].figures == folder / "figures" / "grid" / "01-词" / "top_n=5,unit=段落"
    assert len({job.figures for job in jobs}) == len({job.executed for job in jobs}) == 4


@pytest.mark.parametrize("text", ["", "top_n: 5", "top_n: []", "- 5", "5: [1]", "top_n: ["])
def test_a_grid_of_another_form_is_refused(folder, text):
    with pytest.raises(ParameterError, match="the grid"):
        plan_jobs(["01-词"], grid=grid(folder, text))


def test_a_grid_is_checked_like_everything_else(folder):
    with pytest.raises(ParameterError, match=r"did you mean 'top_n'\?"):
        plan_jobs(["01-词"], grid=grid(folder, "top_m: [5]"))
    with pytest.raises(ParameterError, match="not of type int"):
        plan_jobs(["01-词"], grid=grid(folder, "top_n: [5, six]"))


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_folders_of_a_grid_have_names_that_every_system_allows(one, other):
    names = [folder_name({"p": value}) for value in (one, other)]
    for name in names:
        assert 0 < len(name) < 120
        assert not set(name) & set('<>:"/\\|?*\n\0')
        assert not name.endswith((".", " "))


def test_another_corpus_sends_figures_to_its_own_folder(folder, tmp_path):
    corpus = tmp_path / "mine"
    corpus.mkdir()
    (job, _) = plan_jobs([], corpus=corpus)
    assert job.values == {"corpus_folder": str(corpus.resolve())}
    assert job.figures == corpus.resolve() / "figures"
    assert job.executed.is_relative_to(tmp_path / "build")
    assert plan_jobs([], parameters=[("corpus_folder", str(corpus))])[0] == job


def test_an_older_notebook_with_lines_as_lists_is_read(folder):
    cell = {"cell_type": "code", "source": ["a: int = 1\n", "b: int = 2"], "metadata": {"tags": ["parameters"]}}
    path = folder / "例.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    assert [p.name for p in declared_parameters(path)] == ["a", "b"]


CELL = """\
corpus_folder: str = "corpus"  # folder
documents: list[str] | None = None  # ids; None for all
by: str = "auto"  # column, such as type; or auto
target: list[str] | None = None  # values
language: str = "zh"  # language of the labels: zh or en
unit: str = "章节"  # 分析单位：章节、段落 或 句子
weight: str | None = None  # weighting: one, two or three
term_dictionary: str | None = None  # a file
extra: list[str] = []  # more words
top_n: int = 12  # terms shown
lag: int = 0  # years between
n_topics: int = 5  # topics
seed: int = 1  # seed
ratio: float = 0.5  # a number
confidence: float = 0.95  # of the intervals
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "语料"
    folder.mkdir()
    rows = "pq-2024,a.txt,0,报告,平桥区\npq-2025,b.txt,0,讲话,平桥区\nsh-2025,c.txt,0,报告,\n"
    (folder / "manifest.csv").write_text("id,file,sha256,type,place\n" + rows, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("language", "ch", "language is 'ch'\n  allowed: zh, en\n  next: did you mean 'zh'?"),
        ("language", "英文", "did you mean 'en'?"),
        ("unit", "段", "unit is '段'\n  allowed: 章节, 段落, 句子\n  next: did you mean '段落'?"),
        ("weight", "tow", "did you mean 'two'?"),
        ("term_dictionary", "resources/没有.tsv", "there is no file resources/没有.tsv"),
        ("documents", [], "documents is an empty list"),
        ("top_n", 0, "top_n is 0\n  allowed: 1 or more\n  next: terms shown"),
        ("lag", -1, "lag is -1\n  allowed: 0 or more"),
        ("n_topics", 1, "n_topics is 1\n  allowed: 2 or more"),
        ("seed", -7, "0 or more"),
        ("seed", 2**32, "up to 4294967295"),
        ("ratio", float("nan"), "ratio is nan"),
        ("confidence", 95, "a share above 0 and below 1"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_and_the_nearest_named(folder, name, value, message):
    path = with_parameters(folder, CELL)
    with pytest.raises(ParameterError) as caught:
        check_parameters(path, values={name: value})
    assert message in str(caught.value)
    assert (
        "notebook 例" in str(caught.value) or str(folder) in str(caught.value) or "where:" in str(caught.value)
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "en"),
        ("unit", "句子"),
        ("weight", None),
        ("weight", "three"),
        ("by", "auto"),
        ("extra", []),
        ("lag", 0),
        ("seed", 0),
        ("top_n", 1),
        ("n_topics", 2),
        ("ratio", -3),
        ("confidence", 0.5),
    ],
)
def test_a_value_at_the_edge_of_what_can_be_used_is_accepted(folder, name, value):
    path = with_parameters(folder, CELL)
    assert check_parameters(path, values={name: value}) == {name: value}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"documents": ["pq-2024", "pq-2o25"]}, "no such document: 'pq-2o25'"),
        ({"by": "typ"}, "did you mean 'type'?"),
        ({"by": "type", "target": ["演讲"]}, "target is '演讲'\n  where: column 'type'"),
        ({"by": "doc_id", "target": ["sh2025"]}, "did you mean 'sh-2025'?"),
    ],
)
def test_what_the_corpus_has_not_is_refused_before_anything_runs(folder, corpus, values, message):
    path = with_parameters(folder, CELL)
    with pytest.raises(ParameterError) as caught:
        check_parameters(path, values={"corpus_folder": str(corpus), **values})
    assert message in str(caught.value)
    missing = {**values, "corpus_folder": str(corpus / "missing")}
    assert check_parameters(path, values=missing).keys() == missing.keys(), "whoever reads the corpus says why"


def test_what_the_corpus_has_is_accepted(folder, corpus):
    values = {"corpus_folder": str(corpus), "documents": ["sh-2025"], "by": "place", "target": ["平桥区"]}
    assert check_parameters(with_parameters(folder, CELL), values=values) == values


def test_a_notebook_run_by_hand_refuses_the_same_values(folder, corpus):
    path = with_parameters(folder, CELL)
    values = {p.name: p.default for p in declared_parameters(path)}
    with pytest.raises(ParameterError, match="did you mean 'zh'"):
        notebook_run(path, {**values, "language": "chs"})
    with pytest.raises(ParameterError, match="no such document: '甲'"):
        notebook_run(path, {**values, "corpus_folder": str(corpus), "documents": ["甲"]})


def test_every_closed_choice_of_the_projects_notebooks_is_recognised():
    from analysis import paths
    from analysis.matrix import SCHEMES
    from analysis.notebooks.parameter_values import stated_choices

    found = {}
    for path in paths.NOTEBOOKS.glob("*.ipynb"):
        for parameter in declared_parameters(path):
            found.setdefault(parameter.name, set()).update(
                stated_choices(parameter.meaning, default=parameter.default)
            )
    assert found["language"] == {"zh", "en"}
    assert found["stop_list"] == {"default", "minimal", "none"}
    assert found["unit"] <= {"document", "section", "paragraph", "sentence"}
    assert found["scheme"] <= set(SCHEMES)
    assert all(found[name] for name in ("unit", "scheme"))
