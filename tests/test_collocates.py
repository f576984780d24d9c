"""Collocates against counts made by hand and by a plain loop."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Tokens, association, find_collocates

WORDS = ["营商", "环境", "优化", "服务"]
units = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), min_size=1, max_size=5)


def counted_plainly(lists, term, window):
    """Near tokens of every word, one at a time: inside the window, in the same unit, not the term itself."""
    near = {}
    for unit in lists:
        for index, word in enumerate(unit):
            inside = range(max(0, index - window), min(len(unit), index + window + 1))
            if word != term and any(unit[other] == term for other in inside):
                near[word] = near.get(word, 0) + 1
    return near


@settings(derandomize=True, deadline=None, max_examples=150)
@given(units, st.integers(1, 4))
def test_near_tokens_are_those_of_a_plain_loop(lists, window):
    tokens = Tokens.from_lists(lists)
    if not any("环境" in unit for unit in lists):
        with pytest.raises(ValueError, match="does not occur"):
            find_collocates(tokens, term="环境", window=window)
        return
    table = find_collocates(tokens, term="环境", window=window, min_count=1, measure="mi")
    near = counted_plainly(lists, "环境", window)
    assert dict(zip(table["term"], table["count"], strict=True)) == near
    everything = [word for unit in lists for word in unit]
    for row in table.itertuples():
        assert row.total == everything.count(row.term)
        assert row.expected_count == pytest.approx(sum(near.values()) * row.total / len(everything), abs=1e-6)
        assert row.score == pytest.approx(math.log2(row.count / row.expected_count), abs=1e-4)
    assert (np.diff(table["score"]) <= 1e-9).all()


def test_a_token_between_two_occurrences_is_counted_once():
    tokens = Tokens.from_lists([["环境", "优化", "环境"]])
    assert find_collocates(tokens, term="环境", min_count=1)[["term", "count"]].values.tolist() == [["优化", 1]]


def test_a_term_of_several_tokens_is_no_collocate_of_itself():
    tokens = Tokens.from_lists([["优化", "营商", "环境", "服务"]])
    assert set(find_collocates(tokens, term="营商环境", min_count=1)["term"]) == {"优化", "服务"}


def test_documents_and_not_units_are_counted():
    docvars = pd.DataFrame({"doc_id": ["甲", "甲", "乙"]}, index=["甲#1", "甲#2", "乙#1"])
    tokens = Tokens.from_lists([["优化", "环境"]] * 3, docvars=docvars)
    assert find_collocates(tokens, term="环境", min_count=1)["n_docs"].tolist() == [2]


@pytest.mark.parametrize(
    "measure", ["npmi", "mi", "t", "delta_p", "dice", "phi_squared", "minimum_sensitivity"]
)
def test_every_measure_is_that_of_the_published_formulas(measure):
    names = {
        "npmi": "normalized_mutual_information", "mi": "mutual_information", "t": "t_score",
    }  # fmt: skip
    tokens = Tokens.from_lists([["优化", "环境", "服务"], ["优化", "环境", "优化"], ["服务", "优化", "服务"]])
    table = find_collocates(tokens, term="环境", window=1, measure=measure, min_count=1).set_index("term")
    # by hand: near 环境 stand 优化, 服务, 优化, 优化; of nine tokens four are 优化
    wanted = getattr(association, names.get(measure, measure))(3, 4, 4, 9)
    assert table.loc["优化", "score"] == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(("given", "message"), [({"window": 0}, "window is 0"), ({"min_count": 0}, "min_count is 0"),
                                                ({"measure": "nmpi"}, "npmi")])  # fmt: skip
def test_impossible_values_are_refused(given, message):
    with pytest.raises(Exception, match=message):
        find_collocates(Tokens.from_lists([["环境", "优化"]]), term="环境", **given)
