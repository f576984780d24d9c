"""Files that people have → raw text, with what was found out about it."""

from __future__ import annotations

from .decoding import Decoded, decode_bytes
from .documents import read_document
from .double_decoding import DoubleDecoding, recognise_double_decoding
from .raw_document import RawDocument

__all__ = [
    "Decoded",
    "DoubleDecoding",
    "RawDocument",
    "decode_bytes",
    "read_document",
    "recognise_double_decoding",
]
