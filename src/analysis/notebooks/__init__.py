"""Notebooks with checked parameters: what they declare, and how they are run."""

from .parameter_values import Parameter
from .parameters import NotebookRun, check_parameters, declared_parameters, notebook_run

__all__ = ["NotebookRun", "Parameter", "check_parameters", "declared_parameters", "notebook_run"]
