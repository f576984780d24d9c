"""Every occurrence of many forms in a text, in one pass."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

_CODE_POINTS = 0x110000
_HASHES, _FACTOR = 1 << 22, 40_503


class FormScanner:
    """Finds every occurrence of every form in a text, and the shortest longer occurrence around it.

    Positions where a form can begin are found by its first two characters, on the whole text at once; there the
    longest form that fits is taken, and every other form that begins there is one of its beginnings.
    """

    def __init__(self, forms: tuple[str, ...]) -> None:
        known = set(forms)
        self.beginnings = {
            form: [form[:size] for size in range(len(form), 0, -1) if form[:size] in known] for form in forms
        }
        self.by_head: dict[str, list[str]] = {}
        for form in sorted(forms, key=lambda name: (-len(name), name)):
            self.by_head.setdefault(form[:2], []).append(form)
        self.alone = np.zeros(_CODE_POINTS, dtype=bool)
        self.heads = np.zeros(_HASHES, dtype=bool)
        for head in self.by_head:
            if len(head) == 1:
                self.alone[ord(head)] = True
            else:
                self.heads[(ord(head[0]) * _FACTOR + ord(head[1])) % _HASHES] = True

    def __call__(self, text: str) -> Iterator[tuple[int, str, str | None]]:
        """Yield the start of each occurrence, its form, and the form around it, or None where it stands free."""
        open_forms: list[tuple[int, str]] = []
        for start in self._candidates(text):
            longest = self._longest(text, start)
            if longest is None:
                continue
            open_forms = [one for one in open_forms if one[0] > start]
            here = [(start + len(form), form) for form in self.beginnings[longest]]
            for number, (end, form) in enumerate(here):
                around = here[number - 1][1] if number else None
                for other_end, other in open_forms:
                    if other_end >= end and (around is None or len(other) < len(around)):
                        around = other
                yield start, form, around
            open_forms += here

    def _candidates(self, text: str) -> list[int]:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
        begins = self.alone[codes]
        begins[:-1] |= self.heads[(codes[:-1] * _FACTOR + codes[1:]) % _HASHES]
        positions: list[int] = np.flatnonzero(begins).tolist()
        return positions

    def _longest(self, text: str, start: int) -> str | None:
        for head in (text[start : start + 2], text[start]):
            for form in self.by_head.get(head, ()):
                if text.startswith(form, start):
                    return form
        return None
