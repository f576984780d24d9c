"""The notebooks as HTML pages that need no network."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

from .. import paths
from .publishing import write_whole

PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 46rem; margin: 3rem auto; padding: 0 1rem; line-height: 1.6; font-family: sans-serif; }}
li {{ margin: 1rem 0; }}
p {{ margin: .2rem 0; color: #444; }}
</style>
</head>
<body>
<h1>{title}</h1>
<ol start="0">
{items}
</ol>
</body>
</html>
"""


def write_site(*, title: str = "全面依法治区文本分析 · Governance texts") -> int:
    """Write every notebook, as it is stored, to `build/site` as HTML, with an index, and return an exit code.

    Pictures are inside the pages and nothing is loaded from elsewhere, so that the folder can be opened
    offline, put on any server or attached to an article.

    Parameters
    ----------
    title : str
        Title of the index.

    Returns
    -------
    int
        0.
    """
    folder = paths.build_folder() / "site"
    shutil.rmtree(folder, ignore_errors=True)
    items = []
    for path in sorted(paths.notebooks_folder().glob("*.ipynb")):
        page, heading, lead = _page(path)
        write_whole(folder / f"{path.stem}.html", page.encode("utf-8"))
        link = f'<a href="{html.escape(path.stem)}.html">{html.escape(heading)}</a>'
        items.append(f"<li>{link}<p>{html.escape(lead)}</p></li>")
    index = PAGE.format(title=html.escape(title), items="\n".join(items))
    write_whole(folder / "index.html", index.encode("utf-8"))
    return 0


def _page(path: Path) -> tuple[str, str, str]:
    """Return the page of a notebook, its heading and the first paragraph below it."""
    import nbformat
    from nbconvert import HTMLExporter

    book: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    lines = [
        line.strip() for cell in book.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    ]
    heading = next((line.lstrip("# ") for line in lines if line.startswith("# ")), path.stem)
    lead = next((line for line in lines if line and not line.startswith(("#", "[", "!", "|", "<"))), "")
    for cell in book.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\(([\w./-]+)\.ipynb", r"](\1.html", cell.source)
    exporter: Any = HTMLExporter(embed_images=True)  # type: ignore[no-untyped-call]
    for name in ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url", "mermaid_layout_elk_js_url"):
        if exporter.has_trait(name):
            setattr(exporter, name, "")
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    body, _ = exporter.from_notebook_node(
        book, resources={"metadata": {"name": heading, "path": str(path.parent)}}
    )
    return str(body), heading, re.sub(r"[*`]|\]\([^)]*\)|\[", "", lead)
