"""What a document's title, file name and first lines suggest about it. All of it is marked as inferred."""

from __future__ import annotations

import re

from ..zh.characters import HANZI, count_hanzi
from ..zh.formulas import NUMBERED, SALUTATION_BEGINS
from ..zh.marks import NEVER_IN_TITLES
from ..zh.numerals import HAN_YEAR, ORDINALS, VALUES, ZEROS
from ..zh.pinyin import LETTERS

TOP_LINES = 12
LONGEST_TITLE = 60
TOP = 1500

RESIDUE = re.compile(
    r"https?:|www\.|\.com|\.cn|字号|字體|打印|分享|收藏|来源|來源|发布|發布|作者|浏览|瀏覽|时间[:：]|時間[:：]|首页|首頁|当前位置|上一篇|下一篇|^\d+\s*[页頁]"
)
SENTENCE_END = re.compile(f"[{NEVER_IN_TITLES}]")
READING = re.compile(rf"[(（][{LETTERS}]{{1,7}}[)）]")
"""Bracketed pinyin that mirror sites insert; a title is no place for it."""
REPORTING = re.compile(r"(?:报告|報告|汇报|匯報)如下")

TYPES = {
    "讲话": r"讲话|講話|致辞|致辭|致词|发言|發言|演讲|演講",
    "报告": r"报告|報告|汇报|匯報|述职|述職|总结|總結",
    "文件": r"意见|意見|通知|方案|条例|條例|规划|規劃|纲要|綱要|决定|決定|决议|決議|办法|辦法|公报|公報|要点|要點",
    "文章": r"文章|评论|評論|社论|社論|述评|述評|综述|綜述|观察|訪談|访谈",
}

CHINESE_DIGITS = str.maketrans({digit: str(value) for digit, value in VALUES.items()})
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
CHINESE_YEAR = re.compile(rf"(?=一九|二[{ZEROS}Ｏ]){HAN_YEAR}(?=年)")
BARE_YEAR = re.compile(r"(?<!\d)((?:19[4-9]|20[0-4])\d)(?!\d)")
DATE = re.compile(
    r"^[（(\[【]?(?:(?:发布|發布|发文|成文)?(?:时间|時間|日期)[:：])?\s*"
    r"(?P<year>(?:19|20)\d{2})\s*[年./-]\s*(?P<month>1[0-2]|0?[1-9])\s*[月./-]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[）)\]】]?$"
)

UNIT = r"(?:特别行政区|自治区|自治州|自治县|新区|省|市|州|盟|区|县|旗|镇|乡|街道|區|縣|鎮|鄉)"
NOT_A_PLACE = re.compile(
    r"特$|依法治|法治|全面|我|本|各|全|社|开发|園|园|城|都|超|地|党|黨|政|推进|建设|会议|在|关于|關於|年|第"
)
PLACE = re.compile(rf"^(?:关于|關於|在|中共)?((?:[{HANZI}]{{1,6}}?{UNIT}){{1,4}})")
LEVELS = (
    (
        "国家",
        rf"国务院|國務院|中华人民共和国|中華人民共和國|全国人民代表大会|全國人民代表大會|中共中央|党中央在|中国共产党第|党的[{ORDINALS}]+届|中央[^委]{{0,12}}会议",
    ),
    ("乡镇", r"(?:本|我|全)[镇乡鎮鄉]|镇党委|乡党委|街道办|街道党工委"),
    ("县", r"(?:本|我|全)[县縣旗]|[县縣][委政](?!治)"),
    ("区", r"(?:本|我|全)[区區]|[区區][委政](?!治)"),
    ("市", r"(?:本|我|全)市|市[委政](?!治)"),
    ("省", r"(?:本|我|全)省|省[委政](?!治)|自治区[党人]"),
)
PART = re.compile(rf"[{HANZI}]{{1,6}}?{UNIT}")
UNIT_LEVEL = {
    **dict.fromkeys(("省", "自治区", "特别行政区"), "省"),
    **dict.fromkeys(("市", "州", "盟", "自治州"), "市"),
    **dict.fromkeys(("区", "區", "新区"), "区"),
    **dict.fromkeys(("县", "縣", "旗", "自治县"), "县"),
    **dict.fromkeys(("镇", "乡", "街道", "鎮", "鄉"), "乡镇"),
}


def guess_title(text: str, *, stem: str = "") -> str:
    r"""Return the first line that can be a title; else the file's name if it is Chinese; else nothing.

    A title is short and no sentence, no salutation, no numbered heading and no residue of a web page.

    Examples
    --------
    >>> guess_title("来源：某网\n在全区法治工作会议上的讲话\n同志们：\n今天开会。")
    '在全区法治工作会议上的讲话'
    >>> guess_title("各位代表：\n现在报告工作。", stem="2019年政府工作报告")
    '2019年政府工作报告'
    """
    for line in [line.strip() for line in text[: TOP * 4].split("\n") if line.strip()][:TOP_LINES]:
        if count_hanzi(line) < 4 or RESIDUE.search(line) or DATE.match(line):
            continue
        if SALUTATION_BEGINS.search(line) or SENTENCE_END.search(line) or re.match(NUMBERED, line):
            break
        if len(line) > LONGEST_TITLE:
            break
        return READING.sub("", line).lstrip("#").strip()
    return stem if count_hanzi(stem) >= 4 else ""


def guess_date(text: str) -> str:
    r"""Return a date that has one of the first or last lines for itself, as YYYY-MM-DD; else nothing.

    Examples
    --------
    >>> guess_date("关于法治建设的报告\n（2025年2月21日）\n一、主要情况")
    '2025-02-21'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in [*lines[:TOP_LINES], *reversed(lines[-4:])]:
        match = DATE.match(line)
        if match:
            return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return ""


def guess_year(*, title: str, stem: str = "", date: str = "", text: str = "") -> str:
    """Return the year of the title, the file name, the date or the first lines, if it names just one; else nothing.

    Examples
    --------
    >>> guess_year(title="平桥区2024年法治政府建设年度报告", date="2025-02-21")
    '2024'
    >>> guess_year(title="关于2024年计划执行情况与2025年计划草案的报告")
    ''
    >>> guess_year(title="二〇二五年工作要点")
    '2025'
    """
    in_title = _years(title)
    if in_title:
        return in_title.pop() if len(in_title) == 1 else ""
    for source in (_years(stem) or set(BARE_YEAR.findall(stem)), {date[:4]} - {""}, _years(text[:300])):
        if len(source) == 1:
            return source.pop()
    return ""


def _years(text: str) -> set[str]:
    chinese = {match.translate(CHINESE_DIGITS) for match in CHINESE_YEAR.findall(text)}
    return set(YEAR.findall(text)) | chinese


def guess_type(*, title: str, text: str = "") -> str:
    r"""Return 讲话, 报告, 文件 or 文章 by the title's last such word; else by its salutation or 报告如下; else nothing.

    Examples
    --------
    >>> guess_type(title="在法治政府建设报告会上的讲话")
    '讲话'
    >>> guess_type(title="", text="同志们：\n今天开会。")
    '讲话'
    """
    places = {
        kind: max((match.start() for match in re.finditer(words, title)), default=-1)
        for kind, words in TYPES.items()
    }
    last = max(places.values())
    if last >= 0:
        return next(kind for kind, place in places.items() if place == last)
    first = next(
        (line.strip() for line in text[:TOP].split("\n") if SALUTATION_BEGINS.search(line.strip())), ""
    )
    if re.search(r"同志们|同志們|各位(?!代表)", first):
        return "讲话"
    return "报告" if REPORTING.search(READING.sub("", text[:TOP])) else ""


def guess_place(title: str) -> str:
    """Return the place that a title begins with; else nothing.

    Examples
    --------
    >>> guess_place("河南省信阳市平桥区2024年法治政府建设年度报告")
    '河南省信阳市平桥区'
    >>> guess_place("在区委依法治区办第三次会议上的讲话")
    ''
    """
    match = PLACE.match(re.sub(r"^(?:19|20)\d{2}年(?:度)?", "", title))
    if not match:
        return ""
    place = ""
    for part in PART.findall(match.group(1)):
        if NOT_A_PLACE.search(re.sub(rf"{UNIT}$", "", part)) or len(part) < 2:
            break
        place += part
    return place


def guess_level(*, place: str, title: str = "", text: str = "") -> str:
    """Return 国家, 省, 市, 区, 县 or 乡镇, by the place, else by the title, else by how a text calls its own area.

    Examples
    --------
    >>> guess_level(place="河南省信阳市平桥区")
    '区'
    >>> guess_level(place="", title="在全市法治工作会议上的讲话")
    '市'
    """
    unit = re.search(rf"{UNIT}$", place)
    if unit:
        return UNIT_LEVEL[unit.group()]
    for level, words in LEVELS:
        if re.search(words, title):
            return level
    counts = {level: len(re.findall(words, text[:TOP])) for level, words in LEVELS[1:]}
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] >= 2 else ""
