"""Lines broken inside a sentence, as PDF files and mail programs leave them.

Reason: the break cuts words in two and makes paragraphs of lines. Not touched: a heading without a full stop, a
salutation, a list, verse, and any text whose lines are not evidently wrapped.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ...zh.characters import HANZI
from ...zh.formulas import NUMBERED, NUMBERED_PART
from ...zh.marks import CLOSERS, LINE_ENDS, STOPS
from ...zh.numerals import ORDINALS
from ..edits import Edit

VERSION = 2
LEAST_LINES = 4
"""So many lines of nearly the widest width must end in mid-sentence before a text counts as wrapped."""
NARROWEST = 12
"""Shorter lines are verse, signatures or cells of a table, not wrapped prose."""
# A line that ends so is taken for a whole one, even if the sentence goes on behind ）: to leave two lines apart
# costs a paragraph border too many, to join two paragraphs costs a sentence.
ENDS = re.compile(f"[{LINE_ENDS}…{re.escape(CLOSERS)}]$")
BEGINS = re.compile(f"[{HANZI}{STOPS}“《（]")
"""How a line begins that may continue the one before; Latin letters and digits may begin a list."""
STARTS_ANEW = re.compile(rf"[ \t　]|{NUMBERED}|{NUMBERED_PART}|[—\-·•●○◆■□※*#]|附[:：件]|[{ORDINALS}][是要]")


def find_line_breaks(text: str) -> list[Edit]:
    r"""Return the edits that join lines of a wrapped text.

    A line is joined to the next if it is nearly as wide as the widest lines of the text, ends in a Chinese
    character, comma or enumeration comma, and the next begins neither with a blank nor with a number.

    Examples
    --------
    >>> from analysis.cleaning.edits import apply_edits
    >>> text = "法治政府建设是全面依法治国的重\n点任务和主体工程，要率先突破，\n用法治给行政权力定规矩、划界\n限，规范行政决策程序，加快转变\n政府职能。\n下一步"
    >>> apply_edits(text, edits=find_line_breaks(text))
    '法治政府建设是全面依法治国的重点任务和主体工程，要率先突破，用法治给行政权力定规矩、划界限，规范行政决策程序，加快转变政府职能。\n下一步'
    """
    if "\n" not in text:
        return []
    lines = text.split("\n")
    open_lines = [len(line) for line in lines[:-1] if len(line) >= NARROWEST and not ENDS.search(line)]
    if len(open_lines) < LEAST_LINES:
        return []
    width = _common_width(open_lines)
    if not width:
        return []
    # A page that has lines wider than its common width is not wrapped at that width.
    widest = max(map(len, lines))
    if widest > width + 3:
        return []
    edits = []
    position = 0
    for line, following in pairwise(lines):
        position += len(line)
        if (
            width - 3 <= len(line)
            and not ENDS.search(line)
            and following
            and not STARTS_ANEW.match(following)
            and BEGINS.match(following)
        ):
            edits.append(Edit(position, position + 1, "", "inferred", "line broken inside a sentence"))
        position += 1
    return edits


def _common_width(widths: list[int]) -> int:
    """Return the greatest width near which most open lines lie, or 0.

    Near is up to three less: a line may not begin with a mark, so that a character moves down with it.
    """
    near = Counter(
        {width: sum(width - 3 <= other <= width for other in widths) for width in sorted(set(widths))}
    )
    width = max(near, key=lambda width: (near[width], width))
    return width if near[width] >= LEAST_LINES and near[width] * 4 >= len(widths) * 3 else 0
