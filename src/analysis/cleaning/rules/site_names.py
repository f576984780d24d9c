"""Names and addresses of text-collection sites, woven into sentences by the site itself.

Reason: “依法行政公文汇 www.….com，严格” breaks the sentence, and the site's name is counted. Not touched: the address
of an authority, a university or a newspaper, and an address that stands once without such a site's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...zh.characters import HANZI, is_hanzi

ADDRESS = re.compile(
    r"(?:https?://)?(?:www|m|wap)\.[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,2}\.(?:com|cn|net|org|cc|top|vip|info)\b(?:/[!-~]{0,200})?",
    re.ASCII | re.IGNORECASE,
)
# Words of which sites make their names (公文汇, 范文网, 好学生); at most three characters follow. A name that has none
# of them is found only by standing before the same address again and again.
COLLECTIONS = re.compile(
    rf"(?:公文|范文|文秘|文库|文档|作文|写作|论文|好学生|三维源|文章网|秘书|课件|教案|总结网|演讲稿)[{HANZI}]{{0,3}}$"
)
# Sources that a text cites; their addresses are data.
OFFICIAL = re.compile(r"\.(?:gov|edu|org|mil)\b|people|xinhua|npc|cctv|qstheory|chinadaily", re.IGNORECASE)
OFTEN = 3
"""An address that occurs this often in one text is woven in."""


def find_sites(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and "site name" for every site name with its address that stands between sentences.

    Examples
    --------
    >>> list(find_sites("推进依法行政公文汇 www.example.com，严格执法。详见www.gov.cn"))
    [(6, 25, 'site name')]
    """
    if "." not in text or not ADDRESS.search(text):
        return
    found = [match for match in ADDRESS.finditer(text) if not OFFICIAL.search(match[0])]
    counts = Counter(match[0].lower() for match in found)
    for match in found:
        before = re.search(
            rf"([{HANZI}]{{0,12}})[ 　]{{0,2}}$", text[max(0, match.start() - 14) : match.start()]
        )
        run = before[1] if before else ""
        often = counts[match[0].lower()] >= OFTEN
        known = COLLECTIONS.search(run)
        if known:
            name = known[0]
        elif often:
            name = _shared_ending(
                [_run_before(text, other) for other in found if other[0].lower() == match[0].lower()]
            )
        else:
            continue
        start = match.start() - (len(before[0]) - len(run) + len(name) if before else 0)
        end = match.end()
        left, right = text[start - 1 : start], text[end : end + 1]
        if left + right in ("()", "（）", "[]", "【】"):
            start, end = start - 1, end + 1
        yield start, end, "site name"


def _run_before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 14) : match.start()].rstrip(" 　")


def _shared_ending(runs: list[str]) -> str:
    """Return the Chinese ending that all the texts before an address share."""
    shared = ""
    for last in zip(*(reversed(run) for run in runs), strict=False):
        if len(set(last)) > 1 or not is_hanzi(last[0]):
            break
        shared = last[0] + shared
    return shared
