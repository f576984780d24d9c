"""Which words of jieba's dictionary are two words by the standard: 高度重视, 法律依据, 一些 collocations more.

jieba's dictionary has thousands of collocations as words. The PKU People's Daily corpus keeps idioms,
names and technical terms whole and parts what is freely made. Here stands the rule; words that go against
it are listed in `resources/segmentation_words.tsv`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .token_rules import part_numeral

_PROPER = frozenset({"nr", "nrt", "nrfg", "ns"})
_CLOSED = frozenset("mtzcdrabuq")
_COMMON = {"i": 500, "nr": 100, "nrt": 100, "ns": 1000}
_HEADS = frozenset("据副相跨附新高低讲办树按乱搞奔短见偏各")
_TAILS = frozenset("出到给成们看")
_MODIFIERS = frozenset("很最较更")


class WordParts(dict[str, tuple[str, ...]]):
    """For every word the words that it stands for, found out when it is first met.

    Examples
    --------
    >>> from analysis.words.segmenter_engines import new_rjieba
    >>> parts = WordParts(new_rjieba(), whole={"高质量发展"})
    >>> parts["高度重视"], parts["实事求是"], parts["社会主义"]
    (('高度', '重视'), ('实事求是',), ('社会主义',))
    """

    def __init__(self, lexicon: Any, *, whole: Collection[str]) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._whole = whole

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = (word,) if len(word) < 2 or word in self._whole else self._part(word)
        self[word] = found
        return found

    def _part(self, word: str) -> tuple[str, ...]:
        numeral = part_numeral(word)
        if len(numeral) > 1:
            return numeral
        if len(word) == 2:
            return tuple(word) if word[0] in _MODIFIERS and self._tag(word) in ("d", "a", "m", "v") else (word,)
        if len(word) == 3:
            return self._part_three(word)
        if len(word) == 4:
            return self._part_four(word)
        if self._tag(word) == "nt":
            return self._part_name(word)
        return (word,)

    def _part_three(self, word: str) -> tuple[str, ...]:
        if self._tag(word) in _PROPER:
            return (word,)
        if word[0] in _HEADS and self._frequency(word[1:]) >= 50:
            return (word[0], word[1:])
        if word[-1] in _TAILS and self._frequency(word[:2]) >= 50:
            return (word[:2], word[-1])
        return (word,)

    def _part_four(self, word: str) -> tuple[str, ...]:
        tag = self._tag(word)
        if tag in _CLOSED or word.endswith("主义"):
            return (word,)
        common = _COMMON.get(tag, 50)
        if min(self._frequency(word[:2]), self._frequency(word[2:])) >= common:
            return (*self[word[:2]], *self[word[2:]])
        return (word,)

    def _part_name(self, word: str) -> tuple[str, ...]:
        for cut in (2, 3, len(word) - 2):
            if self._lexicon.has_word(word[:cut]) and self._lexicon.has_word(word[cut:]):
                return (*self[word[:cut]], *self[word[cut:]])
        return (word,)

    def _tag(self, word: str) -> str:
        tagged = self._lexicon.tag(word, hmm=False)
        return str(tagged[0][1]) if len(tagged) == 1 else ""

    def _frequency(self, word: str) -> int:
        return int(self._lexicon.suggest_freq(word)) if self._lexicon.has_word(word) else 0
