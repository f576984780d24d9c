"""Figures: the same to the byte, with their data and their history, and never a box."""

import json
import re

import pandas as pd
import pytest
from matplotlib import rc_context
from matplotlib.text import Text

from analysis import Corpus, paths, save_figure
from analysis.notebooks import NotebookRun
from analysis.plots import plot_keywords, plot_word_cloud
from analysis.plots.drawing import draw_labels
from analysis.plots.style import STYLE, axes_of, register_font
from analysis.provenance import Step, digest_text

TABLE = pd.DataFrame(
    {
        "unit_id": ["甲", "甲", "乙"],
        "rank": [1, 2, 1],
        "term": ["述法", "普法", "立法"],
        "score": [2.0, 1.0, 1.5],
    }
)
CORPUS = Corpus(["依法行政"], pd.DataFrame(index=["甲"]), history=(Step("read_corpus", {"digest": "abc"}),))
RUN = NotebookRun("02-keywords", {"top_n": 2, "seed": 7})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.FIGURES_VARIABLE, str(tmp_path))
    return tmp_path


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_figure_made_again_is_the_same_to_the_byte(folder):
    save_figure(plot_keywords(TABLE), name="bars", data=TABLE, sources=(RUN, CORPUS))
    first = files(folder)
    assert set(first) == {"bars.png", "bars.svg", "bars.csv", "manifest.json"}
    save_figure(plot_keywords(TABLE), name="bars", data=TABLE, sources=(RUN, CORPUS))
    assert files(folder) == first


def test_the_manifest_says_where_a_figure_came_from_and_nothing_personal(folder):
    save_figure(plot_keywords(TABLE), name="bars", data=TABLE, sources=(RUN, CORPUS))
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    entry = json.loads(text)["bars"]
    assert (entry["notebook"], entry["parameters"], entry["seed"]) == (
        "02-keywords",
        {"top_n": 2, "seed": 7},
        7,
    )
    assert entry["corpus_digest"] == "abc"
    assert entry["history"] == [[{"verb": "read_corpus", "parameters": {"digest": "abc"}}]]
    assert entry["data_digest"] == digest_text((folder / "bars.csv").read_bytes().decode())
    everything = b"".join(content for name, content in files(folder).items() if name != "bars.png").decode()
    assert str(folder) not in everything
    assert not re.search(r"20\d\d-\d\d-\d\dT|Matplotlib v", everything)


def test_two_figures_share_a_manifest(folder):
    for name in ("one", "two"):
        save_figure(plot_keywords(TABLE), name=name, data=TABLE, sources=(RUN, CORPUS))
    assert sorted(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))) == ["one", "two"]


def test_a_character_that_the_font_lacks_is_an_error_and_writes_nothing(folder):
    table = TABLE.assign(term=["述法", "\ue123", "立法"])
    with pytest.raises(ValueError, match=r"no glyph for '\\ue123'"):
        save_figure(plot_keywords(table), name="bars", data=table, sources=(RUN, CORPUS))
    assert not list(folder.iterdir())


def test_a_source_without_history_is_refused(folder):
    with pytest.raises(ValueError, match="has no history"):
        save_figure(plot_keywords(TABLE), name="bars", data=TABLE, sources=({},))


def test_labels_never_overlap_each_other():
    register_font()
    with rc_context(STYLE):
        ax = axes_of(None, height=3)
        ax.set(xlim=(0, 1), ylim=(0, 1))
        draw_labels(ax, x=[0.5] * 12, y=[0.5] * 12, labels=["全面依法治区"] * 12)
        renderer = ax.figure.canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in ax.texts]
    assert 2 <= len(boxes) < 12
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_a_word_of_half_the_rate_covers_half_the_area():
    table = pd.DataFrame({"unit_id": ["甲", "乙"], "term": ["法治", "法治"], "per_1000_tokens": [8.0, 4.0]})
    first, second = (ax.patches[0].get_path().get_extents() for ax in plot_word_cloud(table).figure.axes[1:3])
    assert first.width * first.height / (second.width * second.height) == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_speak_one_language(language):
    figure = plot_keywords(TABLE.assign(term="VR", unit_id="a"), language=language).figure
    words = "".join(text.get_text() for text in figure.findobj(Text))
    assert bool(re.search(r"[\u4e00-\u9fff]", words)) == (language == "zh")


COMMITTED = sorted((paths.PROJECT / "figures").glob("*.csv"))


def test_there_are_at_least_twelve_figures():
    assert len(COMMITTED) >= 12


@pytest.mark.parametrize("table", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_figure_agrees_with_its_entry_and_its_notebook(table):
    entry = json.loads((table.parent / "manifest.json").read_text(encoding="utf-8"))[table.stem]
    digest = digest_text(table.read_bytes().decode("utf-8"))
    assert entry["data_digest"] == digest
    for ending in ("png", "svg"):
        assert table.with_suffix(f".{ending}").is_file()
    notebook = (paths.NOTEBOOKS / f"{entry['notebook']}.ipynb").read_text(encoding="utf-8")
    assert f"{table.stem} · {entry['data_rows']} rows · data {digest[:12]}" in notebook
