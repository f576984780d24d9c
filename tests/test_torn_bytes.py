"""Torn bytes: what the mirror sites tear is put together again, and nothing else is touched."""

import pytest

from analysis import paths
from analysis.cleaning.torn_bytes import find_torn_bytes, repair_torn_bytes

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


def test_no_torn_run_is_left_in_the_five_documents():
    marks = ("?q", "?y", "?d", "?s", "?b", "?。", "?,", "??", "?!")
    for file in sorted((paths.CORPUS / "raw").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        repaired = repair_torn_bytes(text)
        assert not any(mark in repaired for mark in marks), file.name
        assert repair_torn_bytes(repaired) == repaired
        assert all(edit.certainty in ("proved", "inferred") for edit in find_torn_bytes(text))
