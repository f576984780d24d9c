"""Digests of texts, bytes and plain data: what is the same has the same one, on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits.

    Examples
    --------
    >>> digest_text("法治")[:8]
    'afd50b77'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_texts(texts: Iterable[str]) -> str:
    """Return one digest for a sequence of texts; their borders count.

    Examples
    --------
    >>> digest_texts(["依法", "治区"]) == digest_texts(["依法治", "区"])
    False
    """
    whole = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.hexdigest()


def digest_json(value: object) -> str:
    """Return the digest of plain data, whatever the order of its keys."""
    return digest_text(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))
