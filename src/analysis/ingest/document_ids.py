"""Names for documents: a readable unique identifier from the file's name, a short label from the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import chain, count

from .guess import PART

LONGEST_ID = 60
WIDEST_LABEL = 20
"""Twice ten: a Chinese character counts two, a digit or letter one."""

KINDS = re.compile(
    r"(政府工作报告|政府工作報告|工作报告|工作報告|年度报告|年度報告|情况报告|情況報告|报告|報告|讲话|講話|致辞|致辭|发言|發言|演讲|演講"
    r"|汇报|匯報|总结|總結|意见|意見|通知|方案|条例|條例|规划|規劃|纲要|綱要|决定|決定|办法|辦法|公报|公報|要点|要點)(?:提纲|提綱|稿)?$"
)
YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?")
FILLING = re.compile(r"中华人民共和国|中華人民共和國|^关于|^關於|^在|[《》“”「」（）()\s—-]")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


def make_id(name: str, *, folder: str = "", taken: Collection[str]) -> str:
    """Return an identifier from a file's name without its ending: letters, digits, Chinese; the rest becomes hyphens.

    If it is taken, the folder's name is put before it; if that is taken too, a number behind it. What is taken
    is given in `str.casefold`: upper and lower case count as the same, since file systems differ in that.

    Examples
    --------
    >>> make_id("区委书记 讲话（定稿）", folder="2024", taken=())
    '区委书记-讲话-定稿'
    >>> make_id("报告", folder="2024", taken={"报告"})
    '2024-报告'
    """
    plain, front = _slug(name) or "document", _slug(folder)
    first = [plain, f"{front}-{plain}"[:LONGEST_ID]] if front else [plain]
    names = chain(first, (f"{plain}-{number}" for number in count(2)))
    return next(found for found in names if found.casefold() not in taken and found.casefold() not in RESERVED)


def _slug(name: str) -> str:
    name = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", name))
    return name[:LONGEST_ID].strip("-._")


def make_label(*, title: str, place: str, kind: str, year: str, doc_id: str, taken: Collection[str]) -> str:
    """Return a label for figures, at most ten Chinese characters wide, that no other document has.

    Place, kind and year where they are known, else the title's beginning, else the identifier's.

    Examples
    --------
    >>> make_label(title="河南省信阳市平桥区法治政府建设年度报告", place="河南省信阳市平桥区", kind="报告",
    ...     year="2024", doc_id="pingqiao", taken=[])
    '平桥区年度报告2024'
    """
    short = PART.findall(place)[-1] if PART.search(place) else place
    core = FILLING.sub("", YEAR.sub("", title))
    found = KINDS.search(core)
    long_kind = found.group(1) if found and found.group(1).endswith(kind) else kind
    begin = _cut(core, WIDEST_LABEL - len(year))
    candidates = [f"{short}{long_kind}{year}", f"{short}{kind}{year}"] if short and kind else []
    candidates += [f"{long_kind}{year}"] if long_kind and year else []
    candidates += [f"{begin}{year}", _cut(core, WIDEST_LABEL), _cut(doc_id, WIDEST_LABEL)]
    fitting = [label for label in candidates if label and _width(label) <= WIDEST_LABEL]
    for label in fitting:
        if label not in taken:
            return label
    base = fitting[0] if fitting else doc_id
    numbers = (f"({number})" for number in count(2))
    return next(
        label for label in (_cut(base, WIDEST_LABEL - len(n)) + n for n in numbers) if label not in taken
    )


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _cut(text: str, width: int) -> str:
    while _width(text) > width:
        text = text[:-1]
    return text
