"""Names of places and their codes: events that are known from elsewhere, and what must be refused."""

import hashlib
import subprocess
import sys
import warnings

import pandas as pd
import pytest

from analysis import paths
from analysis.places import find_places, places_in_text, propose_place
from analysis.places.division_names import ABBREVIATIONS, short_forms
from analysis.places.gazetteer import FIRST_YEAR, LAST_YEAR, load_divisions
from analysis.places.reading import read_name

KNOWN = [
    # the year of each change bears both names; codes as published by the Ministry of Civil Affairs
    ("密云县", 2014, "110228"),
    ("密云县", 2015, "110228"),
    ("密云区", 2015, "110118"),
    ("密云区", 2025, "110118"),
    ("通县", 1990, "110223"),
    ("通州区", 1998, "110112"),
    ("崇文区", 2009, "110103"),
    ("崇文区", 2010, "110103"),
    ("崇明县", 2015, "310230"),
    ("崇明区", 2016, "310151"),
    ("南汇区", 2008, "310119"),
    ("南汇区", 2009, "310119"),
    ("浦东新区", 2009, "310115"),
    ("襄樊市", 2005, "420600"),
    ("襄樊市", 2010, "420600"),
    ("襄阳市", 2010, "420600"),
    ("襄阳市", 2024, "420600"),
    ("思茅市", 2006, "530800"),
    ("普洱市", 2007, "530800"),
    ("大庸市", 1993, "430800"),
    ("张家界市", 1994, "430800"),
    ("巢湖市", 2010, "341400"),
    ("巢湖市", 2012, "340181"),
    ("居巢区", 2005, "341402"),
    ("莱芜市", 2016, "371200"),
    ("莱芜区", 2019, "370116"),
    ("重庆市", 1996, "510200"),
    ("重庆市", 1997, "500000"),
    ("海南省", 1988, "460000"),
    ("三沙市", 2012, "460300"),
    ("吐鲁番地区", 2014, "652100"),
    ("吐鲁番市", 2016, "650400"),
    ("哈密市", 2017, "650500"),
    ("萧山市", 2000, "330181"),
    ("萧山区", 2001, "330109"),
    ("番禺区", 2000, "440113"),
    ("即墨市", 2016, "370282"),
    ("即墨区", 2017, "370215"),
    ("江干区", 2020, "330104"),
    ("香港特别行政区", 1997, "810000"),
    ("澳门特别行政区", 1999, "820000"),
    ("上海市", 2024, "310000"),
    ("内蒙古自治区", 2000, "150000"),
    ("滨海县", 2024, "320922"),
    ("滨海新区", 2024, "120116"),
    ("石河子市", 2024, "659001"),
    ("阿拉尔市", 2005, "659002"),
    ("济源市", 2020, "419001"),
    ("神农架林区", 2020, "429021"),
    ("六枝特区", 2020, "520203"),
    ("恩施土家族苗族自治州", 2020, "422800"),
    ("鄂伦春自治旗", 2020, "150723"),
    ("锡林郭勒盟", 2020, "152500"),
    ("大兴安岭地区", 2020, "232700"),
]
SHORT = [
    ("沪", 2020, "310000", "exact"),
    ("京", 2020, "110000", "exact"),
    ("粤", 2020, "440000", "exact"),
    ("豫", 2020, "410000", "exact"),
    ("内蒙古", 2020, "150000", "exact"),
    ("广西", 2020, "450000", "exact"),
    ("吉林", 2020, "220000", "exact"),
    ("渝", 1990, "510200", "only candidate"),
    ("信阳", 2024, "411500", "only candidate"),
    ("平桥", 2024, "411503", "only candidate"),
    ("长沙", 2020, "430100", "only candidate"),
    ("浦东", 2020, "310115", "only candidate"),
    ("延边州", 2020, "222400", "only candidate"),
    ("河南省信阳市平桥区", 2024, "411503", "exact"),
    ("河南信阳平桥区", 2024, "411503", "exact"),
    ("河南平桥", 2024, "411503", "by parent"),
    ("中国河南省·信阳市", 2024, "411500", "exact"),
    ("北京市朝阳区", 2024, "110105", "by parent"),
    ("长春朝阳区", 2024, "220104", "by parent"),
    ("北京朝阳", 2024, "110105", "by parent"),
    ("吉林吉林", 2024, "220200", "by parent"),
    ("南京市鼓楼区", 2024, "320106", "by parent"),
    ("上海市市辖区浦东新区", 2024, "310115", "exact"),
    ("内江市市中区", 2024, "511002", "by parent"),
    ("恩施州恩施市", 2024, "422801", "exact"),
    ("安徽省巢湖市居巢区", 2011, "341402", "exact"),
    ("石咀山市", 1985, "640200", "only candidate"),
]
REFUSED = [
    ("朝阳区", 2024, "ambiguous", ("北京市朝阳区 110105", "吉林省长春市朝阳区 220104")),
    ("朝阳", 2024, "ambiguous", None),
    ("鼓楼区", 2024, "ambiguous", None),
    ("江苏鼓楼区", 2024, "ambiguous", ("江苏省南京市鼓楼区 320106", "江苏省徐州市鼓楼区 320302")),
    ("滨海", 2024, "ambiguous", ("天津市滨海新区 120116", "江苏省盐城市滨海县 320922")),
    ("恩施", 2024, "ambiguous", None),
    ("信阳", 1990, "ambiguous", None),
    ("海南", 1985, "ambiguous", None),
    ("巢湖市", 2011, "ambiguous", ("安徽省合肥市巢湖市 340181", "安徽省巢湖市 341400")),
    ("思茅", 2007, "ambiguous", None),
    ("新市区", 2015, "ambiguous", ("河北省保定市新市区 130602", "新疆维吾尔自治区乌鲁木齐市新市区 650104")),
    ("襄樊市", 2020, "unknown", ("湖北省襄樊市 420600 1980–2009",)),
    ("襄阳市", 2005, "unknown", ("湖北省襄阳市 420600",)),
    ("海南省", 1985, "unknown", ("海南省 460000",)),
    ("河南省信阳市平桥区明港镇", 2024, "unknown", ("河南省信阳市平桥区 411503",)),
    ("苏州工业园区", 2024, "unknown", ("江苏省苏州市 320500",)),
    ("河北省平桥区", 2024, "unknown", ("河北省 130000",)),
    ("上海市市辖区", 2024, "unknown", ("上海市 310000",)),
    ("市辖区", 2024, "unknown", ()),
    ("雄安新区", 2024, "unknown", ()),
    ("县", 2024, "unknown", ()),
    ("", 2024, "unknown", ()),
]


@pytest.mark.parametrize(("name", "year", "code"), KNOWN)
def test_a_full_name_gives_the_code_of_its_year(name, year, code):
    row = find_places([name], year=year).iloc[0]
    assert (row["code"], row["certainty"]) == (code, "exact")
    assert row["level"] == ("省级" if code.endswith("0000") else "地级" if code.endswith("00") else "县级")


@pytest.mark.parametrize(("name", "year", "code", "certainty"), SHORT)
def test_short_names_and_chains(name, year, code, certainty):
    row = find_places([name], year=year).iloc[0]
    assert (row["code"], row["certainty"]) == (code, certainty)


@pytest.mark.parametrize(("name", "year", "certainty", "candidates"), REFUSED)
def test_what_is_not_certain_is_refused(name, year, certainty, candidates):
    row = find_places([name], year=year).iloc[0]
    assert row["certainty"] == certainty
    assert row[["code", "province", "city", "county", "level", "valid_from", "valid_to"]].isna().all()
    if candidates is not None:
        assert row["candidates"] == candidates
    elif certainty == "ambiguous":
        assert len(row["candidates"]) > 1


def test_parents_and_years_are_those_of_the_year():
    table = find_places(["襄樊市", "渝北区", "渝北区", "平桥区"], year=[2005, 1996, 2020, 2024])
    assert table["province"].tolist() == ["湖北省", "四川省", "重庆市", "河南省"]
    assert table["city"].fillna("").tolist() == ["襄樊市", "重庆市", "", "信阳市"]
    assert table["county"].fillna("").tolist() == ["", "渝北区", "渝北区", "平桥区"]
    assert table["valid_to"].fillna(0).tolist() == [2009, 1996, 2024, 0]


def test_without_a_year_a_name_is_that_of_today_or_the_last_that_bore_it():
    table = find_places(["巢湖市", "徽州地区", "通县", "渝北区", "中国"])
    assert table["code"].fillna("").tolist() == ["340181", "342700", "110223", "500112", ""]
    assert table["certainty"].tolist() == [
        "exact",
        "only candidate",
        "only candidate",
        "only candidate",
        "exact",
    ]
    assert table["level"].iloc[-1] == "国家级"


def test_a_year_outside_the_tables_is_said():
    with pytest.warns(UserWarning, match=r"1954, 2030.*1980 or 2025"):
        table = find_places(["上海市", "渝北区", "两江新区"], year=[1954, 2030, 2030])
    assert table["code"].fillna("").tolist() == ["310000", "", "500157"]


def test_years_must_match_the_names():
    with pytest.raises(ValueError, match="2 years for 1 names"):
        find_places(["信阳市"], year=[2000, 2001])


def test_a_column_of_years_may_have_gaps():
    years = pd.Series([2005, None], dtype="Int64")
    assert find_places(["襄樊市", "襄阳市"], year=years)["code"].tolist() == ["420600", "420600"]


def test_nothing_to_look_up_gives_an_empty_table_with_all_columns():
    assert find_places([]).shape == (0, 10)
    assert places_in_text("推进老城区改造", year=2024).shape == (0, 12)


@pytest.mark.parametrize("year", [1980, 1983, 1997, 2010, 2025])
def test_no_division_is_ever_taken_for_another(year):
    table = load_divisions()
    for versions in table.by_code.values():
        for division in versions:
            if division.first <= year <= division.last:
                above = "".join(part.name for part in table.ancestors(division, year))
                for written in (division.name, above + division.name):
                    found = read_name(written, year).named
                    assert found is None or found.division == division, (written, found)
                for written in short_forms(division.name):
                    found = read_name(written, year).named
                    level = ("省级", "地级", "县级").index
                    assert (
                        found is None
                        or found.division == division
                        or found.division.name == written
                        or level(found.division.level) < level(division.level)
                    ), (written, found)


def test_the_table_is_whole():
    text = (paths.RESOURCES / "divisions.tsv").read_text(encoding="utf-8")
    body = text[text.index("code\tname") :]
    assert hashlib.sha256(body.encode()).hexdigest() in text.split("\n")[0]
    assert len(text.encode()) < 1_500_000
    table = load_divisions()
    for code, versions in table.by_code.items():
        years = [year for division in versions for year in range(division.first, division.last + 1)]
        assert len(years) == len(set(years)), f"{code} is two divisions in one year"
        assert set(years) <= set(range(FIRST_YEAR, LAST_YEAR + 1))
        for division in versions:
            for year in range(division.first, division.last + 1):
                assert not division.parent or table.parent(division, year), (
                    f"{division} has no parent in {year}"
                )
    provinces = set(ABBREVIATIONS.values())
    assert len(provinces) == 34
    assert sum(d.last == LAST_YEAR and d.level == "省级" for v in table.by_code.values() for d in v) == 34


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("信阳市", ("信阳",)),
        ("通县", ()),
        ("芒市", ()),
        ("内蒙古自治区", ("内蒙古", "内蒙古区")),
        ("新疆维吾尔自治区", ("新疆", "新疆区")),
        ("积石山保安族东乡族撒拉族自治县", ("积石山", "积石山县")),
        ("东乡族自治县", ("东乡", "东乡县")),
        ("鄂温克族自治旗", ("鄂温克", "鄂温克旗")),
        ("管城回族区", ("管城", "管城区")),
        ("香港特别行政区", ("香港",)),
        ("万柏林区", ("万柏林",)),
        ("神农架林区", ("神农架",)),
        ("浦东新区", ("浦东",)),
        ("博尔塔拉蒙古自治州", ("博尔塔拉", "博尔塔拉州")),
    ],
)
def test_short_forms(name, forms):
    assert short_forms(name) == forms


@pytest.mark.parametrize(
    ("text", "year", "names"),
    [
        ("滨海县2024年政府工作报告", 2024, ["滨海县"]),
        ("2024年和县政府工作报告", 2024, ["和县"]),
        ("关于河南信阳平桥区的报告", 2024, ["河南信阳平桥区"]),
        ("中共海南省委关于印发要点的通知", 2024, ["海南省"]),
        ("在上海浦东新区调研", 2024, ["上海浦东新区"]),
        ("襄樊市2005年政府工作报告", 2005, ["襄樊市"]),
        ("襄樊市政府工作报告", None, ["襄樊市"]),
        ("郑州市金水区、二七区联合通知", 2024, ["郑州市金水区", "二七区"]),
        ("北京市场监管情况", 2024, []),
        ("关于提高县级财力的意见", 2024, []),
        ("其中山区县十二个", 2024, []),
        ("确保长治久安", 2024, []),
        ("各位来宾", 2024, []),
        ("推进老城区改造", 2024, []),
        ("阿里巴巴集团", 2024, []),
        ("广东中山大学", 2024, []),
        ("市和县的工作", 2024, []),
    ],
)
def test_places_in_a_title(text, year, names):
    found = places_in_text(text, year=year)
    assert found["name"].tolist() == names
    assert [text[row.start : row.end] for row in found.itertuples()] == names


CITY_ASSEMBLY = "政府工作报告\n——2024年1月15日在信阳市第六届人民代表大会第三次会议上\n信阳市市长 某某"


@pytest.mark.parametrize(
    ("given", "place", "certainty"),
    [
        ({"title": "滨海县2024年政府工作报告"}, "江苏省盐城市滨海县", "exact"),
        ({"title": "2024年西藏自治区政府工作报告"}, "西藏自治区", "exact"),
        ({"title": "关于深圳市2023年国民经济和社会发展计划执行情况的报告"}, "广东省深圳市", "exact"),
        ({"title": "平桥区区委书记讲话"}, "河南省信阳市平桥区", "exact"),
        ({"title": "中共信阳市平桥区委关于印发要点的通知"}, "河南省信阳市平桥区", "exact"),
        ({"title": "信阳市全面依法治市委员会会议"}, "河南省信阳市", "exact"),
        ({"title": "延边州政府工作报告"}, "吉林省延边朝鲜族自治州", "only candidate"),
        (
            {"title": "在全区法治工作会议上的讲话", "file_name": "a/平桥区2024.docx"},
            "河南省信阳市平桥区",
            "exact",
        ),
        ({"title": "政府工作报告", "text": CITY_ASSEMBLY}, "河南省信阳市", "exact"),
        ({"text": "各位代表：\n现在，我代表平桥区人民政府，向大会报告工作"}, "河南省信阳市平桥区", "exact"),
        ({"text": "各位代表：\n现在，我代表国务院，向大会作政府工作报告"}, "中国", "exact"),
        ({"title": "国务院关于支持河南省加快建设中原经济区的指导意见"}, "中国", "exact"),
        ({"title": "司法部关于山东省法律援助的通知"}, "中国", "exact"),
        (
            {"title": "朝阳区2023年政府工作报告", "text": "长春市朝阳区人民政府"},
            "吉林省长春市朝阳区",
            "by parent",
        ),
        ({"place": "平桥区", "title": "上海市经验"}, "河南省信阳市平桥区", "exact"),
        ({"title": "朝阳区2023年政府工作报告"}, "", "ambiguous"),
        ({"title": "郑州市金水区、二七区联合通知"}, "", "ambiguous"),
        ({"title": "上海市2024年政府工作报告", "file_name": "北京市2024.txt"}, "", "ambiguous"),
        ({"title": "河南省信阳市明港镇2024年工作报告"}, "", "unknown"),
        ({"title": "重庆市两江新区2024年工作报告"}, "", "unknown"),
        ({"title": "襄樊市2024年报告"}, "", "unknown"),
        ({"title": "学习借鉴浙江省经验的报告"}, "", "unknown"),
        ({"title": "在全区法治工作会议上的讲话", "text": "同志们：\n上海市的经验"}, "", "unknown"),
        ({}, "", "unknown"),
    ],
)
def test_a_place_is_proposed_for_a_document(given, place, certainty):
    found = propose_place(**given, year=2024)
    assert (found.place, found.certainty) == (place, certainty)
    assert bool(found.code) == (place not in ("", "中国"))
    assert bool(found.evidence) == bool(place or found.candidates)


def test_the_evidence_names_source_and_words():
    found = propose_place(title="朝阳区2023年政府工作报告", text="长春市朝阳区人民政府", year=2023)
    assert found.evidence == "title: 朝阳区; text: 长春市朝阳区人民政府"
    found = propose_place(title="河南省信阳市明港镇2024年工作报告", year=2024)
    assert (found.evidence, found.candidates) == ("title: 河南省信阳市明港镇", ("河南省信阳市 411500",))
    assert propose_place(title="襄樊市2024年报告", year=2024).candidates == ("湖北省襄樊市 420600 1980–2009",)


def test_import_takes_neither_pandas_nor_the_table():
    code = (
        "import sys; from analysis.places import propose_place; from analysis.places.gazetteer import load_divisions; "
        "print('pandas' in sys.modules, load_divisions.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0"]


def test_reading_a_title_warns_of_years_outside_only():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert propose_place(title="上海市报告", year=2025).code == "310000"
    with pytest.warns(UserWarning, match="1954"):
        assert propose_place(title="上海市报告", year=1954).code == "310000"
