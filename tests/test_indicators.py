"""Every quantity is found with its value and unit, and nothing that only looks like one."""

import json
from pathlib import Path
from time import process_time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Corpus, find_indicators
from analysis.indicators import COLUMNS, count_indicators, find_quantities, parse_number, read_sentence
from analysis.indicators.not_quantities import NOT_QUANTITIES, NumberInContext
from analysis.indicators.quantities import _QUANTITY

GOLD = Path(__file__).parent / "gold"
DECISION = Path(__file__).parents[1] / "docs" / "decisions" / "indicators.md"
DIGITS = "零一二三四五六七八九"


def gold(name):
    return json.loads((GOLD / f"indicators_{name}.json").read_text(encoding="utf-8"))


def in_words(number):
    """Chinese numerals of a number below 10**12, by the school rule: groups of four, 零 for a gap."""
    if number == 0:
        return ""
    for size, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return f"{in_words(high)}{sign}{gap}{in_words(low)}"
    return DIGITS[number]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_chinese_numerals_are_read_as_they_are_written(number):
    assert parse_number(in_words(number)) == number


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.integers(1, 99_999), st.integers(0, 99), st.sampled_from(["", "万", "亿", "万亿"]))
def test_digits_and_scales_multiply(whole, hundredths, scale):
    text = f"{whole}.{hundredths:02d}{scale}"
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert parse_number(text) == pytest.approx((whole * 100 + hundredths) * factor / 100, rel=1e-12)
    (quantity,) = find_quantities(f"投入{text}元。")
    assert (quantity.unit, quantity.value) == ("元", pytest.approx(parse_number(text)))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.text(
        st.sampled_from(
            "0123456789０９.．,，%％一二三十百千万亿两数几多余近超达约第每年月个件项元倍成翻番至到-、。“”《》分之点 间"
        ),
        max_size=60,
    )
)
def test_spans_are_what_they_say_in_order_and_apart(text):
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end].startswith(quantity.text)
        last = quantity.end


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("矛盾纠纷化解率99.6%", 99.6, "%", ""),
        ("控制在5%以内", 5, "%", "以内"),
        ("受教育群众达数万余人", 10_000, "人", "达、数、余"),
        ("比上年增长近8倍", 8, "倍", "近"),
        ("发放五千余份", 5000, "份", "余"),
        ("减税降费4.2亿元", 4.2e8, "元", ""),
        ("对投资超亿元的招商协议", 1e8, "元", "超"),
        ("最高50万元项目资助", 500_000, "元", "最高"),
        ("占三分之二", 66.666667, "%", ""),
        ("七成以上的案件", 70, "%", "以上"),
        ("再翻两番", 2, "番", ""),
        ("6个工作日以内办结", 6, "工作日", "以内"),
        ("总额达１．２万亿元", 1.2e12, "元", "达"),
        ("完成投资3，280万元", 32_800_000, "元", ""),
        ("组织全区45岁以下执法人员", 45, "岁", "以下"),
        ("占比不超过千分之三", 3, "‰", "不超过"),
        ("上千万吨", 1e7, "吨", "上"),
        ("提高1.2个百分点", 1.2, "百分点", ""),
        ("开展400余场次", 400, "场次", "余"),
    ],
)
def test_one_quantity_is_read_right(text, value, unit, qualifier):
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (pytest.approx(value), unit, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "2024年12月31日，1-20日原则上不到企业检查，6月底前完成。",
        "第三次会议，第一责任人，前20名，第12条。",
        "推行2.0版，豫政〔2024〕13号，《规划（2021—2025年）》。",
        "深化“1+3+N”机制，“八五”普法，落实三项制度、一规划两方案、五个一律、两个确立。",
        "一是提高认识，二是抓好三项工作。",
        "五年来，连续四年，一百多年来，近三年，二十世纪九十年代，“十四五”时期。",
        "十八届三中全会，党的二十大，世界500强，5G网络，PM2.5，C919大飞机。",
        "千家万户，千方百计，亿万人民，万众一心，百年变局。",
        "每万人、每50公斤、每百户。",
        "以前的个人、几家、有些部门、多次。",
        "立足区情，三位一体，四面八方，一体推进，七一讲话。",
        "抓住一个重点，解决两个问题，形成五大体系。",
        "百万吨级码头，10万千瓦级电站。",
        "",
    ],
)
def test_these_are_not_quantities(text):
    assert find_quantities(text) == []


def test_a_range_is_one_quantity_and_from_to_are_two():
    (growth,) = find_quantities("增长6%—6.5%。")
    assert (growth.value, growth.value_to, growth.unit) == (6, 6.5, "%")
    (words,) = find_quantities("保持百分之八至百分之九的增长率。")
    assert (words.value, words.value_to) == (8, 9)
    assert [(q.value, q.value_to) for q in find_quantities("由15%到12%。")] == [(15, None), (12, None)]


def test_measures_changes_and_statuses_of_a_sentence():
    readings = read_sentence(
        "人均收入10493元，农村人均收入3255元，分别增长9.6%和6.2%；力争败诉率下降到5%以内。"
    )
    assert [(r.measure, r.change, r.status) for r in readings] == [
        ("人均收入", "", "actual"),
        ("农村人均收入", "", "actual"),
        ("人均收入", "up", "actual"),
        ("农村人均收入", "up", "actual"),
        ("败诉率", "", "target"),
    ]


def test_an_object_belongs_to_one_number_only():
    readings = read_sentence("选取3个执法部门、2个街道进行述法，共就68部法律草案征询意见1094条。")
    assert [reading.measure for reading in readings] == [
        "选取执法部门",
        "街道",
        "法律草案征询意见",
        "法律草案征询意见",
    ]


def test_the_section_decides_where_the_words_do_not():
    text = "一、工作成效\n选聘监督员50名。\n二、下一步打算\n选聘监督员60名。"
    table = find_indicators(Corpus([text], pd.DataFrame(index=["甲"])))
    assert table["status"].tolist() == ["actual", "target"]
    assert table["section_kind"].tolist() == ["achievements", "plans"]


def test_demands_of_a_speech_are_targets():
    text = "一、压实责任\n打造法治文化示范村10个。\n二、优化环境\n行政诉讼败诉率已下降23%。"
    speech = Corpus([text], pd.DataFrame({"type": ["讲话"]}, index=["甲"]))
    report = Corpus([text], pd.DataFrame({"type": ["报告"]}, index=["甲"]))
    assert find_indicators(speech)["status"].tolist() == ["target", "actual"]
    assert find_indicators(report)["status"].tolist() == ["actual", "actual"]


def test_spans_point_into_the_texts_whatever_the_unit():
    from analysis import split_corpus

    whole = Corpus(["办结133件。\n化解率90%，发放资料20000余份。"], pd.DataFrame(index=["甲"]))
    for unit in ("document", "paragraph", "sentence"):
        corpus = split_corpus(whole, unit=unit)
        table = find_indicators(corpus)
        assert table["span"].tolist() == ["133件", "90%", "20000余份"]
        for row in table.itertuples():
            assert corpus[row.unit_id][row.start : row.end] == row.span
            assert row.span in row.sentence


def test_a_corpus_without_numbers_gives_an_empty_table_of_the_same_columns():
    table = find_indicators(Corpus(["依法行政。"], pd.DataFrame(index=["甲"])))
    assert table.empty
    assert tuple(table.columns) == COLUMNS
    full = find_indicators(Corpus(["办结1件。"], pd.DataFrame(index=["甲"])))
    assert (full.dtypes == table.dtypes).all()


def score(name):
    found = expected = right = 0
    for case in gold(name):
        left = find_quantities(case["sentence"])
        found += len(left)
        expected += len(case["quantities"])
        for one in case["quantities"]:
            stop = one["start"] + len(one["text"])
            hit = next(
                (
                    q
                    for q in left
                    if q.start < stop
                    and one["start"] < q.end
                    and q.unit == one["unit"]
                    and q.value == pytest.approx(one["value"])
                ),
                None,
            )
            if hit is not None:
                left.remove(hit)
                right += 1
    return right / found, right / expected


@pytest.mark.parametrize("name", ["development", "held_out"])
def test_precision_and_recall_on_the_gold_are_at_least_95_percent(name):
    precision, recall = score(name)
    assert precision >= 0.95
    assert recall >= 0.95


def test_the_gold_says_what_its_sentences_say():
    for case in [*gold("development"), *gold("held_out")]:
        for one in case["quantities"]:
            assert case["sentence"][one["start"] :].startswith(one["text"])
            assert one["status"] in {"actual", "target", "rule", "?"}
            assert one["change"] in {"up", "down", ""}


@pytest.mark.parametrize(
    "sign", ["十", "1", "1 ", "数万", "1件、", "百分之", "1万", "“1", "1-", "一点", "达到", "第1", "每万"]
)
def test_hostile_repetition_takes_linear_time(sign):
    def seconds(times):
        begin = process_time()
        read_sentence(sign * times)
        return process_time() - begin

    seconds(10)
    assert seconds(4_000) < 0.2 + 4 * 5 * max(seconds(800), 0.001)


@pytest.mark.parametrize(
    ("test", "refused", "counted"),
    [
        ("ordinal", "前20位代表", "共20位代表"),
        ("denominator", "每50公斤", "达50公斤"),
        ("document_number", "文号〔20个", "文号20个"),
        ("version", "PM2.5倍", "增长2.5倍"),
        ("grade", "一百万千瓦级机组", "一百万千瓦机组"),
        ("spelled_digits", "抓两三个企业", "抓二十三个企业"),
        ("idiom", "千户居民", "近千户居民"),
        ("without_unit", "世界500强", "世界500家"),
        ("date", "11月30日内", "压减到30日内"),
        ("period", "为90年代", "达90天"),
        ("year", "连续五年", "延长到五年"),
        ("unlimited_time", "开了三天", "开了三天以内"),
        ("repetition", "三番", "翻三番"),
        ("single_measure", "收入一元", "收入二元"),
        ("set_name", "三项制度", "23项制度"),
        ("aspect", "12个方面", "12个部门"),
    ],
)
def test_each_reason_refuses_its_example_and_not_its_neighbour(test, refused, counted):
    (reason,) = (reason for reason in NOT_QUANTITIES if reason.__name__ == test)
    assert any(reason(NumberInContext.of(match)) for match in _QUANTITY.finditer(refused))
    assert find_quantities(refused) == []
    assert len(find_quantities(counted)) == 1


def test_the_decision_names_every_reason_and_no_other():
    text = DECISION.read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert named == [reason.__name__ for reason in NOT_QUANTITIES]


def test_counts_are_per_thousand_characters_of_the_document():
    corpus = Corpus(["办结案件133件。" + "依法行政" * 10, ""], pd.DataFrame(index=["甲", "乙"]))
    table = count_indicators(find_indicators(corpus), corpus=corpus).set_index(["doc_id", "status"])
    assert table.loc[("甲", "actual"), "per_1000_characters"] == pytest.approx(1000 / 49)
    assert table.loc[("乙", "actual"), "per_1000_characters"] == 0
