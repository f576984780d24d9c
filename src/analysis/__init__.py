"""Reproducible text analysis of Chinese governance speeches and reports.

bytes → Corpus → (cleaned) Corpus → Tokens → DocumentTermMatrix → table → figure

Every public name below is imported from its module when it is first used, so that `import analysis` costs
nothing and prints nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "corpus": (
        "Corpus",
        "read_corpus",
        "subset_corpus",
        "split_corpus",
    ),
    "errors": (
        "CorpusError",
        "ParameterError",
    ),
    "commands.add": ("add_files",),
    "ingest": (
        "decode_bytes",
        "read_document",
        "recognise_double_decoding",
    ),
    "cleaning.clean": (
        "count_changes",
        "rule_labels",
        "CleanedText",
        "clean_and_explain",
        "clean_corpus",
        "explain_cleaning",
    ),
    "cleaning.corrections": ("read_corrections",),
    "cleaning.plan": ("apply_plan",),
    "cleaning.comparison_page": ("view_changes",),
    "structure": ("parse_structure",),
    "words.terms": (
        "load_terms",
        "load_stop_words",
        "terms_digest",
    ),
    "words.segment": (
        "Segmenter",
        "make_segmenter",
        "segment",
        "segment_text",
    ),
    "words.tokens": (
        "compound_tokens",
        "Tokens",
        "document_lengths",
        "remove_tokens",
        "keep_word_tokens",
    ),
    "discovery": (
        "accept_terms",
        "discover_terms",
    ),
    "concordance.themes": (
        "load_themes",
        "count_themes",
    ),
    "concordance.tracking": ("track_terms",),
    "words.retention": ("report_term_retention",),
    "words.segmentation_differences": ("compare_segmentations",),
    "provenance": (
        "Step",
        "colophon",
    ),
    "matrix": (
        "DocumentTermMatrix",
        "count_terms",
        "trim_dtm",
        "group_dtm",
        "weight_dtm",
    ),
    "keywords": (
        "rank_keywords",
        "keyword_matrix",
        "pick_terms",
    ),
    "keyness": (
        "Groups",
        "choose_groups",
        "compare_vocabulary",
        "compare_groups",
        "compare_over_years",
        "describe_comparison",
        "map_documents",
        "find_lockwords",
        "g2",
        "chi_squared",
        "fisher_exact",
        "log_ratio",
        "conservative_log_ratio",
        "percent_difference",
        "odds_ratio",
        "log_odds_dirichlet",
        "bic",
        "difference_coefficient",
        "simple_maths",
    ),
    "dispersion": (
        "deviation_of_proportions",
        "juilland_d",
        "carroll_d2",
        "rosengren_s",
    ),
    "indicators": (
        "count_indicators",
        "find_indicators",
    ),
    "concordance": (
        "keyword_in_context",
        "count_nested",
        "locate_terms",
        "view_sentences",
    ),
    "figures": (
        "FigureRecord",
        "save_figure",
    ),
    "plots.style": ("document_labels",),
    "plots.indicator_charts": (
        "plot_indicator_density",
        "plot_percentages",
    ),
    "plots.multiverse_charts": ("plot_choices",),
    "plots.overview_charts": (
        "plot_proposals",
        "plot_document_lengths",
        "plot_term_positions",
        "plot_cleaning",
    ),
    "plots.keyword_charts": (
        "plot_keywords",
        "plot_keyword_matrix",
        "plot_rank_stability",
    ),
    "plots.word_clouds": ("plot_word_cloud",),
    "plots.theme_charts": ("plot_themes",),
    "plots.topic_charts": (
        "plot_topics",
        "plot_topic_shares",
        "plot_segment_map",
        "plot_topic_counts",
        "plot_consensus",
    ),
    "plots.similarity_charts": (
        "plot_similarity",
        "plot_reuse",
        "plot_document_map",
    ),
    "plots.keyness_charts": (
        "plot_keyness",
        "plot_vocabulary",
        "plot_word_shift",
        "plot_funnel",
        "plot_effect_and_dispersion",
    ),
    "notebooks": (
        "NotebookRun",
        "Parameter",
        "check_parameters",
        "declared_parameters",
        "notebook_run",
    ),
    "validation": (
        "compare_specifications",
        "summarize_ranks",
        "weigh_choices",
        "score_specifications",
        "rank_stability",
        "make_intrusion_sheet",
        "make_intrusion_key",
        "score_intrusion",
        "krippendorff_alpha",
    ),
    "reuse": (
        "compare_documents",
        "find_shared_passages",
        "measure_reuse",
        "view_passages",
    ),
    "topics": (
        "TopicModel",
        "fit_topics",
        "compare_topic_counts",
        "label_topics",
        "tabulate_labels",
        "map_segments",
        "find_representative_sentences",
        "npmi_coherence",
        "u_mass_coherence",
    ),
}
_HOME = {name: module for module, names in _PUBLIC.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
