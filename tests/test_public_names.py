"""The names at the top: few enough to learn, listed by `help(analysis)`, and none of the old ones lost."""

import inspect
import os
import re
import subprocess
import sys
import warnings

import pytest

import analysis
from analysis import paths

OLD = (paths.PROJECT / "tests/oracles/public_names_0.1.0.txt").read_text(encoding="utf-8").split()
"""The public names of version 0.1.0, read from its `__init__`."""
CONTRACT = [
    "Corpus",
    "read_corpus",
    "subset_corpus",
    "split_corpus",
    "clean_corpus",
    "clean_and_explain",
    "apply_plan",
    "explain_cleaning",
    "read_document",
    "decode_bytes",
    "recognise_double_decoding",
    "parse_structure",
    "segment",
    "segment_text",
    "make_segmenter",
    "load_terms",
    "Tokens",
    "count_terms",
    "trim_dtm",
    "group_dtm",
    "weight_dtm",
    "rank_keywords",
    "fit_topics",
    "compare_topic_counts",
    "choose_groups",
    "compare_vocabulary",
    "compare_documents",
    "find_shared_passages",
    "find_indicators",
    "discover_terms",
    "count_nested",
    "count_themes",
    "keyword_in_context",
    "check_parameters",
    "ParameterError",
    "CorpusError",
    "save_figure",
]
"""Names that other people's code is written against; they stay at the top."""


def test_the_names_at_the_top_can_be_learnt():
    assert len(analysis.__all__) == len(set(analysis.__all__)) <= 70
    assert len(analysis._HEADINGS) == 8


def test_help_lists_every_name_once_under_a_heading():
    listed = [
        name
        for line in analysis.__doc__.splitlines()
        if line.startswith("    ")
        for name in re.findall(r"\w+", line)
    ]
    assert sorted(listed) == analysis.__all__
    shown = subprocess.run(
        [sys.executable, "-c", "import pydoc, analysis; print(pydoc.plain(pydoc.render_doc(analysis)))"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=True,
    ).stdout
    for heading in analysis._HEADINGS:
        assert f"\n    {heading}\n" in shown


@pytest.mark.parametrize("name", CONTRACT)
def test_a_promised_name_stands_at_the_top(name):
    assert name in analysis.__all__
    assert getattr(analysis, name) is not None


def test_all_names_of_the_first_version_are_known():
    assert len(OLD) == 133
    assert set(OLD) <= {*analysis.__all__, *analysis._NOW}


@pytest.mark.parametrize("name", OLD)
def test_an_old_name_works_and_a_moved_one_names_the_new(name):
    if name in analysis.__all__:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            getattr(analysis, name)
        return
    new = analysis._NOW[name]
    with pytest.warns(FutureWarning, match=re.escape(f"analysis.{name} is now analysis.{new};")):
        value = getattr(analysis, name)
    assert value.__name__ == new.rpartition(".")[2]


def test_the_warning_points_at_the_line_that_uses_the_old_name(tmp_path):
    script = tmp_path / "old.py"
    script.write_text("from analysis import g2\n\n\ng2", encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert f"{script.name}:1: FutureWarning" in done.stderr


def test_a_moved_name_is_not_listed():
    assert not set(dir(analysis)) & set(analysis._NOW)


@pytest.mark.parametrize("package", ["plots", "cleaning", "words"])
def test_the_face_of_a_package_loads_nothing_before_it_is_used(package):
    code = (
        f"import sys, analysis.{package}; "
        "print(sorted({'sklearn', 'matplotlib', 'scipy', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["plots", "cleaning", "words"])
def test_the_face_of_a_package_has_every_name_that_it_lists(package):
    module = __import__(f"analysis.{package}", fromlist=["_"])
    for name in module.__all__:
        assert inspect.getdoc(getattr(module, name))
    with pytest.raises(AttributeError, match="has no attribute"):
        module.依法行政  # noqa: B018
