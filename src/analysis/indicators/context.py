"""What a quantity measures, whether it says growth or level, and whether it is a fact, a target or a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from ..zh.characters import DIGIT, HANZI
from ..zh.marks import CLAUSE_ENDS, PROSE_STOPS, STATEMENT_ENDS, STOPS
from ..zh.numerals import NUMERALS, ORDINALS, YEAR_DIGITS
from .quantities import Quantity, find_quantities

_BREAK = re.compile(f"[{CLAUSE_ENDS}—]")
# What a clause says before it names what it measures: it is cut off from the left, again and again. The lookaheads
# keep words that begin like one of these: 等级, 就业, 都市, 和谐, 和平, 及时.
_LEAD = re.compile(
    rf"^(?:[、”）)]|等(?=[^级])|[{ORDINALS}]{{1,2}}是|其中|同时|此外|另外"
    # times, with and without a date
    r"|目前|现在|截至\S{0,8}?底|到\S{2,8}?(?:年底|年末|月底|年|月)|今年|明年|去年|全年|当年|上年|近年来"
    r"|一年来|五年来|五年|期间|预计|上半年|下半年"
    rf"|[{DIGIT}{YEAR_DIGITS}]{{2,4}}年(?:底|末|上半年|下半年|以来)?|[{DIGIT}{NUMERALS}]+年前"
    # adverbs of degree, intention and summing up
    r"|(?:全国)?平均每(?:人|户)|已经|已|还|也|并|再|将|要|力争|确保|争取|分别|共计|共|累计|年均|平均|就(?!业)"
    # comparisons (比上年增长), then conjunctions and prepositions
    r"|同比|环比|(?:比|较)[^，]{1,14}?(?=[增减下提上降高低多少扩缩回])"
    r"|又|均|都(?!市)|和(?!谐|平)|及(?!时)|与|从|由|的|即|是)"
)
_HEDGE = re.compile(r"(?:近|超过|约|了|逾|将近|不足|不到)+[ ]?$")
# Directly before the number. 最高, 至多 and 不少 name a limit or an amount, not a movement.
_UP = re.compile(r"(?<![最至不])(?:增长|增加|提高|上升|上涨|扩大|增|升|多|高)$")
_DOWN = re.compile(r"(?<![最至不])(?:下降|减少|降低|回落|压减|压缩|精简|缩小|缩减|减轻|裁减|递减|降|减|少)$")
# What stands between the name of the measure and its number: it is cut off from the right, again and again. The
# lookbehinds keep nouns that end like one of these: 所有, 存在, 公共, 参与, 占比, 比重, 比例, 比率.
_TAIL = re.compile(
    r"(?:翻了|翻"
    # times and comparisons with a time
    rf"|(?:由|从|到|自|增加到|下降到|上升到)?(?:[{DIGIT}]{{4}}|[{YEAR_DIGITS}]{{4}})年(?:底|末)?"
    r"|(?:比(?![重例率])|较)(?:[^，]{0,8}?年|[^，]{1,10}?期)(?:初|底|末|同期)?"
    # adverbs
    r"|已经|已|又|还|再|实际|只|分别|均|都|同比|环比|平均每年|年均|平均|每年"
    # hedges, which the qualifier holds
    r"|大约|约占|约|近|将近|接近|超过|超|突破|达到|高达|多达|达成|达"
    # movements, which the change holds
    r"|新增|递增|递减|增长|增加|提高|上升|上涨|扩大|下降|减少|降低|回落|压减|增|升|降"
    # verbs of being and reaching, more hedges, particles and prepositions
    r"|为|是|(?<!所)有|占|由|从|到|至|(?<!存)在|控制|保持|维持|共计|共|累计|逾|仅|最高|最多|至少"
    r"|不超过|不低于|不少于|不足|上|了|的|(?<!占)比(?!重)|要|将|首次"
    r"|于|以及|以|按|(?<!共)和|及|(?<!参)与|等|、|“|（|\(|\s)$"
)
# A clause that only says how the figure was computed or who says it measures nothing itself.
_ASIDE = re.compile(r"^扣除|(?:可比|不变)价格|^按[^，]*计算$|^据|^根据")
# The object after a number (20名监督员) ends where a verb, another number or a new clause begins.
_RIGHT_STOP = re.compile(
    rf"[和与及]?[{DIGIT}]|(?<![等])以及|用于|支持|纳入|实现|进行|开展|参加|获得?|到(?=\S{{2}})|并|，"
)

# Status. A heading with a colon (预期目标：) makes targets of the whole list after it.
_GOAL = re.compile(rf"(?:目标|预期)[^{STATEMENT_ENDS}]{{0,12}}[：:]")
_TARGET = re.compile(
    rf"(?:目标|预期)[^{PROSE_STOPS}]{{0,8}}(?:是|为|：|确定)|预期目标|力争|争取|预计|(?<![需重主必只首])要(?![求素点闻])|今后|未来|明年|即将|到20[2-9]\d年"
    r"|可使|可望|有望|计划(?:安排|规定|要求)"
)
"""Words that put everything after them, up to the end of the clause, into the time to come."""
_OWN_TARGET = re.compile(
    rf"^计划|(?:年|也|还|原|国家|我们)计划(?![{STOPS}的”》外内经])|拟|确保|控制在|将(?![近士军领来])(?!.*(?:作为|纳入|列入|摆在))|原定的?近?$"
)
"""Words that do so between two commas only."""
# 了 and 已 report, except in 为了, 除了, 了解 and 已不; 据 introduces a source, and sources report.
_DONE = re.compile(
    r"(?<![为除])了(?!解)|已(?!经?不)|去年|完成|同比|累计|过去|[年月]来|今年以来|今年上半年|据|近年|去冬"
)
# Weaker than 今年, which announces in a report that looks back: 今年…达到 is an aim.
_REACHED = re.compile(rf"达到|达|突破|超过|比[^{PROSE_STOPS}]{{2,8}}年|占")
_RULE = re.compile(r"不得|红线|底线|起征点|上限|下限|给予[^，]{0,6}最高|最高给予|权重|标准为|限额|门槛|投资超$")
# Ratios have no object after them: 增长8%农民 does not occur, 8%的农民 does.
_RATIOS = ("%", "‰", "倍", "番", "百分点")
_REACH = 300
"""Characters before a quantity in which words that decide its status are looked for."""
Status = Literal["actual", "target", "rule"]
Change = Literal["up", "down", ""]
_JOINED = ("和", "、", "及", "与")
# 比去年, 如果: the clause compares or supposes, so it has no name of its own.
_COMPARED = re.compile(r"^(?:比|较|相当|如果|同.*比)")


@dataclass(frozen=True)
class QuantityAnnotation:
    """A quantity with what its sentence says about it.

    Parameters
    ----------
    quantity : Quantity
        The number, unit and span.
    measure : str
        What it measures.
    change : {"up", "down", ""}
        Whether it is the size of a growth or a decline; `""` for a level.
    status : {"actual", "target", "rule"}
        A fact, something to be reached, or a limit that holds.
    """

    quantity: Quantity
    measure: str
    change: Change
    status: Status


def read_sentence(sentence: str, *, section_kind: str = "") -> list[QuantityAnnotation]:
    """Return the quantities of a sentence, each with what it measures, its direction and its status.

    The measure is the quantity's clause without the number, without time, change and hedging. Where a clause
    names nothing (同比下降23%) the measure before it counts; 分别 deals the measures out in their order.

    Examples
    --------
    >>> for annotation in read_sentence("受理案件57件，同比增长近8倍，力争纠错率控制在5%以内，选聘20名监督员。"):
    ...     print(annotation.quantity.text, annotation.measure, annotation.change, annotation.status)
    57件 受理案件  actual
    8倍 受理案件 up actual
    5%以内 纠错率  target
    20名 选聘监督员  target
    """
    annotations: list[QuantityAnnotation] = []
    for quantity in find_quantities(sentence):
        previous = annotations[-1] if annotations else None
        joined = previous is not None and sentence[previous.quantity.end : quantity.start].strip() in _JOINED
        if previous is not None and joined:
            annotations.append(QuantityAnnotation(quantity, previous.measure, previous.change, previous.status))
            continue
        annotations.append(
            QuantityAnnotation(
                quantity,
                _measure(sentence, quantity, previous=previous),
                _change(sentence, quantity),
                _status(sentence, quantity, section_kind=section_kind),
            )
        )
    return _deal_out(sentence, annotations)


def _deal_out(sentence: str, annotations: list[QuantityAnnotation]) -> list[QuantityAnnotation]:
    """Give quantities after 分别 the measures of as many quantities before it."""
    for first in range(1, len(annotations)):
        between = sentence[annotations[first - 1].quantity.end : annotations[first].quantity.start]
        if "分别" not in between:
            continue
        last = first + 1
        while last < len(annotations) and (
            sentence[annotations[last - 1].quantity.end : annotations[last].quantity.start].strip() in _JOINED
        ):
            last += 1
        names = list(dict.fromkeys(annotation.measure for annotation in annotations[:first]))[-(last - first) :]
        if last - first > 1 and len(names) == last - first and _trim(_BREAK.split(between)[-1]) == "":
            for index, name in zip(range(first, last), names, strict=True):
                annotations[index] = replace(annotations[index], measure=name)
    return annotations


def _change(sentence: str, quantity: Quantity) -> Change:
    before = _HEDGE.sub("", sentence[max(0, quantity.start - 12) : quantity.start])
    if _UP.search(before):
        return "up"
    return "down" if _DOWN.search(before) else ""


def _measure(sentence: str, quantity: Quantity, *, previous: QuantityAnnotation | None) -> str:
    inherited = previous.measure if previous else ""
    floor = max(previous.quantity.end if previous else 0, quantity.start - _REACH)
    chunks = _BREAK.split(sentence[floor : quantity.start])
    if previous and len(chunks) == 1:  # 3个部门、2个街道: what stands between belongs to the first
        chunks = [chunks[0].removeprefix(_right(sentence, previous.quantity) or "\0")]
    near, right = _trim(chunks[-1]), _right(sentence, quantity)
    if inherited and _COMPARED.match(near):
        return inherited
    if inherited and near.startswith("占"):  # 占总数的三成 says of what, and needs the measure before it
        return inherited + near
    if near and quantity.unit in _RATIOS and not sentence.startswith("的", quantity.end):
        return near
    if near or (right and quantity.unit not in _RATIOS):
        return near + right
    # the chunk that holds the previous quantity has named that one already
    between = chunks[1:-1] if previous else chunks[:-1]
    for chunk in reversed(between):
        if trimmed := _trim(chunk):
            return trimmed
    return inherited


def _trim(chunk: str) -> str:
    chunk = chunk.strip()
    if chunk.count("（") > chunk.count("）"):
        chunk = chunk.rpartition("（")[2]
    while match := _LEAD.match(chunk):
        chunk = chunk[match.end() :]
    while match := _TAIL.search(chunk):
        chunk = chunk[: match.start()]
    return "" if _ASIDE.search(chunk) else chunk


def _right(sentence: str, quantity: Quantity) -> str:
    """Return the object that follows a quantity (20名监督员), if one follows directly."""
    after = re.match(rf"[{HANZI}、“”]{{1,24}}", sentence[quantity.end : quantity.end + 30])
    if after is None or re.match(
        rf"增|减|下降|上升|提高|扩大|降|到|至|和|以|左右|用于|纳入|等|、|的[{HANZI}]{{0,1}}$", after[0]
    ):
        return ""
    return _RIGHT_STOP.split(after[0].removeprefix("的"))[0].rstrip("、“和与及")


def _status(sentence: str, quantity: Quantity, *, section_kind: str) -> Status:
    """Words in the quantity's own clause decide first, then those before it, then the section."""
    floor = max(0, quantity.start - _REACH)
    begin = max(floor, *(sentence.rfind(mark, floor, quantity.start) + 1 for mark in STATEMENT_ENDS))
    before = sentence[begin : quantity.start]
    own = _BREAK.split(before)[-1]
    if _RULE.search(own) or (quantity.unit == "岁" and quantity.qualifier.endswith(("以上", "以下"))):
        return "rule"
    if _TARGET.search(before) or _OWN_TARGET.search(own) or _GOAL.search(sentence, floor, begin):
        return "target"
    if re.match(r"的?(?:预定|预期)?目标", sentence[quantity.end : quantity.end + 30]):
        return "target"
    if _DONE.search(before):
        return "actual"
    if "今年" in before:
        return "target"
    if _REACHED.search(before):
        return "actual"
    if quantity.qualifier in ("以上", "左右", "以内") and section_kind not in ("achievements", "review"):
        return "target"
    return "target" if section_kind == "plans" else "actual"
