"""What documents have in common: their vocabulary, their place on a map, and passages that they share."""

from .correspondence import map_documents
from .passages import find_shared_passages, measure_reuse
from .similarity import compare_documents
from .view import PassageView, view_passages

__all__ = [
    "PassageView",
    "compare_documents",
    "find_shared_passages",
    "map_documents",
    "measure_reuse",
    "view_passages",
]
