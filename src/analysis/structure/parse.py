"""From a text to its structure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ..zh.formulas import CLOSING_ADDRESS, SALUTATION_LINE, SIGN_OFF
from ..zh.marks import SENTENCE_ENDS, STOPS
from .headings import line_heading, run_in_headings
from .pieces import Heading, Piece, Role, Structure
from .section_kinds import TURN_FROM_PROBLEMS, TURN_TO_PROBLEMS, classify_heading
from .sentences import paragraph_spans, sentence_spans

_TITLE_LENGTH = 60
_TITLE_LINES = 4
_LEAD_LENGTH = 40
_LEAD_SHARE = 0.6
_CLOSING_SHARE = 0.2
_STOP = re.compile(f"[{STOPS}]")
_TELLING = ("problems", "achievements", "plans")


def parse_structure(text: str) -> Structure:
    r"""Return headings, sections, paragraphs and sentences of a text.

    Why: every count can then be told by section, and what a text says about problems can be compared with
    what it says about achievements and plans.

    Parameters
    ----------
    text : str
        A whole document; a paragraph a line. Made for cleaned texts; raw ones are parsed as far as their
        lines allow.

    Returns
    -------
    Structure
        `headings` (level, number, text, span, kind, form) and `sections`, `paragraphs`, `sentences`, each of
        which covers every character that is not white space, in order and without overlap.

    Notes
    -----
    A section is a heading of the highest level that the text has, with the text below it. What stands before
    the first heading is a section of kind `"opening"`; from the last 同志们， or 各位代表！ (in the last fifth
    of the text) or the signature on it is `"closing"`. A text without numbered headings whose paragraphs mostly
    begin with a short sentence (坚持正确政治方向，把稳法治“基本盘”。) has these as headings. A text
    without either is one section. The choices are explained in docs/decisions/structure.md.

    Examples
    --------
    >>> text = "同志们：\n我讲两点。\n一、取得的成效\n化解率99.6%。\n二、存在的问题\n力度不够。"
    >>> structure = parse_structure(text)
    >>> [(heading.number, heading.text, heading.kind) for heading in structure.headings]
    [('一、', '取得的成效', 'achievements'), ('二、', '存在的问题', 'problems')]
    >>> [piece.section_kind for piece in structure.sections]
    ['opening', 'achievements', 'problems']
    >>> len(structure.sentences)
    6
    """
    blocks = _blocks(text)
    _mark_titles(text, blocks)
    for block in blocks:
        if block.role != "text":
            continue
        line = text[block.start : block.end]
        if SALUTATION_LINE.match(line):
            block.role = "salutation"
            continue
        block.heading = line_heading(line, offset=block.start)
        if block.heading and block.heading.form == "line":
            block.role = "heading"
        else:
            block.inside = tuple(run_in_headings(line, offset=block.start))
    if not any(block.heading and block.heading.level <= 3 for block in blocks):
        _mark_leads(text, blocks)
    sections = _sections(text, blocks)
    paragraphs, sentences = _paragraphs_and_sentences(text, blocks, sections)
    headings = [
        h for block in blocks for h in ((block.heading, *block.inside) if block.heading else block.inside)
    ]
    return Structure(len(text), tuple(headings), sections, paragraphs, sentences)


@dataclass
class _Block:
    """A line while it is being understood."""

    start: int
    end: int
    role: Role = "text"
    heading: Heading | None = None
    inside: tuple[Heading, ...] = ()


def _blocks(text: str) -> list[_Block]:
    return [_Block(start, end) for start, end in paragraph_spans(text)]


def _mark_titles(text: str, blocks: list[_Block]) -> None:
    """A title is a short first line without a mark at its end; a line below it may be one as well."""
    for block in blocks[: min(_TITLE_LINES, len(blocks) - 1)]:
        line = text[block.start : block.end]
        if len(line) > _TITLE_LENGTH or line[-1] in STOPS or line_heading(line.lstrip("—"), offset=0):
            return
        block.role = "title"


def _mark_leads(text: str, blocks: list[_Block]) -> None:
    """In a text without numbered headings, take the short first sentence of its paragraphs for headings."""
    leads: list[tuple[_Block, int]] = []
    texts = [block for block in blocks if block.role == "text"]
    bodies = [block for block in texts[1:] if block.end - block.start > 3 * _LEAD_LENGTH]
    for block in bodies:
        spans = sentence_spans(text[block.start : block.start + _LEAD_LENGTH + 1])
        length = spans[0][1] if spans else 0
        if len(spans) > 1 and length <= _LEAD_LENGTH:
            leads.append((block, length))
    if len(leads) >= 3 and len(leads) >= _LEAD_SHARE * len(bodies):
        for block, length in leads:
            words = text[block.start : block.start + length].rstrip(SENTENCE_ENDS)
            block.heading = Heading(
                1, "", words, block.start, block.start + len(words), classify_heading(words), "lead"
            )


def _sections(text: str, blocks: list[_Block]) -> tuple[Piece, ...]:
    if not blocks:
        return ()
    levels = [block.heading.level for block in blocks if block.heading and block.heading.level <= 3]
    top = min(levels, default=0)
    marks: list[tuple[int, str, str]] = []
    for block in blocks:
        if block.heading and block.heading.level == top:
            name = f"{block.heading.number}{block.heading.text}"
            marks.append((block.start, name, block.heading.kind))
    last_heading = marks[-1][0] if marks else -1
    if not marks or marks[0][0] > blocks[0].start:
        marks.insert(0, (blocks[0].start, "", "opening" if marks else "other"))
    closing = _closing(text, blocks, after=max(last_heading, blocks[0].start))
    if closing is not None:
        marks.append((closing, "", "closing"))
    ends = [*[_end_before(blocks, start) for start, _, _ in marks[1:]], blocks[-1].end]
    return tuple(
        Piece(start, end, section=name, section_kind=kind)
        for (start, name, kind), end in zip(marks, ends, strict=True)
    )


def _end_before(blocks: list[_Block], start: int) -> int:
    return max(block.end for block in blocks if block.end <= start)


def _closing(text: str, blocks: list[_Block], *, after: int) -> int | None:
    """Return where the closing begins, and mark the lines of the signature; None if there is none."""
    begin = _signature(text, blocks)
    for block in reversed(blocks):
        if block.start <= after or len(text) - block.start > max(_CLOSING_SHARE * len(text), 60):
            break
        if block.role in ("text", "salutation") and CLOSING_ADDRESS.match(text[block.start : block.end]):
            return block.start
    return begin if begin is not None and begin > after else None


def _signature(text: str, blocks: list[_Block]) -> int | None:
    """Return where the signature begins, its lines marked: date and office at the end, and a name above them."""
    begin: int | None = None
    index = len(blocks) - 1
    while index > 0 and SIGN_OFF.match(text[blocks[index].start : blocks[index].end]):
        blocks[index].role = "closing"
        begin = blocks[index].start
        index -= 1
    earlier = blocks[index]
    if begin is not None and index > 0 and earlier.end - earlier.start <= 25 and earlier.role == "text":
        # a short line without a stop above a short date is the office that signs, else the last sentence
        below = blocks[index + 1]
        if not _STOP.search(text[earlier.start : earlier.end]) and below.end - below.start < 16:
            earlier.role = "closing"
            begin = earlier.start
    return begin


def _paragraphs_and_sentences(
    text: str, blocks: list[_Block], sections: tuple[Piece, ...]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    paragraphs: list[Piece] = []
    sentences: list[Piece] = []
    for number, (block, section, kind) in enumerate(_blocks_with_kinds(blocks, sections), start=1):
        offset, name = block.start, section.section
        spans = [(offset + start, offset + end) for start, end in sentence_spans(text[offset : block.end])]
        may_turn = block.role == "text" and kind not in ("problems", "plans")
        turned = _speaks_of_problems(text, spans) if may_turn else [False] * len(spans)
        for (start, end), problem in zip(spans, turned, strict=True):
            own = "problems" if problem else kind
            sentences.append(Piece(start, end, name, own, number, len(sentences) + 1, block.role))
        # a paragraph is about problems if it begins with them; a turn further down is its sentences' alone
        own = "problems" if turned[:1] == [True] else kind
        paragraphs.append(Piece(offset, block.end, name, own, number, role=block.role))
    return tuple(paragraphs), tuple(sentences)


def _blocks_with_kinds(
    blocks: list[_Block], sections: tuple[Piece, ...]
) -> Iterator[tuple[_Block, Piece, str]]:
    """Yield each line with its section and the kind of text that the headings above it announce."""
    starts = [piece.start for piece in sections]
    below, below_of = "", ""
    for block in blocks:
        section = sections[bisect_right(starts, block.start) - 1]
        if below_of != section.section or block.start == section.start:
            below, below_of = "", section.section
        if block.heading and block.heading.level <= 3 and block.start != section.start:
            # a heading inside decides only where the section's own says nothing of problems, results or plans
            kind = block.heading.kind
            below = kind if kind in _TELLING and section.section_kind not in _TELLING else ""
        yield block, section, below or section.section_kind


def _speaks_of_problems(text: str, spans: list[tuple[int, int]]) -> list[bool]:
    """Return which sentences stand between a turn to problems (同时也要看到) and a turn away from them."""
    turned = False
    result = []
    for index, (start, end) in enumerate(spans):
        if turned and index and TURN_FROM_PROBLEMS.match(text, start):
            turned = False
        elif not turned:
            turned = TURN_TO_PROBLEMS.search(text, start, end) is not None
        result.append(turned)
    return result
