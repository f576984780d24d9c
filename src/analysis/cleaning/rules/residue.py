"""What the web page left in the text: share rows, credit lines, licence boxes, image markup, page counters.

Reason: 下载, 收藏 and 编辑 are otherwise words of the speech. A line goes only if it is residue from beginning to
end, or if the mark is unmistakable (【字号：大 中 小】, ![](…)). Not touched: 下载 or 打印 inside a sentence, a
ministry's address (www.gov.cn), a list of names that is not a credit, a date or signature at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...zh.characters import HANZI
from ...zh.marks import CLAUSE_ENDS, PAUSES, SENTENCE_ENDS
from ..edits import Edit
from .site_names import find_sites

VERSION = 2
LONGEST = 240
"""Longer lines are no residue lines."""
TAIL = 12
"""Credits and stray numbers are looked for in this many filled lines at the end of the text."""
ENDS = 6
"""A single button word is residue only in this many filled lines from the beginning, or in the tail."""
INLINE = {
    "image markup": re.compile(r"!\[[^\n()]{0,200}\]\([^()\n]{0,300}\)"),
    "font-size buttons": re.compile(
        r"[【\[(（〔]\s*(?:字号|字体|字體|字號)(?:大小)?\s*[:：]?[\s大中小默认特超|/·\[\]【】]{0,40}[】\])）〕]"
    ),
    "share buttons": re.compile(
        r"[【\[](?:打印|下载|收藏|关闭|返回|打印本页|关闭窗口|我要纠错|纠错|分享|评论|加入收藏|返回顶部|复制链接)[】\]]"
    ),
}
LICENCE = re.compile(
    r"(?:《[^《》]{1,120}》)?(?:一文|本文)?(?:内容)?由(?:互联网用户|网友|用户|会员|本站用户).{0,60}?(?:分享|上传|整理|提供|发布).*"
    r"|(?:本?文章|原文|本文)(?:地址|链接|来源)[:：]?\s*(?:https?://|www\.)\S*"
    r"|转载请(?:注明|保留).*|(?:版权声明|免责声明)[:：].*(?:转载|侵权|版权|删除).*"
)
SCRIPT = re.compile(
    r"[\"'`]?\)+;?|[})\];]+|</?[a-zA-Z][^<>]{0,200}>"
    rf"|(?:var|document|function|window)\b[ .(][^{HANZI}]{{0,300}}"
)
# Everything that pages have been seen to put on a button or beside one. Many are words of a speech as well (下载, 评论,
# 发表), so that a row goes only as a whole line, and only with a word of STRONG in it.
BUTTONS = (
    "字号|字体|字體|字號|特大|超大|默认|大|中|小|打印本页|打印|打 印|下载|收藏本页|加入收藏|收藏|关闭窗口|关闭本页|关闭|关 闭|返回顶部|"
    "返回首页|返回列表|返回|相关(?:报道|新闻|链接|阅读|文章|附件|信息|稿件)|分享到|分享至|分享|微信扫一扫|扫一扫|微信|微博|新浪|腾讯|朋友圈|"
    "QQ空间|QQ|(?:浏览|阅读|点击)次数|点击数|点击率|访问量|浏览量|浏览|阅读|点击|次|人气|评论|点赞|我要纠错|纠错|复制链接|上一篇|下一篇|"
    "上一页|下一页|首页|尾页|末页|提交|好学生|(?:发布|更新|发表)?时间|发布日期|我要评论|发表评论|举报|全文|朗读|语音播报|视力保护色|保存"
)
# Words that stand in no line of a speech by themselves: one of them makes a row of buttons of a line of buttons.
STRONG = re.compile(
    "字号|字体|字體|字號|打印|关闭|分享|收藏|相关报道|次数|点击数|浏览量|访问量|上一篇|下一篇|提交|好学生|视力保护色|纠错|复制链接|扫一扫|返回顶部|下载"
)
# What a field or a credit names has no stop in it: with one, the line is a sentence that begins like a field.
FIELD = rf"(?:信息来源|来源|作者|发布机构|责任编辑|责编|编辑)[:：]\s*[^\s{CLAUSE_ENDS}]{{1,20}}"
DATE = r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?|\d"
ROW = re.compile(rf"(?:{FIELD}|{BUTTONS}|{DATE}|[\s　\xa0{PAUSES}|｜/·・>＞<＜\[\]【】()（）\-—_.…!！A+＋])++")
BUTTON = re.compile(BUTTONS)
ROLES = (
    "(?:责任编辑|执行编辑|责任校对|值班编委|值班主任|编辑|校对|责编|审核|审校|初审|复审|终审|一审|二审|三审|总监制|监制|撰稿|供稿|撰文|"
    "文字|摄影|图片|美编|排版|制作|核稿|统筹|签发|编审|来稿|录入|通讯员|记者|作者)"
)
# Possessive and lazy parts are deliberate: a line of forty roles without a name would else be tried in every split.
CREDIT = re.compile(
    rf"(?:[（(【\[]?{ROLES}(?:\s*[/、丨|]\s*{ROLES})*\s*[:：]\s*[^\s{CLAUSE_ENDS}]{{1,16}}(?:[ 　、][^\s{CLAUSE_ENDS}]{{1,8}})??[）)】\]]?[\s　|丨]*)+?"
)
COUNTER = re.compile(
    r"[\s\-—–－]*(?:第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页|\d{1,4}\s*/\s*\d{1,4})[\s\-—–－]*"
)
DASHED = re.compile(r"[-—–－]\s*\d{1,4}\s*[-—–－]")
NUMBERS = re.compile(r"[\d\s:：]+")
GLUED_COUNTER = re.compile(rf"\s*(\d{{1,3}})页(?=[{HANZI}《])")


def find_residue(text: str) -> list[Edit]:
    r"""Return the edits that take web residue away.

    Parameters
    ----------
    text : str
        A text in simplified script.

    Returns
    -------
    list of Edit
        A whole line goes with its line end; `note` says what kind of residue it was.

    Examples
    --------
    >>> from analysis.cleaning.edits import apply_edits
    >>> text = "在推进会上的讲话\n好学生 分享 时间:\n同志们:可下载打印。\n编辑:王某\n校对:李某\n55 1  :\n提交\n\");"
    >>> edits = find_residue(text)
    >>> apply_edits(text, edits=edits)
    '在推进会上的讲话\n同志们:可下载打印。'
    >>> sorted({edit.note for edit in edits})
    ['button row', 'credit line', 'script', 'stray number']
    """
    spans = [*_inline(text), *_lines(text), *_glued_counter(text), *find_sites(text)]
    return _edits(text, spans)


def _inline(text: str) -> Iterator[tuple[int, int, str]]:
    for note, pattern in INLINE.items():
        # The patterns begin with open repetitions; most pages have nothing for them to try.
        if "](" in text or "【" in text or "字" in text:
            for match in pattern.finditer(text):
                yield *match.span(), note


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Find lines that are residue from beginning to end."""
    filled: list[tuple[int, int, str]] = []
    index = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            filled.append((index, index + len(line), line))
        index += len(line) + 1
    kinds: dict[int, str] = {}
    for number, (_, _, line) in enumerate(filled):
        if len(line) > LONGEST or line.endswith("。"):  # neither buttons nor credits end so
            continue
        near_an_end = number < ENDS or number >= len(filled) - TAIL
        kind = _kind(line.strip(), near_an_end=near_an_end)
        if kind:
            kinds[number] = kind
    # -12- once may be a heading's number or a score; twice it counts pages.
    dashed = [number for number, kind in kinds.items() if kind == "dashed number"]
    for number in dashed:
        if len(dashed) > 1:
            kinds[number] = "page counter"
        else:
            del kinds[number]
    _add_tail(filled, kinds)
    for number, kind in sorted(kinds.items()):
        start, end, _ = filled[number]
        yield start, end, kind


def _kind(line: str, *, near_an_end: bool) -> str:
    """Return what kind of residue a line is, or nothing."""
    if STRONG.search(line) and ROW.fullmatch(line):
        return "button row" if near_an_end or len(BUTTON.findall(line)) > 1 else ""
    if LICENCE.fullmatch(line):
        return "licence or address line"
    if SCRIPT.fullmatch(line):
        return "script"
    if COUNTER.fullmatch(line):
        return "page counter"
    return "dashed number" if DASHED.fullmatch(line) else ""


def _add_tail(filled: list[tuple[int, int, str]], kinds: dict[int, str]) -> None:
    """Add credit lines at the end, and stray numbers there if other residue stands beside them."""
    last = range(len(filled) - 1, max(0, len(filled) - TAIL - 1), -1)
    # From the end upwards until a line of text: a name above it may be a signature.
    beside_residue = any(number in kinds for number in last)
    for number in last:
        line = filled[number][2].strip()
        if number in kinds:
            continue
        if len(line) <= LONGEST and CREDIT.fullmatch(line):
            kinds[number] = "credit line"
        elif beside_residue and NUMBERS.fullmatch(line):
            kinds[number] = "stray number"
        else:
            break


def _glued_counter(text: str) -> Iterator[tuple[int, int, str]]:
    """Find 6页 glued to one of the first lines, and the same number glued to the last."""
    index = 0
    for line in text[:600].split("\n"):
        match = GLUED_COUNTER.match(line)
        if match:
            yield index + match.start(1), index + match.end(), "page counter"
            ends = re.finditer(rf"(?<=[{SENTENCE_ENDS}”]){match[1]}[。.]?$", text, re.MULTILINE)
            for last in list(ends)[-1:]:
                if text.count("\n", last.end()) < 2 * TAIL:
                    yield *last.span(), "page counter"
            return
        index += len(line) + 1


def _edits(text: str, spans: list[tuple[int, int, str]]) -> list[Edit]:
    """Merge spans, and let a line that becomes empty go with its line end."""
    merged: list[list[int]] = []
    notes: list[str] = []
    for start, end, note in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
            notes.append(note)
    edits: list[Edit] = []
    for (start, end), note in zip(merged, notes, strict=True):
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        if not text[line_start:start].strip() and not text[end:line_end].strip():
            start, end = line_start, min(line_end + 1, len(text))
        edits.append(Edit(start, end, "", note=note))
    return _with_last_line_end(text, edits)


def _with_last_line_end(text: str, edits: list[Edit]) -> list[Edit]:
    """Where the last lines go, let the line end before them go as well."""
    first = len(edits)
    end = len(text)
    while first and edits[first - 1].end == end:
        first -= 1
        end = edits[first].start
    if first < len(edits) and end and text[end - 1] == "\n" and (not first or edits[first - 1].end < end):
        edits[first] = replace(edits[first], start=end - 1)
    return edits
