"""What the corpus holds, and where in the texts words stand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..ingest.manifest import TYPE_NAMES
from .drawing import draw_heatmap, shorten
from .style import (
    BLACK,
    BLUE,
    CYCLE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    Language,
    axes_of,
    in_style,
    named,
    panels,
    pick,
    say_shown,
    set_heading,
)


@in_style
def plot_document_lengths(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return the length of every document in tokens, and its mean sentence length.

    Parameters
    ----------
    table : DataFrame
        From `document_lengths` of sentences: `doc_id, type, n_tokens, tokens_per_unit`.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["甲"], "type": ["讲话"], "n_tokens": [900], "tokens_per_unit": [21.5]})
    >>> plot_document_lengths(table).figure.axes[1].get_xlabel()
    '词数'
    """
    many = len(table) > 20
    frame = axes_of(ax, height=min(0.9 + (0.13 if many else 0.3) * len(table), 10.5))
    left, right = panels(frame, count=2, columns=2)
    kinds = list(dict.fromkeys(table["type"].fillna("").astype(str)))
    indices = np.arange(len(table))
    for number, kind in enumerate(kinds):
        rows = indices[(table["type"].fillna("").astype(str) == kind).to_numpy()]
        left.barh(
            rows,
            table["n_tokens"].to_numpy()[rows],
            height=0.7,
            color=CYCLE[number % len(CYCLE)],
            label=_type_name(kind, language=language),
        )
    right.plot(table["tokens_per_unit"], indices, "o", color=BLACK, markersize=3 if many else 5)
    right.set_xlim(left=0)
    left.set_yticks(indices, named(table["doc_id"], names))
    right.set_yticks(indices, [""] * len(table))
    for panel in (left, right):
        panel.set_ylim(len(table) - 0.4, -0.6)
        panel.tick_params(axis="y", length=0, labelsize=6 if many else 8)
        panel.grid(axis="x")
        panel.set_axisbelow(True)
    left.set_xlabel(pick(language, zh="词数", en="tokens"))
    right.set_xlabel(pick(language, zh="平均句长（词）", en="mean sentence length (tokens)"))
    if len(kinds) > 1 or kinds != [""]:
        figure = frame.figure
        handles, labels = left.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=min(len(kinds), 6))
    return frame


@in_style
def plot_term_positions(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return where in every text the chosen terms occur, from its beginning (0 %) to its end (100 %).

    Parameters
    ----------
    table : DataFrame
        From `locate_terms`: `doc_id, term, relative_position` (0 to 1).
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["甲"], "term": ["法治"], "relative_position": [0.5]})
    >>> plot_term_positions(table).figure.axes[1].get_title(loc="left")
    '甲'
    """
    documents = list(dict.fromkeys(table["doc_id"]))
    terms = list(dict.fromkeys(table["term"]))
    shown = documents[:12]
    frame = axes_of(ax, height=0.55 + len(shown) * (0.32 + 0.145 * max(len(terms), 1)))
    made = panels(frame, count=len(shown), columns=1, sharex=True)
    for panel, doc_id in zip(made, shown, strict=True):
        part = table.loc[table["doc_id"] == doc_id]
        for number, term in enumerate(terms):
            indices = 100 * part.loc[part["term"] == term, "relative_position"].to_numpy(dtype=np.float64)
            panel.plot(
                indices, np.full(len(indices), number), "|", color=CYCLE[number % len(CYCLE)], markersize=7
            )
        panel.set_yticks(np.arange(len(terms)), [shorten(term) for term in terms])
        panel.set_ylim(len(terms) - 0.4, -0.6)
        panel.set_xlim(-0.5, 100.5)
        panel.tick_params(axis="y", length=0, labelsize=7)
        panel.tick_params(axis="x", labelbottom=doc_id == shown[-1])
        panel.set_title(named([doc_id], names)[0])
        panel.grid(axis="y")
    if shown:
        made[-1].set_xlabel(pick(language, zh="在全文中的位置（%）", en="position in the text (%)"))
    say_shown(frame, total=len(documents), shown=len(shown), language=language)
    return frame


@in_style
def plot_cleaning(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    language: Language = "zh",
    rule_names: Mapping[str, str] | None = None,
) -> Axes:
    """Return the cleaning audit: how many changes each rule made to each document.

    Parameters
    ----------
    table : DataFrame
        `doc_id, rule, changes`: a row for every document and rule.
    rule_names : mapping, optional
        rule → name to show.
    ax, names, language
        As in `plot_keywords`.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["甲"], "rule": ["script"], "changes": [12]})
    >>> plot_cleaning(table, rule_names={"script": "繁转简"}).get_xticklabels()[0].get_text()
    '繁转简'
    """
    documents, rules = list(dict.fromkeys(table["doc_id"])), list(dict.fromkeys(table["rule"]))
    wide = table.pivot(index="doc_id", columns="rule", values="changes").loc[documents, rules]
    counts = wide.to_numpy(dtype=np.float64)
    many = len(documents) > 20
    target = axes_of(ax, height=min(1.5 + (0.14 if many else 0.34) * len(documents), 10.5))
    with np.errstate(divide="ignore"):
        shades = np.where(counts > 0, np.log10(np.maximum(counts, 1)) + 0.15, np.nan)
    draw_heatmap(
        target,
        cells=shades,
        rows=named(documents, names),
        columns=named(rules, rule_names),
        unit="",
        decimals=None,
        limits=(0, max(float(np.log10(max(counts.max(initial=1), 1))) + 0.15, 1.0)),
        rotate=language == "en" or len(rules) > 8,
    )
    figure = target.figure
    bar = figure.axes[-1]
    ticks = [value for value in (1, 10, 100, 1000, 10000) if value <= max(counts.max(initial=1), 10)]
    bar.set_yticks([float(np.log10(value)) + 0.15 for value in ticks], [f"{value:,}" for value in ticks])
    bar.set_ylabel(pick(language, zh="修改处数", en="changes"))
    bar.minorticks_off()
    for row in range(len(documents)):
        for column in range(len(rules)):
            value = int(counts[row, column])
            target.text(
                column,
                row,
                f"{value:,}",
                ha="center",
                va="center",
                fontsize=4.5 if many else 7.5,
                color="white" if value > 40 else GREY if value == 0 else "#333333",
            )
    if many:
        target.tick_params(axis="y", labelsize=5.5)
    return target


def _type_name(kind: str, *, language: Language) -> str:
    """Return a type of text in the figure's language."""
    if not kind:
        return pick(language, zh="未注明", en="not stated")
    return pick(language, zh=kind, en=TYPE_NAMES.get(kind, kind))


KINDS = {
    "quoted": ("带引号", "quoted", RED, "^"),
    "numbered": ("带数字", "numbered", ORANGE, "v"),
    "parallel": ("并列", "parallel", GREEN, "D"),
    "compound": ("复合词", "compound", BLUE, "o"),
    "phrase": ("短语", "phrase", PURPLE, "s"),
    "word": ("单个词", "word", GREY, "p"),
}
MOST_ROWS = 40


@in_style
def plot_proposals(table: pd.DataFrame, *, ax: Axes | None = None, language: Language = "zh") -> Axes:
    """Return proposed formulations by score, with their kind, and how often they stand in how many documents.

    Parameters
    ----------
    table : DataFrame
        From `discover_terms`: `term, kind, count, n_docs, score`, best first.
    ax : Axes, optional
        Where to draw.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Axes
        One line a proposal; a note beside the dot where it occurs more than once. Of more than 40 the first 40
        are shown, and the heading says so.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"term": ["银杏树工程"], "kind": ["compound"], "count": [3], "n_docs": [2], "score": [0.8]}
    ... )
    >>> ax = plot_proposals(table)
    >>> ax.get_yticklabels()[0].get_text(), ax.texts[0].get_text()
    ('银杏树工程', '3 次，2 篇')
    """
    shown = table.head(MOST_ROWS)
    frame = axes_of(ax, height=1.1 + 0.2 * max(len(shown), 1))
    scores = shown["score"].to_numpy(dtype=np.float64)
    frame.hlines(np.arange(len(shown)), 0, scores, color="#CCCCCC", linewidth=0.8)
    for kind, (zh, en, colour, marker) in KINDS.items():
        rows = np.flatnonzero((shown["kind"] == kind).to_numpy())
        if len(rows):
            label = pick(language, zh=zh, en=en)
            frame.plot(scores[rows], rows, marker, color=colour, markersize=5, linestyle="none", label=label)
    for row, (score, count, n_docs) in enumerate(zip(scores, shown["count"], shown["n_docs"], strict=True)):
        if count > 1:
            words = pick(
                language, zh=f"{count} 次，{n_docs} 篇", en=f"{count} in {n_docs} doc{'s' * (n_docs > 1)}"
            )
            frame.annotate(
                words, (score, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=7
            )
    frame.set_yticks(np.arange(len(shown)), [shorten(str(term), length=20) for term in shown["term"]])
    frame.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    frame.set_xlim(0, 1.2)
    frame.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    frame.tick_params(axis="y", length=0)
    frame.grid(axis="x")
    frame.set_axisbelow(True)
    frame.set_xlabel(pick(language, zh="得分（估计的入选概率）", en="score (estimated chance of being listed)"))
    if len(shown):
        frame.figure.legend(loc="outside lower left", ncols=len(KINDS))
    if len(table) > len(shown):
        zh = f"共 {len(table)} 个候选，显示前 {len(shown)} 个"
        set_heading(frame, pick(language, zh=zh, en=f"first {len(shown)} of {len(table)} proposals"))
    return frame
