"""Effect against evidence: the funnel of log-odds, and log ratio against dispersion."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .parts import draw_labels
from .style import BLUE, GREY, RED, Language, axes_of, in_style, pick


@in_style
def plot_funnel(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    target: str,
    reference: str,
    top_n: int = 12,
    language: Language = "zh",
) -> Axes:
    """Return the funnel of log-odds: frequent terms need a smaller difference to stand out.

    Parameters
    ----------
    table : DataFrame
        From `compare_vocabulary`.
    target, reference : str
        What the two sides are called.
    top_n : int
        How many terms a side to label at the most.
    ax, language
        As in `plot_keywords`.

    Notes
    -----
    The form is that of Monroe, Colaresi and Quinn (2008): frequency on a logarithmic axis, z on the other.
    The grey band holds |z| < 1.96, which is a habit of the eye and no test: words are not independent.

    Examples
    --------
    >>> table = pd.DataFrame({"term": ["普法"], "target_count": [9], "reference_count": [1], "log_odds_z": [2.5]})
    >>> plot_funnel(table, target="讲话", reference="报告").get_xlabel()
    '两侧合计次数'
    """
    frame = axes_of(ax, height=4.4)
    total = (table["target_count"] + table["reference_count"]).to_numpy(dtype=np.float64)
    z = table["log_odds_z"].fillna(0).to_numpy(dtype=np.float64)
    frame.set_xscale("log")
    frame.axhspan(-1.96, 1.96, color="#EEEEEE", linewidth=0)
    colours = np.where(z > 1.96, RED, np.where(z < -1.96, BLUE, GREY))
    frame.scatter(total, z, s=7, c=list(colours), alpha=0.6, linewidths=0)
    terms = table["term"].to_numpy(dtype=str)
    order = np.lexsort((terms, -z))
    chosen = [place for pair in zip(order[:top_n], order[::-1][:top_n], strict=False) for place in pair]
    chosen = [place for place in dict.fromkeys(chosen) if z[place] != 0]
    limit = 1.18 * max(float(np.abs(z).max(initial=2.5)), 2.5)
    frame.set_ylim(-limit, limit)
    frame.set_xlim(max(total.min(initial=1.0), 0.5) * 0.8, max(total.max(initial=1.0), 1.0) * 2.2)
    frame.xaxis.set_major_formatter("{x:g}")
    frame.set_xlabel(pick(language, zh="两侧合计次数", en="occurrences on both sides"))
    frame.set_ylabel(pick(language, zh="对数优势比 z（狄利克雷先验）", en="log-odds z (Dirichlet prior)"))
    frame.set_title(f"↑ {target}    ↓ {reference}")
    draw_labels(frame, x=list(total[chosen]), y=list(z[chosen]), labels=list(terms[chosen]))
    return frame


@in_style
def plot_effect_and_dispersion(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    target: str,
    reference: str,
    top_n: int = 30,
    language: Language = "zh",
) -> Axes:
    """Return the log ratio of every term against how evenly it runs through the documents that prefer it.

    Parameters
    ----------
    table : DataFrame
        From `compare_vocabulary`.
    target, reference : str
        What the two sides are called.
    top_n : int
        How many terms to label at the most, largest |log-odds z| first.
    ax, language
        As in `plot_keywords`.

    Notes
    -----
    Dispersion is Gries' deviation of proportions within the group in which the term is more frequent:
    0 where it is spread evenly over the documents, near 1 where one document has it all. A group of one
    document says nothing about dispersion, and its terms are not drawn.

    Examples
    --------
    >>> table = pd.DataFrame({"term": ["普法"], "log_ratio": [1.0], "log_odds_z": [2.0],
    ...     "dp_target": [0.2], "dp_reference": [0.5]})
    >>> plot_effect_and_dispersion(table, target="讲话", reference="报告").get_xlabel()
    '离散度 DP（0 = 各篇均匀，1 = 集中于一篇）'
    """
    frame = axes_of(ax, height=4.6)
    effect = table["log_ratio"].to_numpy(dtype=np.float64)
    own = np.where(
        effect >= 0,
        table["dp_target"].to_numpy(dtype=np.float64),
        table["dp_reference"].to_numpy(dtype=np.float64),
    )
    shown = np.isfinite(effect) & np.isfinite(own)
    x, y = own[shown], effect[shown]
    z = np.abs(table["log_odds_z"].fillna(0).to_numpy(dtype=np.float64)[shown])
    terms = table["term"].to_numpy(dtype=str)[shown]
    frame.axhline(0, color="#333333", linewidth=0.6)
    frame.scatter(x, y, s=8, c=[RED if value > 0 else BLUE for value in y], alpha=0.55, linewidths=0)
    frame.set_xlim(-0.04, 1.08)
    frame.margins(y=0.1)
    frame.set_xlabel(
        pick(
            language,
            zh="离散度 DP（0 = 各篇均匀，1 = 集中于一篇）",
            en="dispersion DP (0 = even, 1 = all in one document)",
        )
    )
    frame.set_ylabel(pick(language, zh="对数比（以 2 为底）", en="log ratio (base 2)"))
    frame.set_title(f"↑ {target}    ↓ {reference}")
    order = np.lexsort((terms, -z))[:top_n]
    draw_labels(frame, x=list(x[order]), y=list(y[order]), labels=list(terms[order]))
    return frame
