"""New formulations: what a text marks, repeats, or says as formulations are said, and no dictionary has."""

from .discover import discover_terms

__all__ = ["discover_terms"]
