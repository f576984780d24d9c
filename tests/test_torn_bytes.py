"""Torn bytes: what the mirror sites tear is put together again, and nothing else is touched."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import paths
from analysis.cleaning.edits import apply_edits, check_edits
from analysis.cleaning.torn.gbk import fold_width
from analysis.cleaning.torn.inserted_pinyin import BRACKETED
from analysis.cleaning.torn.noise_model import damage_text
from analysis.cleaning.torn.rule import find_torn_bytes, repair_torn_bytes

# what the page shows, and what stood there: read off the bytes by hand
BY_HAND = [
    ("重點執(zhí)法領(lǐng)域?qū)嵤┌殡S式監(jiān)督", "重點執(zhí)法領(lǐng)域實施伴隨式監(jiān)督"),
    (
        "的主要舉措和成效\n?。ㄒ唬┥钊胴瀼芈鋵?shí)“一規(guī)劃兩方案”",
        "的主要舉措和成效\n　（一）深入貫徹落實“一規(guī)劃兩方案”",
    ),
    (
        "文明執(zhí)法。\n?。ǘ┯行七M(jìn)法治建設(shè)專項督查",
        "文明執(zhí)法。\n　（二）有效推進(jìn)法治建設(shè)專項督查",
    ),
    ("?。ㄋ模┩苿?dòng)法治環(huán)境不斷向好", "　（四）推動法治環(huán)境不斷向好"),
    (
        "取得了顯著成效?,F(xiàn)將有關(guān)情況報(bào)告如下",
        "取得了顯著成效。現(xiàn)將有關(guān)情況報(bào)告如下",
    ),
    (
        "進社區(qū)學(xué)習(xí)青?!懊穹ǖ溥M鄉(xiāng)村”經(jīng)驗",
        "進社區(qū)學(xué)習(xí)青海“民法典進鄉(xiāng)村”經(jīng)驗",
    ),
    (
        "推動工作的全過程、各方面??茖W(xué)謀劃考評制度設(shè)計",
        "推動工作的全過程、各方面。科學(xué)謀劃考評制度設(shè)計",
    ),
    ("被人民日?qǐng)?bào)《內(nèi)部參閱》刊發(fā)", "被人民日報《內(nèi)部參閱》刊發(fā)"),
    ("將“一規(guī)劃”落實情況納入?yún)^(qū)委第三輪巡察", "將“一規(guī)劃”落實情況納入區(qū)委第三輪巡察"),
]

GOOD = [
    "这是为什么？谁执法谁普法?!怎么办?,为什么??",
    "真的吗?!我不信。是吗?,当然!什么??没有。",
    "Who governs? (Dahl, 1961) 他问：“What is law?”。",
    "學(xué)習(xí)領(lǐng)導(dǎo)，區(qū)委(擴大)會議?",
    "古人云：“學而時習之，不亦說乎?”。",
    "化解率99.6%?,“1+3+N”?。",
    "?,?,?,?,?,?,?,?",
    "",
    "?",
    "??",
    "?,",
    "?qū)",
]


@pytest.mark.parametrize(("page", "whole"), BY_HAND, ids=[whole[-8:] for _, whole in BY_HAND])
def test_a_torn_run_is_put_together(page, whole):
    assert repair_torn_bytes(page) == whole


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_left_alone(text):
    assert repair_torn_bytes(text) == text


@pytest.mark.slow
def test_no_torn_run_is_left_in_the_five_documents():
    marks = ("?q", "?y", "?d", "?s", "?b", "?。", "?,", "??", "?!")
    for file in sorted((paths.CORPUS / "raw").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        edits = find_torn_bytes(text)
        repaired = apply_edits(text, edits=edits)
        assert not any(mark in repaired for mark in marks), file.name
        assert repair_torn_bytes(repaired) == repaired
        assert all(edit.certainty in ("proved", "inferred") for edit in edits)


def test_a_guessed_byte_is_never_called_proved():
    (edit,) = find_torn_bytes("進社區(qū)學(xué)習(xí)青?!懊穹ǖ溥M鄉(xiāng)村”經(jīng)驗")
    assert edit.certainty == "inferred"
    assert edit.alternatives
    assert edit.after not in edit.alternatives


def test_a_tear_that_no_reading_explains_is_listed_and_left():
    (edit,) = find_torn_bytes("這里?qū)很清楚")
    assert edit.certainty == "unresolved"
    assert edit.after == "?qū)"


WORDS = """
依法 行政 執法 監督 領域 實施 伴隨式 區委 書記 落實 情況 納入 第三輪 人民 日報 青海 民法典 科學 謀劃 推進
"""
SENTENCES = st.lists(st.sampled_from(WORDS.split()), min_size=3, max_size=9).map("".join)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(SENTENCES, min_size=1, max_size=3))
def test_what_is_proved_is_what_stood_there(sentences):
    whole = "，".join(sentences) + "。"
    page = damage_text(whole)
    edits = find_torn_bytes(page)
    check_edits(page, edits=edits)
    assert repair_torn_bytes(page) == apply_edits(page, edits=edits)
    if all(edit.certainty == "proved" for edit in edits):
        repaired = BRACKETED.sub("", apply_edits(page, edits=edits))
        assert fold_width(repaired) == fold_width(whole)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(alphabet="区區法依?？！!，,。、“”()（）abcX1% \n", max_size=60))
def test_text_without_rare_characters_is_never_changed(text):
    assert repair_torn_bytes(text) == text


@pytest.mark.parametrize("piece", ["?", "(", "區(qū", "?qū)", "區(qū)?"])
def test_hostile_text_takes_linear_time(piece):
    find_torn_bytes("執(zhí)法領(lǐng)域?qū)嵤┌殡S式")  # the model is made before the clock starts
    begin = process_time()
    find_torn_bytes((piece * 1_000_000)[:1_000_000])
    assert process_time() - begin < 3.0


def test_a_line_that_goes_on_inside_a_bracket() -> None:
    page = damage_text("關於發展經濟的報告（細顆粒物\n") + damage_text("　）和可吸入顆粒物協同治理")
    repaired = BRACKETED.sub("", repair_torn_bytes(page)).split("\n")[1]
    assert fold_width(repaired) == fold_width("　）和可吸入顆粒物協同治理")
