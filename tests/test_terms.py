"""The dictionary and the stop lists: readable, free of doubles, with errors that name file and line."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import (
    Corpus,
    CorpusError,
    count_nested,
    discover_terms,
    load_stop_words,
    load_terms,
    locate_terms,
    make_segmenter,
    segment,
    track_terms,
)
from analysis.words import report_term_retention
from analysis.words.terms import as_terms, check_terms, terms_digest


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "mine.tsv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_dictionary_is_large_and_sorted_into_categories():
    terms = load_terms()
    assert len(terms) >= 600
    assert {"思想理念", "目标", "机制", "行动", "法治", "组织", "文件", "经济", "民生", "基层治理"} <= set(
        terms["category"]
    )
    assert terms["category"].str.len().min() > 0
    assert terms.attrs["digest"] == terms_digest(terms)


def test_a_folder_is_no_term_file(tmp_path):
    with pytest.raises(CorpusError, match="is no file that can be read"):
        load_terms(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("term\n", "has no terms"),
        ("", "has no terms"),
        ("term\tcategory\n述法\t机制\n述法\t机制\n", "line 3, and before that mine.tsv, line 2"),
        ("term\tvariants\n述法\t双述|述法\n", "occurs twice"),
        ("term\n依法 治区\n", "white space"),
        ("# note\nterm\nrule\n", "line 3"),
        ("term\n" + "法" * 31 + "\n", "31 characters"),
        ("term\n述法\t机制\n", "holds a tab"),
        ("词\n述法\n", "a header with the column term"),
        ("term\tcategory\n\t机制\n", "a term is empty"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(tmp_path, text, message):
    with pytest.raises(CorpusError) as caught:
        load_terms(write(tmp_path, text))
    assert message in str(caught.value)
    assert "mine.tsv" in str(caught.value)


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path):
    with pytest.raises(CorpusError, match=r"mine.tsv, line 2"):
        load_terms(write(tmp_path, "term\n述法\n", "gb18030"))


def test_a_file_as_windows_editors_save_it_is_read(tmp_path):
    path = write(tmp_path, "term\tcategory\r\n述法\t机制\r\n", "utf-8-sig")
    assert load_terms(path).to_dict("records") == [
        {"term": "述法", "category": "机制", "variants": "", "source": ""}
    ]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CorpusError, match="there is no file"):
        load_terms(tmp_path / "none.tsv")


def test_rows_of_a_notebook_are_checked_as_well():
    with pytest.raises(CorpusError, match="row 1"):
        check_terms(pd.DataFrame({"term": ["a b"]}))


def test_stop_lists_grow_from_none_to_default():
    assert load_stop_words("none") == frozenset()
    assert load_stop_words("minimal") < load_stop_words()


def test_a_stop_list_of_ones_own(tmp_path):
    path = tmp_path / "stop.txt"
    path.write_text("# 我的\n的\n\n了\n", encoding="utf-8")
    assert load_stop_words(path) == {"的", "了"}


def test_no_stop_word_is_a_policy_term():
    terms = load_terms()
    forms = set(terms["term"]) | {part for cell in terms["variants"] for part in cell.split("|")}
    assert not load_stop_words() & forms
    words = {
        "安全",
        "制度",
        "坚持",
        "推进",
        "加强",
        "落实",
        "改革",
        "发展",
        "法治",
        "服务",
        "监督",
        "群众",
        "人民",
        "基层",
    }
    assert not load_stop_words() & words


def test_terms_may_be_a_list_or_a_table_and_one_text_is_neither():
    table = pd.DataFrame({"term": ["述法"], "variants": ["述法制度"]})
    assert as_terms(table) is table
    assert as_terms(["PPP", "述法", "PPP"])["term"].tolist() == ["PPP", "述法"]
    with pytest.raises(ValueError, match="terms is one text, '述法'"):
        as_terms("述法")
    with pytest.raises(ValueError, match="empty term"):
        as_terms(["述法", " "])
    with pytest.raises(CorpusError, match="no Chinese character"):
        as_terms(pd.DataFrame({"term": ["PPP"]}))


@pytest.mark.parametrize("terms", [["述法", "普法"], pd.DataFrame({"term": ["述法", "普法"]})])
def test_every_verb_takes_terms_as_a_list_and_as_a_table(terms):
    corpus = Corpus(["推进述法，加强普法。"], pd.DataFrame({"year": [2024]}, index=["甲"]))
    tokens = segment(corpus, segmenter=make_segmenter(terms=terms))
    assert count_nested(corpus, terms=terms)["count"].tolist() == [1, 1]
    assert locate_terms(tokens, terms=terms)["term"].tolist() == ["述法", "普法"]
    assert track_terms(corpus, terms=terms)["per_1000_characters"].tolist() == [100.0, 100.0]
    assert report_term_retention(tokens, terms=terms)["whole"].tolist() == [1, 1]
    assert not set(discover_terms(corpus, known=terms)["term"]) & {"述法", "普法"}
