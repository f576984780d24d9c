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
    "corpus": ("Corpus", "read_corpus", "subset_corpus", "split_corpus"),
    "errors": ("CorpusError", "ParameterError"),
    "ingest": ("add_files", "decode_bytes", "read_document", "recognise_double_decoding"),
    "cleaning.audit": ("count_changes", "rule_labels"),
    "cleaning.clean": ("CleanedText", "clean_and_explain"),
    "cleaning.corrections": ("read_corrections",),
    "cleaning.plan": ("apply_plan",),
    "cleaning.view": ("view_changes",),
    "cleaning.verbs": ("clean_corpus", "explain_cleaning"),
    "structure": ("parse_structure",),
    "terms": ("load_terms", "load_stop_words", "terms_digest"),
    "segmentation": ("Segmenter", "make_segmenter", "segment", "segment_text"),
    "compounds": ("compound_tokens",),
    "discovery": ("accept_terms", "discover_terms"),
    "themes": ("load_themes", "count_themes"),
    "tracking": ("track_terms",),
    "retention": ("report_term_retention", "compare_segmentations"),
    "provenance": ("Step", "colophon"),
    "tokens": ("Tokens", "document_lengths", "remove_tokens", "keep_word_tokens"),
    "dtm": ("DocumentTermMatrix", "count_terms", "trim_dtm", "group_dtm", "weight_dtm"),
    "keywords": ("rank_keywords", "keyword_matrix", "pick_terms", "rank_stability"),
    "keyness": (
        "Groups",
        "choose_groups",
        "compare_vocabulary",
        "compare_groups",
        "compare_over_years",
        "describe_comparison",
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
    "dispersion": ("deviation_of_proportions", "juilland_d", "carroll_d2", "rosengren_s"),
    "indicators": (
        "count_indicators",
        "find_indicators",
    ),
    "concordance": ("keyword_in_context", "count_nested", "locate_terms", "view_sentences"),
    "figures": ("FigureRecord", "save_figure"),
    "plots.style": ("document_labels",),
    "plots.indicators": ("plot_indicator_density", "plot_percentages"),
    "plots.robustness": ("plot_choices",),
    "plots.proposals": ("plot_proposals",),
    "plots.overview": ("plot_document_lengths", "plot_term_positions", "plot_cleaning"),
    "plots.keywords": ("plot_keywords", "plot_keyword_matrix", "plot_rank_stability"),
    "plots.clouds": ("plot_word_cloud",),
    "plots.themes": ("plot_themes",),
    "plots.topics": (
        "plot_topics",
        "plot_topic_shares",
        "plot_segment_map",
        "plot_topic_counts",
        "plot_consensus",
    ),
    "plots.similarity": ("plot_similarity", "plot_reuse", "plot_document_map"),
    "plots.keyness": (
        "plot_keyness",
        "plot_vocabulary",
        "plot_word_shift",
    ),
    "plots.effects": ("plot_funnel", "plot_effect_and_dispersion"),
    "notebooks": ("NotebookRun", "Parameter", "check_parameters", "declared_parameters", "notebook_run"),
    "robustness": (
        "compare_specifications",
        "summarize_ranks",
        "weigh_choices",
        "score_specifications",
    ),
    "reuse": (
        "compare_documents",
        "map_documents",
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
        "make_intrusion_sheet",
        "make_intrusion_key",
        "score_intrusion",
        "krippendorff_alpha",
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
