"""Segmentation: nothing lost, terms whole, the standard's rules, two engines with one result."""

import pickle
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    Corpus,
    CorpusError,
    load_terms,
    make_segmenter,
    read_corpus,
    segment,
    segment_text,
)
from analysis.words.segment import Segmenter, default_segmenter
from analysis.zh.characters import has_chinese

SIGNS = "依法治区全面推进，。、“”《》（）0123456789一二三十百千万亿年月日项件%+-.VRxN 　\n率第余多"


@pytest.fixture(scope="module")
def reference():
    return make_segmenter("jieba")


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(alphabet=SIGNS, max_size=40) | st.text(max_size=40))
def test_no_character_is_lost(text):
    assert "".join(segment_text(text)) == text


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=st.text(alphabet=SIGNS, max_size=40))
def test_rjieba_gives_the_tokens_of_jieba(reference, text):
    assert default_segmenter()(text) == reference(text)


def test_rjieba_gives_the_tokens_of_jieba_on_the_five_documents(reference):
    for _, text in read_corpus():
        assert default_segmenter()(text) == reference(text)


def test_every_term_is_one_token_up_to_its_marks():
    for term in load_terms()["term"]:
        marks = "".join(sign if sign.isalnum() or sign == "+" else " " for sign in term)
        assert [token for token in segment_text(term) if has_chinese(token)] == marks.split()


@pytest.mark.parametrize(
    "expected",
    [
        "办结 36 项",
        "化解率 99.6% ，",
        "同比 下降 5.2%",
        "2024年 2月 21日",
        "每月 1-20日 原则上",
        "“ 1+3+N ” 工作",
        "承诺 2.0版",
        "引入 VR 技术",
        "LED 屏",
        "“ 八五 ” 普法 规划",
        "“ 双随机 、 一公开 ” 监管",
        "《 法治微光 》 系列",
        "数万 余 人",
        "五千 余 份",
        "减税降费 4.2亿 元",
        "第三 轮",
        "一九九七年",
        "论述 法治",
        "中国 —— 东盟",
    ],
)
def test_the_standard(expected):
    assert " ".join(segment_text(expected.replace(" ", ""))) == expected


def test_a_term_of_ones_own_stays_whole_and_changes_the_digest():
    own = pd.concat([load_terms(), pd.DataFrame({"term": ["晨读云课堂"]})], ignore_index=True)
    mine = make_segmenter(terms=own)
    assert "晨读云课堂" in mine("开设晨读云课堂")
    assert "晨读云课堂" not in segment_text("开设晨读云课堂")
    assert mine.digest != default_segmenter().digest
    assert default_segmenter().digest == make_segmenter().digest


def test_a_segmenter_survives_pickling():
    again = pickle.loads(pickle.dumps(default_segmenter()))
    assert again.digest == default_segmenter().digest
    assert isinstance(again, Segmenter)
    assert again("深化府院联动") == ["深化", "府院联动"]


def test_starts_point_at_the_tokens_and_white_space_is_left_out():
    corpus = Corpus(["一、 深化改革\n　　依法行政", "", "VR与依法治区"], pd.DataFrame(index=["甲", "乙", "丙"]))
    tokens = segment(corpus)
    for place, (unit_id, unit) in enumerate(tokens):
        starts = tokens.starts[tokens.offsets[place] : tokens.offsets[place + 1]]
        assert [corpus[unit_id][at : at + len(token)] for token, at in zip(unit, starts, strict=True)] == list(
            unit
        )
    assert not any(not name.strip() for name in tokens.types)
    assert list(tokens.types) == sorted(tokens.types)
    assert tokens["乙"] == ()
    assert tokens.history[-1].verb == "segment"
    assert tokens.history[-1].parameters["digest"] == default_segmenter().digest


def test_an_empty_corpus_gives_no_tokens():
    assert len(segment(Corpus([], pd.DataFrame(index=[])))) == 0


def test_a_document_without_chinese_is_named():
    corpus = Corpus(["依法行政", "rule of law"], pd.DataFrame(index=["甲", "乙"]))
    with pytest.raises(CorpusError, match="document 乙"):
        segment(corpus)


def test_a_segmenter_that_loses_characters_is_refused():
    class Lossy:
        name = version = digest = "lossy"

        def __call__(self, text: str) -> list[str]:
            return text.split()

    with pytest.raises(ValueError, match="lossy lost"):
        segment(Corpus(["依 法"], pd.DataFrame(index=["甲"])), segmenter=Lossy())


def test_an_unknown_engine_is_refused():
    with pytest.raises(ValueError, match="engine is"):
        make_segmenter.__wrapped__("thulac") if hasattr(make_segmenter, "__wrapped__") else make_segmenter(
            "thulac"
        )


def test_the_default_engine_leaves_jieba_alone():
    code = "import sys, analysis; analysis.segment_text('依法治区'); print('jieba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")
