"""Terms are found whole and in pieces, nested ones are said to be nested, and every hit leads back to its text."""

import re
from time import process_time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    Corpus,
    Tokens,
    clean_corpus,
    count_nested,
    keyword_in_context,
    load_terms,
    locate_terms,
    parse_structure,
    read_corpus,
    remove_tokens,
    segment,
    split_corpus,
)
from analysis.concordance import find_term

SIGNS = "法治依国全面区"


@pytest.fixture(scope="module")
def raw():
    return read_corpus()


@pytest.fixture(scope="module")
def cleaned(raw):
    return clean_corpus(raw)


@pytest.fixture(scope="module")
def tokens(cleaned):
    return segment(cleaned)


def corpus_of(*texts):
    return Corpus(texts, pd.DataFrame(index=[f"d{number}" for number in range(len(texts))]))


def tokens_of(*lists):
    """Tokens with the text that they spell."""
    starts = [[sum(map(len, words[:place])) for place in range(len(words))] for words in lists]
    corpus = corpus_of(*["".join(words) for words in lists])
    return Tokens.from_lists(lists, docvars=corpus.docvars, starts=starts, corpus=corpus)


# --- find_term


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(
        st.lists(st.text(st.sampled_from(SIGNS), min_size=1, max_size=3), max_size=8), min_size=1, max_size=4
    ),
    st.text(st.sampled_from(SIGNS), min_size=1, max_size=5),
)
def test_a_term_is_found_wherever_neighbouring_tokens_spell_it(lists, term):
    found = find_term(Tokens.from_lists(lists), term=term)
    expected, place = [], 0
    for words in lists:
        for first in range(len(words)):
            for stop in range(first + 1, len(words) + 1):
                if "".join(words[first:stop]) == term:
                    expected.append((place + first, place + stop))
        place += len(words)
    assert list(zip(*(part.tolist() for part in found), strict=True)) == expected


def test_a_removed_token_breaks_a_term():
    tokens = remove_tokens(tokens_of(["依法", "的", "治国"]), terms=["的"])
    assert keyword_in_context(tokens, term="依法治国").empty


# --- keyword_in_context


def test_contexts_show_the_text_as_it_stands():
    tokens = remove_tokens(
        tokens_of(["要", "全面", "推进", "依法", "治国", "，", "加强", "党", "的", "领导"]), terms=["的"]
    )
    (row,) = keyword_in_context(tokens, term="依法 治国", window=2).itertuples()
    assert (row.left, row.keyword, row.right, row.position) == ("全面推进", "依法治国", "，加强", 3)
    (wide,) = keyword_in_context(tokens, term="党", window=99).itertuples()
    assert (wide.left, wide.right) == ("要全面推进依法治国，加强", "的领导")
    (bare,) = keyword_in_context(tokens, term="党", window=0).itertuples()
    assert (bare.left, bare.right) == ("", "")


def test_a_context_ends_where_the_unit_ends():
    tokens = tokens_of(["依法", "行政"], ["依法", "治区"])
    table = keyword_in_context(tokens, term="依法", window=3)
    assert table[["left", "right"]].to_numpy().tolist() == [["", "行政"], ["", "治区"]]


def test_every_hit_leads_to_its_sentence_its_paragraph_and_the_raw_text(raw, cleaned, tokens):
    table = keyword_in_context(tokens, term="法治")
    assert len(table) > 30
    for row in table.itertuples():
        text = cleaned[row.doc_id]
        assert text[row.start : row.end] == row.keyword == "法治"
        assert row.keyword in row.sentence
        assert row.sentence in text
        assert row.original in raw[row.doc_id]
        structure = parse_structure(text)
        paragraph = structure.paragraphs[row.paragraph - 1]
        assert paragraph.start <= row.start < paragraph.end
        (sentence,) = [piece for piece in structure.sentences if piece.start <= row.start < piece.end]
        assert text[sentence.start : sentence.end] == row.sentence


def test_the_original_of_a_repaired_sentence_is_what_the_page_showed(tokens):
    rows = keyword_in_context(tokens, term="矛盾纠纷")
    row = rows.loc[rows["doc_id"] == "pingqiao-report-2024"].iloc[0]
    assert "矛盾糾紛" in row["original"]
    assert "矛盾纠纷" in row["sentence"]


@pytest.mark.parametrize("unit", ["section", "paragraph", "sentence"])
def test_the_unit_of_analysis_changes_neither_sentence_nor_paragraph_nor_original(cleaned, tokens, unit):
    columns = ["doc_id", "keyword", "paragraph", "sentence", "original"]
    whole = keyword_in_context(tokens, term="依法行政")[columns]
    split = keyword_in_context(segment(split_corpus(cleaned, unit=unit)), term="依法行政")[columns]
    assert len(whole) > 0
    pd.testing.assert_frame_equal(whole, split)


def test_left_contexts_are_sorted_from_the_keyword_outwards():
    tokens = tokens_of(["乙", "推进", "改革", "一"], ["甲", "深化", "改革", "三"], ["甲", "推进", "改革", "二"])
    assert keyword_in_context(tokens, term="改革", sort="left")["left"].tolist() == [
        "甲深化",
        "乙推进",
        "甲推进",
    ]
    right = keyword_in_context(tokens, term="改革", sort="right")["right"].tolist()
    assert right == sorted(right)


def test_tokens_without_texts_have_contexts_all_the_same():
    (row,) = keyword_in_context(Tokens.from_lists([["推进", "改革", "开放"]]), term="改革").itertuples()
    assert (row.left, row.right, row.start, row.sentence) == ("推进", "开放", -1, "")


def test_a_term_that_does_not_occur_gives_an_empty_table_of_the_same_columns(tokens):
    none, some = keyword_in_context(tokens, term="元宇宙"), keyword_in_context(tokens, term="法治")
    assert none.empty
    assert (none.dtypes == some.dtypes).all()
    assert keyword_in_context(Tokens.from_lists([]), term="法治").empty


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"term": ""}, "term is empty"),
        ({"term": "法治", "window": -1}, "window is -1"),
    ],
)
def test_bad_parameters_are_refused(tokens, parameters, message):
    with pytest.raises(ValueError, match=message):
        keyword_in_context(tokens, **parameters)


# --- count_nested


def count_slowly(text, terms):
    """Every occurrence of every term, and the shortest longer occurrence around it, by trying all pairs."""
    places = [
        (m.start(), m.start() + len(t), t) for t in terms for m in re.finditer(f"(?={re.escape(t)})", text)
    ]
    free, nested = dict.fromkeys(terms, 0), dict.fromkeys(terms, 0)
    for start, end, term in places:
        around = [o for a, b, o in places if a <= start and end <= b and len(o) > len(term)]
        if around:
            nested[term] += 1
        else:
            free[term] += 1
    return free, nested


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.text(st.sampled_from(SIGNS), max_size=40),
    st.lists(st.text(st.sampled_from(SIGNS), min_size=1, max_size=4), min_size=1, max_size=6, unique=True),
)
def test_counts_agree_with_trying_every_pair(text, terms):
    table = count_nested(corpus_of(text), terms=terms).set_index("term")
    free, nested = count_slowly(text, terms)
    assert table["count"].to_dict() == free
    assert table["nested_count"].to_dict() == nested
    assert (table["total"] == table["count"] + table["nested_count"]).all()


def test_a_nested_term_says_in_what_it_is_nested():
    table = count_nested(
        corpus_of("全面依法治国委员会推进全面依法治国，依法治国。"),
        terms=["依法治国", "全面依法治国", "全面依法治国委员会"],
    ).set_index("term")
    assert table.loc["依法治国", ["count", "nested_count", "nested_in"]].tolist() == [1, 2, "全面依法治国（2）"]
    assert table.loc["全面依法治国", "nested_in"] == "全面依法治国委员会（1）"


def test_variants_count_for_their_term_and_never_twice():
    terms = pd.DataFrame(
        {"term": ["放管服改革", "“八五”普法"], "variants": ["放管服|“放管服”改革", "八五普法"]}
    )
    table = count_nested(corpus_of("深化放管服改革，“放管服”改革，放管服，八五普法。"), terms=terms).set_index(
        "term"
    )
    assert table["total"].to_dict() == {"放管服改革": 3, "“八五”普法": 1}


def test_every_unit_and_term_has_a_row_and_units_add_up(cleaned):
    terms = load_terms()
    whole = count_nested(cleaned, terms=terms)
    assert len(whole) == len(cleaned) * len(terms)
    parts = count_nested(split_corpus(cleaned, unit="paragraph"), terms=terms)
    summed = parts.groupby(["doc_id", "term"])["total"].sum()
    pd.testing.assert_series_equal(
        whole.set_index(["doc_id", "term"])["total"].sort_index(), summed.sort_index()
    )


@pytest.mark.parametrize("terms", [[], ["法治", ""]])
def test_an_empty_list_or_term_is_refused(terms):
    with pytest.raises(ValueError, match="empty"):
        count_nested(corpus_of("法治"), terms=terms)


# --- locate_terms


def test_places_run_from_0_to_1_and_split_units_are_counted_through(cleaned, tokens):
    table = locate_terms(tokens, terms=["法治", "依法行政"])
    assert table["relative_position"].between(0, 1).all()
    assert (table.loc[table["term"] == "法治"].shape[0]) == len(keyword_in_context(tokens, term="法治"))
    split = locate_terms(segment(split_corpus(cleaned, unit="sentence")), terms=["法治", "依法行政"])
    pd.testing.assert_frame_equal(table, split)


def test_no_terms_and_no_hits_give_empty_tables_of_the_same_columns(tokens):
    some = locate_terms(tokens, terms=["法治"])
    for none in (locate_terms(tokens, terms=[]), locate_terms(tokens, terms=["元宇宙"])):
        assert none.empty
        assert (none.dtypes == some.dtypes).all()


# --- speed


def test_a_million_tokens_are_searched_without_a_pause():
    words = ["全面", "推进", "依法治国", "，", "保障", "公平", "正义", "。", "发展", "经济"]
    few = tokens_of(words)
    many = Tokens(
        few.types,
        np.tile(few.type_ids, 100_000),
        np.arange(0, 1_000_001, 10_000),
        np.tile(few.starts, 100_000),
        pd.DataFrame(index=[f"d{number}" for number in range(100)]),
    )
    begin = process_time()
    starts, _ = find_term(many, term="公平正义")
    assert len(starts) == 100_000
    assert process_time() - begin < 1.0
