"""Topics of a document-term matrix of segments: fitted many times, matched, and reported with their stability."""

from .coherence import npmi_coherence, u_mass_coherence
from .fit import fit_topics
from .intrusion import krippendorff_alpha, make_intrusion_key, make_intrusion_sheet, score_intrusion
from .model import TopicModel
from .naming import label_topics, tabulate_labels
from .panel import compare_topic_counts
from .segment_map import map_segments
from .sentences import find_representative_sentences

__all__ = [
    "TopicModel",
    "compare_topic_counts",
    "find_representative_sentences",
    "fit_topics",
    "krippendorff_alpha",
    "label_topics",
    "make_intrusion_key",
    "make_intrusion_sheet",
    "map_segments",
    "npmi_coherence",
    "score_intrusion",
    "tabulate_labels",
    "u_mass_coherence",
]
