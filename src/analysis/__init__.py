"""Reproducible text analysis of Chinese governance speeches and reports.

bytes → Corpus → (cleaned) Corpus → Tokens → DocumentTermMatrix → table → figure

What most analyses need stands here, under eight headings. The rest stands in its own package: single statistics
in `analysis.keyness` and `analysis.dispersion`, plots in `analysis.plots`, checks of robustness in
`analysis.validation`, and less common verbs beside their neighbours in `analysis.cleaning`, `analysis.words`,
`analysis.keywords`, `analysis.topics`, `analysis.reuse`, `analysis.discovery` and `analysis.concordance`.
Columns and arguments are explained in `docs/columns.md`.
"""

from __future__ import annotations

import textwrap
import warnings
from pkgutil import resolve_name
from typing import Any

from .lazy import load_name

__version__ = "0.2.0"

_HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "Files and corpora": {
        "corpus": ("Corpus", "read_corpus", "subset_corpus", "split_corpus"),
        "ingest": ("read_document", "decode_bytes", "recognise_double_decoding"),
        "structure": ("parse_structure",),
        "places": ("find_places",),
        "errors": ("CorpusError",),
    },
    "Cleaning": {
        "cleaning.clean": ("clean_corpus", "explain_cleaning"),
        "cleaning.clean_text": ("clean_and_explain",),
        "cleaning.plan": ("apply_plan",),
        "cleaning.corrections": ("read_corrections",),
    },
    "Words": {
        "words.segment": ("segment", "segment_text", "make_segmenter"),
        "words.tokens": ("Tokens", "remove_tokens", "keep_word_tokens", "compound_tokens"),
        "words.terms": ("load_terms", "load_stop_words"),
    },
    "Counts": {
        "matrix": ("DocumentTermMatrix", "count_terms", "trim_dtm", "group_dtm", "weight_dtm"),
    },
    "Terms in the texts": {
        "concordance": (
            "keyword_in_context",
            "find_collocates",
            "locate_terms",
            "count_nested",
            "view_sentences",
        ),
        "concordance.tracking": ("track_terms",),
        "concordance.themes": ("load_themes", "count_themes"),
        "discovery": ("discover_terms",),
        "indicators": ("find_indicators", "count_indicators"),
        "citations": ("find_citations",),
    },
    "Topics and panels": {
        "panel": ("Panel", "build_panel", "load_measures", "export_panel", "join_data"),
        "topics": (
            "TopicModel",
            "fit_topics",
            "compare_topic_counts",
            "label_topics",
            "find_representative_sentences",
        ),
    },
    "Differences and likeness": {
        "keywords": ("rank_keywords",),
        "keyness": ("Contrast", "Comparison", "choose_groups", "compare_vocabulary", "find_lockwords"),
        "reuse": ("compare_documents", "find_shared_passages", "measure_reuse", "view_passages"),
    },
    "Notebooks and figures": {
        "notebooks": ("notebook_run", "check_parameters"),
        "errors": ("ParameterError",),
        "provenance": ("colophon",),
        "figures": ("save_figure",),
    },
}
"""Every name at the top, by heading and by the module that defines it. At most 70: more cannot be learnt."""

_MOVED = {
    "commands.add": ("add_files",),
    "cleaning": ("CleanedText", "count_changes", "rule_labels", "view_changes"),
    "words": (
        "Segmenter",
        "compare_segmentations",
        "document_lengths",
        "report_term_retention",
        "terms_digest",
    ),
    "keywords": ("keyword_matrix", "pick_terms"),
    "provenance": ("Step",),
    "figures": ("FigureRecord",),
    "notebooks": ("NotebookRun", "Parameter", "declared_parameters"),
    "topics": ("map_segments", "tabulate_labels"),
    "keyness": (
        "bic",
        "chi_squared",
        "compare_groups",
        "compare_over_years",
        "conservative_log_ratio",
        "difference_coefficient",
        "fisher_exact",
        "g2",
        "log_odds_dirichlet",
        "log_ratio",
        "map_documents",
        "odds_ratio",
        "percent_difference",
        "simple_maths",
    ),
    "dispersion": ("carroll_d2", "deviation_of_proportions", "juilland_d", "rosengren_s"),
    "validation": (
        "compare_specifications",
        "krippendorff_alpha",
        "make_intrusion_key",
        "make_intrusion_sheet",
        "npmi_coherence",
        "rank_stability",
        "score_intrusion",
        "score_specifications",
        "summarize_ranks",
        "u_mass_coherence",
        "weigh_choices",
    ),
    "plots": (
        "document_labels",
        "plot_choices",
        "plot_cleaning",
        "plot_consensus",
        "plot_document_lengths",
        "plot_document_map",
        "plot_effect_and_dispersion",
        "plot_funnel",
        "plot_indicator_density",
        "plot_keyness",
        "plot_keyword_matrix",
        "plot_keywords",
        "plot_percentages",
        "plot_proposals",
        "plot_rank_stability",
        "plot_reuse",
        "plot_segment_map",
        "plot_similarity",
        "plot_term_positions",
        "plot_themes",
        "plot_topic_counts",
        "plot_topic_shares",
        "plot_topics",
        "plot_vocabulary",
        "plot_word_cloud",
        "plot_word_shift",
    ),
}
"""Names that stood at the top in version 0.1.0 and now stand in these modules under the same name."""
_RENAMED = {
    "Groups": "Contrast",
    "accept_terms": "discovery.extend_dictionary",
    "describe_comparison": "keyness.Comparison.describe",
}
"""Names of version 0.1.0 that now have another: the old one and, from `analysis` on, the new one."""

_NOW = {name: f"{module}.{name}" for module, names in _MOVED.items() for name in names} | _RENAMED
_NAMES = {
    heading: tuple(name for names in homes.values() for name in names) for heading, homes in _HEADINGS.items()
}
__all__ = sorted(name for names in _NAMES.values() for name in names)
__doc__ += "".join(
    f"\n{heading}\n"
    + textwrap.fill(", ".join(names), 100, initial_indent="    ", subsequent_indent="    ")
    + "\n"
    for heading, names in _NAMES.items()
)


def __getattr__(name: str) -> Any:
    if name in _NOW:
        said = f"analysis.{name} is now analysis.{_NOW[name]}; the old name goes with the next version"
        warnings.warn(said, FutureWarning, stacklevel=2)
        return resolve_name(f"{__name__}.{_NOW[name]}")
    for homes in _HEADINGS.values():
        if any(name in names for names in homes.values()):
            return load_name(__name__, homes, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
