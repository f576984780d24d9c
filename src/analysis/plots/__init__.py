"""Plots: a finding in, Axes out. Nothing is shown and nothing is saved here."""

from __future__ import annotations

from typing import Any

from ..lazy import load_name

_HOMES = {
    "style": ("document_labels",),
    "citation_charts": ("plot_citations",),
    "indicator_charts": ("plot_indicator_density", "plot_percentages"),
    "multiverse_charts": ("plot_choices",),
    "overview_charts": ("plot_cleaning", "plot_document_lengths", "plot_proposals", "plot_term_positions"),
    "keyword_charts": ("plot_keyword_matrix", "plot_keywords", "plot_rank_stability"),
    "word_clouds": ("plot_word_cloud",),
    "panel_charts": ("plot_coverage", "plot_panel"),
    "theme_charts": ("plot_themes",),
    "topic_charts": (
        "plot_consensus",
        "plot_segment_map",
        "plot_topic_counts",
        "plot_topic_shares",
        "plot_topics",
    ),
    "similarity_charts": ("plot_document_map", "plot_reuse", "plot_similarity"),
    "keyness_charts": (
        "plot_effect_and_dispersion",
        "plot_funnel",
        "plot_keyness",
        "plot_vocabulary",
        "plot_word_shift",
    ),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return list(__all__)
