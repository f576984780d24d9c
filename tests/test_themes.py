"""Themes: what counts under which matching, with its denominator, and intervals that widen when words come in bursts."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis import (
    Corpus,
    CorpusError,
    Tokens,
    compound_tokens,
    count_themes,
    load_themes,
    segment,
    segment_text,
)
from analysis.concordance import compare_matchings
from analysis.concordance.dictionary_hits import find_hits

THEMES = pd.DataFrame(
    [("普法", "宣传", "普法"), ("普法", "文化", "法治*"), ("考核", "", "述法")],
    columns=["theme", "subtheme", "word"],
)
GREEN = {"环保": ["生态", "绿色", "环保"]}


def one(tokens, **choices):
    """The only row of a table for one text and one theme."""
    (row,) = count_themes(tokens, **choices).itertuples()
    return row


def test_every_word_of_the_themes_is_one_token():
    for word in load_themes()["word"]:
        assert segment_text(word) == (word,)


def test_the_sentence_in_which_the_field_counts_three_and_tokens_give_none():
    corpus = Corpus(["推动生态文明建设，生态环境质量改善，绿色发展"], pd.DataFrame(index=["甲"]))
    row = one(segment(corpus), themes=GREEN, matching="characters")
    assert row.characters_count == 3
    assert row.token_count == 0, "the dictionary keeps all three inside longer words"
    assert row.nested_count == 3


def test_counts_and_denominator_leave_out_marks_and_pads():
    tokens = Tokens.from_lists([["普法", "，", "法治文化", "", "述法"], ["法治"]])
    table = count_themes(tokens, themes=THEMES).set_index(["group", "theme"])
    assert table.loc[("1", "普法"), ["count", "n_tokens"]].tolist() == [2, 3]
    assert table.loc[("2", "普法"), "per_1000_tokens"] == 1000
    fine = count_themes(tokens, themes=THEMES, tier="subtheme").set_index(["group", "subtheme"])
    assert fine.loc[("1", "文化"), "count"] == 1


def test_characters_go_across_tokens_and_never_across_a_removed_one_or_a_line():
    lists = [["保护", "生", "态"], ["生", "", "态"], ["生态", "文明"]]
    table = count_themes(Tokens.from_lists(lists), themes={"环保": ["生态"]})
    assert table["characters_count"].tolist() == [1, 0, 1]
    assert table["nested_count"].tolist() == table["token_count"].tolist() == [0, 0, 1]
    corpus = Corpus(["加强民生\n态度要好"], pd.DataFrame(index=["甲"]))
    assert one(segment(corpus), themes={"环保": ["生态"]}).characters_count == 0


def test_of_words_that_overlap_the_first_counts_and_of_those_the_longest():
    tokens = Tokens.from_lists([["生态环境质量", "，", "生态", "环境"]])
    table = count_themes(tokens, themes={"甲": ["生态", "态环境"], "乙": ["生态环境质量", "环境"]})
    table = table.set_index("theme")
    assert table.loc["甲", ["token_count", "nested_count", "characters_count"]].tolist() == [1, 1, 1]
    assert table.loc["乙", ["token_count", "nested_count", "characters_count"]].tolist() == [2, 2, 2]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.text("生态环绿", min_size=1, max_size=4), min_size=1, max_size=12),
    st.sets(st.text("生态环绿", min_size=1, max_size=3), min_size=1, max_size=5),
)
def test_characters_are_what_a_regular_expression_finds_longest_first(lists, words):
    pattern = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    tokens = Tokens.from_lists([lists])
    row = one(tokens, themes={"环保": sorted(words)})
    assert row.characters_count == len(re.findall(pattern, "".join(lists)))
    assert row.nested_count == sum(len(re.findall(pattern, token)) for token in lists)
    assert row.token_count == sum(token in words for token in lists)


def test_a_word_inside_an_excluded_phrase_does_not_count_however_it_is_cut():
    themes = pd.DataFrame(
        [("环保", "", "生态", "创新生态 政治生态"), ("创新", "", "创新", "")],
        columns=["theme", "subtheme", "word", "exclude"],
    )
    for words in (["创新生态", "和", "生态"], ["创新", "生态", "和", "生态"]):
        for matching in ("token", "nested", "characters"):
            table = count_themes(Tokens.from_lists([words]), themes=themes, matching=matching)
            table = table.set_index("theme")
            assert table.loc["环保", "count"] == 1, (words, matching)
            assert table.loc["创新", "excluded_count"] == 0, "the phrase concerns the word of its row alone"
    assert table.loc["环保", "excluded_count"] == 1


@pytest.mark.parametrize(
    ("words", "window", "count"),
    [
        (["没有", "重视", "生态"], 2, 0),
        (["没有", "重视", "生态"], 1, 1),
        (["没有", "，", "生态"], 2, 1),
        (["不断", "加强", "生态"], 3, 1),
        (["没有", "重视", "生态"], 0, 1),
        (["无生态"], 1, 0),
    ],
)
def test_a_negation_in_the_same_clause_and_within_the_window_takes_a_word_out(words, window, count):
    row = one(Tokens.from_lists([words]), themes=GREEN, matching="nested", negation_window=window)
    assert row.nested_count == count
    assert row.negated_count == 1 - count


def test_every_hit_is_in_the_text_where_it_is_said_to_be():
    corpus = Corpus(["加强生态保护。\n生态文明。", "绿色发展"], pd.DataFrame(index=["甲", "乙"]))
    hits = find_hits(segment(corpus), words={"生态": (), "绿色": ()})
    found = [
        corpus.texts[unit][start:end]
        for unit, start, end in zip(hits.units, hits.starts, hits.ends, strict=True)
    ]
    assert found == ["生态", "生态", "绿色"]


def test_the_order_of_groups_under_two_matchings_is_compared_by_ranks():
    lists = [["生态"] * 2 + ["治"] * 8, ["生态"] + ["治"] * 9, ["生态文明"] * 3 + ["治"] * 7, ["治"] * 10]
    row = compare_matchings(count_themes(Tokens.from_lists(lists), themes=GREEN)).iloc[0]
    token, nested = [2, 1, 0, 0], [2, 1, 3, 0]
    assert row["correlation_nested"] == pytest.approx(stats.spearmanr(token, nested).statistic, abs=1e-6)
    assert (row["token_count"], row["nested_count"], row["n_groups"]) == (3, 6, 4)


def test_a_single_unit_has_no_interval():
    row = one(Tokens.from_lists([["绿色"] * 7 + ["落实"] * 93]), themes=GREEN)
    assert row.per_1000_tokens == 70
    assert np.isnan([row.per_1000_tokens_low, row.per_1000_tokens_high, row.kappa]).all()


def test_bursts_widen_the_interval_and_even_spread_does_not():
    docvars = pd.DataFrame({"doc_id": ["甲"] * 10})
    even = Tokens.from_lists([["绿色"] + ["落实"] * 9] * 10, docvars=docvars)
    burst = Tokens.from_lists([["绿色"] * 10] + [["落实"] * 10] * 9, docvars=docvars)
    first, second = (one(tokens, themes=GREEN) for tokens in (even, burst))
    assert first.per_1000_tokens == second.per_1000_tokens == 100
    assert first.kappa == 0
    assert second.kappa > 50
    assert second.per_1000_tokens_low < 0.01, "all stand in one paragraph, which knows next to nothing"
    assert second.per_1000_tokens_high == 1000
    assert 40 < first.per_1000_tokens_low < 100 < first.per_1000_tokens_high < 250


def test_a_theme_that_does_not_occur_may_be_as_frequent_as_leaves_all_units_empty():
    docvars = pd.DataFrame({"doc_id": ["甲"] * 8 + ["乙"] * 8})
    none, some = [["落实"] * 100] * 8, [["绿色"] * k + ["落实"] * (100 - k) for k in (0, 9, 0, 0, 4, 0, 1, 0)]
    table = count_themes(Tokens.from_lists(none + some, docvars=docvars), themes=GREEN).set_index("group")
    kappa, high = table.loc["乙", "kappa"], table.loc["甲", "per_1000_tokens_high"] / 1000
    mean = 100 * high
    empty = stats.nbinom.pmf(0, 1 / kappa, 1 / (1 + kappa * mean)) ** 8
    assert empty == pytest.approx(0.025)
    assert table.loc["甲", "per_1000_tokens_low"] == 0


def test_intervals_hold_the_true_rate_as_often_as_they_say():
    """Ten paragraphs a group of very bursty words; benchmarks/themes.md has the other cells."""
    random = np.random.default_rng(3)
    hits = random.poisson(5 * random.gamma(0.3, 1 / 0.3, size=(400, 10)))
    lists = [["绿色"] * count + ["落实"] * max(100 - count, 0) for count in hits.ravel()]
    docvars = pd.DataFrame({"doc_id": [f"{number // 10:03d}" for number in range(len(lists))]})
    table = count_themes(Tokens.from_lists(lists, docvars=docvars), themes=GREEN)
    covered = (table["per_1000_tokens_low"] <= 50) & (table["per_1000_tokens_high"] >= 50)
    assert 0.92 < covered.mean() < 0.99


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"by": "doc"}, "did you mean 'doc_id'"),
        ({"negation_window": -1}, "negation_window is -1"),
        ({"confidence": 95}, "confidence is 95"),
        ({"themes": {"环保": "生态"}}, "one text"),
        ({"themes": {"环保": []}}, "empty"),
        ({"themes": {"环保": ["生态"], "生态": ["生态"]}}, "occurs twice"),
    ],
)
def test_what_cannot_be_counted_is_refused(choices, message):
    with pytest.raises(ValueError, match=message):
        count_themes(Tokens.from_lists([["生态"]]), **choices)


def test_a_file_may_have_phrases_to_exclude(tmp_path):
    path = tmp_path / "themes.tsv"
    path.write_text("theme\tsubtheme\twords\texclude\n环保\t\t生态 绿色\t创新生态\n", encoding="utf-8")
    table = load_themes(path).set_index("word")["exclude"]
    assert table.to_dict() == {"生态": "创新生态", "绿色": ""}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theme\tsubtheme\twords\n", "no themes"),
        ("theme\twords\n", "the header is"),
        ("theme\tsubtheme\twords\n普法\t\t普法\n考核\t\t普法\n", "line 3, and before that line 2"),
        ("theme\tsubtheme\twords\n普法\t\n", "line 2"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "themes.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_themes(path)


def test_a_compound_takes_the_longest_and_never_crosses_a_pad():
    tokens = Tokens.from_lists([["优化", "营商环境", "建设", "", "优化", "", "营商环境"]])
    made = compound_tokens(tokens, phrases=["优化营商环境", "优化营商环境建设"])
    assert made["1"] == ("优化营商环境建设", "", "优化", "", "营商环境")
    assert made.history[-1].verb == "compound_tokens"
