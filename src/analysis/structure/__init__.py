"""The parts of a speech or report: title, salutation, headings, paragraphs, sentences, closing."""

from .parse import parse_structure
from .pieces import Heading, Piece, Structure
from .section_kinds import SECTION_KINDS, classify_heading
from .sentences import paragraph_spans, sentence_around, sentence_spans

__all__ = [
    "SECTION_KINDS",
    "Heading",
    "Piece",
    "Structure",
    "classify_heading",
    "paragraph_spans",
    "parse_structure",
    "sentence_around",
    "sentence_spans",
]
