"""Steps, history and digests: how every number says where it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # cleaning needs steps and digests, and runs where there is no pandas
    import pandas

__all__ = [
    "History",
    "Step",
    "colophon",
    "digest_bytes",
    "digest_json",
    "digest_table",
    "digest_text",
    "digest_texts",
    "table_to_csv",
]


@dataclass(frozen=True)
class Step:
    """One verb that was applied, with the parameters that it was given.

    Examples
    --------
    >>> str(Step("split_corpus", {"unit": "段落"}))
    'split_corpus(unit=段落)'
    """

    verb: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.verb}({inside})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Step, (self.verb, dict(self.parameters)))

    def as_dict(self) -> dict[str, Any]:
        """Return the step as plain types, ready for JSON."""
        return {"verb": self.verb, "parameters": dict(self.parameters)}


History = tuple[Step, ...]

COMPUTING_PACKAGES = ("numpy", "scipy", "pandas", "scikit-learn", "rjieba", "opencc", "matplotlib")
"""Packages whose version can change a number or a pixel."""


def colophon(sources: Sequence[object]) -> str:
    """Return what a reader needs to make a result again: versions, parameters and the history of the data.

    Parameters
    ----------
    sources : sequence
        The notebook's run (with `notebook` and `parameters`) and nouns with a `history`.

    Returns
    -------
    str
        Lines of text; nothing in them depends on time, user or machine.

    Examples
    --------
    >>> class Noun:
    ...     history = (Step("read_corpus", {"documents": 5}), Step("split_corpus", {"unit": "段落"}))
    >>> print(colophon([Noun()]).splitlines()[-1])
      split_corpus(unit=段落)
    """
    versions = ", ".join(f"{name} {version(name)}" for name in COMPUTING_PACKAGES)
    lines = [f"versions: {versions}"]
    for source in sources:
        if hasattr(source, "parameters"):
            given = ", ".join(f"{name}={value!r}" for name, value in dict(source.parameters).items())
            lines.append(f"notebook: {getattr(source, 'notebook', '')} ({given})")
        if hasattr(source, "history"):
            lines += ["history:", *[f"  {step}" for step in source.history]]
    return "\n".join(lines)


def digest_table(table: pandas.DataFrame) -> str:
    """Return the digest of a table as it is written: UTF-8 CSV, LF, floats with 6 decimals."""
    return digest_text(table_to_csv(table))


def table_to_csv(table: pandas.DataFrame) -> str:
    """Return a table as the project writes it: UTF-8 CSV without index, LF, floats with 6 decimals."""
    return table.to_csv(index=False, lineterminator="\n", float_format="%.6f")


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits.

    Examples
    --------
    >>> digest_text("法治")[:8]
    'afd50b77'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_texts(texts: Iterable[str]) -> str:
    """Return one digest for a sequence of texts; their borders count.

    Examples
    --------
    >>> digest_texts(["依法", "治区"]) == digest_texts(["依法治", "区"])
    False
    """
    whole = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.hexdigest()


def digest_json(value: object) -> str:
    """Return the digest of plain data, whatever the order of its keys."""
    return digest_text(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))
