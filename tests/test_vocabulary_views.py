"""From a proposal to a row of the dictionary, and the tables and the figure that show it."""

import pandas as pd
import pytest

from analysis import Corpus, CorpusError, discover_terms, load_terms, make_segmenter, view_sentences
from analysis.discovery import extend_dictionary
from analysis.plots import plot_proposals

TERMS = pd.DataFrame({"term": ["述法", "“八五”普法"], "variants": ["", "八五普法"]})
PROPOSALS = pd.DataFrame({"term": ["1+3+1", "银" * 31, "八五普法", "银杏树工程", "五个一律"]})


def test_first_proposals_are_those_that_a_dictionary_can_hold_and_lacks():
    table = extend_dictionary(PROPOSALS, terms=TERMS, top_n=2)
    assert table["term"].tolist() == ["述法", "“八五”普法", "银杏树工程", "五个一律"]
    assert table.columns.tolist() == ["term", "category", "variants", "source"]
    assert table.loc[1, "variants"] == "八五普法"


def test_an_accepted_term_is_one_token_and_the_dictionary_given_is_not_changed():
    terms = load_terms()
    count = len(terms)
    table = extend_dictionary(PROPOSALS, terms=terms, chosen=["银杏树工程", "述法", "银杏树工程"])
    assert (len(terms), len(table)) == (count, count + 1)
    assert "银杏树工程" in make_segmenter(terms=table)("实施银杏树工程。")


def test_a_chosen_term_that_no_dictionary_can_hold_is_refused():
    with pytest.raises(CorpusError, match="1\\+3\\+1"):
        extend_dictionary(PROPOSALS, terms=TERMS, chosen=["1+3+1"])


def test_no_proposals_leave_the_dictionary_as_it_is():
    none = discover_terms(Corpus(["好。"], pd.DataFrame(index=["甲"])))
    assert extend_dictionary(none, terms=TERMS)["term"].tolist() == TERMS["term"].tolist()
    assert view_sentences(none, columns=["term", "sentence"], mark="term").rows == 0
    assert plot_proposals(none).get_yticklabels() == []


def test_a_sentence_is_shown_whole_escaped_and_with_its_term_marked_only_there():
    sentence = "深化<府院联动>" + "法治" * 60 + "，府院联动。"
    table = pd.DataFrame({"term": ["府院联动"], "count": [2], "score": [0.875], "sentence": [sentence]})
    html = view_sentences(table, columns=["term", "count", "score", "sentence"], mark="term").html
    assert html.count("府院联动</mark>") == 2
    assert "法治" * 60 in html
    assert "&lt;" in html
    assert ">0.88</td>" in html
    assert "<府院联动>" not in html


def test_an_unknown_column_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'term'"):
        view_sentences(PROPOSALS, columns=["terms"], mark="term")


@pytest.mark.parametrize(("language", "note"), [("zh", "2 次，1 篇"), ("en", "2 in 1 doc")])
def test_the_figure_notes_only_what_stands_more_than_once_and_says_what_it_leaves_out(language, note):
    row = {"kind": "compound", "n_docs": 1, "score": 0.5}
    table = pd.DataFrame([{"term": f"工程{n}", "count": 1 + (n == 0), **row} for n in range(41)])
    ax = plot_proposals(table, language=language)
    assert [text.get_text() for text in ax.texts] == [note]
    assert len(ax.get_yticklabels()) == 40
    assert "41" in ax.figure.get_suptitle()
