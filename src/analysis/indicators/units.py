"""The units that make a number a quantity, and what must not follow them."""

from __future__ import annotations

from collections.abc import Iterable


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MEASURES = _words(
    "美元 欧元 港元 日元 英镑 卢布 法郎 元"
    " 吨公里 人公里 载重吨 总吨 吨 公斤 千克 市斤 斤 克 公里 千米 海里 英里 厘米 毫米 公分 公尺 米"
    " 平方公里 平方千米 平方米 平方公尺 立方米 立方公尺 公方 市亩 亩 公顷"
    " 千瓦时 千瓦小时 千瓦 兆瓦 马力 千伏 标准箱 标准台 纱锭 锭 个百分点 百分点 倍 人次 户次 件次 岁"
)
"""Units of measurement: with these, one numeral (三倍, 五吨) is enough."""

COUNTS = _words(
    "场次 批次 班次 架次 大类 人 家 个 户 名 部 所 次 条 场 座 起 处 份 期 项 类 种 台 只 组 支 位 批 担 头 片 轮 匹 列"
    " 件 宗 例 笔 篇 册 套 间 栋 幢 辆 架 艘 棵 株 块 张 枚 颗 集 门 盏 眼 桶 箱 节 幅 度"
)
"""Measure words: with these a single Chinese numeral (三个, 五项) names a set, and is no quantity."""

# Longest first is not needed here: `alternatives` sorts. 个 belongs to 个月, since 三个月 is not three of 月.
DURATIONS = _words("个工作日 工作日 个小时 小时 分钟 个月 天 日 年 周")
"""Time is a quantity only where a limit or a length is stated (压减到3个工作日, 10天以内, 10.8年)."""

# Most measure words are also nouns or parts of words. After a numeral they count (120人, 三家) unless one of these
# characters follows and makes another word of the two: 10人口 is torn text, 三人民 no count, 五家庭 not 五家.
# The list holds what occurs in government reports; a character is added with the sentence in which it misled.
# Verbs that begin with a measure word (处理, 组织, 支持, 担任, 起来) follow years and ordinals, as in 2020处理.
_NOT_BEFORE = {
    "人": "口民均才员士群家工力类大数文心质",
    "家": "庭长园具禽畜乡属级",
    "个": "人体性",
    "户": "籍口外",
    "名": "牌义优录",
    "部": "门队长委分署属",
    "所": "有以得属谓在",
    "次": "数于生",
    "条": "件例块",
    "场": "所面地",
    "座": "谈位",
    "起": "来步点到草",
    "处": "理于罚在分置",
    "份": "额",
    "期": "间限末初货",
    "项": "目",
    "类": "型似",
    "种": "植业子粮养",
    "台": "湾阶账风",
    "只": "有要是能",
    "组": "织成建合",
    "支": "持出付撑部援农",
    "位": "一于置",
    "批": "准评发",
    "担": "任保当心负",
    "片": "面",
    "匹": "配",
    "列": "入为出",
    "套": "期",
    "度": "过假日量",
    "周": "年",
    "件": "事",
}


def alternatives(units: Iterable[str]) -> str:
    """Return a regular expression for the units, longest first, each barred before what makes it another word.

    Examples
    --------
    >>> alternatives(["人", "人次"])
    '人次|人(?![口民均才员士群家工力类大数文心质])'
    """
    parts = []
    # Longest first: an expression takes the first alternative that fits, and 人 would hide 人次.
    for unit in sorted(units, key=lambda name: (-len(name), name)):
        barred = _NOT_BEFORE.get(unit, "")
        parts.append(f"{unit}(?![{barred}])" if barred else unit)
    return "|".join(parts)
