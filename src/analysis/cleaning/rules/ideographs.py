"""Look-alike characters from PDF files and old code pages: Kangxi radicals and compatibility ideographs."""

from __future__ import annotations

import re
import unicodedata

from ...zh.word_lists import load_word_list
from ..edits import Edit

VERSION = 1

IDEOGRAPHS = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]+")

# Characters whose own block is not theirs: CJK and Kangxi radicals, compatibility ideographs of both planes. NFKC
# for the whole text would also change ①, ㎡ and full-width digits, which a reader sees and may mean.
LISTS = ("radicals.tsv",)
RADICALS = {row[0]: row[1] for row in load_word_list(LISTS[0]).rows[1:]}


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
            # Four code points show which block they came from; a whole page of them would fill the table.
            note = " ".join(f"U+{ord(character):04X}" for character in match[0][:4])
            edits.append(Edit(match.start(), match.end(), after, note=note))
    return edits


def _ordinary(character: str) -> str:
    plain = RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
