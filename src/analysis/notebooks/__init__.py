"""Notebooks with checked parameters: what they declare, and how they are run."""

from .parameters import NotebookRun, Parameter, check_parameters, declared_parameters, notebook_run

__all__ = ["NotebookRun", "Parameter", "check_parameters", "declared_parameters", "notebook_run"]
