"""What a section is about, by the words of its heading: a small table that can be read and argued with."""

from __future__ import annotations

import re

from ..zh.marks import PROSE_STOPS, SENTENCE_ENDS, STATEMENT_ENDS
from ..zh.numerals import COUNTING

SECTION_KINDS = (
    "opening",
    "review",
    "achievements",
    "problems",
    "plans",
    "measures",
    "closing",
    "other",
)

_SOLVING = r"(?<!解决)(?<!化解)(?<!破解)(?<!整改)(?<!研究)"
_PROBLEM = rf"{_SOLVING}(?:(?:突出|主要|存在的|有关)问题)|不足|短板|薄弱环节|差距|困难|教训"
_RESULT = r"成效|成绩|成就|做法|亮点|回顾|(?:主要|工作|具体)(?:举措|措施)|取得|胜利|新进展|完成情况"
_PLAN = (
    r"下一步|下步|下一阶段|今后|打算|计划安排|工作安排|工作部署|总体部署|工作思路|总体要求|政策取向|展望"
    rf"|(?:目标|工作|主要|重点|总|基本)任务|主要预期目标|工作重点|重点工作|任务$|未来[{COUNTING}]+年"
    r"|(?:做好|抓好)\S*年的?工作|年的?工作$|年\S{0,10}(?:任务|安排|部署|打算|建议)$|工作的建议$"
)

_TABLE: tuple[tuple[str, str], ...] = (
    ("closing", r"^(?:结束语|结语|结束)"),
    ("review", rf"^(?=.*(?:{_RESULT}))(?=.*(?:{_PROBLEM}|{_PLAN}))"),
    (
        "problems",
        rf"^(?:正视|存在|当前).*(?:{_PROBLEM})|存在.*(?:问题|不足|短板|差距|困难)|不足(?:之处)?$|^(?:主要|突出)问题|(?:短板|困难)$",
    ),
    ("plans", _PLAN),
    ("achievements", _RESULT),
    ("review", r"(?:工作|基本|总体|开展|进展|落实)情况|总结|形势(?:$|和|与|及)"),
    (
        "measures",
        r"加强|加快|强化|深化|完善|推进|提升|提高|健全|落实|规范|压实|确保|坚持|坚决|聚焦|突出|优化|创新|改革|扩大"
        r"|发展|建立|建设|抓|树立|促进|增强|保障|开展|发挥|探索|把握|稳定|调整|改善|改进|化解|严格|巩固|夯实|打造",
    ),
)
"""Kinds and the words that say so, in the order in which they are asked: the first that matches counts."""

_COMPILED = tuple((kind, re.compile(words)) for kind, words in _TABLE)


def classify_heading(text: str) -> str:
    """Return what a section is about, one of `SECTION_KINDS`, by the words of its heading.

    A heading that names results and shortcomings together is a review; a heading that no rule knows is
    `"other"`. The opening and the closing have no heading and are found by `parse_structure`.

    Examples
    --------
    >>> classify_heading("推进法治政府建设存在的不足")
    'problems'
    >>> classify_heading("推进法治政府建设的主要举措和成效")
    'achievements'
    >>> classify_heading("下一步工作打算")
    'plans'
    >>> classify_heading("聚焦重点，精准发力，全面提升工作水平")
    'measures'
    """
    for kind, words in _COMPILED:
        if words.search(text):
            return kind
    return "other"


_SHORTCOMING = r"问题|不足|短板|差距|困难|薄弱|倾向|挑战|缺点"
TURN_TO_PROBLEMS = re.compile(
    rf"(?:清醒|应当|也要|必须|同时|我们)[^{PROSE_STOPS}]{{0,6}}(?:看到|认识到|意识到)[^{SENTENCE_ENDS}]{{0,50}}(?:{_SHORTCOMING})"
    rf"|(?:同时|但是|但|当然|不过|仍然?|也|还)[^{STATEMENT_ENDS}]{{0,14}}(?:还有|仍有|也有|还存在|仍存在|也存在|存在一些|存在不少)(?!.{{0,4}}成绩)[^{STATEMENT_ENDS}]{{0,24}}(?:{_SHORTCOMING})"
    rf"|(?:工作|建设|发展|生活|前进)中[^{PROSE_STOPS}]{{0,8}}存在[^{STATEMENT_ENDS}]{{0,16}}(?:{_SHORTCOMING})"
)
"""Words with which a paragraph turns from results to shortcomings."""

TURN_FROM_PROBLEMS = re.compile(
    r"(?:我们)?(?:必须|要(?!么|是)|一定要|对此|为此|针对这些|对这些|对于这些|下一步)"
)
"""Words with which a sentence turns from shortcomings to what is to be done."""
