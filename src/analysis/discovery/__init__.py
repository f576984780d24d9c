"""New formulations: what a text marks, repeats, or says as formulations are said, and no dictionary has."""

from .discover import accept_terms, discover_terms

__all__ = ["accept_terms", "discover_terms"]
