"""Traditional → simplified script, where the text is traditional and only there.

Reason: mirror sites republish simplified pages in traditional script, and 區委 and 区委 must count as one word.
Not touched: traditional words quoted inside simplified text (“為政以德”), single traditional characters in
names (钱锺书), and everything in a simplified text. OpenCC's `t2s` does the work; what it leaves open (verbal
著, 乾 and 藉 outside their fixed words) is settled by word lists, because it depends on the neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from ...zh.characters import LEGACY_FIRST, LEGACY_LAST
from ...zh.marks import QUOTATION, STATEMENT_ENDS, STOPS
from ...zh.word_lists import load_word_list
from ..edits import Edit

VERSION = 1
LEAST = 5
"""So many traditional characters, or clauses with both scripts, are evidence."""
QUOTED = re.compile(QUOTATION)
Script = Literal["traditional", "mixed", "simplified", "unclear"]

LISTS = ("traditional_readings.txt",)
_READINGS = load_word_list(LISTS[0]).sections()
KEEP_ZHU = _READINGS["著 zhù"]
KEEP_QIAN = _READINGS["乾 qián"]
# Pairs and not a table for `translate`: 藉 is 借 in 藉口 and stays in 慰藉.
AFTER_CONVERSION = dict(pair.split("=") for pair in _READINGS["after conversion"])
QUOTES = str.maketrans("「」『』", "“”‘’")


@cache
def converter(config: str) -> Callable[[str], str]:
    """Return OpenCC's conversion of that name, built once.

    Examples
    --------
    >>> converter("t2s")("法治政府建設")
    '法治政府建设'
    """
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(config).convert
    return convert


@cache
def script_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only traditional text has, and those that only simplified text has.

    A character is traditional if Big5 has it, GB 2312 has not, and OpenCC converts it; simplified if GB 2312
    has it, Big5 has not, and OpenCC converts it the other way. Those that both have (后, 里, 著, 乾, 於) say nothing.

    Examples
    --------
    >>> traditional, simplified = script_characters()
    >>> "區" in traditional, "区" in simplified, "著" in traditional, "后" in simplified
    (True, True, False, False)
    """
    every = "".join(map(chr, range(ord(LEGACY_FIRST), ord(LEGACY_LAST) + 1)))
    big5 = set(every.encode("big5", "ignore").decode("big5"))
    gb2312 = set(every.encode("gb2312", "ignore").decode("gb2312"))
    to_simplified, to_traditional = converter("t2s"), converter("s2t")
    traditional = frozenset(one for one in big5 - gb2312 if to_simplified(one) != one)
    simplified = frozenset(one for one in gb2312 - big5 if to_traditional(one) != one)
    return traditional, simplified


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    traditional, simplified = script_characters()
    return re.compile(f"[{''.join(sorted(traditional))}]"), re.compile(f"[{''.join(sorted(simplified))}]")


def count_scripts(text: str) -> tuple[int, int]:
    """Return how many characters of a text only traditional, and how many only simplified script has.

    Examples
    --------
    >>> count_scripts("法治建設的“实践”")
    (1, 2)
    """
    traditional, simplified = _patterns()
    return len(traditional.findall(text)), len(simplified.findall(text))


def to_simplified(text: str) -> str:
    """Return traditional text in simplified script, ambiguous characters by context, 「」 as “”.

    Examples
    --------
    >>> to_simplified("沿著「依法治國」的道路，成效顯著")
    '沿着“依法治国”的道路，成效显著'
    >>> to_simplified("乾淨、乾坤；答覆、覆蓋；裡面、公里；準備、批准；以後、皇后")
    '干净、乾坤；答复、覆盖；里面、公里；准备、批准；以后、皇后'
    """
    done = converter("t2s")(text)
    for before, after in AFTER_CONVERSION.items():
        if before in done:
            done = done.replace(before, after)
    done = _replace_unless(done, "著", "着", KEEP_ZHU)
    done = _replace_unless(done, "乾", "干", KEEP_QIAN)
    return done.translate(QUOTES)


def _replace_unless(text: str, before: str, after: str, words: tuple[str, ...]) -> str:
    """Replace a character except inside the given words."""
    if before not in text:
        return text
    # Longest first, or 显著 would hide 彪炳显著 and leave its last character to the next match.
    pattern = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    return re.sub(f"({pattern})|{before}", lambda match: match[1] or after, text)


def find_script(text: str) -> list[Edit]:
    r"""Return the edits that bring the traditional parts of a text into simplified script.

    A paragraph is judged by its own characters. If traditional ones prevail, all of it is converted; if both
    kinds stand in the same clauses (as in print of the 1950s: 社会主义建設的实踐), all but what stands in quotation
    marks or 《》. A paragraph with no evidence, or little, follows the text as a whole. A traditional
    sentence in a simplified paragraph is converted if no quotation mark stands in it and five or more of its
    characters are traditional.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Edit
        One for each stretch of converted characters.

    Examples
    --------
    >>> find_script("深化依法行政，打造法治政府標桿區")
    [Edit(start=13, end=16, after='标杆区', certainty='rule', note='', alternatives=())]
    >>> find_script("孔子说：“為政以德，譬如北辰，居其所而眾星共之。”")
    []
    """
    if text.isascii() or not _patterns()[0].search(text):
        return []
    whole = _judge(text, least=1)
    edits: list[Edit] = []
    for match in re.finditer(r"[^\n]+", text):
        start, line = match.start(), match[0]
        traditional, _ = count_scripts(line)
        kind = _judge(line, least=1 if whole == "traditional" else LEAST)
        if whole != "simplified" and (kind == "unclear" or (kind == "simplified" and traditional)):
            kind = "traditional" if whole == "traditional" else "mixed"
        if kind == "traditional" and (whole == "traditional" or not _is_quotation(line)):
            edits += _difference(line, start)
        elif kind == "mixed":
            for left, right in _outside_quotes(line):
                edits += _difference(line[left:right], start + left)
        elif kind == "simplified" and traditional >= LEAST:
            for left, right in _sentences_outside_quotes(line):
                if _judge(line[left:right]) == "traditional":
                    edits += _difference(line[left:right], start + left)
    return edits


def _judge(text: str, *, least: int = LEAST) -> Script:
    """Return what script a stretch of text is in, "unclear" if it shows too little.

    `least` is how many traditional characters are enough where there is no simplified one.
    """
    traditional, simplified = count_scripts(text)
    # Twice as many, and not all: a converted page keeps a few simplified forms, a simplified one has quotations.
    if traditional > 2 * simplified:
        return "traditional" if traditional >= (LEAST if simplified else least) else "unclear"
    if traditional >= LEAST and _mixed_clauses(text) >= LEAST:
        return "mixed"
    return "simplified" if simplified else "unclear"


def _mixed_clauses(text: str) -> int:
    """Count the clauses outside quotation marks that hold characters of both scripts."""
    both = 0
    for left, right in _outside_quotes(text):
        # 、 parts clauses here too: in 社会主义建設、经济 two spellings meet only by enumeration.
        for clause in re.split(f"[{STOPS}\n]", text[left:right]):
            both += all(count_scripts(clause))
    return both


def _outside_quotes(text: str) -> list[tuple[int, int]]:
    """Return the spans between quotations and titles."""
    borders = [0]
    for match in QUOTED.finditer(text):
        borders += match.span()
    borders.append(len(text))
    return [(left, right) for left, right in zip(borders[::2], borders[1::2], strict=True) if left < right]


def _is_quotation(line: str) -> bool:
    """Return whether a whole paragraph stands in quotation marks."""
    match = QUOTED.search(line)
    return bool(match and not (line[: match.start()] + line[match.end() :]).strip(f" 　{STOPS}"))


def _sentences_outside_quotes(line: str) -> list[tuple[int, int]]:
    """Return the spans of sentences in which no quotation mark stands."""
    return [
        match.span()
        for match in re.finditer(rf"[^{STATEMENT_ENDS}]+[{STATEMENT_ENDS}]*", line)
        if not re.search('[“”「」『』《》"]', match[0])
    ]


def _difference(part: str, start: int) -> list[Edit]:
    """Return one edit for each stretch in which the simplified text differs."""
    done = to_simplified(part)
    if len(done) != len(part):  # a phrase of OpenCC changed length: no character stands for one any more
        return [Edit(start, start + len(part), done)]
    edits = []
    start_of_run = 0
    while start_of_run < len(part):
        end = start_of_run
        while end < len(part) and part[end] != done[end]:
            end += 1
        if end > start_of_run:
            edits.append(Edit(start + start_of_run, start + end, done[start_of_run:end]))
        start_of_run = end + 1
    return edits
