"""How the vocabulary of two sets of documents differs: single statistics, and one honest table."""

from .compare import compare_groups, compare_vocabulary
from .comparison import Comparison
from .contrast import Contrast, choose_groups
from .correction import adjust_p
from .correspondence import map_documents
from .intervals import conservative_estimate, log_ratio_interval
from .lockwords import find_lockwords
from .scores import (
    bic,
    chi_squared,
    conservative_log_ratio,
    difference_coefficient,
    fisher_exact,
    g2,
    log_odds_dirichlet,
    log_ratio,
    odds_ratio,
    percent_difference,
    rank_sum,
    simple_maths,
)
from .years import compare_over_years

__all__ = [
    "Comparison",
    "Contrast",
    "adjust_p",
    "bic",
    "chi_squared",
    "choose_groups",
    "compare_groups",
    "compare_over_years",
    "compare_vocabulary",
    "conservative_estimate",
    "conservative_log_ratio",
    "difference_coefficient",
    "find_lockwords",
    "fisher_exact",
    "g2",
    "log_odds_dirichlet",
    "log_ratio",
    "log_ratio_interval",
    "map_documents",
    "odds_ratio",
    "percent_difference",
    "rank_sum",
    "simple_maths",
]
