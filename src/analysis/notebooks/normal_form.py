"""The form in which notebooks are committed: outputs kept, everything that changes by itself left out."""

from __future__ import annotations

import copy
from typing import Any

from ..provenance import digest_text

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}


def normal_form(notebook: Any) -> Any:
    """Return an executed notebook in normal form, as a new notebook.

    Cells are numbered 1, 2, … in order; of the metadata only the tags, the kernel and the language stay; an
    identifier stays as it is, or is made from the cell's text; text that arrived in pieces is one piece; the
    cell that papermill adds is left out.

    Parameters
    ----------
    notebook : nbformat notebook

    Returns
    -------
    nbformat notebook
        The normal form of the normal form is the same.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> raw = new_notebook(cells=[new_code_cell("'依法行政'", execution_count=7)])
    >>> normal_form(raw).cells[0].execution_count
    1
    """
    result = copy.deepcopy(notebook)
    result.metadata.clear()
    result.metadata.update({"kernelspec": dict(KERNEL), "language_info": dict(LANGUAGE)})
    result.nbformat, result.nbformat_minor = 4, 5
    result.cells = [cell for cell in result.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    seen: set[str] = set()
    count = 0
    for cell in result.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata.clear()
        if tags:
            cell.metadata["tags"] = list(tags)
        cell["id"] = _identifier(cell, seen)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = _outputs(cell.outputs, count)
    return result


def _identifier(cell: Any, seen: set[str]) -> str:
    wanted = str(cell.get("id") or digest_text(f"{cell.cell_type}\n{cell.source}")[:8])
    number = 1
    found = wanted
    while found in seen:
        number += 1
        found = f"{wanted[:60]}-{number}"
    seen.add(found)
    return found


def _outputs(outputs: Any, count: int) -> list[Any]:
    kept: list[Any] = []
    for output in outputs:
        output.pop("transient", None)
        if output.output_type == "execute_result":
            output.execution_count = count
        last = kept[-1] if kept else None
        if output.output_type == "stream" and last and last.get("name") == output.name:
            last.text += output.text
        else:
            kept.append(output)
    return kept


def notebook_text(notebook: Any) -> str:
    """Return a notebook as it is written to a file."""
    from nbformat.v4 import writes

    return str(writes(notebook)).rstrip("\n") + "\n"  # type: ignore[no-untyped-call]
