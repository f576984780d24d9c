"""Cleaning: one rule a module; a plan that explains and replays."""

from __future__ import annotations

from typing import Any

from ..lazy import load_name

_HOMES = {
    "clean": ("clean_corpus", "count_changes", "explain_cleaning"),
    "clean_text": ("CleanedText", "clean_and_explain", "rule_labels"),
    "comparison_page": ("view_changes",),
    "corrections": ("read_corrections",),
    "plan": ("apply_plan",),
    "plan_store": ("PlanStore",),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    return load_name(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return list(__all__)
