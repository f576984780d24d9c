"""What a title suggests; and that it suggests nothing where a reader could not tell either."""

import pytest

from analysis.ingest.document_ids import make_label
from analysis.ingest.guess import guess_date, guess_level, guess_place, guess_title, guess_type, guess_year

TITLES = {  # title: type, level, place, year
    "河南省信阳市平桥区2024年法治政府建设年度报告": ("报告", "区", "河南省信阳市平桥区", "2024"),
    "2024年北京市政府工作报告": ("报告", "市", "北京市", "2024"),
    "上海市浦东新区人民政府2023年法治政府建设情况报告": ("报告", "区", "上海市浦东新区", "2023"),
    "内蒙古自治区2023年政府工作报告": ("报告", "省", "内蒙古自治区", "2023"),
    "浙江省杭州市余杭区良渚街道2024年工作总结": ("报告", "乡镇", "浙江省杭州市余杭区良渚街道", "2024"),
    "香港特别行政区行政长官2023年施政报告": ("报告", "省", "香港特别行政区", "2023"),
    "中共广东省委关于全面推进依法治省的意见": ("文件", "省", "广东省", ""),
    "1954年中华人民共和国国务院政府工作报告": ("报告", "国家", "", "1954"),
    "在区委依法治区办第三次会议暨全区法治督察工作会议上的讲话": ("讲话", "区", "", ""),
    "在市委全面依法治市委员会第五次会议上的讲话": ("讲话", "市", "", ""),
    "县委书记在全县干部大会上的讲话": ("讲话", "县", "", ""),
    "在法治政府建设报告会上的讲话": ("讲话", "", "", ""),
    "關於二〇二四年法治建設情況的報告": ("报告", "", "", "2024"),
    "习近平在中央全面依法治国工作会议上的讲话": ("讲话", "国家", "", ""),
    "关于2024年计划执行情况与2025年计划草案的报告": ("报告", "", "", ""),
    "关于加强城市社区治理的意见": ("文件", "", "", ""),
    "经济开发区管委会工作报告": ("报告", "", "", ""),
    "深圳特区法治报告": ("报告", "", "", ""),
    "市场监管局2024年工作总结": ("报告", "", "", "2024"),
    "推进市域社会治理现代化的思考": ("", "", "", ""),
    "乡村振兴促进条例": ("文件", "", "", ""),
    "法治之路": ("", "", "", ""),
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_suggests_what_a_reader_would_say(title):
    place = guess_place(title)
    found = (guess_type(title=title), guess_level(place=place, title=title), place, guess_year(title=title))
    assert found == TITLES[title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("首页 > 政务公开\n在全市会议上的讲话\n同志们：", "在全市会议上的讲话"),
        ("區(qū)委書記的講話\n同志們：", "區委書記的講話"),
        ("# 政府工作报告\n", "政府工作报告"),
        ("各位代表：\n现在报告工作。\n政府工作报告", ""),
        ("一、主要情况\n二、主要问题", ""),
        ("2024年，我区深入学习贯彻，取得成效。\n建设报告", ""),
        ("", ""),
    ],
)
def test_a_title_is_a_line_that_can_be_one(text, title):
    assert guess_title(text) == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("报告\n2025年2月21日\n一、", "2025-02-21"),
        ("报告\n发布时间：2025-02-21 10:30\n一、", "2025-02-21"),
        ("报告\n正文。\n平桥区人民政府\n2025年2月21日", "2025-02-21"),
        ("截至2025年2月21日，全区办理1119件。", ""),
        ("2025年13月41日", ""),
        ("电话：2025-02-2199", ""),
    ],
)
def test_a_date_has_a_line_for_itself(text, date):
    assert guess_date(text) == date


def test_labels_are_at_most_ten_characters_wide_and_unique():
    taken: set[str] = set()
    for _ in range(30):
        for title in TITLES:
            place, year = guess_place(title), guess_year(title=title)
            kind = guess_type(title=title)
            label = make_label(title=title, place=place, kind=kind, year=year, doc_id="id", taken=taken)
            assert label not in taken
            assert sum(1 + (sign > "\u2e7f") for sign in label) <= 20
            taken.add(label)
