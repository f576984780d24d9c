"""Keyness: which vocabulary sets a target apart from a reference, and how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..keyness import Comparison
from .drawing import draw_labels, shorten
from .style import BLUE, GREY, RED, Language, axes_of, in_style, pick


def _shown(comparison: Comparison, language: Language) -> tuple[pd.DataFrame, str, str]:
    """Return the table, rounded so that a last bit moves no pixel, and what target and reference are called."""
    contrast = comparison.contrast
    return (
        comparison.table.round(6),
        contrast.caption("target", language),
        contrast.caption("reference", language),
    )


@in_style
def plot_keyness(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    top_n: int = 15,
    language: Language = "zh",
) -> Axes:
    """Return diverging bars of log ratios with their intervals: target to the right, reference to the left.

    Parameters
    ----------
    comparison : Comparison
        From `compare_vocabulary`.
    top_n : int
        Terms a side.
    ax, language
        As in `plot_keywords`.

    Notes
    -----
    Terms are those with the largest |log-odds z| a side, which weighs effect by evidence; the bar is the
    log ratio (1 = twice the rate) and the line its 95 % interval, cut at the axis' end where it is wider.
    Filled bars survive leaving out any one document; hollow ones do not.

    Examples
    --------
    >>> from analysis import Tokens, choose_groups, compare_vocabulary, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "报告"]}, index=list("甲乙丙丁"))
    >>> lists = [["普法"] * 3, ["普法", "普法", "法治"], ["法治"] * 3, ["法治"] * 4]
    >>> dtm = count_terms(Tokens.from_lists(lists, docvars=docvars))
    >>> contrast = choose_groups(dtm, target="讲话")
    >>> comparison = compare_vocabulary(dtm, contrast=contrast, seed=1)
    >>> plot_keyness(comparison).get_title("right")
    '讲话 →'
    """
    table, target, reference = _shown(comparison, language)
    ordered = table.assign(_z=table["log_odds_z"].fillna(0)).sort_values(
        ["_z", "term"], ascending=[False, True]
    )
    right = ordered.loc[ordered["_z"] > 0].head(top_n)
    left = ordered.loc[ordered["_z"] < 0].tail(top_n)
    part = pd.concat([right, left])
    positions = np.arange(len(part))
    frame = axes_of(ax, height=1.3 + 0.19 * len(part))
    effect = part["log_ratio"].to_numpy(dtype=np.float64)
    finite = np.abs(effect[np.isfinite(effect)])
    limit = float(np.ceil(finite.max() + 1.2)) if finite.size else 1.0
    colours = [RED if value > 0 else BLUE for value in effect]
    firm = part["survives_leave_one_out"].fillna(False).astype(bool).to_numpy()
    frame.barh(
        positions,
        effect,
        height=0.66,
        color=[colour if sure else "white" for colour, sure in zip(colours, firm, strict=True)],
        edgecolor=colours,
        linewidth=0.8,
    )
    low = np.clip(part["log_ratio_low"].to_numpy(dtype=np.float64), -limit, limit)
    high = np.clip(part["log_ratio_high"].to_numpy(dtype=np.float64), -limit, limit)
    frame.hlines(positions, low, high, color="#333333", linewidth=0.9)
    for ends, marker in ((low <= -limit, "<"), (high >= limit, ">")):
        edge = -limit if marker == "<" else limit
        frame.plot(
            np.full(int(ends.sum()), edge),
            positions[ends],
            marker,
            color="#333333",
            markersize=3,
            clip_on=False,
        )
    frame.axvline(0, color="#333333", linewidth=0.6)
    frame.set_yticks(positions, [shorten(term) for term in part["term"]])
    frame.set_ylim(len(part) - 0.4, -0.6)
    frame.set_xlim(-limit, limit)
    frame.tick_params(axis="y", length=0)
    frame.grid(axis="x")
    frame.set_axisbelow(True)
    frame.set_xlabel(
        pick(
            language,
            zh="对数比（以 2 为底；1 = 频率为对方的两倍）",
            en="log ratio (base 2; 1 = twice the rate)",
        )
    )
    frame.set_title(f"← {reference}", loc="left", color=BLUE)
    frame.set_title(f"{target} →", loc="right", color=RED)
    return frame


@in_style
def plot_vocabulary(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    language: Language = "zh",
    top_n: int = 40,
) -> Axes:
    """Return the rate of every term in target and reference against each other, on logarithmic axes.

    Parameters
    ----------
    comparison : Comparison
        From `compare_vocabulary`. Terms missing on one side stand on the axis' lower edge.
    top_n : int
        How many terms to label at the most, largest |log-odds z| first.
    ax, language
        As in `plot_keywords`.

    Examples
    --------
    >>> from analysis import Tokens, choose_groups, compare_vocabulary, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "报告"]}, index=list("甲乙丙丁"))
    >>> lists = [["普法"] * 3, ["普法", "普法", "法治"], ["法治"] * 3, ["法治"] * 4]
    >>> dtm = count_terms(Tokens.from_lists(lists, docvars=docvars))
    >>> contrast = choose_groups(dtm, target="讲话")
    >>> comparison = compare_vocabulary(dtm, contrast=contrast, seed=1)
    >>> plot_vocabulary(comparison).get_xlabel()
    '报告（每千词）'
    """
    table, target, reference = _shown(comparison, language)
    frame = axes_of(ax, height=5.2)
    x, y = (
        table["reference_per_1000_tokens"].to_numpy(dtype=np.float64),
        table["target_per_1000_tokens"].to_numpy(dtype=np.float64),
    )
    positive = np.concatenate([x[x > 0], y[y > 0]])
    floor = float(positive.min()) / 2 if positive.size else 0.1
    ceiling = float(positive.max()) * 1.6 if positive.size else 1.0
    x, y = np.maximum(x, floor), np.maximum(y, floor)
    z = table["log_odds_z"].fillna(0).to_numpy(dtype=np.float64)
    colours = np.where(z > 0, RED, np.where(z < 0, BLUE, GREY))
    frame.set(xscale="log", yscale="log", xlim=(floor * 0.8, ceiling), ylim=(floor * 0.8, ceiling))
    frame.plot([floor, ceiling], [floor, ceiling], color="#BBBBBB", linewidth=0.7)
    frame.scatter(x, y, s=7, c=list(colours), alpha=0.55, linewidths=0)
    order = np.lexsort((table["term"].to_numpy(dtype=str), -np.abs(z)))[:top_n]
    draw_labels(frame, x=list(x[order]), y=list(y[order]), labels=list(table["term"].iloc[order]), size=7)
    frame.set_xlabel(pick(language, zh=f"{reference}（每千词）", en=f"{reference} (per 1,000 tokens)"))
    frame.set_ylabel(pick(language, zh=f"{target}（每千词）", en=f"{target} (per 1,000 tokens)"))
    for axis, rates in (
        (frame.xaxis, table["reference_per_1000_tokens"]),
        (frame.yaxis, table["target_per_1000_tokens"]),
    ):
        axis.set_major_formatter("{x:g}")
        axis.set_minor_formatter("")
        marks = [10.0**power for power in range(-3, 4) if floor * 1.6 < 10.0**power < ceiling]
        zero = [floor] if bool((rates <= 0).any()) else []
        axis.set_ticks([*zero, *marks], [*["0"] * len(zero), *[f"{mark:g}" for mark in marks]])
    return frame


@in_style
def plot_word_shift(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    top_n: int = 24,
    language: Language = "zh",
) -> Axes:
    """Return the word shift: how much every term adds to the divergence between target and reference.

    Parameters
    ----------
    comparison : Comparison
        From `compare_vocabulary`.
    top_n : int
        Terms shown, largest contribution first.
    ax, language
        As in `plot_keywords`.

    Notes
    -----
    A term with rates p and q (shares of all tokens) adds
    ½ (p log₂ (p/m) + q log₂ (q/m)), m = ½ (p + q), to the Jensen–Shannon divergence; bars point to the side
    with the higher rate (Gallagher et al., *EPJ Data Science* 10:4, 2021). Log ratios favour rare terms;
    the shift shows which terms make up the difference.

    Examples
    --------
    >>> from analysis import Tokens, choose_groups, compare_vocabulary, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "报告"]}, index=list("甲乙丙丁"))
    >>> lists = [["普法"] * 3, ["普法", "普法", "法治"], ["法治"] * 3, ["法治"] * 4]
    >>> dtm = count_terms(Tokens.from_lists(lists, docvars=docvars))
    >>> contrast = choose_groups(dtm, target="讲话")
    >>> comparison = compare_vocabulary(dtm, contrast=contrast, seed=1)
    >>> plot_word_shift(comparison, language="en").get_title("left")
    '← reports'
    """
    table, target, reference = _shown(comparison, language)
    p = table["target_per_1000_tokens"].to_numpy(dtype=np.float64) / 1000
    q = table["reference_per_1000_tokens"].to_numpy(dtype=np.float64) / 1000
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(side > 0, side * np.log2(side / middle), 0.0) for side in (p, q)]
    share = 1000 * np.sign(p - q) * (parts[0] + parts[1]) / 2
    terms = table["term"].to_numpy(dtype=str)
    order = np.lexsort((terms, -np.abs(share)))[:top_n]
    frame = axes_of(ax, height=1.1 + 0.19 * len(order))
    values = share[order]
    positions = np.arange(len(order))
    frame.barh(positions, values, height=0.7, color=[RED if value > 0 else BLUE for value in values])
    frame.axvline(0, color="#333333", linewidth=0.6)
    frame.set_yticks(positions, [shorten(term) for term in terms[order]])
    frame.set_ylim(len(order) - 0.4, -0.6)
    limit = 1.05 * float(np.abs(values).max(initial=1e-9))
    frame.set_xlim(-limit, limit)
    frame.tick_params(axis="y", length=0)
    frame.set_xlabel(
        pick(language, zh="对差异的贡献（毫比特）", en="contribution to the divergence (millibits)")
    )
    frame.set_title(f"← {reference}", loc="left", color=BLUE)
    frame.set_title(f"{target} →", loc="right", color=RED)
    return frame


@in_style
def plot_funnel(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    top_n: int = 12,
    language: Language = "zh",
) -> Axes:
    """Return the funnel of log-odds: frequent terms need a smaller difference to stand out.

    Parameters
    ----------
    comparison : Comparison
        From `compare_vocabulary`.
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
    >>> from analysis import Tokens, choose_groups, compare_vocabulary, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "报告"]}, index=list("甲乙丙丁"))
    >>> lists = [["普法"] * 3, ["普法", "普法", "法治"], ["法治"] * 3, ["法治"] * 4]
    >>> dtm = count_terms(Tokens.from_lists(lists, docvars=docvars))
    >>> contrast = choose_groups(dtm, target="讲话")
    >>> comparison = compare_vocabulary(dtm, contrast=contrast, seed=1)
    >>> plot_funnel(comparison).get_title("left")
    '↑ 讲话    ↓ 报告'
    """
    table, target, reference = _shown(comparison, language)
    frame = axes_of(ax, height=4.4)
    total = (table["target_count"] + table["reference_count"]).to_numpy(dtype=np.float64)
    z = table["log_odds_z"].fillna(0).to_numpy(dtype=np.float64)
    frame.set_xscale("log")
    frame.axhspan(-1.96, 1.96, color="#EEEEEE", linewidth=0)
    colours = np.where(z > 1.96, RED, np.where(z < -1.96, BLUE, GREY))
    frame.scatter(total, z, s=7, c=list(colours), alpha=0.6, linewidths=0)
    terms = table["term"].to_numpy(dtype=str)
    order = np.lexsort((terms, -z))
    chosen = [row for pair in zip(order[:top_n], order[::-1][:top_n], strict=False) for row in pair]
    chosen = [row for row in dict.fromkeys(chosen) if z[row] != 0]
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
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    top_n: int = 30,
    language: Language = "zh",
) -> Axes:
    """Return the log ratio of every term against how evenly it runs through the documents that prefer it.

    Parameters
    ----------
    comparison : Comparison
        From `compare_vocabulary`.
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
    >>> from analysis import Tokens, choose_groups, compare_vocabulary, count_terms
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告", "报告"]}, index=list("甲乙丙丁"))
    >>> lists = [["普法"] * 3, ["普法", "普法", "法治"], ["法治"] * 3, ["法治"] * 4]
    >>> dtm = count_terms(Tokens.from_lists(lists, docvars=docvars))
    >>> contrast = choose_groups(dtm, target="讲话")
    >>> comparison = compare_vocabulary(dtm, contrast=contrast, seed=1)
    >>> plot_effect_and_dispersion(comparison).get_title("left")
    '↑ 讲话    ↓ 报告'
    """
    table, target, reference = _shown(comparison, language)
    frame = axes_of(ax, height=4.6)
    effect = table["log_ratio"].to_numpy(dtype=np.float64)
    own = np.where(
        effect >= 0,
        table["target_dp"].to_numpy(dtype=np.float64),
        table["reference_dp"].to_numpy(dtype=np.float64),
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
