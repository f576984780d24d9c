"""Topics of a document-term matrix of segments: fitted many times, matched, and reported with their stability."""

from .coherence import npmi_coherence, u_mass_coherence
from .fit import fit_topics
from .model import TopicModel
from .panel import compare_topic_counts

__all__ = [
    "TopicModel",
    "compare_topic_counts",
    "fit_topics",
    "npmi_coherence",
    "u_mass_coherence",
]
