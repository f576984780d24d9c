"""The document cache: pairs and triples of characters that a document has used already.

A document repeats itself: a name that no dictionary knows (平桥区) stands torn in one line and whole in another.
A cache of its own n-grams is what a language model adapts to a document with, and it never claims more than
"this occurs here".
"""

from __future__ import annotations

import re
from itertools import pairwise

from .gbk import unfold_punctuation
from .inserted_pinyin import without_readings
from .mirror_script import simplified_map
from .weights import CACHED_CHARACTERS, SEEN_PAIR, SEEN_TRIPLE

_AROUND_A_TEAR = re.compile(r"\?[^\n]{0,12}")
"""A `?` and the twelve characters after it, which may be mojibake: that must not teach the cache."""


class DocumentCache:
    """Pairs and triples of characters of one document, and the bonus for meeting one of them again.

    Parameters
    ----------
    text : str
        The document in simplified script, without readings.

    Examples
    --------
    >>> cache = DocumentCache("推进法治政府建设，推进法治社会建设")
    >>> cache.bonus("法", "治") > cache.bonus("法", "律") == 0.0
    True
    """

    def __init__(self, text: str) -> None:
        self._after: dict[str, set[str]] = {}
        for one, two in pairwise(text):
            self._after.setdefault(one, set()).add(two)
        self._triples = {text[start : start + 3] for start in range(len(text) - 2)}

    @classmethod
    def of_page(cls, page: str) -> DocumentCache:
        """Return the cache of a page as it was copied: without readings, without what stands near a tear."""
        # A line break in place of the suspicious stretch, so that its two ends do not become neighbours.
        whole = without_readings(_AROUND_A_TEAR.sub("\n", page[:CACHED_CHARACTERS]))
        return cls(unfold_punctuation(whole).translate(simplified_map()))

    def followers(self, before: str) -> frozenset[str]:
        """Return the characters that stand after the last of these elsewhere in the document."""
        return frozenset(self._after.get(before[-1:], ()))

    def bonus(self, before: str, character: str) -> float:
        """Return the bonus of `character` after the characters `before`."""
        if character not in self._after.get(before[-1:], ()):
            return 0.0
        return SEEN_PAIR + (SEEN_TRIPLE if before[-2:] + character in self._triples else 0.0)
