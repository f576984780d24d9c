"""Topics of a document-term matrix of segments: fitted many times, matched, and reported with their stability."""

from .coherence import npmi_coherence, u_mass_coherence
from .fit import fit_topics
from .representative_sentences import find_representative_sentences
from .segment_map import map_segments
from .topic_counts import compare_topic_counts
from .topic_model import TopicModel
from .topic_names import label_topics, tabulate_labels

__all__ = [
    "TopicModel",
    "compare_topic_counts",
    "find_representative_sentences",
    "fit_topics",
    "label_topics",
    "map_segments",
    "npmi_coherence",
    "tabulate_labels",
    "u_mass_coherence",
]
