"""Is a finding firm? Multiverse, bootstrap ranks, intrusion tests, coherence, agreement of coders."""

from ..topics.coherence import npmi_coherence, u_mass_coherence
from .agreement import krippendorff_alpha
from .bootstrap_ranks import rank_stability
from .intrusion import make_intrusion_key, make_intrusion_sheet, score_intrusion
from .multiverse import (
    Specifications,
    build_specifications,
    compare_specifications,
    summarize_ranks,
    weigh_choices,
)
from .pretext import score_specifications

__all__ = [
    "Specifications",
    "build_specifications",
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
]
