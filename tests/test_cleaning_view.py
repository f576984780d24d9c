"""The comparison marks what changed, loses no character, and is the same every time."""

import html
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    Corpus,
    CorpusError,
    clean_and_explain,
    clean_corpus,
    read_corpus,
    split_corpus,
    subset_corpus,
)
from analysis.cleaning import view_changes

ROW = re.compile(r"<tr><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", re.DOTALL)
PIECES = st.sampled_from(
    [
        "区委",
        "區(qū)",
        "依法，治国",
        ",",
        "\n",
        "\n",
        "\u3000\u3000",
        "提交",
        "编辑:王某",
        "6页",
        "<b>",
        "&",
        "。",
        "XX",
        "\u200b",
        "「",
        "」",
    ]
)


def columns(view):
    """The text of both columns, as a browser shows it."""
    return [
        [html.unescape(re.sub("<[^>]+>", "", cell.replace("↵<br>", "\n"))) for cell in row]
        for row in ROW.findall(view.html)
    ]


@pytest.fixture(scope="module")
def cleaned():
    """Four of the five; the fifth takes seconds and shows nothing new."""
    return clean_corpus(subset_corpus(read_corpus(), keep=lambda docvars: docvars["type"] != "报告"))


def bare(text):
    return re.sub(r"\s", "", text)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_both_columns_hold_the_whole_text(text):
    rows = columns(view_changes(text, only_changed=False, max_lines=1000))
    assert bare("".join(left for left, _ in rows)) == bare(text)
    assert bare("".join(right for _, right in rows)) == bare(clean_and_explain(text).text)


def test_documents_are_shown_whole(cleaned):
    for name, text in cleaned.parent:
        rows = columns(view_changes(cleaned, doc_id=name, only_changed=False, max_lines=1000))
        assert bare("".join(left for left, _ in rows)) == bare(text)
        assert bare("".join(right for _, right in rows)) == bare(cleaned[name])


def test_it_is_the_same_every_time_and_needs_no_network(cleaned):
    view = view_changes(cleaned, max_lines=3)
    assert view._repr_html_() == view_changes(cleaned, max_lines=3).html
    assert not re.search(r"<script|<link|src=|https?://(?!www\.sanweiyuan)|id=", view.html)


def test_only_changed_lines_are_shown_with_as_much_context_as_asked():
    text = "\n".join(["甲行没有变。", "乙行没有变。", "丙區(qū)变了。", "丁行没有变。"])
    assert len(columns(view_changes(text))) == 1
    assert len(columns(view_changes(text, context=1))) == 3
    assert "… 2 行未改动" in view_changes(text).html
    assert len(columns(view_changes(text, only_changed=False, max_lines=2))) == 2


def test_every_change_names_its_rule_on_hovering():
    marks = re.findall('<mark title="([^"]*)"', view_changes("依法治區(qū),好").html)
    assert len(marks) == 5
    assert {re.search(r"\((\w+),", mark)[1] for mark in marks} == {"annotations", "script", "punctuation"}


@pytest.mark.parametrize(("language", "word"), [("zh", "人工更正"), ("en", "correction by hand")])
def test_a_correction_by_hand_is_shown_as_one(language, word):
    raw = Corpus(["推进依法冶区"], pd.DataFrame(index=["甲"]))
    table = pd.DataFrame([["甲", "法冶", "法治", "错字"]], columns=["doc_id", "before", "after", "reason"])
    view = view_changes(clean_corpus(raw, corrections=table), language=language)
    assert view.changes == 1
    assert f"{word} (corrections, rule); 错字" in view.html


def test_clean_text_says_that_nothing_changed():
    assert "没有改动" in view_changes("依法治区。").html


def test_an_unknown_document_and_a_split_corpus_are_refused(cleaned):
    with pytest.raises(KeyError, match="no unit"):
        view_changes(cleaned, doc_id="无")
    with pytest.raises(CorpusError, match="whole documents"):
        view_changes(split_corpus(cleaned, unit="section"))
