"""Plans kept on disk for one run of many notebooks, so that a torn text is repaired once and not eight times.

Only the runner asks for it, by an environment variable that names a folder under `build/`. A plan is found again
by the digest of the raw text, of the rules, of this package's code and data, and of the versions of what it
stands on; it is replayed on the raw text, which checks it. Without the variable nothing is read or written.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .. import paths
from ..provenance import digest_bytes, digest_json, digest_text
from .plan import Plan, plan_from_json, plan_to_json

STANDS_ON = ("opencc", "pypinyin", "jieba")


def stored_plan(text: str, *, rules: Sequence[str]) -> Plan | None:
    """Return the plan that was kept for a text, or None."""
    path = _path(text, rules)
    if path is None:
        return None
    try:
        return plan_from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def keep_plan(text: str, *, rules: Sequence[str], plan: Plan) -> None:
    """Keep a plan, complete or not at all."""
    path = _path(text, rules)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(plan_to_json(plan), encoding="utf-8")
    part.replace(path)


def _path(text: str, rules: Sequence[str]) -> Path | None:
    folder = os.environ.get(paths.PLANS_VARIABLE)
    if not folder:
        return None
    return Path(folder) / f"{digest_json([digest_text(text), list(rules), _code()])}.json"


@cache
def _code() -> str:
    """One digest for everything that a plan depends on besides the text and the rules' names."""
    # Every list and not only those that the rules name: a wrong plan costs more than a text repaired again.
    code = [*(paths.PACKAGE / "cleaning").rglob("*.py"), *(paths.PACKAGE / "zh").glob("*.py")]
    files = sorted([*code, *paths.RESOURCES.glob("*.tsv"), *paths.RESOURCES.glob("*.txt")])
    parts = [[file.name, digest_bytes(file.read_bytes())] for file in files]
    return digest_json([parts, [version(name) for name in STANDS_ON]])
