"""Where paragraphs and sentences end: a sentence at 。！？, with the quotes and brackets that close there."""

from __future__ import annotations

import re

from ..zh.marks import CLOSERS, OPENERS, PAIRS, PAUSES, SENTENCE_ENDS, STATEMENT_ENDS, STRAIGHT_QUOTES

CLOSING = CLOSERS + STRAIGHT_QUOTES
"""What stays with the sentence that ends before it."""
SHORT_QUOTE = 60
"""A quotation or bracket up to this many characters is not broken inside."""

_STATEMENT_ENDS = STATEMENT_ENDS + "\n"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_END_RUN = re.compile(rf"[{SENTENCE_ENDS}]+(?:[{re.escape(CLOSING)}]+[{SENTENCE_ENDS}]*)*")
_BRACKET = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_GOES_ON = re.compile(rf"[{PAUSES}的地得等之与和及为是而一]")
"""After a closed quotation these continue the sentence that the quotation stands in."""


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    r"""Return the paragraphs of a text as pairs (start, end) in characters: its lines, blank ones left out.

    Examples
    --------
    >>> paragraph_spans("同志们：\n\n　　依法行政。")
    [(0, 4), (8, 13)]
    """
    lines = [_trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    return [span for span in lines if span is not None]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    r"""Return the sentences of one paragraph as pairs (start, end) in characters, white space left out.

    A sentence ends at 。！？ as GB/T 15834 has it; ； and ： separate clauses within one. Closing quotes and
    brackets stay with the sentence that they close. Nothing ends inside a quotation or bracket of up to 60
    characters, nor after one that the sentence goes on from (`“怎么办？”的问题`). `.` never ends a sentence
    (99.6%, 2.0版, 1. …); ASCII `!` and `?` do where no Latin letter or digit follows, because in texts with torn
    characters `?` stands for a lost byte.

    Examples
    --------
    >>> text = "化解率99.6%；坚持“谁执法谁普法？”的追问。依法办事！"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['化解率99.6%；坚持“谁执法谁普法？”的追问。', '依法办事！']
    """
    spans: list[tuple[int, int]] = []
    pairs = _short_pairs(text)
    last = 0
    for match in _END_RUN.finditer(text):
        mark, stop = match.span()
        while pairs and pairs[-1][1] <= mark:
            pairs.pop()
        if pairs and pairs[-1][0] < mark and stop <= pairs[-1][1]:
            continue
        following = text[stop : stop + 1]
        if text[mark] in "!?" and stop - mark == 1 and following.isascii() and following.isalnum():
            continue
        if text[stop - 1] in CLOSING and _GOES_ON.match(following):
            continue
        spans.append((last, stop))
        last = stop
    if last < len(text):
        spans.append((last, len(text)))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span)) is not None]


def sentence_around(text: str, *, start: int) -> str:
    """Return the sentence or main clause of a text that holds a position, without reading the whole text.

    Unlike `sentence_spans` it also ends at ；, and quotations do not matter: it is shown beside a term, where a short
    stretch is easier to read than an exact one.

    Examples
    --------
    >>> sentence_around("依法行政。依法办事。", start=7)
    '依法办事。'
    """
    left = max(text.rfind(mark, 0, start) for mark in _STATEMENT_ENDS) + 1
    right = min(
        (end for mark in _STATEMENT_ENDS if (end := text.find(mark, start)) >= 0), default=len(text) - 1
    )
    return text[left : right + 1].strip()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without white space at its ends, None if nothing is left."""
    if not text[start].isspace() and not text[end - 1].isspace():
        return start, end
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    solid = len(part.strip())
    return (begin, begin + solid) if solid else None


def _short_pairs(text: str) -> list[tuple[int, int]]:
    """Return the outermost short matched pairs as (index of the opening, index of the closing), the last first."""
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        character, index = match.group(), match.start()
        if character in PAIRS:
            stack.append((PAIRS[character], index))
            continue
        for depth in range(len(stack) - 1, max(len(stack) - 4, -1), -1):
            closing, start = stack[depth]
            if closing == character:
                del stack[depth:]
                if index - start <= SHORT_QUOTE:
                    while found and found[-1][0] > start:
                        found.pop()
                    found.append((start, index))
                break
    return found[::-1]
