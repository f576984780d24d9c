"""Terms in the texts: keyword in context, counts inside longer terms, positions in the document."""

from .in_context import keyword_in_context
from .matching import find_term
from .nested import count_nested
from .positions import locate_terms
from .sentence_view import view_sentences

__all__ = ["count_nested", "find_term", "keyword_in_context", "locate_terms", "view_sentences"]
