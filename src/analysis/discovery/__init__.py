"""New formulations: what a text marks, repeats, or says as formulations are said, and no dictionary has."""

from .accept import accept_terms
from .discover import discover_terms

__all__ = ["accept_terms", "discover_terms"]
