"""One notebook in a kernel of its own, run by papermill, and what went wrong if it did."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from ..errors import explain
from .parameters import read_cells

_kernels: set[Any] = set()
_lock = Lock()


class NotebookFailed(RuntimeError):
    """A cell of a notebook raised an error, or its kernel died."""


def import_papermill() -> Any:
    """Return papermill, imported without the check of IRIs that jsonschema makes if it finds a package for it.

    No notebook holds an IRI, and that package takes longer to import than all the rest together.
    """
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        import papermill

        return papermill
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        import papermill
    finally:
        del sys.modules["rfc3987_syntax"]
    return papermill


def execute_notebook(path: Path, *, values: Mapping[str, Any], environment: Mapping[str, str]) -> Any:
    """Return a notebook as executed with the given values of its parameters, an nbformat notebook.

    Parameters
    ----------
    path : Path
        The notebook. It is read, never written; the kernel works in its folder, as in JupyterLab.
    values : mapping
        Checked values for the parameters; if there are none, the notebook runs as it stands.
    environment : mapping
        Environment variables for the kernel, in addition to our own.

    Raises
    ------
    NotebookFailed
        Names the cell by number, execution count and first line, and the error.
    """
    papermill = import_papermill()
    from jupyter_client.manager import AsyncKernelManager
    from nbclient.exceptions import DeadKernelError

    own = {"env": {**os.environ, **environment}, "cwd": str(path.parent)}
    started: list[Any] = []

    class Kernel(AsyncKernelManager):
        """A kernel with an environment of its own, known to us so that it can be ended."""

        async def start_kernel(self, **more: Any) -> None:  # type: ignore[override]
            self.transport_encryption = "auto"  # silences a notice on standard error
            started.append(self)
            with _lock:
                _kernels.add(self)
            await super().start_kernel(**{**more, **own})

    try:
        executed = papermill.execute_notebook(
            str(path).replace("{", "{{").replace("}", "}}"),
            None,
            parameters=dict(values),
            kernel_name="python3",
            progress_bar=False,
            start_timeout=300,
            kernel_manager_class=Kernel,
            shutdown_kernel="immediate",
        )
    except papermill.PapermillExecutionError as error:
        raise NotebookFailed(_failure(path, error, injected=bool(values))) from None
    except (DeadKernelError, RuntimeError) as error:
        raise NotebookFailed(
            explain(
                f"the kernel of {path.stem} died: {str(error).splitlines()[0]}", todo="is the memory enough?"
            )
        ) from None
    finally:
        for kernel in started:
            _end(kernel)
    executed.metadata.pop("papermill", None)
    return executed


def _end(kernel: Any) -> None:
    """End a kernel's process and all that it started. Its results are in already."""
    with _lock:
        _kernels.discard(kernel)
    provisioner = kernel.provisioner
    process = getattr(provisioner, "process", None)
    if process is None:
        return
    with suppress(OSError):
        group = getattr(provisioner, "pgid", None)
        if group and hasattr(os, "killpg"):
            os.killpg(group, signal.SIGKILL)
        else:
            process.kill()
    with suppress(Exception):
        process.wait(5)


def end_all() -> None:
    """End every kernel that is running, for an interrupted run."""
    for kernel in list(_kernels):
        _end(kernel)


def _failure(path: Path, error: Any, *, injected: bool) -> str:
    """Return the message for a failing cell, numbered as in the file, not as papermill counts."""
    cells = read_cells(path)
    index = error.cell_index
    tagged = [
        number for number, cell in enumerate(cells) if "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if injected and tagged and index > tagged[0]:
        index -= 1
    lines = [line for line in str(error.source).splitlines() if line.strip()]
    first = lines[0] if lines else ""
    return explain(
        f"{path.stem} failed in cell {index + 1} of {len(cells)} (In [{error.exec_count}]): {first}",
        where=str(path),
        todo=f"{error.ename}: {error.evalue}".replace("\n", "\n  "),
    ).replace("\n  next: ", "\n  error: ")
