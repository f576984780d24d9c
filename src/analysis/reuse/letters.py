"""A text's letters and digits as numbers, with their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Letters:
    """Code points of a text's letters and digits, and where each stands in the text."""

    codes: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int64]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the text from the letter `start` to the one before `end`."""
        return int(self.places[start]), int(self.places[end - 1]) + 1


def letters_of(text: str) -> Letters:
    """Return a text's letters and digits (Hanzi included) with their places.

    Examples
    --------
    >>> letters_of("依法，行政。").places.tolist()
    [0, 1, 3, 4]
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, place = np.unique(codes, return_inverse=True)
    kept = np.array([chr(code).isalnum() for code in kinds], dtype=bool)
    mask = kept[place] if len(codes) else np.zeros(0, dtype=bool)
    return Letters(codes[mask], np.flatnonzero(mask).astype(np.int64))
