"""What documents have in common: their vocabulary, their place on a map, and passages that they share."""

from .similarity import compare_documents

__all__ = ["compare_documents"]
