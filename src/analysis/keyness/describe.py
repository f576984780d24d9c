"""What a comparison could show, judged once and put into sentences of two languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .contrast import IN_CAPTION, Contrast, Language, Side
from .correction import Correction, adjust_p
from .options import Options, Trial

NAMES = {
    "bh": "Benjamini–Hochberg",
    "holm": "Holm",
    "by": "Benjamini–Yekutieli",
    "bonferroni": "Bonferroni",
}


@dataclass(frozen=True)
class Verdict:
    """Whether a family of tests could find anything, and what it found.

    Parameters
    ----------
    tests : int
        Terms tested.
    found : int
        Terms whose adjusted p is at most `alpha`.
    alpha : float
        Level of significance.
    smallest_p : float
        Smallest p that any term could reach; 1 without tests.
    reachable : bool
        Some term could be found if all reached their smallest p.
    needed : int
        Fewest terms that must reach their smallest p together before one is found; 0 if none can be.
    """

    tests: int
    found: int
    alpha: float
    smallest_p: float
    reachable: bool
    needed: int


def judge(
    p_adjusted: npt.NDArray[np.float64],
    smallest_possible_p: npt.NDArray[np.float64],
    *,
    alpha: float,
    correction: Correction,
) -> Verdict:
    """Return what a family of tests could find at a level, and what it did find.

    Examples
    --------
    “坚持”“法治”“办结”三个词，每侧三份文本：

    >>> judge(np.array([0.3, 1.0, 1.0]), np.array([0.1, 0.1, 0.4]), alpha=0.05, correction="bh")
    Verdict(tests=3, found=0, alpha=0.05, smallest_p=0.1, reachable=False, needed=0)
    """
    tests = len(p_adjusted)
    level = alpha * (1 + 1e-9)  # an attainable p is a fraction such as 1/20, a hair above or below 0.05
    best = np.sort(smallest_possible_p)
    needed = 0
    if tests and adjust_p(best, correction=correction)[0] <= level:
        # With the k best terms at their smallest p and all others at 1, is any of the k found?
        step_up = correction in ("bh", "by")
        factor = float(np.sum(1.0 / np.arange(1, tests + 1))) if correction == "by" else 1.0
        alone = best * tests * factor / np.arange(1, tests + 1)
        needed = int(np.argmax(alone <= level)) + 1 if step_up else 1
    return Verdict(
        tests=tests,
        found=int((p_adjusted <= level).sum()),
        alpha=alpha,
        smallest_p=float(best[0]) if tests else 1.0,
        reachable=needed > 0,
        needed=needed,
    )


SENTENCES: dict[Language, dict[str, str]] = {
    "zh": {
        "sides": "目标{target}，参照{reference}，共检验 {tests} 个词；",
        "groups": "按 {by} 分为 {n_groups} 个组（{groups}），各与其余文本相比，共检验 {tests} 个词；",
        "exact": "按文本置换，穷举全部 {arrangements} 种排列，",
        "sampled": "按文本置换，随机抽取 {arrangements} 种排列（种子 {seed}），",
        "mixed": "按文本置换，穷举全部排列，过多时随机抽取 {draws} 种（种子 {seed}），",
        "corrected": "以 {name} 法校正。",
        "uncorrected": "未作多重检验校正。",
        "nothing": "没有出现 {min_count} 次及以上的词，无可检验。",
        "above": "可能达到的最小 p 值为 {smallest}，大于 {alpha}：{too_few}",
        "stays_above": "可能达到的最小 p 值为 {smallest}，校正后仍大于 {alpha}：{too_few}",
        "too_few": "文本数量过少，无法进行显著性推断，仅报告效应量。",
        "found_corrected": "校正后 p ≤ {alpha} 的词有 {found} 个；可能达到的最小 p 值为 {smallest}",
        "found": "p ≤ {alpha} 的词有 {found} 个；可能达到的最小 p 值为 {smallest}",
        "together": "，至少须有 {needed} 个词同时达到，方可能显著",
        "end": "。",
        "single": "只有一份文本的一侧无法估计区间。",
    },
    "en": {
        "sides": "Target {target}, reference {reference}: {tests} tested by permuting documents ",
        "groups": "Each of the {n_groups} groups of {by} ({groups}) against the rest: {tests} tested by permuting documents ",
        "exact": "(all {arrangements} tried), ",
        "sampled": "({arrangements} drawn at random, seed {seed}), ",
        "mixed": "(all arrangements, or {draws} drawn at random where there are too many, seed {seed}), ",
        "corrected": "corrected by {name}. ",
        "uncorrected": "not corrected for the number of tests. ",
        "nothing": "No term has {min_count} or more, so nothing can be tested. ",
        "above": "The smallest p that can be reached, {smallest}, is above {alpha}: {too_few}",
        "stays_above": "The smallest p that can be reached, {smallest}, stays above {alpha} after correction: {too_few}",
        "too_few": (
            "these are too few documents to infer significance from, and only the sizes of the differences "
            "can be reported. "
        ),
        "found_corrected": "{found} an adjusted p of at most {alpha}; the smallest p that can be reached is {smallest}",
        "found": "{found} a p of at most {alpha}; the smallest p that can be reached is {smallest}",
        "together": ", and at least {needed} must reach it together before any can be significant",
        "end": ". ",
        "single": "A side with a single document has no interval. ",
    },
}


def sentences(
    contrasts: Sequence[Contrast],
    trials: Sequence[Trial],
    options: Options,
    verdict: Verdict,
    *,
    language: Language,
) -> str:
    """Return the sentences of a comparison: what was compared and how, what could be found and what was."""
    said, several = SENTENCES[language], len(contrasts) > 1
    words = _words(contrasts, trials, options, verdict, language=language)
    exact = all(trial.exact for trial in trials)
    way = ("mixed" if several else "sampled") if not exact else "exact"
    parts = ["groups" if several else "sides", way]
    parts.append("uncorrected" if options.correction == "none" else "corrected")
    if not verdict.tests:
        parts.append("nothing")
    elif not verdict.reachable:
        parts.append("above" if verdict.smallest_p > verdict.alpha else "stays_above")
    else:
        parts.append("found" if options.correction == "none" else "found_corrected")
        parts += ["together"] if verdict.needed > 1 else []
        parts.append("end")
    fewest = min(min(one.target_n_docs, one.reference_n_docs) for one in contrasts)
    parts += ["single"] if verdict.tests and fewest < 2 else []
    return "".join(said[part].format(**words) for part in parts).strip()


def _words(
    contrasts: Sequence[Contrast],
    trials: Sequence[Trial],
    options: Options,
    verdict: Verdict,
    *,
    language: Language,
) -> dict[str, str]:
    """What the templates name. English nouns come counted, so that one of a thing is never "1 things"."""
    tried = sorted({trial.arrangements for trial in trials})
    names = [one.caption("target", language) for one in contrasts[:IN_CAPTION]]
    groups = ("、" if language == "zh" else ", ").join(names) + ("…" if len(contrasts) > IN_CAPTION else "")
    english = language == "en"
    number = "{:,}".format if english else str

    def counted(n: int, noun: str) -> str:
        return _plural(n, noun) if english else number(n)

    arrangements = number(tried[0]) + (f"–{number(tried[-1])}" if len(tried) > 1 else "")
    if english:
        arrangements += " arrangement" + ("" if tried == [1] else "s")
    return {
        "target": _side(contrasts[0], "target", language=language),
        "reference": _side(contrasts[0], "reference", language=language),
        "by": contrasts[0].by,
        "groups": groups,
        "n_groups": number(len(contrasts)),
        "tests": counted(verdict.tests, "term"),
        "arrangements": arrangements,
        "draws": number(options.draws),
        "seed": str(options.seed),
        "name": NAMES.get(options.correction, ""),
        "min_count": counted(options.min_count, "occurrence"),
        "smallest": f"{verdict.smallest_p:.3g}",
        "alpha": f"{verdict.alpha:g}",
        "too_few": SENTENCES[language]["too_few"],
        "found": f"{counted(verdict.found, 'term')} {'has' if verdict.found == 1 else 'have'}"
        if english
        else number(verdict.found),
        "needed": counted(verdict.needed, "term"),
    }


def _side(contrast: Contrast, side: Side, *, language: Language) -> str:
    """Return a side with its documents; only what the corpus itself calls so stands in quotation marks."""
    n_docs = contrast.target_n_docs if side == "target" else contrast.reference_n_docs
    lumped = side == "reference" and contrast.lumps_others
    if language == "zh":
        return f"为其余文本（{n_docs} 份）" if lumped else f"“{contrast.caption(side)}”（{n_docs} 份文本）"
    name = contrast.caption(side, "en") if lumped else f"“{contrast.caption(side, 'en')}”"
    return f"{name} ({_plural(n_docs, 'document')})"


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
