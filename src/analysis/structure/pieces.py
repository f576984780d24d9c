"""What a parsed text is made of: headings, pieces, and the structure that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..errors import check_choice

Role = Literal["title", "salutation", "heading", "text", "closing"]


@dataclass(frozen=True)
class Heading:
    """A heading: on a line of its own, or run in at the beginning of a paragraph or sentence.

    Parameters
    ----------
    level : int
        1 for 一、 (and for unnumbered ones), 2 for （一）, 3 for 1., 4 for （1）, 一是, 第一， and ——.
    number : str
        The numbering as it stands, `""` if there is none.
    text : str
        The heading without numbering and without the mark that ends it.
    start, end : int
        From the numbering to the end of the text, in characters.
    kind : str
        One of `SECTION_KINDS`, from the heading's words.
    form : {"line", "run_in", "lead"}
        Alone on its line; numbered at the beginning of a paragraph or sentence; or the short first sentence
        of a paragraph in a text that has no numbered headings.
    """

    level: int
    number: str
    text: str
    start: int
    end: int
    kind: str
    form: Literal["line", "run_in", "lead"]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text with the section that it stands in; numbers run from 1.

    Parameters
    ----------
    start, end : int
        Characters of the text; white space at both ends left out.
    section : str
        The heading of the section, numbering included; `""` before the first heading and in the closing.
    section_kind : str
        One of `SECTION_KINDS`. A paragraph or sentence under a heading on problems, achievements or plans,
        or after words such as 同时也要看到, has that kind, whatever the section as a whole is.
    paragraph, sentence : int or None
        Running numbers in the document; None where the unit is coarser.
    role : {"title", "salutation", "heading", "text", "closing"}
        What the stretch is; for a section always `"text"`.
    """

    start: int
    end: int
    section: str = ""
    section_kind: str = "other"
    paragraph: int | None = None
    sentence: int | None = None
    role: Role = "text"


@dataclass(frozen=True)
class Structure:
    """What `parse_structure` found in a text.

    Parameters
    ----------
    length : int
        Characters of the text.
    headings : tuple of Heading
        In order, of all levels and forms.
    sections, paragraphs, sentences : tuple of Piece
        Each in order, without overlap, together covering every character that is not white space.
    """

    length: int
    headings: tuple[Heading, ...]
    sections: tuple[Piece, ...]
    paragraphs: tuple[Piece, ...]
    sentences: tuple[Piece, ...]

    def pieces(self, unit: str) -> tuple[Piece, ...]:
        """Return the text's sections, paragraphs or sentences as pieces.

        Raises
        ------
        ValueError
            `unit` is none of "section", "paragraph", "sentence".
        """
        units = {"section": self.sections, "paragraph": self.paragraphs, "sentence": self.sentences}
        check_choice(unit, units, name="unit")
        return units[unit]

    def of_role(self, role: str) -> tuple[Piece, ...]:
        """Return the paragraphs that are titles, salutations, headings, text or closing lines."""
        check_choice(role, ("title", "salutation", "heading", "text", "closing"), name="role")
        return tuple(piece for piece in self.paragraphs if piece.role == role)
