"""A small model of Chinese: how likely a string is, from the frequencies of its words.

The model ranks what the bytes of a torn run allow. It is made, when first needed, from the word frequencies of
jieba's dictionary and this project's policy terms; nothing is trained on the texts that are repaired. A string
is worth what its best segmentation into words is worth (a word lattice), traditional characters count as their
simplified ones, and pairs and triples of characters that stand elsewhere in the same document count extra.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log

LONGEST = 7
"""Longest word that is looked up, in characters."""

_SIGNS = {
    "，": -3.0, "。": -3.6, "、": -4.0, "“": -5.2, "”": -5.2, "：": -6.5, "；": -6.0, "！": -6.5, "？": -8.0,
    "《": -7.0, "》": -7.0, "（": -6.5, "）": -6.5, "　": -7.0, "—": -12.0, "…": -12.0, "·": -9.0, "％": -8.0,
    "〔": -9.0, "〕": -9.0, "‘": -10.0, "’": -10.0, "－": -11.0, "～": -11.0, "．": -11.0, "＋": -11.0,
    "「": -9.0, "」": -9.0, "『": -11.0, "』": -11.0,
    "\n": -4.0, ",": -3.5, "?": -12.0, ":": -6.5, ";": -6.0, "!": -7.0, "(": -6.5, ")": -6.5, ".": -6.5,
    "%": -6.5, "-": -8.0, "+": -8.0, " ": -8.0, "/": -9.0,
}  # fmt: skip
_DIGIT, _LETTER, _RARE_SIGN, _RARE_HANZI, _UNKNOWN_HANZI = -5.0, -8.0, -15.0, -17.0, -19.0
_SELDOM, _STEEPER = -10.0, 1.6
"""A dictionary gives rare characters at least a count or two: alone, in official prose, they are rarer still."""
_CLAUSES = (
    "现在 现将 目前 今年 去年 明年 今后 当前 近年来 过去 我们 我国 我 他们 它 这 这些 这样 这个 这是 那 在 要 必须 "
    "应当 应该 各级 各地 各 对 对于 为 为了 为此 通过 坚持 加强 推进 全面 深入 加快 进一步 继续 同时 此外 另外 但 但是 "
    "因此 所以 因为 由于 随着 根据 按照 只有 只要 如果 即使 虽然 尽管 不仅 而且 而 也 还 并 总之 总的看 总的来看 总体看 "
    "特别是 尤其是 首先 其次 最后 一方面 另一方面 一是 二是 三是 四是 第一 第二 第三 中国 中央 国家 国务院 政府 全国 "
    "完善 建立 健全 支持 鼓励 实施 实行 开展 组织 强化 优化 扩大 提高 促进 发展 建设 做好 抓好 落实 严格 积极 认真 "
    "大力 切实 充分 依法 科学 农业 工业 城市 农村 社会 经济 人民 广大 以 从 到 经过 其中 有 有些 有的 没有 不 不能 就 "
    "都 又 可以 希望 相信 事实 实践 把 使 让 改革 维护 保护 保障 保证 保持 增强 增加 完成 取得 发挥 围绕 着力 统筹 "
    "扎实 稳步 有序 有效 引导 推动 提升 规范 创新 培养 培育 巩固 构建 打造 解决 打好 指出"
)
"""What sentences and clauses of official prose begin with."""
_BEGINS = {"。": 8.0 * 0.027, "，": 2.8 * 0.05}
"""How much commoner they are after a stop than elsewhere, times how common the stop is."""
_QUOTING = {"。”": 60000, "”。": 40000, "”，": 30000, "：“": 30000, "、“": 30000}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMERALS = "一二三四五六七八九十"


def _dates() -> Iterable[tuple[str, int]]:
    """Days and months in digits, narrow and wide."""
    for before, numbers, behind in (("年", range(1, 13), "月"), ("月", range(1, 32), "日")):
        for number in numbers:
            for digits in (str(number), str(number).translate(_WIDE)):
                yield digits + behind, 1000
                yield before + digits + behind, 3000


def _clauses(counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Stops with what often follows them, and quotation marks with their stops."""
    for word in _CLAUSES.split():
        for stop, share in _BEGINS.items():
            yield stop + word, max(1, round(counts.get(word, 50) * share))
    yield from _QUOTING.items()


def _extra_words() -> Iterable[tuple[str, int]]:
    """Words that a dictionary of words lacks and official prose has: numbering, formulas, our policy terms."""
    yield from (("——", 60000), ("……", 6000))
    yield from _dates()
    for numeral in [*_NUMERALS, *("十" + other for other in _NUMERALS[:9])]:
        yield f"（{numeral}）", 20000
        yield f"　（{numeral}）", 60000
        yield f"　{numeral}、", 20000
        yield f"{numeral}、", 2000
        yield f"　{numeral}是", 10000
        yield f"{numeral}是", 3000
        yield f"第{numeral}", 2000
    with (files("analysis") / "resources" / "policy_terms.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            term, *others = line.rstrip("\n").split("\t")
            if others and not line.startswith("#") and term != "term":
                for word in (term, *(others[1].split("|") if len(others) > 1 else ())):
                    yield word.strip(), 300


@dataclass(frozen=True, slots=True)
class State:
    """The end of a string under the model: its last characters, and what every split of them is worth."""

    tail: str
    worth: tuple[float, ...]  # worth[k]: best log probability of the string without the last len(tail)-k signs
    rank: float  # the worth if the last characters begin a word that is still to be finished
    bonus: float = 0.0

    @property
    def score(self) -> float:
        """Natural logarithm of the string's best segmentation, with the bonus of the document."""
        return self.worth[-1] + self.bonus


START = State("", (0.0,), 0.0)


class LanguageModel:
    """Log probabilities of strings, one character at a time.

    Parameters
    ----------
    words : iterable of (str, int)
        Words in simplified script and how often they occur.

    Examples
    --------
    >>> model = LanguageModel([("依法", 50), ("行政", 40), ("依", 2), ("法", 5), ("行", 5), ("政", 3)])
    >>> model.score("依法行政") > model.score("法依政行")
    True
    """

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        counts: dict[str, int] = {}
        for word, count in words:
            if 0 < len(word) <= LONGEST and count > counts.get(word, 0):
                counts[word] = count
        total = log(sum(counts.values()) or 1)
        self._words = {word: log(count) - total for word, count in counts.items()}
        for word, value in self._words.items():
            if len(word) == 1 and value < _SELDOM:
                self._words[word] = _SELDOM + _STEEPER * (value - _SELDOM)
        begin: dict[str, float] = {}
        after: dict[str, set[str]] = {}
        for word, value in self._words.items():
            for length in range(1, len(word)):
                start = word[:length]
                if start not in begin:
                    begin[start], after[start] = value, {word[length]}
                else:
                    after[start].add(word[length])
                    if value > begin[start]:
                        begin[start] = value
        self._after = after
        self._begin = begin

    def single(self, character: str) -> float:
        """Return the log probability of a character as a word of its own."""
        value = self._words.get(character)
        if value is not None:
            return value
        if character in _SIGNS:
            return _SIGNS[character]
        if character.isascii():
            return _DIGIT if character.isdigit() else _LETTER if character.isalpha() else _RARE_SIGN
        if "\uff10" <= character <= "\uff19":
            return _DIGIT - 1.0
        if not "\u4e00" <= character <= "\u9fff":
            return _RARE_SIGN
        return _RARE_HANZI if character in self._begin else _UNKNOWN_HANZI

    def opening(self, character: str) -> float:
        """Return the log probability of the commonest longer word that begins with a character."""
        return self._begin.get(character, -1e9)

    def followers(self, tail: str) -> frozenset[str]:
        """Return the characters that go on a word which the last three of these, or fewer, begin."""
        return frozenset().union(*(self._after.get(tail[-length:], ()) for length in (1, 2, 3)))

    def extend(self, state: State, character: str, *, bonus: float = 0.0) -> State:
        """Return the state after one more character (simplified), with an extra worth of `bonus`."""
        tail, worth = state.tail + character, state.worth
        words, begin = self._words, self._begin
        best, hope = worth[-1] + self.single(character), -1e9
        for length in range(1, len(tail) + 1):
            piece, base = tail[-length:], worth[-length]
            if length > 1 and piece in words:
                best = max(best, base + words[piece])
            if piece in begin:
                hope = max(hope, base + begin[piece])
        worth = (*worth, best)
        if len(tail) >= LONGEST:
            tail, worth = tail[1:], worth[1:]
        total = state.bonus + bonus
        return State(tail, worth, max(best, hope) + total, total)

    def score(self, text: str) -> float:
        """Return the natural logarithm of the probability of a string in simplified script."""
        state = START
        for character in text:
            state = self.extend(state, character)
        return state.score


@cache
def load_model() -> LanguageModel:
    """Return the model made from jieba's dictionary and the numbering of official prose, made once a process.

    Examples
    --------
    >>> model = load_model()
    >>> model.score("青海“民法典") > model.score("青！懊穹ǖ")
    True
    """

    def words() -> Iterable[tuple[str, int]]:
        counts: dict[str, int] = {}
        with (files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
            for line in lines:
                word, count, _ = line.split(" ")
                counts[word] = int(count)
        yield from counts.items()
        yield from _clauses(counts)
        yield from _extra_words()

    return LanguageModel(words())


@cache
def simplified_map() -> dict[int, str]:
    """Return a translation table from the traditional characters of GBK to simplified ones.

    Examples
    --------
    >>> "貫徹".translate(simplified_map())
    '贯彻'
    """
    import opencc

    from .noise_model import gbk_pairs

    hanzi = [character for character in gbk_pairs().values() if "\u4e00" <= character <= "\u9fff"]
    converted = opencc.OpenCC("t2s").convert("\n".join(hanzi)).split("\n")
    return {ord(old): new for old, new in zip(hanzi, converted, strict=True) if old != new and len(new) == 1}


class DocumentMemory:
    """Pairs and triples of characters of one document, and what it is worth to meet one of them again.

    Parameters
    ----------
    text : str
        The document in simplified script, without readings.

    Examples
    --------
    >>> memory = DocumentMemory("推进法治政府建设，推进法治社会建设")
    >>> memory.bonus("法", "治") > memory.bonus("法", "律") == 0.0
    True
    """

    PAIR, TRIPLE = 2.0, 2.0

    def __init__(self, text: str) -> None:
        self._after: dict[str, set[str]] = {}
        for one, two in pairwise(text):
            self._after.setdefault(one, set()).add(two)
        self._triples = {text[place : place + 3] for place in range(len(text) - 2)}

    def followers(self, before: str) -> frozenset[str]:
        """Return the characters that stand after the last of these elsewhere in the document."""
        return frozenset(self._after.get(before[-1:], ()))

    def bonus(self, before: str, character: str) -> float:
        """Return the extra worth of `character` after the characters `before`."""
        if character not in self._after.get(before[-1:], ()):
            return 0.0
        return self.PAIR + (self.TRIPLE if before[-2:] + character in self._triples else 0.0)
