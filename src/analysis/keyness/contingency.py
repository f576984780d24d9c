"""The two-by-two table that the single statistics share: check it, and give back what was asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import explain

Floats = npt.NDArray[np.float64]
Numbers = Any
"""A number, or anything that NumPy makes an array of numbers from."""


def read_table(
    target_count: Numbers, reference_count: Numbers, target_total: Numbers, reference_total: Numbers
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the four inputs as arrays of one shape, of one entry for single numbers.

    Raises
    ------
    ValueError
        A number is negative or missing, a total is zero, or a count is larger than its total.
    """
    given = (target_count, reference_count, target_total, reference_total)
    a, b, n1, n2 = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value, dtype=np.float64)) for value in given))
    for name, values in (
        ("target_count", a),
        ("reference_count", b),
        ("target_total", n1),
        ("reference_total", n2),
    ):
        wrong = ~(values >= 0)
        if wrong.any():
            raise ValueError(
                explain(f"{name} holds {values[wrong].flat[0]:g}", allowed="numbers that are zero or more")
            )
    for side, count, total in (("target", a, n1), ("reference", b, n2)):
        if (total == 0).any():
            raise ValueError(
                explain(
                    f"{side}_total is 0", allowed="a number of tokens above zero", todo="leave out empty texts"
                )
            )
        if (count > total).any():
            index = np.flatnonzero((count > total).ravel())[0]
            raise ValueError(
                explain(
                    f"{side}_count {count.ravel()[index]:g} is larger than {side}_total {total.ravel()[index]:g}",
                    allowed="a count of at most the total",
                )
            )
    return a, b, n1, n2


def give_back(values: npt.NDArray[Any], *given: Numbers) -> Any:
    """Return a float if all inputs were single numbers, else the array."""
    return float(values.item()) if all(np.ndim(value) == 0 for value in given) else values


def divide(upper: npt.NDArray[Any], lower: npt.NDArray[Any]) -> Floats:
    """Return upper / lower; infinite where only the lower is zero, missing where both are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.true_divide(upper, lower), dtype=np.float64)
