"""Terms in the texts: keyword in context, counts inside longer terms, positions in the document."""

from .collocates import find_collocates
from .in_context import keyword_in_context
from .matching import find_term
from .nested import count_nested
from .positions import locate_terms
from .sentence_view import view_sentences
from .themes import count_themes, load_themes
from .tracking import track_terms

__all__ = [
    "count_nested",
    "count_themes",
    "find_collocates",
    "find_term",
    "keyword_in_context",
    "load_themes",
    "locate_terms",
    "track_terms",
    "view_sentences",
]
