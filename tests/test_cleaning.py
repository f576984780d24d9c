"""Plans replay, cleaning is idempotent, and clean text stays as it is."""

import re
from time import process_time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    Corpus,
    CorpusError,
    apply_plan,
    clean_and_explain,
    clean_corpus,
    explain_cleaning,
    paths,
    read_corpus,
    read_corrections,
)
from analysis.cleaning.plan import cleaned_span, explain_plan, original_span, plan_from_json, plan_to_json
from analysis.cleaning.registry import DEFAULT_RULES, RULES
from analysis.cleaning.rules.annotations import ANNOTATED

QUIET = settings(derandomize=True, deadline=None, max_examples=40)
PIECES = st.sampled_from(
    [
        "区委",
        "區(qū)",
        "會(hui)(hui)",
        "依法治国",
        "法治政府建設",
        "，",
        ",",
        "。",
        ".",
        "：",
        ":",
        "“",
        "”",
        "(",
        ")",
        "（",
        "）",
        "?",
        "!",
        "99.6%",
        "1+3+N",
        "2.0版",
        "VR",
        "\n",
        "\n\n",
        "\u3000\u3000",
        "\u200b",
        "\ufeff",
        "⼈⺠",
        "一、",
        "(一)",
        "二)",
        "编辑:王某",
        "提交",
        "【字号：大",
        "中",
        "小】",
        "打印",
        "55",
        "www.gov.cn",
        "公文汇www.abc.com",
        "乾",
        "著",
        "於",
        "「",
        "」",
        "6页",
        "![](a)",
        "XX",
        "20xx",
        "*",
        "\xa0",
        "同志们",
        "\r\n",
        "?。ㄒ唬",
        "M(jìn)",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60))


@pytest.fixture(scope="module")
def raw():
    return read_corpus()


@QUIET
@given(TEXTS)
def test_a_plan_replays_and_survives_json(text):
    cleaned = clean_and_explain(text)
    assert apply_plan(text, plan=cleaned.plan) == cleaned.text
    plan = plan_from_json(plan_to_json(cleaned.plan))
    assert plan == cleaned.plan
    assert {step.rule for step in plan} <= set(RULES)


@QUIET
@given(TEXTS)
def test_cleaning_a_clean_text_changes_nothing(text):
    cleaned = clean_and_explain(text).text
    assert clean_and_explain(cleaned).text == cleaned


@QUIET
@given(TEXTS, st.data())
def test_spans_go_back_and_forth(text, data):
    cleaned = clean_and_explain(text)
    end = data.draw(st.integers(0, len(cleaned.text)))
    start = data.draw(st.integers(0, end))
    left, right = original_span(cleaned.plan, start, end)
    assert 0 <= left <= right <= len(text)
    if end > start:
        there = cleaned_span(cleaned.plan, left, right)
        assert there[0] <= start
        assert end <= there[1]
    assert original_span(cleaned.plan, 0, len(cleaned.text))[1] <= len(text)


@QUIET
@given(TEXTS)
def test_text_that_no_rule_touched_is_found_at_its_place(text):
    cleaned = clean_and_explain(text)
    changed = [False] * len(text)
    for change in explain_plan(text, plan=cleaned.plan):
        for place in range(change.start, change.end):
            changed[place] = True
    for place, sign in enumerate(text):
        if not changed[place]:
            start, end = cleaned_span(cleaned.plan, place, place + 1)
            assert cleaned.text[start:end] == sign


def test_a_plan_refuses_another_text():
    plan = clean_and_explain("依法治區(qū)").plan
    with pytest.raises(ValueError, match="made for another text"):
        apply_plan("依法治區(qū)。", plan=plan)


def test_an_unknown_rule_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="did you mean 'script'"):
        clean_and_explain("区委", rules=["scripts"])


def test_the_order_of_rules_is_the_registrys():
    text = "全面依法治區(qū),落實(shí)"
    assert clean_and_explain(text, rules=DEFAULT_RULES[::-1]) == clean_and_explain(text)


def test_the_five_documents_are_stable_and_replay(raw):
    for _, text in raw:
        cleaned = clean_and_explain(text)
        assert apply_plan(text, plan=cleaned.plan) == cleaned.text
        assert clean_and_explain(cleaned.text).text == cleaned.text


def test_all_1036_readings_and_nothing_else_are_stripped(raw):
    written = sum(len(re.findall(r"\([a-zà-ǜ]+\)", text)) for _, text in raw)
    found = explain_cleaning(raw)
    found = found[found["rule"] == "annotations"]
    assert len(found) == written == 1036
    assert found["before"].str.fullmatch(r"\([a-zà-ǜ]+\)").all()
    assert (found["after"] == "").all()
    assert sum(len(ANNOTATED.findall(text)) for text in clean_corpus(raw).texts) == 0


def test_a_cleaned_corpus_knows_its_parent_plans_and_rules(raw):
    cleaned = clean_corpus(raw)
    assert cleaned.parent is raw
    assert len(cleaned.plans) == len(raw)
    assert cleaned.history[-1].verb == "clean_corpus"
    assert explain_cleaning(cleaned).equals(explain_cleaning(raw))
    pd.testing.assert_frame_equal(cleaned.docvars, raw.docvars)


def test_before_is_what_stands_in_the_raw_text_unless_an_earlier_rule_changed_it(raw):
    table = explain_cleaning(raw, rules=["annotations", "script"])
    first = table[table["rule"] == "annotations"]
    for row in first.itertuples():
        assert raw[row.doc_id][row.start : row.end] == row.before


def corpus_of(text):
    return Corpus([text], pd.DataFrame(index=["甲"]))


def table_of(*row):
    return pd.DataFrame([row], columns=["doc_id", "before", "after", "reason"])


def test_a_correction_is_applied_and_recorded_with_its_reason():
    cleaned = clean_corpus(corpus_of("全面依法冶區(qū)"), corrections=table_of("甲", "法冶", "法治", "错字"))
    assert cleaned["甲"] == "全面依法治区"
    last = explain_cleaning(cleaned).iloc[-1]
    assert (last["rule"], last["before"], last["after"], last["note"]) == (
        "corrections",
        "法冶",
        "法治",
        "错字",
    )


@pytest.mark.parametrize(("text", "message"), [("法治。", "occurs nowhere"), ("法冶法冶", "occurs 2 times")])
def test_a_correction_must_fit_exactly_one_place(text, message):
    with pytest.raises(CorpusError, match=message):
        clean_corpus(corpus_of(text), corrections=table_of("甲", "法冶", "法治", "错字"))


def test_a_split_corpus_is_refused(raw):
    from analysis import split_corpus

    with pytest.raises(CorpusError, match="clean first"):
        clean_corpus(split_corpus(raw, unit="paragraph"))


def test_an_empty_corpus_gives_an_empty_table():
    empty = Corpus([], pd.DataFrame(index=pd.Index([], dtype=str)))
    assert len(clean_corpus(empty)) == 0
    assert list(explain_cleaning(empty).columns)[:7] == [
        "doc_id",
        "rule",
        "start",
        "end",
        "before",
        "after",
        "certainty",
    ]


def test_every_committed_correction_fits_its_document(raw):
    corrections = read_corrections()
    cleaned = clean_corpus(raw, corrections=corrections)
    table = explain_cleaning(cleaned)
    assert (table["rule"] == "corrections").sum() == len(corrections)


@pytest.mark.parametrize("name", [name for name in RULES if name != "torn_bytes"])
@pytest.mark.parametrize("piece", ["(", "區(qū", "?", " ", "，法治", "编辑:王\n", "《", "www.a.", "."])
def test_a_rule_is_quick_on_text_made_to_hurt(name, piece):
    text = (piece * 20_000)[:20_000]
    begin = process_time()
    RULES[name].find(text)
    assert process_time() - begin < 2


def test_corrections_of_unknown_documents_or_without_a_reason_are_refused(tmp_path):
    source = paths.CORPUS / "manifest.csv"
    (tmp_path / "manifest.csv").write_bytes(source.read_bytes())
    path = tmp_path / "corrections.csv"
    assert read_corrections(tmp_path).empty
    for row, message in (("无,甲,乙,错字", "no document"), ("xigang-article-2024,甲,乙,", "reason is empty")):
        path.write_text(f"doc_id,before,after,reason\n{row}\n", encoding="utf-8")
        with pytest.raises(CorpusError, match=message):
            read_corrections(tmp_path)
    path.write_text("doc_id,before\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no column 'after'"):
        read_corrections(tmp_path)
