"""New formulations (提法): proposals from the texts that the dictionary does not have."""

from .discover import discover_terms, extend_dictionary

__all__ = ["discover_terms", "extend_dictionary"]
