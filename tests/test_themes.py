"""Themes: shares with their denominator, and intervals that widen when words come in bursts."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis import CorpusError, Tokens, compound_tokens, count_themes, load_themes, segment_text

THEMES = pd.DataFrame(
    [("普法", "宣传", "普法"), ("普法", "文化", "法治*"), ("考核", "", "述法")],
    columns=["theme", "subtheme", "word"],
)


def test_every_word_of_the_themes_is_one_token():
    for word in load_themes()["word"]:
        assert segment_text(word) == (word,)


def test_counts_and_denominator_leave_out_marks_and_pads():
    tokens = Tokens.from_lists([["普法", "，", "法治文化", "", "述法"], ["法治"]])
    table = count_themes(tokens, themes=THEMES).set_index(["group", "theme"])
    assert table.loc[("1", "普法"), ["count", "n_tokens"]].tolist() == [2, 3]
    assert table.loc[("2", "普法"), "share"] == 1
    fine = count_themes(tokens, themes=THEMES, tier="subtheme").set_index(["group", "subtheme"])
    assert fine.loc[("1", "文化"), "count"] == 1


def test_with_one_unit_the_interval_is_wilsons():
    tokens = Tokens.from_lists([["述法"] * 7 + ["落实"] * 93])
    row = count_themes(tokens, themes=THEMES).set_index("theme").loc["考核"]
    assert (row["share_low"], row["share_high"]) == pytest.approx(proportion_confint(7, 100, method="wilson"))
    assert pd.isna(row["dispersion"])


def test_bursts_widen_the_interval_and_even_spread_does_not():
    docvars = pd.DataFrame({"doc_id": ["甲"] * 10})
    even = Tokens.from_lists([["述法"] + ["落实"] * 9] * 10, docvars=docvars)
    burst = Tokens.from_lists([["述法"] * 10] + [["落实"] * 10] * 9, docvars=docvars)
    first, second = (
        count_themes(tokens, themes=THEMES).set_index("theme").loc["考核"] for tokens in (even, burst)
    )
    assert first["share"] == second["share"] == 0.1
    assert first["dispersion"] == 1
    assert second["dispersion"] > 5
    assert second["share_high"] - second["share_low"] > first["share_high"] - first["share_low"]


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
