"""Place × year × measure: the table that a regression reads, with its codebook, its coverage and its files."""

from __future__ import annotations

from typing import Any

from ..lazy import load_name

_HOMES = {
    "panel_table": ("Panel",),
    "build": ("build_panel",),
    "measures": ("choose_measures", "load_measures"),
    "export": ("export_panel",),
    "join": ("join_data",),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return list(__all__)
