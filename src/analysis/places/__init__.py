"""Names of places → division codes (GB/T 2260) by year, with their parents and their level."""

from __future__ import annotations

from typing import Any

from ..lazy import load_name

_HOMES = {
    "places_table": ("find_places", "places_in_text"),
    "proposal": ("PlaceProposal", "propose_place"),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return list(__all__)
