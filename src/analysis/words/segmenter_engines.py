"""The word engines behind the segmenter: rjieba and jieba with the same words at the same frequencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, cast

Cut = Callable[[str], list[str]]
Engine = Literal["rjieba", "jieba"]
ENGINES: tuple[str, ...] = ("rjieba", "jieba")
Frequencies = Sequence[tuple[str, int]]

_LONG = 20_000
_MIDDLE = 200


def weigh_words(words: Iterable[str], *, apart: Iterable[str]) -> tuple[Any, Frequencies]:
    """Return an rjieba engine that has every word as one, and the frequencies that it took, in their order.

    Short words come first, so that a longer one is weighed against them. Words of two characters get just
    enough to hold together (论述法治 must not become 论 述法 治); longer ones are rarely an accident.

    Parameters
    ----------
    words : iterable of str
        Words that shall be one token.
    apart : iterable of str
        Words of jieba's dictionary that shall not be; they get frequency 0.

    Examples
    --------
    >>> engine, frequencies = weigh_words(["府院联动"], apart=["余人"])
    >>> frequencies, engine.cut("深化府院联动", hmm=False)
    ((('余人', 0), ('府院联动', 20000)), ['深化', '府院联动'])
    """
    engine = new_rjieba()
    result = [(word, 0) for word in sorted(set(apart))]
    for word, frequency in result:
        engine.add_word(word, frequency, "n")
    for word in sorted(set(words), key=lambda word: (len(word), word)):
        least = 0 if len(word) < 3 else _MIDDLE if len(word) == 3 else _LONG
        frequency = max(int(engine.suggest_freq(word)), least)
        engine.add_word(word, frequency, "n")
        result.append((word, frequency))
    return engine, tuple(result)


def new_rjieba() -> Any:
    """Return a fresh rjieba engine with jieba's dictionary and nothing else."""
    import rjieba

    return rjieba.Jieba()


def cut_with_rjieba(engine: Any, *, hmm: bool) -> Cut:
    """Return the function of an rjieba engine that cuts a text into words.

    Examples
    --------
    >>> cut_with_rjieba(new_rjieba(), hmm=False)("群众点赞")
    ['群众', '点', '赞']
    """

    def cut(text: str) -> list[str]:
        return cast(list[str], engine.cut(text, hmm=hmm))

    return cut


def cut_with_jieba(frequencies: Frequencies, *, hmm: bool) -> Cut:
    """Return the function of a jieba tokenizer of its own, with these words, that cuts a text into words.

    Examples
    --------
    >>> cut_with_jieba([("府院联动", 20000)], hmm=False)("深化府院联动")
    ['深化', '府院联动']
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    engine = jieba.Tokenizer()
    with engine.get_dict_file() as words:
        engine.FREQ, engine.total = engine.gen_pfdict(words)
    engine.initialized = True  # no cache file in a folder that others share, no line in the log
    for word, frequency in frequencies:
        engine.add_word(word, frequency)

    def cut(text: str) -> list[str]:
        return list(engine.cut(text, HMM=hmm))

    return cut
