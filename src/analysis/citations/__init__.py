"""Who cites what: every 《title》 and document number, what is done with it, and which document it is."""

from .citation_network import CitationNetwork, build_network, export_network, pagerank
from .citation_table import CERTAINTIES, COLUMNS, KINDS, RELATIONS, find_citations

__all__ = [
    "CERTAINTIES",
    "COLUMNS",
    "KINDS",
    "RELATIONS",
    "CitationNetwork",
    "build_network",
    "export_network",
    "find_citations",
    "pagerank",
]
