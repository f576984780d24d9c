"""How alike documents are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .drawing import draw_heatmap, draw_labels
from .style import BLUE, RED, Language, axes_of, in_style, named, pick

MEASURES = {
    "cosine": ("余弦相似度", "cosine similarity"),
    "jaccard": ("Jaccard 相似度", "Jaccard similarity"),
    "jensen_shannon": ("Jensen–Shannon 相似度", "Jensen–Shannon similarity"),
}


@in_style
def plot_similarity(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    measure: str = "cosine",
    language: Language = "zh",
) -> Axes:
    """Return a heat map of the similarity of documents.

    Parameters
    ----------
    table : DataFrame
        From `compare_documents`: `document_a, document_b, similarity` (0 to 1).
    measure : str
        Which similarity, for the colour bar's label.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"document_a": ["甲"], "document_b": ["乙"], "similarity": [0.4]})
    >>> len(plot_similarity(table).get_xticklabels())
    2
    """
    documents = list(dict.fromkeys([*table["document_a"], *table["document_b"]]))
    index = {doc_id: number for number, doc_id in enumerate(documents)}
    cells = np.full((len(documents), len(documents)), np.nan)
    for a, b, value in zip(table["document_a"], table["document_b"], table["similarity"], strict=True):
        if a != b:
            cells[index[a], index[b]] = cells[index[b], index[a]] = value
    many = len(documents) > 12
    target = axes_of(ax, height=6.0 if many else 1.3 + 0.42 * len(documents))
    known = cells[np.isfinite(cells)]
    zh, en = MEASURES.get(measure, (measure, measure))
    draw_heatmap(
        target,
        cells=cells,
        rows=named(documents, names),
        columns=named(documents, names),
        unit=pick(language, zh=zh, en=en),
        decimals=None if many else 2,
        limits=(0.0, float(known.max()) if known.size else 1.0),
        rotate=True,
    )
    if many:
        target.tick_params(labelsize=5)
    return target


@in_style
def plot_reuse(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return how much of every document (row) stands in every other one (column) as well.

    Parameters
    ----------
    table : DataFrame
        From `measure_reuse`: `document_a, document_b, share` (0 to 1); an empty document_b is any other.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"document_a": ["甲", "甲"], "document_b": ["乙", ""], "share": [0.1, 0.1]})
    >>> [label.get_text() for label in plot_reuse(table).get_xticklabels()]
    ['乙', '其他任一篇']
    """
    rows = list(dict.fromkeys(table["document_a"]))
    columns = [*[name for name in dict.fromkeys(table["document_b"]) if name], ""]
    columns = [*[name for name in rows if name in columns], *[name for name in columns if name not in rows]]
    cells = table.pivot(index="document_a", columns="document_b", values="share").reindex(rows)[columns]
    many = len(rows) > 12
    target = axes_of(ax, height=6.2 if many else 1.3 + 0.42 * len(rows))
    labels = {**(names or {}), "": pick(language, zh="其他任一篇", en="any other")}
    draw_heatmap(
        target,
        cells=100 * cells.to_numpy(dtype=np.float64),
        rows=named(rows, names),
        columns=named(columns, labels),
        unit=pick(language, zh="与另一篇相同的文字（%）", en="characters shared with the other (%)"),
        decimals=None if many else 1,
        rotate=True,
    )
    if many:
        target.tick_params(labelsize=5)
    return target


@in_style
def plot_document_map(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return the map of a correspondence analysis: documents and the terms that pull them apart.

    Parameters
    ----------
    table : DataFrame
        From `map_documents`: `kind` ("document" or "term"), `name`, `x`, `y`, `inertia_x`, `inertia_y`
        (shares of the total, 0 to 1), and `contribution`.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"kind": ["document", "term"], "label": ["甲", "述法"], "x": [0.1, 0.2], "y": [0.0, 0.3],
    ...      "contribution": [0.5, 0.5], "inertia_x": [0.6, 0.6], "inertia_y": [0.2, 0.2]}
    ... )
    >>> plot_document_map(table).get_xlabel()
    '第一维（惯量 60%）'
    """
    target = axes_of(ax, height=5.0)
    docs = table.loc[table["kind"] == "document"]
    terms = table.loc[table["kind"] == "term"].sort_values(["contribution", "label"], ascending=[False, True])
    target.axhline(0, color="#DDDDDD", linewidth=0.6)
    target.axvline(0, color="#DDDDDD", linewidth=0.6)
    target.scatter(terms["x"], terms["y"], s=6, color=BLUE, alpha=0.5, linewidths=0)
    target.scatter(docs["x"], docs["y"], s=36, color=RED, marker="D", linewidths=0)
    target.margins(0.12)
    for axis, column in (("x", "inertia_x"), ("y", "inertia_y")):
        share = float(table[column].iloc[0]) if len(table) else 0.0
        number = pick(
            language,
            zh="第一维" if axis == "x" else "第二维",
            en="dimension 1" if axis == "x" else "dimension 2",
        )
        label = pick(language, zh=f"{number}（惯量 {share:.0%}）", en=f"{number} ({share:.0%} of inertia)")
        (target.set_xlabel if axis == "x" else target.set_ylabel)(label)
    draw_labels(
        target,
        x=[*docs["x"], *terms["x"]],
        y=[*docs["y"], *terms["y"]],
        labels=[*named(docs["label"], names), *terms["label"]],
        certain=len(docs) if len(docs) <= 20 else 0,
    )
    return target
