"""How a comparison is made, checked once, and the permutations that came of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import check_choice, explain
from .correction import CORRECTIONS, Correction
from .intervals import INTERVALS, Interval
from .permutation import STATISTICS, Statistic
from .scores import Variance


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a comparison is made: `compare_vocabulary` says what each option means.

    Raises
    ------
    ValueError
        An option is unknown or out of bounds.
    """

    seed: int
    min_count: int = 5
    draws: int = 5000
    correction: Correction = "bh"
    alpha: float = 0.05
    statistic: Statistic = "mean"
    confidence: float = 0.95
    interval: Interval = "gamma_poisson"
    prior_weight: float | None = None
    variance: Variance = "two_term"

    def __post_init__(self) -> None:
        check_choice(self.correction, CORRECTIONS, name="correction")
        check_choice(self.interval, INTERVALS, name="interval")
        check_choice(self.statistic, STATISTICS, name="statistic")
        if self.draws < 1 or self.min_count < 1:
            raise ValueError(
                explain(f"draws is {self.draws}, min_count is {self.min_count}", allowed="1 or more")
            )
        if not 0 < self.alpha < 1:
            raise ValueError(explain(f"alpha is {self.alpha}", allowed="a share above 0 and below 1"))
        if not 0 < self.confidence < 1:
            raise ValueError(explain(f"confidence is {self.confidence}", allowed="a share above 0 and below 1"))


@dataclass(frozen=True)
class Trial:
    """The permutations that one contrast was tried against, by documents or by one of its clusters.

    Parameters
    ----------
    unit : str
        What was permuted: "doc_id", or the column of the cluster.
    arrangements : int
        How many were tried.
    exact : bool
        They are all that exist, and not a sample.
    target_n, reference_n : int
        Units on each side.
    paired : int
        Units with something on both sides, whose parts change places with each other only.
    level : float
        At which p value terms are counted: alpha, or the smallest that so few units allow.
    reached : int
        Terms whose p value is at most the level.
    expected : float
        How many it would be on average if the groups were made by chance.
    reached_high : int
        How many it would be at the most in 95 % of the arrangements.
    overall_p : float
        Share of the arrangements with at least as many: the test of all terms together.
    """

    unit: str
    arrangements: int
    exact: bool
    target_n: int
    reference_n: int
    paired: int
    level: float
    reached: int
    expected: float
    reached_high: int
    overall_p: float
