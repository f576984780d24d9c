"""Text → tokens: the noun, the dictionary, engines, rules for single tokens, and how whole terms stay."""

from __future__ import annotations

from typing import Any

from ..lazy import load_name

_HOMES = {
    "retention": ("report_term_retention",),
    "segment": ("Segmenter", "make_segmenter", "segment_text"),
    "segmentation_differences": ("compare_segmentations",),
    "terms": ("load_stop_words", "load_terms", "terms_digest"),
    "tokens": ("Tokens", "compound_tokens", "document_lengths", "keep_word_tokens", "remove_tokens"),
}
"""The function `segment` is missing: the module of that name stands here, and the function at the top."""
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return list(__all__)
