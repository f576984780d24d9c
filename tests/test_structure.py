"""Pieces cover the text, sentences end where a reader ends them, headings and kinds are read off the lines."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import paths
from analysis.structure import classify_heading, parse_structure, sentence_spans

UNITS = ("section", "paragraph", "sentence")
SIGNS = st.sampled_from(
    "。！？；：，、“”‘’（）()《》…—一二三十1２.、是第年月同志们谢\n\n \u3000\r\u200b法治\ufeff!?A"
)
RAW = sorted((paths.CORPUS / "raw").glob("*.txt"))


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.one_of(st.text(SIGNS, max_size=120), st.text(max_size=60)))
def test_pieces_are_in_order_apart_and_cover_every_character_that_is_not_space(text):
    structure = parse_structure(text)
    for unit in UNITS:
        pieces = structure.pieces(unit)
        covered = set()
        last = 0
        for piece in pieces:
            assert last <= piece.start < piece.end <= len(text)
            assert text[piece.start : piece.end].strip() == text[piece.start : piece.end]
            covered.update(range(piece.start, piece.end))
            last = piece.end
        assert all(sign.isspace() for place, sign in enumerate(text) if place not in covered)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(SIGNS, max_size=150))
def test_finer_pieces_lie_inside_coarser_ones_and_headings_inside_the_text(text):
    structure = parse_structure(text)
    for finer, coarser in (("sentence", "paragraph"), ("paragraph", "section")):
        outer = structure.pieces(coarser)
        for piece in structure.pieces(finer):
            homes = [one for one in outer if one.start <= piece.start and piece.end <= one.end]
            assert len(homes) == 1
            assert homes[0].section == piece.section
    for heading in structure.headings:
        assert text[heading.start : heading.end].endswith(heading.text)
        assert text[heading.start : heading.end].startswith(heading.number)


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
def test_raw_documents_are_parsed_as_well(path):
    text = path.read_text(encoding="utf-8")
    structure = parse_structure(text)
    for unit in UNITS:
        kept = "".join(text[piece.start : piece.end] for piece in structure.pieces(unit))
        assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依法行政。依法办事。", ["依法行政。", "依法办事。"]),
        ("他说：“依法行政。”会议指出，要落实。", ["他说：“依法行政。”", "会议指出，要落实。"]),
        ("回答好“怎么办？”的问题。", ["回答好“怎么办？”的问题。"]),
        ("化解率99.6%；推行2.0版。", ["化解率99.6%；推行2.0版。"]),
        ("1. 提高认识。2. 落实责任。", ["1. 提高认识。", "2. 落实责任。"]),
        ("（一些单位不重视。要整改。）各地要落实。", ["（一些单位不重视。要整改。）", "各地要落实。"]),
        ("这样行吗？！不行！！", ["这样行吗？！", "不行！！"]),
        ("减税4.2亿元；融资14亿元", ["减税4.2亿元；融资14亿元"]),
        ("等等……还要努力。", ["等等……还要努力。"]),
        ("同志们!法治兴则事业兴.", ["同志们!", "法治兴则事业兴."]),
        ("全區(qū)域?qū)嵤┌殡S式監(jiān)督。", ["全區(qū)域?qū)嵤┌殡S式監(jiān)督。"]),
        ("“不闭合的引号。依法行政。", ["“不闭合的引号。", "依法行政。"]),
        ("", []),
        ("　　", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


REPORT = """关于2024年度法治政府建设情况的报告

2024年，我区深入推进依法行政。现将有关情况报告如下：
一、推进法治政府建设的主要举措和成效
（一）深入贯彻落实“一规划两方案”
一是领导体制不断健全。召开会议4次。
二是依法行政，落实到位。
二、存在的不足
（一）认识不够深刻。个别单位重视不够。
三、下一步工作打算
1．提升能力。认真履行职责。
平桥区人民政府
2025年2月21日
"""


def test_a_report_is_divided_as_it_reads():
    structure = parse_structure(REPORT)
    assert [(piece.section, piece.section_kind) for piece in structure.sections] == [
        ("", "opening"),
        ("一、推进法治政府建设的主要举措和成效", "achievements"),
        ("二、存在的不足", "problems"),
        ("三、下一步工作打算", "plans"),
        ("", "closing"),
    ]
    assert [(heading.level, heading.number, heading.text, heading.form) for heading in structure.headings] == [
        (1, "一、", "推进法治政府建设的主要举措和成效", "line"),
        (2, "（一）", "深入贯彻落实“一规划两方案”", "line"),
        (4, "一是", "领导体制不断健全", "run_in"),
        (4, "二是", "依法行政", "run_in"),
        (1, "二、", "存在的不足", "line"),
        (2, "（一）", "认识不够深刻", "run_in"),
        (1, "三、", "下一步工作打算", "line"),
        (3, "1．", "提升能力", "run_in"),
    ]
    first, *_ = structure.of_role("title")
    assert REPORT[first.start : first.end] == "关于2024年度法治政府建设情况的报告"
    assert [REPORT[piece.start : piece.end] for piece in structure.of_role("closing")] == [
        "平桥区人民政府",
        "2025年2月21日",
    ]


@pytest.mark.parametrize("longer", [1, 30])
def test_an_article_without_numbers_has_its_lead_sentences_for_headings(longer):
    lead = (
        "坚持{}，把稳法治“{}”。自觉践行法治思想，"
        + "将法治建设作为重要工作去谋划、推动、实施，" * 7
        + "见到成效。"
    )
    body = [lead.format(word, word) for word in ("正确方向", "统筹谋划", "督查体系", "基层实践")]
    structure = parse_structure("\n".join(["法治是重要保障。近年来，" + "全面对标对表，" * longer, *body]))
    assert [piece.section for piece in structure.sections] == [
        "",
        *[f"坚持{word}，把稳法治“{word}”" for word in ("正确方向", "统筹谋划", "督查体系", "基层实践")],
    ]
    assert {heading.form for heading in structure.headings} == {"lead"}


@pytest.mark.parametrize("text", ["依法行政。", "依法行政", "依法行政。\n依法办事。", "谢谢！"])
def test_a_text_without_headings_is_one_section(text):
    assert len(parse_structure(text).sections) == 1


def test_an_empty_text_has_no_pieces():
    structure = parse_structure(" \n　\n")
    assert [structure.pieces(unit) for unit in UNITS] == [(), (), ()]


def test_a_speech_has_salutation_and_closing():
    body = "\n".join(
        f"{number}、{words}\n" + "要落实责任，抓好工作。" * 30
        for number, words in zip("一二三", ["深化认识", "聚焦重点", "压实责任"], strict=True)
    )
    text = f"在推进会上的讲话\n同志们：\n法治兴则事业兴。\n{body}\n同志们，法治建设任重道远。\n谢谢！"
    structure = parse_structure(text)
    assert [piece.section_kind for piece in structure.sections] == ["opening", *["measures"] * 3, "closing"]
    assert [text[piece.start : piece.end] for piece in structure.of_role("salutation")] == ["同志们："]
    assert text[structure.sections[-1].start : structure.sections[-1].end].startswith("同志们，")


def test_problems_are_found_inside_a_section_on_results():
    text = (
        "一、2024年工作回顾\n办结案件133件。成效明显。\n"
        "在肯定成绩的同时，我们也清醒看到存在的问题。力度不够。必须抓好整改。\n经验值得总结。\n二、2025年主要任务\n要解决问题。"
    )
    kinds = [(text[piece.start : piece.end], piece.section_kind) for piece in parse_structure(text).sentences]
    assert kinds == [
        ("一、2024年工作回顾", "achievements"),
        ("办结案件133件。", "achievements"),
        ("成效明显。", "achievements"),
        ("在肯定成绩的同时，我们也清醒看到存在的问题。", "problems"),
        ("力度不够。", "problems"),
        ("必须抓好整改。", "achievements"),
        ("经验值得总结。", "achievements"),
        ("二、2025年主要任务", "plans"),
        ("要解决问题。", "plans"),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("存在的主要问题和困难", "problems"),
        ("取得的成效和存在的问题", "review"),
        ("肯定成绩，正视不足，切实增强责任感和使命感", "review"),
        ("2025年政府工作任务", "plans"),
        ("对今年政府工作的建议", "plans"),
        ("过去五年工作回顾", "achievements"),
        ("着力解决突出问题", "measures"),
        ("加强领导，压实责任", "measures"),
        ("第一个五年计划的若干问题", "other"),
        ("结束语", "closing"),
        ("关于对外政策", "other"),
    ],
)
def test_headings_have_kinds(heading, kind):
    assert classify_heading(heading) == kind


@pytest.mark.parametrize(
    "line",
    [
        "2.0版上线，1-20日不检查。",
        "一、二、三产业协调发展。",
        "第一、第二、第三产业都要调整。",
        "1.5亿元投入。",
        "一是非之地。",
    ],
)
def test_these_are_not_headings(line):
    assert parse_structure(f"开头一段。\n{line}").headings == ()


def test_an_unknown_unit_is_refused_with_the_nearest_one():
    with pytest.raises(ValueError, match="did you mean 'paragraph'"):
        parse_structure("依法行政。").pieces("paragraf")


@pytest.mark.parametrize(
    "sign", ["（", "“", "。", "”", "一是", "一、", "(一)", "\n", "（“", "同时", "我们看到"]
)
def test_hostile_repetition_takes_linear_time(sign):
    def seconds(times):
        begin = process_time()
        parse_structure(sign * times)
        return process_time() - begin

    seconds(100)
    assert seconds(40_000) < 0.2 + 4 * 10 * max(seconds(4_000), 0.001)
