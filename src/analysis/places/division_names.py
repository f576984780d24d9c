"""Under which names a division is written: 延边朝鲜族自治州, 延边州, 延边; 上海市, 上海, 沪."""

from __future__ import annotations

import re

PEOPLES = re.findall(
    r"\S+",
    "各族 蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 "
    "侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 高山族 "
    "拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 "
    "布朗族 撒拉族 毛南族 毛难族 仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 "
    "乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 "
    "赫哲族 门巴族 珞巴族 基诺族",
)
_PEOPLE = "|".join(sorted(PEOPLES, key=len, reverse=True))
AUTONOMOUS = re.compile(rf"(?P<base>.{{2,}}?)(?:{_PEOPLE})*自治(?P<kind>[区州县旗])")
ETHNIC_DISTRICT = re.compile(rf"(?P<base>.{{2,}}?)(?:{_PEOPLE})+(?P<kind>区)")
NAMED_FOR_A_PEOPLE = re.compile(r"(?P<base>.{2,})族自治(?P<kind>[州县旗])")
"""东乡族自治县: without its people nothing would be left."""
ENDING = re.compile(
    r"(?P<base>.{2,}?)(?:特别行政区|行政区|工矿区|矿区|(?<=神农架)林区|特区|新区|地区|省|市|区|县|旗|盟)"
)

ABBREVIATIONS = {
    "京": "北京市",
    "津": "天津市",
    "冀": "河北省",
    "晋": "山西省",
    "蒙": "内蒙古自治区",
    "内蒙": "内蒙古自治区",
    "辽": "辽宁省",
    "吉": "吉林省",
    "黑": "黑龙江省",
    "沪": "上海市",
    "苏": "江苏省",
    "浙": "浙江省",
    "皖": "安徽省",
    "闽": "福建省",
    "赣": "江西省",
    "鲁": "山东省",
    "豫": "河南省",
    "鄂": "湖北省",
    "湘": "湖南省",
    "粤": "广东省",
    "桂": "广西壮族自治区",
    "琼": "海南省",
    "渝": "重庆市",
    "川": "四川省",
    "蜀": "四川省",
    "黔": "贵州省",
    "贵": "贵州省",
    "滇": "云南省",
    "云": "云南省",
    "藏": "西藏自治区",
    "陕": "陕西省",
    "秦": "陕西省",
    "甘": "甘肃省",
    "陇": "甘肃省",
    "青": "青海省",
    "宁": "宁夏回族自治区",
    "新": "新疆维吾尔自治区",
    "港": "香港特别行政区",
    "澳": "澳门特别行政区",
    "台": "台湾省",
}
"""The abbreviations in official use; they stand for a place only where they are all that is written."""
ALSO_WRITTEN = {"白云矿区": "白云鄂博矿区", "石咀山市": "石嘴山市"}
"""Names on which the sources of the table differ: benchmarks/places.md."""


def short_forms(name: str) -> tuple[str, ...]:
    """Return the forms in which a division is written without its full name, the shortest first.

    A name of one character before its ending has none: 通县 is never 通.

    Examples
    --------
    >>> short_forms("延边朝鲜族自治州")
    ('延边', '延边州')
    >>> short_forms("信阳市"), short_forms("通县"), short_forms("东乡族自治县")
    (('信阳',), (), ('东乡', '东乡县'))
    """
    for pattern in (AUTONOMOUS, ETHNIC_DISTRICT, NAMED_FOR_A_PEOPLE):
        match = pattern.fullmatch(name)
        if match:
            base = match["base"]
            own = NAMED_FOR_A_PEOPLE.fullmatch(name)
            if base in PEOPLES and own:
                base = own["base"]
            return (base, base + match["kind"])
    match = ENDING.fullmatch(name)
    return (match["base"],) if match else ()
