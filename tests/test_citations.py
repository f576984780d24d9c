"""Every 《title》 and document number is found, with what is done with it and which document it is."""

import csv
import random
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Corpus, clean_corpus
from analysis.citations import (
    CERTAINTIES,
    COLUMNS,
    KINDS,
    RELATIONS,
    build_network,
    export_network,
    find_citations,
    pagerank,
)
from analysis.plots import plot_citations

GOLD = Path(__file__).parent / "gold" / "citations.tsv"


def corpus_of(texts, **columns):
    """A corpus of a dictionary id → text, with document variables in the same order."""
    return Corpus(list(texts.values()), pd.DataFrame(columns, index=list(texts)))


def found_in(text, **columns):
    return find_citations(corpus_of({"d": text}, **{name: [value] for name, value in columns.items()}))


def targets(corpus, doc_id):
    table = find_citations(corpus)
    return table.loc[table["doc_id"] == doc_id, ["target_id", "certainty"]].to_numpy().tolist()


MENTIONS = [
    ("根据《中华人民共和国预算法》，制定本条例。", [("中华人民共和国预算法", "basis", "document")]),
    (
        "依照《甲法》、《乙法》和《丙条例》的规定处罚。",
        [(f"{one}", "basis", "document") for one in ("甲法", "乙法", "丙条例")],
    ),
    (
        "依照《甲法》第六十条的规定及《乙法》第四条办理。",
        [("甲法", "basis", "document"), ("乙法", "basis", "document")],
    ),
    ("认真贯彻国务院《关于发展农业的意见》。", [("关于发展农业的意见", "implements", "document")]),
    ("按照国务院发布的《劳动管理规定》执行。", [("劳动管理规定", "basis", "document")]),
    ("国务院制定了《粮食条例》。", [("粮食条例", "issues", "document")]),
    ("《粮食条例》已经国务院同意，现印发给你们。", [("粮食条例", "issues", "document")]),
    (
        "《甲办法》、《乙办法》同时废止。",
        [("甲办法", "repeals", "document"), ("乙办法", "repeals", "document")],
    ),
    (
        "1990年国务院发布的《甲办法》，1991年公安部发布的《乙办法》同时废止。",
        [("甲办法", "repeals", "document"), ("乙办法", "repeals", "document")],
    ),
    (
        "依照《甲法》的规定办理，《乙办法》废止。",
        [("甲法", "basis", "document"), ("乙办法", "repeals", "document")],
    ),
    ("抓紧修改《公司法》。", [("公司法", "amends", "document")]),
    ("对《甲条例》作如下修改：", [("甲条例", "amends", "document")]),
    ("修订后的《甲条例》共十章。", [("甲条例", "cites", "document")]),
    (
        "2011年《关于修改〈审计法〉的决定》第一次修正",
        [("关于修改〈审计法〉的决定", "amended_by", "document"), ("审计法", "amends", "document")],
    ),
    (
        "见《关于印发《安全工作方案》的通知》。",
        [("关于印发《安全工作方案》的通知", "cites", "document"), ("安全工作方案", "issues", "document")],
    ),
    ("违反《甲条例》的，责令改正。", [("甲条例", "cites", "document")]),
    ("为落实领导对《甲请示》的批示，", [("甲请示", "cites", "document")]),
    ("不再执行《甲管理规定》。", [("甲管理规定", "cites", "document")]),
    ("核发《企业法人营业执照》。", [("企业法人营业执照", "cites", "form")]),
    (
        "凭《出口许可证》办理；签订《劳动合同》。",
        [("出口许可证", "cites", "form"), ("劳动合同", "cites", "form")],
    ),
    ("应当制作《暂存物品清单》。", [("暂存物品清单", "cites", "form")]),
    ("列入《出口管制清单》的物项", [("出口管制清单", "cites", "document")]),
    (
        "制定《负面清单》，公布《权力清单》。",
        [("负面清单", "issues", "document"), ("权力清单", "issues", "document")],
    ),
    (
        "《人民日报》发表题为《我呼吁》的文章。",
        [("人民日报", "cites", "publication"), ("我呼吁", "cites", "publication")],
    ),
    ("组织观看电影《焦裕禄》。", [("焦裕禄", "cites", "publication")]),
    ("发布通报和《情况通报》。", [("情况通报", "issues", "document")]),
    ("唱响《法治微光》。", [("法治微光", "cites", "unknown")]),
    ("全面实施《中国制造2025》。", [("中国制造2025", "implements", "document")]),
    (
        "认真执行《\n教师法\n》和《\n义务教育法\n》。",
        [("教师法", "implements", "document"), ("义务教育法", "implements", "document")],
    ),
    ("《没有结束的标题。依照《预算法》办理。", [("预算法", "basis", "document")]),
    ("《》空的不算，》《也不算。", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=[text[:16] for text, _ in MENTIONS])
def test_titles_are_found_with_what_the_sentence_does_with_them(text, expected):
    table = found_in(text)
    assert table[["title", "relation", "kind"]].to_numpy().tolist() == [list(one) for one in expected]


NUMBERS = [
    ("按国发〔2021〕11号文件办理。", "国发〔2021〕11号", "国务院"),
    ("按国发［2021］11号办理。", "国发〔2021〕11号", "国务院"),
    ("按国发[２０２１]１１号办理。", "国发〔2021〕11号", "国务院"),
    ("按国办发(1985)49号文件规定办理。", "国办发〔1985〕49号", "国务院办公厅"),
    ("按国办发（1985）第49号办理。", "国办发〔1985〕第49号", "国务院办公厅"),
    ("按国发〔二〇二一〕十一号办理。", "国发〔2021〕11号", "国务院"),
    ("按国发 〔2021〕 11 号办理。", "国发〔2021〕11号", "国务院"),
    ("请示（国科发高〔2018〕235号）收悉。", "国科发高〔2018〕235号", ""),
    ("请示（〔1996〕武司字第82号）收悉。", "〔1996〕武司字第82号", ""),
    ("中华人民共和国主席令第八号公布。", "中华人民共和国主席令第八号", "国家主席"),
    ("以国务院令第706号公布。", "国务院令第706号", "国务院"),
    ("以中华人民共和国国务院令（第706号）公布。", "中华人民共和国国务院令第706号", "国务院"),
    ("中华人民共和国国务院令\n第707号", "中华人民共和国国务院令第707号", "国务院"),
    ("见财政部、税务总局公告2019年第6号。", "财政部、税务总局公告2019年第6号", "财政部、税务总局"),
    ("见国家税务总局２０１６年第１６号公告。", "国家税务总局公告2016年第16号", "国家税务总局"),
    ("见国家税务总局2016年第16号公告。", "国家税务总局公告2016年第16号", "国家税务总局"),
    ("1988年原国家工商行政管理局令第1号公布。", "国家工商行政管理局令第1号", "国家工商行政管理局"),
]


@pytest.mark.parametrize(("text", "number", "issuer"), NUMBERS, ids=[text[:18] for text, _, _ in NUMBERS])
def test_numbers_have_one_form_whatever_their_brackets_and_digits(text, number, issuer):
    table = found_in(text)
    assert table[["title", "number", "issuer"]].to_numpy().tolist() == [["", number, issuer]]


@pytest.mark.parametrize(
    "text", ["住（2018）3号楼。", "乘1号线。", "第7264号建议的答复", "身份证号码", "挂3号信号", "（2018）第5号"]
)
def test_numbers_of_things_are_none(text):
    assert found_in(text).empty


def test_two_numbers_in_a_row_are_two():
    assert found_in("国发〔2018〕1号和国办发〔2018〕2号、部令第3号。")["number"].tolist()[:2] == [
        "国发〔2018〕1号",
        "国办发〔2018〕2号",
    ]


def test_a_court_case_is_no_document():
    row = found_in("见（2018）最高法民终123号判决。").iloc[0]
    assert (row["kind"], row["certainty"]) == ("case", "not_document")


def test_a_number_beside_a_title_belongs_to_it():
    text = "按《关于甲事的通知》（国发〔1986〕97号）和2001年11月7日国家计委令第15号发布的《乙规定》办理。"
    table = found_in(text)
    assert table[["title", "number", "issuer", "date"]].to_numpy().tolist() == [
        ["关于甲事的通知", "国发〔1986〕97号", "国务院", ""],
        ["乙规定", "国家计委令第15号", "国家计委", "2001-11-07"],
    ]


def test_the_issuer_is_what_stands_before_the_title_or_begins_it():
    text = "国务院、中央军委《甲指示》，财政部印发的《乙办法》，《国务院办公厅关于丙事的通知》，《丁法》"
    assert found_in(text)["issuer"].tolist() == ["国务院、中央军委", "财政部", "国务院办公厅", ""]


def test_a_short_name_counts_for_its_title_from_where_it_is_given():
    text = (
        "商标法先说。根据《中华人民共和国商标法》（以下简称商标法），制定本条例。"
        "依照商标法第二条办理。见商标法实施条例。公司商标法定代表人。《商标法》另有规定。"
    )
    table = found_in(text)
    assert table[["start", "title", "work", "named_by"]].to_numpy().tolist() == [
        [text.index("中华"), "中华人民共和国商标法", "商标法", "title"],
        [text.index("商标法第二条"), "商标法", "商标法", "short_name"],
        [text.index("《商标法》另") + 1, "商标法", "商标法", "short_name"],
    ]


def test_a_short_name_that_is_a_mere_genre_needs_marks_or_an_article():
    text = "《濒危物种贸易公约》（国发〔1999〕1号，以下简称公约）。遵守公约。违反公约第三条。《公约》规定。"
    table = found_in(text)
    assert table["title"].tolist() == ["濒危物种贸易公约", "公约", "公约"]
    assert set(table["work"]) == {"濒危物种贸易公约"}
    assert set(table["number"]) == {"国发〔1999〕1号"}


def test_a_form_stays_a_form_under_its_short_name():
    table = found_in("填写《旅游团队名单表》（以下简称《名单表》）。《名单表》一式四联。")
    assert table["kind"].tolist() == ["form", "form"]


def test_references_of_a_document_to_itself_are_kept_apart():
    text = "违反本法和前款规定的，依照《甲条例》处罚。基本法不在此列，本法院也不在。"
    assert found_in(text)["title"].tolist() == ["甲条例"]
    table = find_citations(corpus_of({"d": text}), self_references=True)
    rows = table[["title", "kind", "target_id", "certainty"]].to_numpy().tolist()
    assert rows[:2] == [["本法", "self", "d", "self"], ["前款", "self", "d", "self"]]
    assert len(rows) == 3


VERSIONS = {
    "预算法(1994-03-22)": "第一条 为了强化预算。",
    "预算法(2014-08-31)": "第一条 为了规范预算。",
    "预算法(2018-12-29)": "第一条 为了规范政府收支行为。",
}


@pytest.mark.parametrize(
    ("citing", "text", "target", "certainty"),
    [
        ("甲条例(2016-02-06)", "根据《中华人民共和国预算法》制定。", "预算法(2014-08-31)", "exact"),
        ("甲条例(2014-08-31)", "根据《预算法》制定。", "预算法(2014-08-31)", "exact"),
        ("甲条例(2020-01-01)", "根据《预算法》制定。", "预算法(2018-12-29)", "exact"),
        ("甲条例(1990-01-01)", "根据《预算法》制定。", "预算法(1994-03-22)", "later_version"),
        ("甲条例(2020-01-01)", "根据《预算法（2014年修正）》制定。", "预算法(2014-08-31)", "exact"),
        ("甲条例(2020-01-01)", "根据《预算法》（2014年修正）制定。", "预算法(2018-12-29)", "exact"),
        ("甲条例(2020-01-01)", "根据《预算法（2009年修正）》制定。", "", "other_version"),
        ("甲条例", "根据《预算法》制定。", "", "ambiguous"),
        ("甲条例(2020-01-01)", "根据《预算法（草案）》制定。", "", "absent"),
        ("甲条例(2020-01-01)", "根据《预算法实施条例》制定。", "", "absent"),
    ],
)
def test_the_version_is_the_latest_that_is_not_younger(citing, text, target, certainty):
    assert targets(corpus_of({**VERSIONS, citing: text}), citing) == [[target, certainty]]


def test_reports_of_several_places_are_not_versions_of_one():
    texts = {"a": "甲", "b": "乙", "c": "落实《政府工作报告》。", "d": "落实甲省人民政府《政府工作报告》。"}
    columns = {
        "title": ["政府工作报告", "政府工作报告", "甲省意见", "丙县意见"],
        "issuing_body": ["甲省人民政府", "乙省人民政府", "甲省人民政府", "丙县人民政府"],
        "year": [2023, 2023, 2024, 2024],
    }
    corpus = corpus_of(texts, **columns)
    assert targets(corpus, "c") == [["", "ambiguous"]]
    assert targets(corpus, "d") == [["a", "exact"]]
    assert find_citations(corpus)["candidates"].tolist() == ["a b", ""]


def test_an_issuer_left_out_is_said_and_another_one_is_another_document():
    texts = {
        "a": "甲",
        "b": "见《关于发展旅游的意见》。",
        "c": "见国务院《关于发展旅游的意见》。",
        "d": "见财政部《关于发展旅游的意见》。",
    }
    corpus = corpus_of(texts, title=["国务院关于发展旅游的意见", "乙", "丙", "丁"])
    assert targets(corpus, "b") == [["a", "without_issuer"]]
    assert targets(corpus, "c") == [["a", "undated"]]
    assert targets(corpus, "d") == [["", "absent"]]


def test_a_number_finds_its_document_and_a_wrong_one_does_not():
    texts = {
        "a": "国务院关于甲事的通知\n国发〔2019〕5号\n各省：\n请执行国发〔2018〕1号。",
        "b": "按照国发［2019］5号执行。",
        "c": "按照《国务院关于甲事的通知》（国发〔2018〕9号）执行。",
        "d": "按照《国务院关于甲事的通知》（国发〔2019〕5号）执行。",
    }
    corpus = corpus_of(texts, year=[2019, 2020, 2020, 2020])
    assert targets(corpus, "b") == [["a", "number"]]
    assert targets(corpus, "c") == [["", "absent"]]
    assert targets(corpus, "d") == [["a", "number"]]
    assert targets(corpus, "a") == [["a", "self"], ["", "absent"]]


def test_a_title_that_many_documents_share_names_none():
    title = "国务院关于修改部分行政法规的决定"
    corpus = corpus_of({title: "一、", "甲条例": f"根据《{title}》修订。见《纲要（草案）》。"})
    assert targets(corpus, "甲条例") == [["", "generic"], ["", "generic"]]


OLD = "依照《中华人民共和国治安管理处罚条例》处罚。"
REPEAL = "本法自2006年3月1日起施行。《中华人民共和国治安管理处罚条例》同时废止。"


@pytest.mark.parametrize(
    ("law", "date", "answer"),
    [
        (REPEAL, "2008-01-01", ["治安管理处罚法(2005-08-28)", "superseded"]),
        (REPEAL, "2006-02-28", ["", "absent"]),
        ("本法自2006年3月1日起施行。", "2008-01-01", ["", "absent"]),
        ("《中华人民共和国治安条例》同时废止。", "2008-01-01", ["", "absent"]),
    ],
    ids=["says so", "before it took effect", "does not say so", "repeals another"],
)
def test_an_old_name_is_followed_only_where_the_new_law_says_so(law, date, answer):
    corpus = corpus_of({"治安管理处罚法(2005-08-28)": law, f"甲条例({date})": OLD})
    assert targets(corpus, f"甲条例({date})") == [answer]


def test_a_law_that_abolishes_its_own_name_means_its_older_version():
    text = "1996年6月19日发布的《电影管理条例》同时废止。"
    assert targets(corpus_of({"电影管理条例(2001-12-25)": text}), "电影管理条例(2001-12-25)") == [
        ["", "absent"]
    ]
    both = corpus_of({"电影管理条例(2001-12-25)": text, "电影管理条例(1996-06-19)": "第一条"})
    assert targets(both, "电影管理条例(2001-12-25)") == [["电影管理条例(1996-06-19)", "exact"]]


def test_a_former_name_is_the_document_itself():
    assert targets(corpus_of({"现役军官法": "本法（原称《军官服役条例》）自1989年起施行。"}), "现役军官法") == [
        ["现役军官法", "self"]
    ]


MADE = st.text(
    st.sampled_from("《》〈〉<>（）()〔〕法条例号令第12年国发。，；\n 根据修改废止的和以下简称本款"),
    max_size=60,
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(MADE)
def test_spans_slice_to_what_the_row_says_in_order(text):
    table = find_citations(corpus_of({"d": text}), self_references=True)
    assert list(table.columns) == list(COLUMNS)
    assert set(table["relation"]) <= set(RELATIONS)
    assert set(table["kind"]) <= set(KINDS)
    assert set(table["certainty"]) <= set(CERTAINTIES)
    assert table["start"].is_monotonic_increasing
    for row in table.itertuples():
        piece = text[row.start : row.end]
        assert piece == piece.strip()
        assert piece == row.title if row.title else piece.endswith(("号", "令"))
        assert piece.split("\n")[0] in row.sentence
        assert bool(row.target_id) == (row.certainty == "self")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([text for text, rows in MENTIONS if rows and "\n" not in text]),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_cleaning_clean_text_changes_no_citation(sentences):
    corpus = corpus_of({"d": "\n".join(sentences)})
    columns = ["title", "number", "relation", "kind"]
    before = find_citations(corpus)[columns]
    pd.testing.assert_frame_equal(before, find_citations(clean_corpus(corpus))[columns])
    assert len(before) == sum(len(rows) for text, rows in MENTIONS for one in sentences if one == text)


GENRES = ("条例", "办法", "规定", "管理条例", "法", "实施细则")
SENTENCES = {
    "basis": ("根据{}，制定本办法。", "应当依照{}的规定办理。"),
    "implements": ("认真贯彻落实{}。", "要严格执行{}，"),
    "repeals": ("{}同时废止。",),
    "issues": ("国务院制定了{}。",),
    "amends": ("抓紧修订{}。",),
    "cites": ("违反{}的，责令改正。", "{}规定的情形"),
}


def made_corpus(seed, size=400):
    """Documents in up to three versions that cite each other, with the truth: who, what, which version."""
    draw = random.Random(seed)
    works = [
        f"{a}{b}{GENRES[n % len(GENRES)]}"
        for n, (a, b) in enumerate((a, b) for a in "农林牧渔水电" for b in "权产税费标")
    ]
    versions = {
        (work, f"{draw.randint(1980, 2024)}-{draw.randint(1, 12):02d}-01")
        for work in works
        for _ in range(draw.randint(1, 3))
    }
    dates = {work: sorted(date for one, date in versions if one == work) for work in works}
    texts, truth = {}, []
    for number in range(size):
        date = f"{draw.randint(1985, 2025)}-{draw.randint(1, 12):02d}-15"
        doc_id = f"第{number}号地方文件({date})"
        lines = []
        for _ in range(draw.randint(1, 6)):
            relation = draw.choice(list(SENTENCES))
            work = draw.choice([*works, "不在语料的条例", "关于修改部分行政法规的决定"])
            prefix = draw.choice(["", "中华人民共和国"])
            lines.append(draw.choice(SENTENCES[relation]).format(f"《{prefix}{work}》"))
            past = [one for one in dates.get(work, []) if one <= date]
            version = past[-1] if past else (dates.get(work) or [""])[0]
            truth.append((doc_id, relation, f"{work}({version})" if version else ""))
        texts[doc_id] = "\n".join(lines)
    texts |= {f"{work}({date})": "第一条 为了管理。" for work, date in versions}
    return corpus_of(texts), truth


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_citations_are_found_with_relation_and_version(seed):
    corpus, truth = made_corpus(seed)
    table = find_citations(corpus)
    assert list(table[["doc_id", "relation", "target_id"]].itertuples(index=False, name=None)) == truth


def gold_sentences():
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    mentions = [row for row in rows if row["row"] == "mention"]
    for row in rows:
        if row["row"] == "sentence" and row["sentence"]:
            start, end = int(row["start"]), int(row["end"])
            inside = [
                one
                for one in mentions
                if (one["corpus"], one["doc_id"]) == (row["corpus"], row["doc_id"])
                and start <= int(one["start"]) < end
            ]
            yield row["sentence"], inside


def test_sentences_annotated_by_hand_are_read_as_annotated():
    found = expected = right = same = 0
    for sentence, mentions in gold_sentences():
        table = found_in(sentence)
        got = {(row.title or "号", row.relation) for row in table.itertuples()}
        wanted = {(one["title"] or "号", one["relation"]) for one in mentions}
        found += len(got)
        expected += len(wanted)
        right += len({title for title, _ in got} & {title for title, _ in wanted})
        same += len(got & wanted)
    assert expected > 200
    assert right >= 0.99 * max(found, expected)
    assert same >= 0.97 * expected


def small_network():
    texts = {
        "甲条例": "根据《预算法》和《会计法》制定。《预算法》规定的情形。",
        "乙办法": "依照《预算法》、《甲条例》办理，核发《许可证》。见《关于修改〈会计法〉的决定》。",
        "丙规定": "《乙办法》同时废止。见《丙规定》。",
    }
    return build_network(find_citations(corpus_of(texts)))


def test_edges_keep_their_relation_count_and_sentence():
    network = small_network()
    assert network.edges[["source", "target", "relation", "count"]].to_numpy().tolist() == [
        ["丙规定", "乙办法", "repeals", 1],
        ["乙办法", "关于修改〈会计法〉的决定", "cites", 1],
        ["乙办法", "甲条例", "basis", 1],
        ["乙办法", "预算法", "basis", 1],
        ["甲条例", "会计法", "basis", 1],
        ["甲条例", "预算法", "basis", 1],
        ["甲条例", "预算法", "cites", 1],
    ]
    assert network.edges["sentence"].iloc[-1] == "《预算法》规定的情形。"
    top = network.nodes.iloc[0]
    assert (top["node_id"], top["n_docs"], top["count"], bool(top["in_corpus"])) == ("预算法", 2, 3, False)
    assert network.nodes.set_index("node_id").loc["丙规定", "n_cited"] == 1


def test_pagerank_solves_its_equation():
    draw = np.random.default_rng(5)
    size = 40
    source, target = draw.integers(0, 30, 120), draw.integers(0, size, 120)
    counts = np.zeros((size, size))
    np.add.at(counts, (target, source), 1)
    column = counts.sum(axis=0)
    chances = np.where(column > 0, counts / np.where(column > 0, column, 1), 1 / size)
    expected = np.linalg.solve(np.eye(size) - 0.85 * chances, np.full(size, 0.15 / size))
    np.testing.assert_allclose(pagerank(source, target, size=size), expected, atol=1e-11)


def test_the_graphml_file_holds_the_network(tmp_path):
    network = small_network()
    (path,) = export_network(network, path=tmp_path / "网络.graphml")
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ElementTree.parse(path).getroot()
    keys = {key.get("id"): key.get("attr.name") for key in root.findall("g:key", space)}
    nodes = root.findall(".//g:node", space)
    edges = root.findall(".//g:edge", space)
    assert [node.get("id") for node in nodes] == network.nodes["node_id"].tolist()
    assert [(edge.get("source"), edge.get("target")) for edge in edges] == list(
        network.edges[["source", "target"]].itertuples(index=False, name=None)
    )
    data = {keys[one.get("key")]: one.text for one in edges[0].findall("g:data", space)}
    assert data == {"relation": "repeals", "count": "1", "sentence": "《乙办法》同时废止。"}


def test_the_csv_files_open_in_excel_and_give_the_network_back(tmp_path):
    network = small_network()
    edges, nodes = export_network(network, path=tmp_path / "citations.csv")
    assert edges.read_bytes().startswith(b"\xef\xbb\xbf")
    assert nodes.name == "citations-nodes.csv"
    pd.testing.assert_frame_equal(pd.read_csv(edges, encoding="utf-8-sig"), network.edges, check_dtype=False)
    again = pd.read_csv(nodes, encoding="utf-8-sig")
    assert again["node_id"].tolist() == network.nodes["node_id"].tolist()


def extents(axes, labels):
    figure = axes.figure
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    return [label.get_window_extent(renderer) for label in labels if label.get_text()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [3, 3000])
def test_labels_keep_apart_and_inside_whatever_the_size(size, language):
    draw = random.Random(size)
    names = [f"关于进一步加强第{n}号专项工作的实施办法" for n in range(size)]
    weights = [1 / (n + 1) for n in range(size)]
    texts = {
        f"d{n}": "".join(f"根据《{one}》办理。" for one in draw.choices(names, weights, k=5))
        for n in range(size)
    }
    network = build_network(find_citations(corpus_of(texts, title=names)))
    axes = plot_citations(network, language=language)
    figure = axes.figure
    rows, columns = figure.axes[1], figure.axes[2]
    for labels, low, high in ((rows.get_yticklabels(), "y0", "y1"), (columns.get_xticklabels(), "x0", "x1")):
        boxes = sorted(extents(axes, labels), key=lambda box: getattr(box, low))
        assert all(getattr(a, high) <= getattr(b, low) for a, b in pairwise(boxes))
    texts_drawn = extents(axes, [figure._suptitle, *rows.get_yticklabels(), *columns.get_xticklabels()])
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width and box.y0 >= 0 for box in texts_drawn)
    assert len(rows.get_yticklabels()) == min(20, (network.nodes["n_docs"] > 0).sum())
    assert str((network.nodes["n_docs"] > 0).sum()) in figure._suptitle.get_text()


def test_an_empty_network_is_said_to_be_empty():
    network = build_network(found_in("没有引用。"))
    assert len(network.nodes) == 0
    assert "没有引用" in plot_citations(network).figure._suptitle.get_text()
