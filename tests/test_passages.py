"""Shared passages: found exactly where they stand, whatever stands around them."""

import random
from difflib import SequenceMatcher

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    Corpus,
    CorpusError,
    find_shared_passages,
    measure_reuse,
    split_corpus,
    view_passages,
)
from analysis.reuse.alignment import alphanumerics_of, exact_matches

PASSAGE = "要坚持以人民为中心的发展思想，推动法治政府建设率先突破，不断提升群众的获得感。"


def corpus_of(*texts):
    return Corpus(texts, pd.DataFrame(index=[f"文{number}" for number in range(len(texts))]))


def filler(length, seed):
    """Characters that repeat nothing: drawn from a block that real passages don't use."""
    source = random.Random(seed)
    return "".join(chr(source.randrange(0x3400, 0x4DB0)) for _ in range(length))


def test_a_planted_passage_is_found_at_its_place():
    texts = [filler(50, 1) + PASSAGE + filler(30, 2), filler(7, 3) + PASSAGE, filler(80, 4)]
    table = find_shared_passages(corpus_of(*texts), min_length=20)
    assert len(table) == 1
    row = table.iloc[0]
    assert (row["document_a"], row["document_b"], row["start_a"], row["start_b"]) == ("文0", "文1", 50, 7)
    assert row["text_a"] == row["text_b"] == PASSAGE[:-1], "the last mark is no letter"
    assert row["similarity"] == 1
    assert row["length"] == len(alphanumerics_of(PASSAGE).codes)


def test_punctuation_and_line_breaks_do_not_break_a_passage():
    table = find_shared_passages(corpus_of(PASSAGE, PASSAGE.replace("，", "\n")), min_length=30)
    assert table["similarity"].tolist() == [1.0]


def test_an_edited_passage_is_one_passage_with_its_similarity():
    edited = PASSAGE.replace("不断提升", "持续提高")
    table = find_shared_passages(corpus_of(PASSAGE, edited), min_length=20)
    assert len(table) == 1
    first, second = ("".join(sign for sign in text if sign.isalnum()) for text in (PASSAGE, edited))
    # difflib finds the equal 提 inside the edit as well, which is shorter than any shingle
    by_hand = SequenceMatcher(None, first, second.replace("提高", "??"), autojunk=False).ratio()
    assert table["similarity"].iloc[0] == pytest.approx(by_hand, abs=1e-6)


def test_a_passage_that_stands_twice_is_found_twice_and_counted_once():
    corpus = corpus_of(PASSAGE, PASSAGE + filler(40, 1) + PASSAGE)
    table = find_shared_passages(corpus, min_length=20)
    assert sorted(table["start_b"]) == [0, len(PASSAGE) + 40]
    share = measure_reuse(table, corpus=corpus).set_index(["document_a", "document_b"])["share"]
    assert share["文0", "文1"] == share["文0", ""] == 1.0
    letters = len(alphanumerics_of(PASSAGE).codes)
    assert share["文1", "文0"] == pytest.approx(2 * letters / (2 * letters + 40), abs=1e-6)


@given(st.lists(st.text(alphabet="甲乙丙", max_size=40), min_size=2, max_size=4), st.integers(4, 7))
@settings(derandomize=True, deadline=None, max_examples=80)
def test_equal_runs_are_those_that_a_naive_search_finds(texts, length):
    found = exact_matches([alphanumerics_of(text).codes for text in texts], length=length)
    columns = (found.doc_a, found.doc_b, found.start_a, found.start_b, found.length)
    expected = set()
    for a, first in enumerate(texts):
        for b in range(a + 1, len(texts)):
            second = texts[b]
            for i in range(len(first)):
                for j in range(len(second)):
                    if i and j and first[i - 1] == second[j - 1]:
                        continue
                    run = 0
                    while i + run < len(first) and j + run < len(second) and first[i + run] == second[j + run]:
                        run += 1
                    if run >= length:
                        expected.add((a, b, i, j, run))
    assert set(zip(*(column.tolist() for column in columns), strict=True)) == expected


@given(st.lists(st.text(alphabet="依法行政，。\n", max_size=60), min_size=2, max_size=3))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_every_passage_is_a_piece_of_both_texts_and_long_enough(texts):
    table = find_shared_passages(corpus_of(*texts), min_length=6, seed_length=5)
    for row in table.itertuples():
        assert texts[int(row.document_a[1:])][row.start_a : row.end_a] == row.text_a
        assert texts[int(row.document_b[1:])][row.start_b : row.end_b] == row.text_b
        assert row.length >= 6
        assert 0 < row.similarity <= 1


def test_the_order_of_documents_only_swaps_the_sides():
    texts = [PASSAGE + filler(20, 1), filler(20, 2) + PASSAGE, filler(5, 3) + PASSAGE[:30]]
    spans = []
    for order in ([0, 1, 2], [2, 0, 1]):
        corpus = Corpus([texts[n] for n in order], pd.DataFrame(index=[f"文{n}" for n in order]))
        table = find_shared_passages(corpus, min_length=15)
        spans.append(
            {
                frozenset({(row.document_a, row.start_a, row.end_a), (row.document_b, row.start_b, row.end_b)})
                for row in table.itertuples()
            }
        )
    assert spans[0] == spans[1]


def test_minhash_finds_paragraphs_that_were_taken_over():
    paragraph = "".join(PASSAGE.replace("法治", word) for word in ("法治", "服务型", "廉洁"))
    texts = [f"{filler(60, n)}\n{paragraph if n in (1, 4) else filler(90, n + 50)}" for n in range(6)]
    exact = find_shared_passages(corpus_of(*texts), min_length=30, search="exact")
    sketched = find_shared_passages(corpus_of(*texts), min_length=30, search="minhash")
    assert len(exact)
    pd.testing.assert_frame_equal(exact, sketched)


def test_nothing_shared_gives_an_empty_table_with_its_columns():
    table = find_shared_passages(corpus_of(filler(30, 1), filler(30, 2)), min_length=10)
    assert table.empty
    assert list(table.columns)[:4] == ["document_a", "document_b", "start_a", "end_a"]
    assert view_passages(table).passages == 0
    assert find_shared_passages(corpus_of(), min_length=10).empty
    assert find_shared_passages(corpus_of("", ""), min_length=10).empty


def test_what_cannot_be_searched_is_refused():
    with pytest.raises(ValueError, match="min_length is 5"):
        find_shared_passages(corpus_of("甲", "乙"), min_length=5)
    with pytest.raises(CorpusError, match="whole documents"):
        find_shared_passages(split_corpus(corpus_of(PASSAGE), unit="sentence"), min_length=20)


def test_the_view_escapes_what_the_texts_hold():
    table = find_shared_passages(
        corpus_of("<b>依法行政，依法办事，依法治国</b>", "<i>依法行政，依法办事，依法治国</i>"), min_length=10
    )
    html = view_passages(table).html
    assert "<b>依法" not in html
    assert "http" not in html


def test_time_grows_with_the_text_and_not_with_its_square():
    from time import perf_counter

    texts = [
        "".join(chr(0x4E00 + n) for n in np.random.default_rng(s).integers(0, 3000, 200_000)) for s in (1, 2)
    ]
    start = perf_counter()
    find_shared_passages(corpus_of(*texts), min_length=20)
    assert perf_counter() - start < 10
