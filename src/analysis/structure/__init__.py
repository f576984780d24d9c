"""The parts of a speech or report: title, salutation, headings, paragraphs, sentences, closing."""

from .kinds import SECTION_KINDS, classify_heading
from .parse import parse_structure
from .pieces import Heading, Piece, Structure
from .sentences import sentence_spans

__all__ = [
    "SECTION_KINDS",
    "Heading",
    "Piece",
    "Structure",
    "classify_heading",
    "parse_structure",
    "sentence_spans",
]
