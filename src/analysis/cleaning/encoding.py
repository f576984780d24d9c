"""Characters that are there but not meant: invisible ones, and look-alikes from PDF files and old code pages.

Reason: a zero-width space inside 法治 makes another word of it, and so does a Kangxi radical (⼈ for 人) that a
PDF converter has left. Not touched: everything that only looks unusual, such as ① or ㎡. NFKC would change
these too (第①条 to 第1条), so only two blocks are mapped, character by character.
"""

from __future__ import annotations

import re
import unicodedata

from .edits import Edit

INVISIBLE_VERSION = 1
IDEOGRAPHS_VERSION = 1
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+|\r\n?|[\u0085\u2028\u2029]"
)
IDEOGRAPHS = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]+")
RADICALS = {"⺠": "民", "⻅": "见", "⻋": "车", "⻓": "长", "⻔": "门", "⻚": "页", "⻛": "风", "⻜": "飞", "⻢": "马",
            "⻥": "鱼", "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻉": "贝", "⻆": "角",
            "⻄": "西", "⻝": "食", "⻘": "青", "⻣": "骨", "⻤": "鬼", "⻁": "虎", "⺟": "母", "⺎": "兀"}  # fmt: skip


def find_invisible(text: str) -> list[Edit]:
    r"""Return the edits that take away invisible characters and make every line end "\n".

    Byte-order marks, zero-width spaces, soft hyphens, direction marks, variation selectors and control
    characters go; tabs and line ends stay.

    Examples
    --------
    >>> find_invisible("\ufeff法\u200b治\r\n")
    [Edit(start=0, end=1, after='', certainty='rule', note='U+FEFF', alternatives=()),
     Edit(start=2, end=3, after='', certainty='rule', note='U+200B', alternatives=()),
     Edit(start=4, end=6, after='\n', certainty='rule', note='U+000D U+000A', alternatives=())]
    """
    return [
        Edit(
            match.start(),
            match.end(),
            "\n" if match[0][0] in "\r\u0085\u2028\u2029" else "",
            note=" ".join(f"U+{ord(sign):04X}" for sign in match[0][:4]),
        )
        for match in INVISIBLE.finditer(text)
    ]


def find_ideographs(text: str) -> list[Edit]:
    """Return the edits that put ordinary characters for Kangxi radicals and compatibility ideographs.

    Only where Unicode gives one ordinary ideograph; a radical that stands for no character stays.

    Examples
    --------
    >>> find_ideographs("⼈⺠政府第①条")
    [Edit(start=0, end=2, after='人民', certainty='rule', note='U+2F08 U+2EA0', alternatives=())]
    """
    edits = []
    for match in IDEOGRAPHS.finditer(text):
        after = "".join(map(_ordinary, match[0]))
        if after != match[0]:
            note = " ".join(f"U+{ord(sign):04X}" for sign in match[0][:4])
            edits.append(Edit(match.start(), match.end(), after, note=note))
    return edits


def _ordinary(sign: str) -> str:
    plain = RADICALS.get(sign) or unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
