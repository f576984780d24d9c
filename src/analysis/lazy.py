"""Names that a package hands on, each loaded when it is first used.

`import analysis` must cost nothing and print nothing, and a plot must be importable without topics: so no face
of a package imports the modules behind it. Python asks a module's `__getattr__` for what it does not find.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any


def load_name(package: str, homes: Mapping[str, tuple[str, ...]], name: str) -> Any:
    """Return a public name of a package from the module that defines it, and keep it there for the next time.

    >>> load_name("analysis", {"errors": ("CorpusError",)}, "CorpusError").__name__
    'CorpusError'
    """
    for module, names in homes.items():
        if name in names:
            value = getattr(import_module(f"{package}.{module}"), name)
            setattr(sys.modules[package], name, value)
            return value
    raise AttributeError(f"module {package!r} has no attribute {name!r}")
