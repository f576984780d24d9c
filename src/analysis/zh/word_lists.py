"""Lists of words in `resources/`: read once, each with a version and a digest.

A list that a rule reads decides results as much as the rule's code does, so it has a version line
(`# … version 2`), comments that give reasons, and a digest that goes into the history of whatever was made with
it. Reading needs nothing but the standard library, because the cleaning rules run in a browser too.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VERSION = re.compile(r"\bversion (\d+)\b")


@dataclass(frozen=True)
class WordList:
    """A file of words as it stands in `resources/`.

    Parameters
    ----------
    name : str
        The file's name.
    version : int
        From its first line.
    digest : str
        SHA-256 of its bytes, 12 digits.
    rows : tuple of tuple of str
        Its lines without comments, cut at tabs; a header row is the first one.
    """

    name: str
    version: int
    digest: str
    rows: tuple[tuple[str, ...], ...]

    def sections(self) -> dict[str, tuple[str, ...]]:
        """Return the words of a `.txt` list by the `[name]` that stands above them.

        Examples
        --------
        >>> "见微知著" in load_word_list("traditional_readings.txt").sections()["著 zhù"]
        True
        """
        found: dict[str, tuple[str, ...]] = {}
        name = ""
        for (line,) in self.rows:
            if line.startswith("[") and line.endswith("]"):
                name = line[1:-1]
                found[name] = ()
            else:
                found[name] = (*found[name], *line.split())
        return found


def _read(name: str) -> bytes:
    return (files("analysis") / "resources" / name).read_bytes()


@cache
def digest_word_list(name: str) -> str:
    """Return the SHA-256 of a list as it stands in `resources/`, 12 digits.

    Examples
    --------
    >>> len(digest_word_list("measure_words.tsv"))
    12
    """
    return hashlib.sha256(_read(name)).hexdigest()[:12]


@cache
def load_word_list(name: str) -> WordList:
    """Return a word list of this project, read once.

    Raises
    ------
    ValueError
        Its first line states no version.

    Examples
    --------
    >>> load_word_list("measure_words.tsv").rows[0]
    ('word', 'use', 'not_before', 'parted')
    """
    data = _read(name)
    lines = data.decode("utf-8").splitlines()
    version = _VERSION.search(lines[0]) if lines and lines[0].startswith("#") else None
    if version is None:
        raise ValueError(
            f"the first line of resources/{name} must be a comment with its version: # …, version 1"
        )
    rows = tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))
    return WordList(name, int(version[1]), digest_word_list(name), rows)
