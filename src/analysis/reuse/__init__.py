"""What documents have in common: their vocabulary, and passages that they share."""

from .passage_view import PassageView, view_passages
from .passages import find_shared_passages, measure_reuse
from .similarity import compare_documents

__all__ = [
    "PassageView",
    "compare_documents",
    "find_shared_passages",
    "measure_reuse",
    "view_passages",
]
