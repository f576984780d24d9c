"""How a comparison is made, checked once, and the permutations that came of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import check_choice, explain
from .correction import CORRECTIONS, Correction
from .intervals import INTERVALS, Interval
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
    confidence: float = 0.95
    interval: Interval = "gamma_poisson"
    prior_weight: float | None = None
    variance: Variance = "two_term"

    def __post_init__(self) -> None:
        check_choice(self.correction, CORRECTIONS, name="correction")
        check_choice(self.interval, INTERVALS, name="interval")
        if self.draws < 1 or self.min_count < 1:
            raise ValueError(
                explain(f"draws is {self.draws}, min_count is {self.min_count}", allowed="1 or more")
            )
        if not 0 < self.confidence < 1:
            raise ValueError(explain(f"confidence is {self.confidence}", allowed="a share above 0 and below 1"))


@dataclass(frozen=True)
class Trial:
    """The permutations that one contrast was tried against.

    Parameters
    ----------
    arrangements : int
        How many were tried.
    exact : bool
        They are all that exist, and not a sample.
    paired_n_docs : int
        Documents with segments on both sides, whose parts change places with each other only.
    """

    arrangements: int
    exact: bool
    paired_n_docs: int
