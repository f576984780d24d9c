"""Every quantity in the texts, with its unit, what it measures, its standing and its sentence."""

from ..zh.numerals import parse_number
from .context import QuantityAnnotation, read_sentence
from .quantities import Quantity, find_quantities
from .table import COLUMNS, count_indicators, find_indicators

__all__ = [
    "COLUMNS",
    "Quantity",
    "QuantityAnnotation",
    "count_indicators",
    "find_indicators",
    "find_quantities",
    "parse_number",
    "read_sentence",
]
