"""Look-alike characters from PDF files and old code pages: Kangxi radicals and compatibility ideographs."""

from __future__ import annotations

import re
import unicodedata

from ..edits import Edit

VERSION = 1

IDEOGRAPHS = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]+")

RADICALS = {"⺠": "民", "⻅": "见", "⻋": "车", "⻓": "长", "⻔": "门", "⻚": "页", "⻛": "风", "⻜": "飞", "⻢": "马",
            "⻥": "鱼", "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻉": "贝", "⻆": "角",
            "⻄": "西", "⻝": "食", "⻘": "青", "⻣": "骨", "⻤": "鬼", "⻁": "虎", "⺟": "母", "⺎": "兀"}  # fmt: skip


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
