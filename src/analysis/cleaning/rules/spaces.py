"""Blanks that are layout and not text: indents, trailing blanks, rows of empty lines.

Reason: “　　” before a paragraph is typography; left in, it becomes a token, and where paragraphs were run
together on one line (“……。　　各位代表：”) it is the only sign of their borders. Not touched: a space between
words or in a name (李　强), a title set wide (目　　录), the order and number of paragraphs.
"""

from __future__ import annotations

import re

from ...zh.marks import LINE_ENDS
from ..edits import Edit

VERSION = 1
# A single space inside a line is the author's; everything else that is blank is judged by where it stands.
BLANKS = re.compile(
    "[ \t\n\u3000\xa0\u2000-\u200a\u202f\u205f]{2,}|[\t\u3000\xa0\u2000-\u200a\u202f\u205f]|\\A[ \n]|[ \n]\\Z"
)
# Only ” of what closes: behind ） an indent-like gap is layout of a numbered line (（一）　　加强).
PARAGRAPH_ENDS = LINE_ENDS + "”"


def find_spaces(text: str) -> list[Edit]:
    r"""Return the edits that take layout blanks away and put back paragraph ends that only an indent marks.

    Blanks at the beginning and end of lines and of the text go; more than one empty line becomes one; “　　”
    inside a line is a paragraph end if it follows a sentence end, or if most of them on that line do; a
    no-break space becomes a space.

    Examples
    --------
    >>> from analysis.cleaning.edits import apply_edits
    >>> text = "　　各位代表：　　现在报告工作。　　请予审议。 \n\n\n\n目　　录\n"
    >>> apply_edits(text, edits=find_spaces(text))
    '各位代表：\n现在报告工作。\n请予审议。\n\n目　　录'
    """
    edits = []
    mostly: dict[int, bool] = {}
    for match in BLANKS.finditer(text):
        start, end = match.span()
        blank = match[0]
        if start == 0 or end == len(text):
            after, note = "", "blank at an end of the text"
        elif "\n" in blank:
            after, note = "\n" * min(2, blank.count("\n")), "indent or empty line"
        elif text[start - 1] == "\n":
            after, note = "", "indent"
        elif "\u3000\u3000" in blank and _is_paragraph_end(text, start, end, mostly):
            after, note = "\n", "paragraph end"
        else:
            after, note = re.sub("[\xa0\u2000-\u200a\u202f\u205f]", " ", blank), "no-break space"
        if after != blank:
            edits.append(Edit(start, end, after, note=note))
    return edits


def _is_paragraph_end(text: str, start: int, end: int, mostly: dict[int, bool]) -> bool:
    if not text[end : end + 2].strip() or "\n" in text[end : end + 2] or "\u3000" in text[end : end + 2]:
        return False
    if text[start - 1] in PARAGRAPH_ENDS:
        return True
    # A line with five gaps and more, most of them behind a stop, is a whole text run together: there the gaps behind
    # headings, which have no stop, are paragraph ends as well. Two or three gaps may be a table or a wide-set title.
    line_start = text.rfind("\n", 0, start) + 1
    if line_start not in mostly:
        line_end = text.find("\n", start)
        gaps = re.findall("(.)\u3000{2,}(?=[^\u3000])", text[line_start : None if line_end < 0 else line_end])
        mostly[line_start] = len(gaps) >= 5 and sum(before in PARAGRAPH_ENDS for before in gaps) * 2 > len(gaps)
    return mostly[line_start]
