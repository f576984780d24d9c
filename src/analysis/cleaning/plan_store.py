"""Plans kept on disk, so that a torn text is repaired once and not in every notebook.

Nothing is kept unless a store is passed. A plan is found again by the digest of the raw text, of the rules, of this
package's code and word lists, and of the versions of what it stands on; it is replayed on the raw text, which checks it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .. import paths
from ..provenance import digest_bytes, digest_json, digest_text
from .plan import Plan, plan_from_json, plan_to_json

STANDS_ON = ("opencc", "pypinyin", "jieba")
"""Packages whose tables decide what a rule finds."""


@dataclass(frozen=True)
class PlanStore:
    """A folder of cleaning plans, one file a text.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from analysis import clean_and_explain
    >>> with TemporaryDirectory() as folder:
    ...     store = PlanStore(Path(folder))
    ...     text = clean_and_explain("依法治區(qū)", store=store).text
    ...     text, store.find("依法治區(qū)", rules=["script"]) is None
    ('依法治区', True)
    """

    folder: Path

    def find(self, text: str, *, rules: Sequence[str]) -> Plan | None:
        """Return the plan that was kept for a text, or None if there is none that can be read."""
        try:
            return plan_from_json(self._path(text, rules).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def keep(self, text: str, *, rules: Sequence[str], plan: Plan) -> None:
        """Keep a plan, complete or not at all. A folder that cannot be written to keeps nothing."""
        path = self._path(text, rules)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(plan_to_json(plan), encoding="utf-8")
            part.replace(path)
        except OSError:
            return  # a cache that is full or read-only must not stop the cleaning

    def _path(self, text: str, rules: Sequence[str]) -> Path:
        return self.folder / f"{digest_json([digest_text(text), list(rules), _code()])}.json"


@cache
def _code() -> str:
    """Return one digest of everything that a plan depends on besides the text and the rules' names."""
    # Every list and not only those that the rules name: a wrong plan costs more than a text repaired again.
    code = [*(paths.PACKAGE / "cleaning").rglob("*.py"), *(paths.PACKAGE / "zh").glob("*.py")]
    files = sorted([*code, *paths.RESOURCES.glob("*.tsv"), *paths.RESOURCES.glob("*.txt")])
    parts = [[file.name, digest_bytes(file.read_bytes())] for file in files]
    return digest_json([parts, [version(name) for name in STANDS_ON]])
