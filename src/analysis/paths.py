"""Project paths, resolved relative to the package so that the working directory does not matter."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The library."""
PROJECT = PACKAGE.parents[1]
"""The root of the checkout."""
CORPUS = PROJECT / "corpus"
"""The default corpus."""
NOTEBOOKS = PROJECT / "notebooks"
"""The notebooks."""
RESOURCES = PACKAGE / "resources"
"""Terms, stop words, themes: data with a version."""
BUILD = PROJECT / "build"
"""Executed notebooks and everything else that can be made again."""
FIGURES_VARIABLE = "ANALYSIS_FIGURES"
"""Environment variable by which the runner sends a notebook's figures to a folder of its own."""
NOTEBOOKS_VARIABLE = "ANALYSIS_NOTEBOOKS"
"""Environment variable that names another folder of notebooks."""
BUILD_VARIABLE = "ANALYSIS_BUILD"
"""Environment variable that names another folder for what can be made again."""


def figures_folder() -> Path:
    """Return the folder that figures are written to: `figures/`, unless the runner named another."""
    return Path(os.environ.get(FIGURES_VARIABLE) or PROJECT / "figures")


def notebooks_folder() -> Path:
    """Return the folder of the notebooks: `notebooks/`, unless the environment names another."""
    return Path(os.environ.get(NOTEBOOKS_VARIABLE) or NOTEBOOKS)


def build_folder() -> Path:
    """Return the folder of what can be made again: `build/`, unless the environment names another."""
    return Path(os.environ.get(BUILD_VARIABLE) or BUILD)


def from_project(path: str | Path) -> Path:
    """Return `path` as an absolute path; a relative one counts from the project's root."""
    given = Path(path).expanduser()
    return given if given.is_absolute() else PROJECT / given
