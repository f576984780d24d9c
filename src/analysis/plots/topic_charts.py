"""Topics: their terms, their shares, the map of segments and the panel from which k is chosen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .drawing import draw_bars, draw_heatmap, shorten
from .style import BLUE, CYCLE, GREY, RED, Language, axes_of, in_style, named, panels, pick, set_heading

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")


def _topic_name(topic: int, topic_names: Mapping[int, str] | None, language: str) -> str:
    plain = pick(language, zh=f"主题 {topic}", en=f"Topic {topic}")
    given = (topic_names or {}).get(topic)
    return f"{plain}：{given}" if given and language == "zh" else f"{plain}: {given}" if given else plain


@in_style
def plot_topics(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    topic_names: Mapping[int, str] | None = None,
    stability: float | None = None,
    language: Language = "zh",
) -> Axes:
    """Return bars of every topic's strongest terms, one small panel a topic.

    Parameters
    ----------
    table : DataFrame
        Of `TopicModel.topic_terms`: `topic, rank, term, weight`.
    ax : Axes, optional
        Where to draw; it becomes the frame of the panels.
    topic_names : mapping, optional
        topic → label.
    stability : float, optional
        `TopicModel.stability`, for the heading.
    language : {"zh", "en"}
        Language of the labels.

    Examples
    --------
    >>> table = pd.DataFrame({"topic": [1], "rank": [1], "term": ["普法"], "weight": [0.8]})
    >>> plot_topics(table, topic_names={1: "普法·宣传"}).figure.axes[1].get_title(loc="left")
    '1  普法·宣传'
    """
    topics = sorted(set(table["topic"]))
    columns = min(3, max(len(topics), 1))
    longest = int(table.groupby("topic").size().max()) if topics else 1
    rows = -(-max(len(topics), 1) // columns)
    frame = axes_of(ax, height=0.6 + rows * (0.6 + 0.165 * longest))
    for number, (panel, topic) in enumerate(
        zip(panels(frame, count=len(topics), columns=columns), topics, strict=True)
    ):
        part = table.loc[table["topic"] == topic].sort_values("rank")
        draw_bars(
            panel,
            labels=[shorten(term) for term in part["term"]],
            values=list(part["weight"]),
            color=CYCLE[number % len(CYCLE)],
        )
        label = (topic_names or {}).get(topic, "")
        panel.set_title(shorten(f"{topic}  {label}", length=16), fontsize=7.5)
        panel.tick_params(axis="x", labelsize=7)
        panel.set_xlabel(pick(language, zh="权重", en="weight"), fontsize=7)
    if stability is not None:
        zh, en = (
            f"k = {len(topics)}，调整兰德指数 = {stability:.2f}",
            f"k = {len(topics)}, adjusted Rand = {stability:.2f}",
        )
        set_heading(frame, pick(language, zh=zh, en=en))
    return frame


@in_style
def plot_topic_shares(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    topic_names: Mapping[int, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return the share of every topic in every document, with its interval.

    Parameters
    ----------
    table : DataFrame
        From `TopicModel.document_shares`: `doc_id, topic, share, share_low, share_high` (0 to 1).
    ax, names, topic_names, language
        As in `plot_topics`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"doc_id": ["甲"], "topic": [1], "share": [0.4], "share_low": [0.2], "share_high": [0.6]}
    ... )
    >>> plot_topic_shares(table).figure.axes[1].get_xlabel()
    '占全文词数的比重（%）'
    """
    documents, topics = list(dict.fromkeys(table["doc_id"])), sorted(set(table["topic"]))
    if len(documents) > 15:
        cells = table.pivot(index="topic", columns="doc_id", values="share").loc[topics, documents]
        target = axes_of(ax, height=1.4 + 0.3 * len(topics))
        draw_heatmap(
            target,
            cells=100 * cells.to_numpy(dtype=np.float64),
            rows=[shorten(_topic_name(topic, topic_names, language), length=16) for topic in topics],
            columns=named(documents, names),
            unit=pick(language, zh="占全文词数的比重（%）", en="share of the document's tokens (%)"),
            decimals=None,
            rotate=True,
        )
        target.tick_params(axis="x", labelsize=5)
        return target
    columns = min(3, max(len(documents), 1))
    rows = -(-max(len(documents), 1) // columns)
    frame = axes_of(ax, height=0.5 + rows * (0.65 + 0.2 * len(topics)))
    made = panels(frame, count=len(documents), columns=columns)
    for number, (panel, doc_id) in enumerate(zip(made, documents, strict=True)):
        part = table.loc[table["doc_id"] == doc_id].set_index("topic").reindex(topics)
        share = 100 * part["share"].fillna(0).to_numpy(dtype=np.float64)
        low = 100 * part["share_low"].to_numpy(dtype=np.float64)
        high = 100 * part["share_high"].to_numpy(dtype=np.float64)
        indices = np.arange(len(topics))
        panel.barh(indices, share, height=0.68, color=[CYCLE[index % len(CYCLE)] for index in indices])
        panel.hlines(indices, low, high, color="#333333", linewidth=1)
        first = number % columns == 0
        labels = [shorten(_topic_name(topic, topic_names, language), length=18) for topic in topics]
        panel.set_yticks(indices, labels if first else [""] * len(topics))
        panel.set_ylim(len(topics) - 0.4, -0.6)
        panel.set_xlim(0, 100)
        panel.tick_params(axis="y", length=0)
        panel.set_title(named([doc_id], names)[0])
    if documents:
        made[-1].set_xlabel(pick(language, zh="占全文词数的比重（%）", en="share of tokens (%)"))
    return frame


@in_style
def plot_segment_map(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    names: Mapping[str, str] | None = None,
    topic_names: Mapping[int, str] | None = None,
    language: Language = "zh",
) -> Axes:
    """Return the segments in two dimensions: colour is the topic, shape is the document.

    Parameters
    ----------
    table : DataFrame
        From `map_segments`: `unit_id, doc_id, topic, x, y`.
    ax, names, topic_names, language
        As in `plot_topics`. Of more than eight documents the shapes are not told apart.

    Examples
    --------
    >>> table = pd.DataFrame({"unit_id": ["甲#1"], "doc_id": ["甲"], "topic": [1], "x": [0.1], "y": [0.2]})
    >>> plot_segment_map(table).get_xlabel()
    '第一维'
    """
    documents, topics = list(dict.fromkeys(table["doc_id"])), sorted(set(table["topic"]))
    target = axes_of(ax, height=4.4)
    shapes = {
        doc_id: MARKERS[n] if len(documents) <= len(MARKERS) else "o" for n, doc_id in enumerate(documents[:8])
    }
    for number, topic in enumerate(topics):
        for doc_id in documents:
            part = table.loc[(table["topic"] == topic) & (table["doc_id"] == doc_id)]
            target.scatter(
                part["x"],
                part["y"],
                s=26 if len(table) < 400 else 8,
                color=CYCLE[number % len(CYCLE)],
                marker=shapes.get(doc_id, "o"),
                alpha=0.75,
                linewidths=0,
            )
    target.set_xlabel(pick(language, zh="第一维", en="first dimension"))
    target.set_ylabel(pick(language, zh="第二维", en="second dimension"))
    target.tick_params(labelbottom=False, labelleft=False, length=0)
    colours = [
        target.scatter([], [], s=26, color=CYCLE[number % len(CYCLE)], marker="o", linewidths=0)
        for number in range(len(topics))
    ]
    figure = target.figure
    figure.legend(
        colours,
        [shorten(_topic_name(topic, topic_names, language), length=20) for topic in topics],
        loc="outside right upper",
        title=pick(language, zh="颜色：主题", en="colour: topic"),
        alignment="left",
    )
    if len(documents) <= len(MARKERS):
        characters = [
            target.scatter([], [], s=26, color=GREY, marker=shapes[doc_id], linewidths=0)
            for doc_id in documents
        ]
        figure.legend(
            characters,
            named(documents, names),
            loc="outside right lower",
            title=pick(language, zh="形状：文档", en="shape: document"),
            alignment="left",
        )
    return target


PANEL = {
    "stability": ("稳定性（调整兰德指数）", "stability (adjusted Rand)"),
    "jaccard": ("主题重现度（Jaccard）", "topic recovery (Jaccard)"),
    "coherence": ("一致性（NPMI）", "coherence (NPMI)"),
    "exclusivity": ("专属度", "exclusivity"),
    "silhouette": ("轮廓系数", "silhouette"),
    "heldout": ("留出似然（每词）", "held-out likelihood (per token)"),
}
"""Names of the measures, in the order of the panel."""


@in_style
def plot_topic_counts(table: pd.DataFrame, *, ax: Axes | None = None, language: Language = "zh") -> Axes:
    """Return the panel from which the number of topics is chosen, beside what shuffled text would give.

    Parameters
    ----------
    table : DataFrame
        From `compare_topic_counts`: `n_topics, measure, mean, low, high, null_mean, null_low, null_high,
        chosen`.
    ax, language
        As in `plot_topics`.

    Examples
    --------
    >>> table = pd.DataFrame({"n_topics": [2, 3], "criterion": "stability", "mean": [0.8, 0.6], "mean_low": 0.5,
    ...     "mean_high": 0.9, "null_mean": 0.1, "null_low": 0.0, "null_high": 0.2, "chosen": [True, False]})
    >>> plot_topic_counts(table).figure.axes[1].get_title(loc="left")
    '稳定性（调整兰德指数）'
    """
    measures = [measure for measure in PANEL if (table["criterion"] == measure).any()]
    columns = min(3, max(len(measures), 1))
    frame = axes_of(ax, height=0.5 + 1.75 * -(-max(len(measures), 1) // columns))
    for panel, measure in zip(panels(frame, count=len(measures), columns=columns), measures, strict=True):
        part = table.loc[table["criterion"] == measure].sort_values("n_topics")
        counts = part["n_topics"].to_numpy()
        panel.fill_between(counts, part["null_low"], part["null_high"], color=GREY, alpha=0.25, linewidth=0)
        panel.plot(counts, part["null_mean"], "--", color=GREY, linewidth=1)
        panel.fill_between(counts, part["mean_low"], part["mean_high"], color=BLUE, alpha=0.18, linewidth=0)
        panel.plot(counts, part["mean"], "o-", color=BLUE, markersize=3.5, linewidth=1.2)
        for count in part.loc[part["chosen"].astype(bool), "n_topics"]:
            panel.axvline(count, color=RED, linewidth=0.9, linestyle=":")
        zh, en = PANEL[measure]
        panel.set_title(pick(language, zh=zh, en=en))
        panel.set_xticks(counts)
        panel.set_xlabel(pick(language, zh="主题数 k", en="number of topics k"), fontsize=7.5)
    return frame


@in_style
def plot_consensus(table: pd.DataFrame, *, ax: Axes | None = None, language: Language = "zh") -> Axes:
    """Return the consensus matrix: how often two segments fall into the same topic.

    Parameters
    ----------
    table : DataFrame
        From `TopicModel.consensus_matrix`: `unit_a, unit_b, topic_a, topic_b, share`, the whole square.
    ax, language
        As in `plot_topics`.

    Examples
    --------
    >>> table = pd.DataFrame({"unit_a": ["甲#1"], "unit_b": ["甲#1"], "topic_a": [1], "topic_b": [1],
    ...     "share": [1.0]})
    >>> plot_consensus(table).get_xlabel()
    '段落（按主题排列）'
    """
    units = list(dict.fromkeys(table["unit_a"]))
    topics = table.drop_duplicates("unit_a")["topic_a"].to_numpy()
    cells = table.pivot(index="unit_a", columns="unit_b", values="share").loc[units, units]
    target = axes_of(ax, height=5.2)
    image = target.imshow(
        cells.to_numpy(dtype=np.float64), cmap="Blues", vmin=0, vmax=1, interpolation="nearest", aspect="equal"
    )
    edges = np.flatnonzero(np.diff(topics)) + 0.5
    for edge in edges:
        target.axhline(edge, color=RED, linewidth=0.7)
        target.axvline(edge, color=RED, linewidth=0.7)
    middles = [float(np.flatnonzero(topics == topic).mean()) for topic in dict.fromkeys(topics)]
    target.set_yticks(middles, [_topic_name(int(topic), None, language) for topic in dict.fromkeys(topics)])
    target.set_xticks([])
    target.tick_params(length=0)
    target.set_xlabel(pick(language, zh="段落（按主题排列）", en="segments, ordered by topic"))
    bar = target.figure.colorbar(image, ax=target, shrink=0.7, aspect=30)
    bar.set_label(pick(language, zh="落入同一主题的比例", en="share of runs in the same topic"))
    bar.outline.set_visible(False)
    return target
