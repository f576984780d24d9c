"""The words of official prose, as the language model is given them.

Word frequencies are jieba's. What a dictionary of words lacks and a report is full of is added here: numbering,
dates, marks with what follows them, and this project's policy terms. Nothing is trained on the texts that are
repaired: a model that had seen them could not be tested on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from ...zh.characters import WIDE_DIGITS
from .language_model import LanguageModel
from .weights import (
    AFTER_STOP,
    COUNT_DASH,
    COUNT_DATE,
    COUNT_DATE_WITH_UNIT,
    COUNT_ELLIPSIS,
    COUNT_NUMBERING,
    COUNT_POLICY_TERM,
    COUNT_QUOTING,
    COUNT_UNLISTED_OPENER,
)

_CLAUSE_OPENERS = (
    "现在 现将 目前 今年 去年 明年 今后 当前 近年来 过去 我们 我国 我 他们 它 这 这些 这样 这个 这是 那 在 要 必须 "
    "应当 应该 各级 各地 各 对 对于 为 为了 为此 通过 坚持 加强 推进 全面 深入 加快 进一步 继续 同时 此外 另外 但 但是 "
    "因此 所以 因为 由于 随着 根据 按照 只有 只要 如果 即使 虽然 尽管 不仅 而且 而 也 还 并 总之 总的看 总的来看 总体看 "
    "特别是 尤其是 首先 其次 最后 一方面 另一方面 一是 二是 三是 四是 第一 第二 第三 中国 中央 国家 国务院 政府 全国 "
    "完善 建立 健全 支持 鼓励 实施 实行 开展 组织 强化 优化 扩大 提高 促进 发展 建设 做好 抓好 落实 严格 积极 认真 "
    "大力 切实 充分 依法 科学 农业 工业 城市 农村 社会 经济 人民 广大 以 从 到 经过 其中 有 有些 有的 没有 不 不能 就 "
    "都 又 可以 希望 相信 事实 实践 把 使 让 改革 维护 保护 保障 保证 保持 增强 增加 完成 取得 发挥 围绕 着力 统筹 "
    "扎实 稳步 有序 有效 引导 推动 提升 规范 创新 培养 培育 巩固 构建 打造 解决 打好 指出"
)
"""What sentences and clauses of official prose begin with: a list by ear, extended on development reports."""

_NUMERALS = "一二三四五六七八九十"


def _dates() -> Iterator[tuple[str, int]]:
    """Days and months in digits, in both widths: the digits of 3月15日 are no words of jieba's dictionary."""
    for before, numbers, behind in (("年", range(1, 13), "月"), ("月", range(1, 32), "日")):
        for number in numbers:
            for digits in (str(number), str(number).translate(WIDE_DIGITS)):
                yield digits + behind, COUNT_DATE
                yield before + digits + behind, COUNT_DATE_WITH_UNIT


def _numbering() -> Iterator[tuple[str, int]]:
    """（一）, 一、, 一是, 第一 and so on to nineteen, with and without the indent of a paragraph before them."""
    for numeral in [*_NUMERALS, *("十" + other for other in _NUMERALS[:9])]:
        for pattern, count in COUNT_NUMBERING.items():
            yield pattern.format(numeral), count


def _after_stops(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Stops with the openers that often follow them, and quotation marks with their stops.

    A torn stop (`成效?,F(xiàn)將`) has lost a byte of its own and one of its neighbour: only what usually follows a
    stop can tell the readings apart.
    """
    for word in _CLAUSE_OPENERS.split():
        for stop, share in AFTER_STOP.items():
            yield stop + word, max(1, round(counts.get(word, COUNT_UNLISTED_OPENER) * share))
    yield from COUNT_QUOTING.items()


def _policy_terms() -> Iterator[tuple[str, int]]:
    """The terms and variants of the policy dictionary."""
    with (files("analysis") / "resources" / "policy_terms.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            term, *others = line.rstrip("\n").split("\t")
            if others and not line.startswith("#") and term != "term":
                for word in (term, *(others[1].split("|") if len(others) > 1 else ())):
                    yield word.strip(), COUNT_POLICY_TERM


def _jieba_counts() -> dict[str, int]:
    with (files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        return {word: int(count) for word, count, _ in (line.split(" ") for line in lines)}


def _words() -> Iterable[tuple[str, int]]:
    counts = _jieba_counts()
    yield from counts.items()
    yield from _after_stops(counts)
    yield ("——", COUNT_DASH)
    yield ("……", COUNT_ELLIPSIS)
    yield from _dates()
    yield from _numbering()
    yield from _policy_terms()


@cache
def load_model() -> LanguageModel:
    """Return the language model of official prose, made once a process: it takes a second or two.

    Examples
    --------
    >>> model = load_model()
    >>> model.score("青海“民法典") > model.score("青！懊穹ǖ")
    True
    """
    return LanguageModel(_words())
