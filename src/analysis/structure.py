"""The parts of a speech or report: salutation, headings, paragraphs, sentences, closing."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A stretch of a text with the section that it stands in; numbers run from 1."""

    start: int
    end: int
    section: str = ""
    section_kind: str = ""
    paragraph: int | None = None
    sentence: int | None = None


@dataclass(frozen=True)
class Structure:
    """What `parse_structure` found."""

    length: int
    paragraphs: tuple[Piece, ...]
    sentences: tuple[Piece, ...]

    def pieces(self, unit: str) -> tuple[Piece, ...]:
        """Return the text's sections, paragraphs or sentences as pieces."""
        if unit == "sentence":
            return self.sentences
        return self.paragraphs


def parse_structure(text: str) -> Structure:
    r"""Return paragraphs and sentences of a text.

    Examples
    --------
    >>> len(parse_structure("同志们：\n依法行政。依法办事。").sentences)
    3
    """
    paragraphs = tuple(
        Piece(match.start(), match.end(), paragraph=number)
        for number, match in enumerate(re.finditer(r"\S[^\n]*", text), start=1)
    )
    sentences: list[Piece] = []
    for piece in paragraphs:
        for match in re.finditer(r"[^。！？]+[。！？]?[”’」』）]*", text[piece.start : piece.end]):
            sentences.append(
                Piece(
                    piece.start + match.start(),
                    piece.start + match.end(),
                    paragraph=piece.paragraph,
                    sentence=len(sentences) + 1,
                )
            )
    return Structure(len(text), paragraphs, tuple(sentences))
