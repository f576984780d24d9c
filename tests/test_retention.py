"""What a dictionary does to a text is said, term by term and place by place."""

import pandas as pd
import pytest

from analysis import Corpus, CorpusError, Tokens, load_terms, make_segmenter, segment
from analysis.words import compare_segmentations, report_term_retention

TERMS = pd.DataFrame({"term": ["依法治区", "“八五”普法", "三项制度"], "variants": ["", "八五普法", ""]})


def corpus_of(*texts: str) -> Corpus:
    return Corpus(texts, pd.DataFrame(index=[f"甲{number}" for number in range(len(texts))]))


def test_whole_nested_and_lost_add_up_and_are_told_apart():
    corpus = corpus_of("全面依法治区与依法治区。", "落实“八五”普法规划，八五普法，三项制度。")
    report = report_term_retention(segment(corpus), terms=TERMS).set_index("term")
    assert report.loc["依法治区", ["count", "whole", "nested", "lost"]].tolist() == [2, 1, 1, 0]
    assert report.loc["依法治区", "replaced_by"] == "全面依法治区"
    assert report.loc["依法治区", "doc_id"] == "甲0"
    assert report.loc["“八五”普法", ["count", "whole"]].tolist() == [2, 1]
    assert (report["whole"] + report["nested"] + report["lost"] == report["count"]).all()


def test_a_term_cut_by_its_neighbours_is_lost_and_comes_first():
    text = "三项制度"
    tokens = Tokens.from_lists([["三", "项制", "度"]], starts=[[0, 1, 3]], corpus=corpus_of(text))
    report = report_term_retention(tokens, terms=TERMS)
    assert report.loc[0, ["term", "lost", "replaced_by"]].tolist() == ["三项制度", 1, "三 项制 度"]


def test_tokens_without_texts_are_refused():
    with pytest.raises(CorpusError, match="have no texts"):
        report_term_retention(Tokens.from_lists([["依法"]]), terms=TERMS)


def test_an_empty_corpus_gives_empty_tables():
    corpus = Corpus([], pd.DataFrame(index=[]))
    assert report_term_retention(segment(corpus), terms=TERMS).empty
    assert compare_segmentations(corpus, before=make_segmenter(), after=make_segmenter()).empty


def test_a_segmenter_does_not_differ_from_itself():
    corpus = corpus_of("深化府院联动，全面依法治区。")
    same = make_segmenter()
    assert compare_segmentations(corpus, before=same, after=same).empty


def test_each_difference_has_its_sentence_and_both_sides_spell_the_same():
    fewer = make_segmenter(terms=load_terms().query("term != '府院联动'"))
    corpus = corpus_of("第一句。深化府院联动。", "又是府院联动！")
    table = compare_segmentations(corpus, before=fewer, after=make_segmenter())
    assert table["count"].tolist() == [2]
    assert table["n_docs"].tolist() == [2]
    row = table.iloc[0]
    assert row["before"].replace(" ", "") == row["after"] == "府院联动"
    assert (row["doc_id"], row["start"], row["sentence"]) == ("甲0", 6, "深化府院联动。")
