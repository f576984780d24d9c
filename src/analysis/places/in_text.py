"""Places inside a title, a heading or the first lines of a document."""

from __future__ import annotations

import re

from ..zh.characters import HANZI
from ..zh.numerals import DIGITS, HAN_YEAR, ORDINALS, ZEROS
from .division_names import short_forms
from .gazetteer import TODAY, Named, load_divisions
from .reading import Chain, Found, Reading, chains, choose

LEFT = re.compile(rf"(?:^|[^{HANZI}]|年度?|中共|在|于|关于|印发|转发|批转)$")
"""What may stand before a name that is also a word."""
RIGHT = re.compile(
    rf"$|[^{HANZI}]|{HAN_YEAR[:4]}[九{ZEROS}]|年|第[{ORDINALS}]+[届次]|人民|政府|党委|[省市区县州旗盟]委|人大|政协|纪委|监委"
    r"|法院|检察|国民经济|经济社会|经济工作|法治|财政|预算|关于|政务|行政|公安|司法|教育|审计|统计|代表团|[省市区县州旗盟]长"
    rf"|十[{DIGITS[:5]}]五|“"
)
"""What may stand after it."""
LARGER_WORD = {"市": "场值面级井", "区": "域间别分块", "县": "域级际", "省": "级际会", "州": "际"}
"""Characters with which a division's ending makes another word: 北京市场, 平桥区域, 全县级."""
WORDS = re.compile(
    rf"(?:[东西南北中老新旧主]?城区?|市?[东西南北中]区|.?[郊市矿港林牧新]区|.?市中区|城[东西南北中关厢郊内乡]区|港口区|[{HANZI}]?[{HANZI}]山区"
    rf"|[{HANZI}]湖区|解放区|中心区|工农区|友好区|东风区|前进区|新建区|新建县|开放区|平原县|工业区|和平区|新民市)"
)
"""Full names that are words as well: 老城区改造, 在山区, 解放区的天."""


def scan(text: str, year: int | None) -> list[Found]:
    """Return the places in a text in order; `year` is None or one of the table's.

    Examples
    --------
    >>> [text_range[:2] for text_range in scan("关于河南信阳平桥区的报告", 2024)]
    [(2, 9)]
    """
    found: list[Found] = []
    start = 0
    while start < len(text):
        best = _at(text, start, TODAY if year is None else year) or (
            _at(text, start, None) if year is None else None
        )
        if best:
            found.append(best)
        start = best.end if best else start + 1
    known = [item.reading.named for item in found if item.reading.named]
    return [item._replace(reading=narrow(item.reading, known)) for item in found]


def _at(text: str, start: int, year: int | None) -> Found | None:
    fit = [chain for chain in chains(text, start, year) if _stands_alone(text, start, chain)]
    if not fit:
        return None
    end = max(chain.end for chain in fit)
    return Found(start, end, choose([chain for chain in fit if chain.end == end], year))


def _stands_alone(text: str, start: int, chain: Chain) -> bool:
    """Return whether what is written can only be the name of a place."""
    form = chain.forms[-1]
    if text[chain.end : chain.end + 1] and text[chain.end] in LARGER_WORD.get(form[-1], ""):
        return False
    many = len(chain.forms) > 1
    if not many and _is_word(chain.forms[0], chain.first) and not LEFT.search(text, 0, start):
        return False
    sure = chain.last.full and (many or not _is_word(form, chain.last))
    return sure or bool(RIGHT.match(text, chain.end))


def _is_word(form: str, named: Named) -> bool:
    """Return whether a form may be a word or a part of one as well."""
    return not named.full or len(form) < 3 or not short_forms(form) or bool(WORDS.fullmatch(form))


def narrow(reading: Reading, known: list[Named]) -> Reading:
    """Return an ambiguous reading as the one candidate that lies in, or is, a place known otherwise.

    Examples
    --------
    >>> from .reading import read_name
    >>> beijing = read_name("北京市", 2024).named
    >>> narrow(read_name("朝阳区", 2024), [beijing]).named.division.code
    '110105'
    """
    if reading.certainty != "ambiguous":
        return reading
    table = load_divisions()
    codes = {named.division.code for named in known}
    fit = [
        named
        for named in reading.candidates
        if codes & {part.code for part in (*table.ancestors(named.division, named.year), named.division)}
    ]
    return Reading("by parent", fit[0]) if len(fit) == 1 else reading
