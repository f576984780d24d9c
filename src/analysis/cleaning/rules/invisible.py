"""Characters that are there but not meant: invisible ones, and look-alikes from PDF files and old code pages.

Reason: a zero-width space inside 法治 makes another word of it, and so does a Kangxi radical (⼈ for 人) that a
PDF converter has left. Not touched: everything that only looks unusual, such as ① or ㎡. NFKC would change
these too (第①条 to 第1条), so only two blocks are mapped, character by character.
"""

from __future__ import annotations

import re

from ..edits import Edit

VERSION = 1
# All control characters but tab and line feed; soft hyphen, zero-width and direction marks; variation selectors
# (they choose a glyph, and two spellings of one word must count as one); byte-order mark; interlinear marks. U+0085
# and U+2028 are line ends: taken out like the others they would join two paragraphs.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+|\r\n?|[\u0085\u2028\u2029]"
)


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
            note=" ".join(f"U+{ord(character):04X}" for character in match[0][:4]),
        )
        for match in INVISIBLE.finditer(text)
    ]
