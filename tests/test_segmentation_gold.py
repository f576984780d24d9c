"""F1 against hand segmentation, and two facts about the standard that single sentences show."""

import pytest

from analysis import paths, segment_text


def spans(tokens):
    found, start = set(), 0
    for token in tokens:
        found.add((start, start + len(token)))
        start += len(token)
    return found


@pytest.mark.parametrize(
    ("name", "least"), [("five_documents", 0.95), ("national_reports", 0.95), ("held_out", 0.95)]
)
def test_segmentation_agrees_with_the_hand(name, least):
    lines = (paths.PROJECT / "tests" / "gold" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    gold = [line.split() for line in lines if line and not line.startswith("#")]
    assert len(gold) >= 48
    right = expected = given = 0
    for tokens in gold:
        theirs, ours = spans(tokens), spans(segment_text("".join(tokens)))
        right, expected, given = right + len(theirs & ours), expected + len(theirs), given + len(ours)
    assert 2 * right / (expected + given) >= least


@pytest.mark.parametrize(
    "sentence",
    [
        "我 讲 几 点 意见 。",
        "增长 百分之三点七 。",
        "余地 不 大 。",
        "高度 重视 实事求是 。",
        "十八大 以来 ， 多种 形式 。",
        "第三产业 是 第三 次 。",
        "2024 年度 和 2024年 。",
        "20xx-20xx年 ， 12345 人 。",
    ],
)
def test_rules_do_what_they_say_and_no_more(sentence):
    assert " ".join(segment_text(sentence.replace(" ", ""))) == sentence
