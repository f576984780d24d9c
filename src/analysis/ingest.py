"""Files that people have → raw text, with what was found out about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .errors import CorpusError, explain


@dataclass(frozen=True)
class Decoded:
    """A text read from bytes: the text, the encoding, and whether that was declared, certain or likely."""

    text: str
    encoding: str
    certainty: Literal["declared", "certain", "likely"]


def decode_bytes(data: bytes, *, declared: str | None = None, name: str = "") -> Decoded:
    """Return the text of bytes in a declared encoding, or in UTF-8 if none is declared.

    Examples
    --------
    >>> decode_bytes("依法行政".encode("gb18030"), declared="gb18030").text
    '依法行政'
    """
    encoding = declared or "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(
            explain(
                f"byte {data[error.start]:#04x} is not {encoding}",
                where=f"{name}, line {data[: error.start].count(10) + 1}, offset {error.start}",
            )
        ) from None
    return Decoded(text, encoding, "declared" if declared else "certain")
