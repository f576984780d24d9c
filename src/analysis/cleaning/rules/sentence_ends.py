"""Full stops that a page has lost inside its paragraphs, put back where a new sentence evidently begins.

Reason: without them a paragraph of 900 characters is one sentence, and a keyword's example sentence is the whole
page. Every full stop put back is marked *inferred*; no word is added, moved or changed. Not touched: a text
that has full stops inside its paragraphs, and every border whose cues are too weak: it is better to leave two
sentences together than to cut one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...zh.characters import HANZI
from ...zh.marks import CLAUSE_ENDS, CLOSERS, OPENERS, SENTENCE_ENDS
from ...zh.word_lists import load_word_list
from ..edits import Edit

VERSION = 2
LONG_LINE = 150
LONG_TEXT = 500
ENOUGH = 5
"""Strength of the cues (what begins, what ended) from which on a sentence border is evident."""
SHORTEST = 5
"""Characters of a clause before a border can be in it: the shortest sentences of reports have more."""

# By hand, and tried on national reports whose full stops were taken out: docs/decisions/sentence-ends.md.
LISTS = ("sentence_borders.txt",)
_WORDS = load_word_list(LISTS[0]).sections()


def _weights(side: str) -> dict[str, int]:
    """Return word → weight; a word that is listed twice has its last weight, the lower one."""
    return {word: int(name[-1]) for name, words in _WORDS.items() if name.startswith(side) for word in words}


BEGINS, ENDS = _weights("begins"), _weights("ends")
NEVER_LAST = frozenset(_WORDS["never last"])
NEEDS_FIRM_END = frozenset(_WORDS["needs firm end"])
LONGEST_PHRASE = 4
"""Tokens of the longest phrase that begins a sentence (过去 | 一 | 年)."""

# Who must do something, before 要 and 必须: 各级政府要加强 is one clause, 提供保障 | 要加强 are two sentences.
AGENT = re.compile(
    "(?:部门|政府|单位|企业|干部|同志|党委|机关|组织|人员|我们|各级|各地|法院|委员会|小组|群众|街道|乡镇|国家|工作|仍|还|也|都|需|就|只|重|主)$"
)
_INSIDE = f"[^{CLAUSE_ENDS}]"
# Prepositions and verbs that begin a sentence only with what belongs to them: 以…为抓手, 在…方面， 学习…“…”经验. Without
# it they follow a verb: 建立在…, 加以….
WITH_FRAME = {
    "以": re.compile(
        rf"以{_INSIDE}{{2,28}}?为(?:抓手|牵引|契机|目标|重点|载体|主线|突破口|引领|核心|导向|基础|主题|统领|中心)"
    ),
    "在": re.compile(rf"在{_INSIDE}{{2,16}}(?:上|中|方面|下|时|后|期间|领域)，"),
    "对": re.compile(rf"对{_INSIDE}{{2,24}}，"),
    "学习": re.compile(rf"学习{_INSIDE}{{1,14}}“[^”]{{1,20}}”(?:经验|模式|做法|精神)"),
    "推广": re.compile(rf"推广{_INSIDE}{{0,14}}“[^”]{{1,20}}”(?:经验|模式|做法)"),
}
# 创新是…, 法治是…: a subject of two or three characters before 是. Not an adverb (主要是, 仍然是), not 是否 and 是非.
IS_SUBJECT = re.compile(
    f"(?!主要|特别|尤其|[的和与仍依从比都也就才还不更最或等以])[{HANZI}]{{2,3}}(?<![然来体直都也就才还只更要])是(?![否非的])"
)
# After a verb of the list these make a noun of it (加强 | 工作 → 加强工作 goes on; 推进 | 情况), or end it (坚持不).
AS_NOUN = re.compile(
    "情况|工作|力度|机制|能力|水平|体系|责任|措施|方案|制度|规划|纲要|意见|办法|目标|任务|进展|成效|、|的|与|了|好|到|在|不|试点|上升|提升|调整|取得|保持|进行|恶化|成长|转变|持久|加强"
)
HELD_OPEN = re.compile(rf"(?:把|将|采取|集中|(?<![难可予给足])以(?!来|及|上|内|下|后|前)){_INSIDE}*$")
"""A clause that has begun so still waits for its verb: 把各方面的积极性 | 引导好."""
REACH = 24
"""Characters before a border in which such a beginning is looked for."""
SHORT_CLAUSE = 6
"""A clause with fewer characters behind a verb that may begin one is that verb's object or a list's member."""
_PERCENT = re.compile(r"\d(?:\.\d+)?[%％]$")
_BREAKS = frozenset(CLAUSE_ENDS + "\n")
_NO_BEGINNING = _BREAKS | frozenset(CLOSERS + "、")
_CLAUSE = re.compile(f"[^{CLAUSE_ENDS}\n]*")


@dataclass(frozen=True, slots=True)
class Border:
    """A border between two words of a line, with the evidence that a sentence ends there.

    Parameters
    ----------
    line : str
        The line.
    index : int
        Where the second word begins.
    before, after : str
        The words on both sides.
    begins, ends : int
        How strongly the second begins a sentence and the first ends one, from 0 to 5.
    """

    line: str
    index: int
    before: str
    after: str
    begins: int
    ends: int

    @classmethod
    def between(cls, before: str, after: str, *, line: str, index: int) -> Border:
        """Return the border with its weights from the lists and from what they cannot list."""
        begins = BEGINS.get(after, 0)
        if not begins and IS_SUBJECT.match(line, index):
            begins = 3
        # By characters and not by tokens: the engine may have joined 示范 and 区 or not.
        sizes = range(1, min(4, index) + 1)
        ends = max((ENDS.get(line[index - size : index], 0) for size in sizes), default=0)
        if ends < 2 and _PERCENT.search(line[max(0, index - 12) : index]):
            ends = 2
        elif not ends and before[-1:] in ("”", "》"):  # a quotation or title ends clauses, weakly
            ends = 1
        return cls(line, index, before, after, begins, ends)


def _before_waits(border: Border) -> bool:
    """的, 进一步, 各部门: what they belong to is still to come, unless the characters end a sentence firmly."""
    return border.before in NEVER_LAST and border.ends < 3


def _lacks_its_frame(border: Border) -> bool:
    frame = WITH_FRAME.get(border.after)
    return frame is not None and not frame.match(border.line, border.index)


def _has_an_agent(border: Border) -> bool:
    return border.after in ("要", "必须") and bool(
        AGENT.search(border.line, 0, border.index) or border.line.startswith("要由", border.index)
    )


def _is_object_or_noun(border: Border) -> bool:
    """加强 in 力度加强 ends a clause, and in 加强工作 it is a noun's attribute: neither begins a sentence."""
    if BEGINS.get(border.after) not in (3, 4) or border.after in WITH_FRAME:
        return False
    clause = _CLAUSE.match(border.line, border.index)
    short = clause is None or len(clause[0]) < SHORT_CLAUSE
    return short or AS_NOUN.match(border.line, border.index + len(border.after)) is not None


def _is_held_open(border: Border) -> bool:
    start = max(0, border.index - REACH)
    return border.begins in (3, 4) and HELD_OPEN.search(border.line[start : border.index]) is not None


def _end_is_not_firm(border: Border) -> bool:
    return border.after in NEEDS_FIRM_END and border.ends < 3


VETOES: tuple[Callable[[Border], bool], ...] = (
    _before_waits,
    _end_is_not_firm,
    _lacks_its_frame,
    _has_an_agent,
    _is_object_or_noun,
    _is_held_open,
)
"""What forbids a border however strong its cues are; the cheap ones first."""


def vetoes(border: Border) -> bool:
    """Return whether something forbids the border.

    Examples
    --------
    >>> vetoes(Border.between("进一步", "加强", line="进一步加强执法监督检查", index=3))
    True
    """
    return any(veto(border) for veto in VETOES)


def score(border: Border) -> int:
    """Return how strongly both sides together speak for a border; 0 where one of them says nothing.

    A word of weight 5 (下面, 总之) needs nothing before it.

    Examples
    --------
    >>> score(Border.between("保障", "下面", line="提供保障下面我讲三点", index=4))
    8
    >>> score(Border.between("办法", "探索", line="管理办法探索合规指引", index=4))
    7
    """
    alone = border.begins == 5 and border.before not in NEVER_LAST
    return border.begins + border.ends if alone or (border.begins and border.ends) else 0


def lost_full_stops(text: str) -> bool:
    """Return whether a text has lost the full stops inside its paragraphs.

    It has if its lines of 150 characters and more hold 500 characters or more together, with fewer than one
    sentence end in 500 characters, but commas in plenty.

    Examples
    --------
    >>> lost_full_stops("推进依法行政，完善决策机制，加强执法监督" * 40)
    True
    >>> lost_full_stops("推进依法行政。完善决策机制，加强执法监督。" * 40)
    False
    """
    lines = [line for line in text.split("\n") if len(line) >= LONG_LINE]
    total = sum(map(len, lines))
    if total < LONG_TEXT:
        return False
    # Not at the end of a line: a page that lost the stops inside kept those before its line ends.
    ends = sum(len(re.findall(f"[{SENTENCE_ENDS}]", line.rstrip()[:-8])) for line in lines)
    commas = sum(line.count("，") + line.count(",") for line in lines)
    lists = sum(line.count("；") + line.count(";") for line in lines)
    # Lists with ； have few full stops by right; without commas it is no prose, but a table.
    return ends * LONG_TEXT < total and commas * 60 > total and lists * 2 < commas


def find_sentence_ends(text: str) -> list[Edit]:
    """Return the edits that put full stops back where a new sentence evidently begins.

    Only in a text that has lost them. A border needs a word that begins sentences (下面, 针对, 加强), after a
    word that ends them (保障, 问题, 5%以内) and not after one that cannot (的, 进一步, 各部门), five characters or more into
    its clause.

    Examples
    --------
    >>> text = "为完成全年目标任务提供坚实保障下面，我讲三点意见" + "，依法办事" * 120
    >>> find_sentence_ends(text)[0]
    Edit(start=15, end=15, after='。', certainty='inferred', note='保障 | 下面', alternatives=())
    """
    if not lost_full_stops(text):
        return []
    edits = []
    for match in re.finditer(r"[^\n]+", text):
        for index, note in sentence_borders(match[0]):
            edits.append(Edit(match.start() + index, match.start() + index, "。", "inferred", note))
    return edits


def sentence_borders(line: str) -> list[tuple[int, str]]:
    """Return where full stops are missing in one line: the index, and the words before and after.

    Examples
    --------
    >>> sentence_borders("把行政复议纠错率控制在5%以内针对新兴领域监管空白，探索合规指引")
    [(15, '以内 | 针对')]
    """
    borders = []
    clause_start = 0
    for index, before, word, start in _open_positions(line):
        clause_start = max(clause_start, start)
        if index - clause_start < SHORTEST:
            continue
        border = Border.between(before, word, line=line, index=index)
        if score(border) >= ENOUGH and not vetoes(border):
            borders.append((index, f"{before} | {word}"))
            clause_start = index
    return borders


def _open_positions(line: str) -> Iterator[tuple[int, str, str, int]]:
    """Yield index, word before, word and start of the clause wherever a sentence may begin.

    Inside quotations and brackets none begins: a name may hold any words.
    """
    depth = clause_start = index = 0
    before = ""
    for word in _words(line):
        if depth == 0 and len(line) - index >= 3 and word[0] not in _NO_BEGINNING:
            yield index, before, word, clause_start
        for character in word:
            depth += (character in OPENERS) - (character in CLOSERS and depth > 0)
            if character in _BREAKS:
                # A quotation that never closes must not hide the rest of the line.
                clause_start, depth = index + len(word), 0
        index += len(word)
        before = word


def _words(line: str) -> list[str]:
    """Cut a line into words; the phrases that begin sentences stay whole."""
    import rjieba

    tokens: list[str] = [str(token) for token in rjieba.cut(line, False)]
    joined: list[str] = []
    first = 0
    while first < len(tokens):
        for size in range(LONGEST_PHRASE, 1, -1):
            phrase = "".join(tokens[first : first + size])
            if phrase in BEGINS and first + size <= len(tokens):
                joined.append(phrase)
                first += size
                break
        else:
            joined.append(tokens[first])
            first += 1
    return joined
