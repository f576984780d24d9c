"""Document numbers: 国发〔2021〕11号, 国务院令第76号, 公告2019年第6号, and who gives such numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .. import paths
from ..zh.characters import DIGIT, HANZI, narrow_numbers
from ..zh.numerals import HAN_YEAR, SMALL_UNITS, YEAR_DIGITS, parse_number

_NUMERALS = YEAR_DIGITS + "".join(SMALL_UNITS)
_LAST = frozenset("0123456789０１２３４５６７８９" + _NUMERALS + " \u3000")
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|(?:１９|２０)[０-９]{{2}}|{HAN_YEAR})"
_N = rf"(?P<n>[{DIGIT}]{{1,5}}|[{_NUMERALS}]{{1,8}})"
_NOT_A_NUMBER = frozenset("楼线院门机车井店路站台馆桥坑炉矿船员房室厂库煤柜舱弹箱床")
"""After 号 these make it the number of a thing: 3号楼, 1号线."""

_BRACKETED = re.compile(
    rf"(?P<code>[{HANZI}A-Za-z]{{0,16}}(?:（[{HANZI}]{{1,4}}）)?)[ \u3000]*"
    rf"(?P<open>[〔［\[(（【﹝〈])\s*(?P<year>{_YEAR}|[{DIGIT}]{{2}})\s*年?\s*"
    rf"[〕］\])）】﹞〉][ \u3000]*(?P<tail>[{HANZI}]{{0,10}}?)\s*第?\s*{_N}\s*号$"
)
_ORDER = re.compile(
    rf"(?P<org>[{HANZI}、 \u3000（）]{{0,60}}?)(?P<what>令|公告|通告)\s*[（(〔\[［]?\s*"
    rf"(?:(?P<year>{_YEAR})\s*[〕\]］）)]?年?\s*)?[（(]?第?\s*{_N}\s*号$"
)
_REVERSED = re.compile(rf"(?P<org>[{HANZI}、 \u3000]{{0,40}}?)(?:(?P<year>{_YEAR})年)?\s*第\s*{_N}\s*号$")
_AFTER = re.compile(r"(令|公告|通告)")
_CASE = re.compile(r"[民刑行执破赔知商认保].{0,3}[初终再申执监抗字]|[初终再申]$")
_CUT = re.compile(
    r".*(?:根据|依据|依照|按照|遵照|参照|比照|的|按|见|号|文件|通知|印发|下发|转发|发布|公布|颁布|批准|执行|落实|贯彻|文号|字号|由|经|以|即"
    r"|月|日|年|》|※|称|据)"
)
_BORDERS = frozenset("》）)〕、号")
"""After these, 和 and the like at the beginning of a code join two numbers, and are not part of it (和政发)."""
_JOINS = re.compile(r"^(?:[、和与及或 \u3000]|以及)+")
_FORMER = re.compile(r"^(?:现|原)(?=.{2})")


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in a text: its span, its plain form, who gives it, and what it is compared by."""

    start: int
    end: int
    number: str
    issuer: str
    key: str
    is_case: bool = False


def find_numbers(text: str) -> list[Number]:
    """Return every document number of a text, in order.

    Numbers of things (3号楼), of meetings' motions and of certificates are none: a number needs a year in
    brackets, or 令, 公告 or 通告 beside it. A court's case number is one, marked as such.

    Examples
    --------
    >>> text = "按照国发［２０２１］１１号和财政部令第6号，住3号楼"
    >>> [(number.number, number.issuer) for number in find_numbers(text)]
    [('国发〔2021〕11号', '国务院'), ('财政部令第6号', '财政部')]
    """
    found: list[Number] = []
    at = text.find("号")
    while at >= 0:
        if at and text[at - 1] in _LAST and text[at + 1 : at + 2] not in _NOT_A_NUMBER:
            floor = found[-1].end if found else 0
            number = _read(text, max(floor, at - 80), at + 1)
            if number is not None:
                found.append(number)
        at = text.find("号", at + 1)
    return found


def _read(text: str, begin: int, end: int) -> Number | None:
    window = text[begin:end]
    match = _BRACKETED.search(window)
    if match is not None:
        return _bracketed(text[max(0, begin + match.start() - 1) : begin + match.start()], match, begin, end)
    match = _ORDER.search(window)
    if match is not None:
        start, org = _agency(match["org"], begin + match.start("org"))
        if not org and "第" not in window[match.start("what") :]:
            return None
        return _order(start, end, org, match)
    after = _AFTER.match(text, end)
    match = _REVERSED.search(window) if after else None
    if match is None or after is None:
        return None
    start, org = _agency(match["org"], begin + match.start("org"))
    if not org:
        start = begin + (match.start("year") if match["year"] else window.index("第", match.end("org")))
    return _order(start, after.end(), org, match, what=after.group())


def _bracketed(before: str, match: re.Match[str], begin: int, end: int) -> Number | None:
    code = match["code"]
    kept = _CUT.sub("", code)
    if len(kept) < len(code) or before in _BORDERS:
        kept = _JOINS.sub("", kept)
    tail = match["tail"]
    if not kept and not tail and match["open"] not in "〔［[﹝【":
        return None
    start = begin + match.end("code") - len(kept) if kept else begin + match.start("open")
    year, n = arabic(match["year"]), arabic(match["n"])
    year = f"19{year}" if len(year) == 2 else year
    own = kept.strip()
    ordinal = "第" if "第" in match.group()[match.start("tail") - match.start() :] else ""
    number = f"{own}〔{year}〕{tail}{ordinal}{n}号"
    case = bool(tail) and _CASE.search(tail) is not None
    name = own or tail.removesuffix("第").removesuffix("字")
    return Number(start, end, number, "" if case else issuer_of(name), f"{name}|{year}|{n}", case)


def _order(start: int, end: int, org: str, match: re.Match[str], *, what: str = "") -> Number:
    what = what or match["what"]
    year, n = arabic(match["year"]) if match["year"] else "", narrow_numbers(match["n"])
    org = re.sub(r"\s+", "、" if "、" in org else "", org)
    issuer = issuer_of(org) or issuer_of(f"{org}{what}") or re.sub("中华人民共和国(?=[国中])", "", org)
    if org in ("中华人民共和国主席", "国家主席", "主席"):
        issuer = "国家主席"
    number = f"{org}{what}{f'{year}年' if year else ''}第{n}号"
    return Number(start, end, number, issuer, f"{issuer}{what}|{year}|{arabic(n)}")


def _agency(run: str, start: int) -> tuple[int, str]:
    """Return where the name of the agency begins in the run of characters before 令, and the name."""
    kept = _CUT.sub("", run)
    kept = re.sub(r"^.*[（）]", "", kept)
    kept = kept.lstrip(" \u3000")
    while (joined := _FORMER.sub("", _JOINS.sub("", kept))) != kept:
        kept = joined
    return start + len(run) - len(kept), kept.rstrip()


def arabic(numeral: str) -> str:
    """Return a number in plain digits: １１, 二〇二一 and 一百三十九 alike.

    Examples
    --------
    >>> arabic("二〇二一"), arabic("一百三十九"), arabic("０７")
    ('2021', '139', '7')
    """
    return str(int(parse_number(numeral)))


@cache
def issuer_codes() -> dict[str, str]:
    """Return who gives numbers under which code, from `resources/issuer_codes.tsv`."""
    lines = (paths.PACKAGE / "resources" / "issuer_codes.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {code: issuer for code, issuer, *_ in rows[1:]}


def issuer_of(code: str) -> str:
    """Return who gives numbers under a code (国办发), `""` if it is not in the list.

    Examples
    --------
    >>> issuer_of("国办发"), issuer_of("鄂政文")
    ('国务院办公厅', '')
    """
    return issuer_codes().get(code, "")
