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
        Terms compared.
    testable : int
        Of them the family: terms that could reach `alpha` at all.
    found : int
        Terms whose adjusted p is at most `alpha`.
    alpha : float
        Level of significance.
    smallest_p : float
        Smallest p that any term could reach; 1 without tests.
    needed : int
        Fewest terms that must reach their smallest p together before one is found; 0 if none can be.
    """

    tests: int
    testable: int
    found: int
    alpha: float
    smallest_p: float
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

    >>> judge(np.array([np.nan] * 3), np.array([0.1, 0.1, 0.4]), alpha=0.05, correction="bh")
    Verdict(tests=3, testable=0, found=0, alpha=0.05, smallest_p=0.1, needed=0)
    """
    level = alpha * (1 + 1e-9)  # an attainable p is a fraction such as 1/20, a hair above or below 0.05
    best = np.sort(smallest_possible_p)
    family = best[best <= level]
    m, needed = len(family), 0
    if m and adjust_p(family, correction=correction)[0] <= level:
        # With the k best terms at their smallest p and all others at 1, is any of the k found?
        step_up = correction in ("bh", "by")
        factor = float(np.sum(1.0 / np.arange(1, m + 1))) if correction == "by" else 1.0
        alone = family * m * factor / np.arange(1, m + 1)
        needed = int(np.argmax(alone <= level)) + 1 if step_up else 1
    return Verdict(
        tests=len(p_adjusted),
        testable=m,
        found=int((p_adjusted <= level).sum()),
        alpha=alpha,
        smallest_p=float(best[0]) if len(best) else 1.0,
        needed=needed,
    )


SENTENCES: dict[Language, dict[str, str]] = {
    "zh": {
        "sides": "目标{target}，参照{reference}，共比较 {tests} 个词。",
        "groups": "按 {by} 分为 {n_groups} 个组（{groups}），各与其余文本相比，共比较 {tests} 个词。",
        "way": "按{unit}置换{sizes}，{arrangements}",
        "exact": "穷举全部 {number} 种排列",
        "sampled": "随机抽取 {number} 种排列（种子 {seed}）",
        "mixed": "穷举全部排列，过多时随机抽取 {number} 种（种子 {seed}）",
        "sizes": "（目标 {target_n} 个，参照 {reference_n} 个，其中 {paired} 个两侧都有）",
        "sizes_apart": "（目标 {target_n} 个，参照 {reference_n} 个）",
        "overall": "：p ≤ {level} 的词有 {reached} 个，若随机分组，平均会有 {expected} 个，"
        "95% 的分法不超过 {reached_high} 个（总体 p = {overall_p}）。",
        "overall_groups": "：各组 p ≤ {level} 的词合计 {reached} 个，若随机分组，平均会有 {expected} 个；"
        "{differing} 个组的总体 p ≤ {alpha}。",
        "largest": "各种置换中取较大的 p 值和较宽的区间。",
        "nothing": "没有出现 {min_count} 次及以上的词，无可检验。",
        "too_few": "任何词可能达到的最小 p 值为 {smallest}，大于 {alpha}：{units}数量过少，"
        "无法对单个词作显著性推断，仅报告效应量。",
        "family": "可能达到 p ≤ {alpha} 的词有 {testable} 个，",
        "corrected": "以 {name} 法校正，",
        "uncorrected": "未作多重检验校正，",
        "stays_above": "校正后均无法达到 {alpha}：{units}数量过少，仅报告效应量。",
        "found": "其中 {found} 个达到{together}。",
        "together": "（至少须有 {needed} 个词同时取得最小的 p 值，方可能显著）",
        "single": "只有一{unit}的一侧无法估计区间。",
        "shared": "注意：{shared}相同的文本并不独立，这里却当作彼此独立，p 值和区间因而不可靠；可设 {cluster}。",
    },
    "en": {
        "sides": "Target {target}, reference {reference}: {tests} compared. ",
        "groups": "Each of the {n_groups} groups of {by} ({groups}) against the rest: {tests} compared. ",
        "way": "By permuting {unit}{sizes} ({arrangements})",
        "exact": "all {number} tried",
        "sampled": "{number} drawn at random, seed {seed}",
        "mixed": "all arrangements, or {number} drawn at random where there are too many, seed {seed}",
        "sizes": " ({target_n} of the target, {reference_n} of the reference, {paired} of them on both sides)",
        "sizes_apart": " ({target_n} of the target, {reference_n} of the reference)",
        "overall": ", {reached} p ≤ {level}, where groups made by chance would have {expected} on average and at "
        "most {reached_high} in 95% of the arrangements (overall p = {overall_p}). ",
        "overall_groups": ", {reached} p ≤ {level} over all groups, where groups made by chance would have "
        "{expected} on average; the overall p is at most {alpha} in {differing}. ",
        "largest": "Of these permutations the larger p and the wider interval count. ",
        "nothing": "No term has {min_count} or more, so nothing can be tested. ",
        "too_few": "The smallest p that any term could reach, {smallest}, is above {alpha}: these are too few "
        "{units} to infer anything about single terms, and only the sizes of the differences can be reported. ",
        "family": "{testable} could reach p ≤ {alpha}; ",
        "corrected": "corrected by {name}, ",
        "uncorrected": "not corrected for the number of tests, ",
        "stays_above": "none of them could after it: these are too few {units}, and only the sizes of the differences "
        "can be reported. ",
        "found": "{found}{together}. ",
        "together": " (at least {needed} must have their smallest p together before any can be significant)",
        "single": "A side with a single {one} has no interval. ",
        "shared": "Note: documents of the same {shared} are not independent but are taken to be, so that p values and "
        "intervals cannot be relied on; set {cluster}. ",
    },
}
COLUMNS: dict[Language, dict[str, str]] = {
    "zh": {"doc_id": "文本", "place": "地方", "speaker": "讲话人", "year": "年份"},
    "en": {"doc_id": "document", "place": "place", "speaker": "speaker", "year": "year"},
}
"""What the units that are permuted are called; another column goes by its own name."""


def sentences(
    contrasts: Sequence[Contrast],
    trials: Sequence[Trial],
    options: Options,
    verdict: Verdict,
    *,
    language: Language,
) -> str:
    """Return the sentences of a comparison: what was compared, whether anything differs, and what was found."""
    said, several = SENTENCES[language], len(contrasts) > 1
    words = _words(contrasts, trials, options, verdict, language=language)
    parts = [said["groups" if several else "sides"]]
    ways = list(dict.fromkeys(trial.unit for trial in trials))
    if not verdict.tests:
        parts.append(said["nothing"])
    else:
        for unit in ways:
            mine = [trial for trial in trials if trial.unit == unit]
            parts.append(_overall(mine, options, language=language))
        parts += [said["largest"]] if len(ways) > 1 else []
        parts.append(_verdict(verdict, options, said))
        fewest = min(min(trial.target_n, trial.reference_n) for trial in trials)
        parts += [said["single"]] if fewest < 2 else []
        parts += [said["shared"]] if words["shared"] else []
    return "".join(parts).format(**words).strip()


def _verdict(verdict: Verdict, options: Options, said: dict[str, str]) -> str:
    if not verdict.testable:
        return said["too_few"]
    start = said["family"] + said["uncorrected" if options.correction == "none" else "corrected"]
    if not verdict.needed:
        return start + said["stays_above"]
    return start + said["found"].replace("{together}", said["together"] if verdict.needed > 1 else "")


def _overall(trials: Sequence[Trial], options: Options, *, language: Language) -> str:
    """Return the sentence on all terms together, for one way of permuting; its braces are filled already."""
    said, first = SENTENCES[language], trials[0]
    number = "{:,}".format if language == "en" else str
    tried = sorted({trial.arrangements for trial in trials})
    exact = all(trial.exact for trial in trials)
    kind = "exact" if exact else "mixed" if len(trials) > 1 else "sampled"
    count = number(tried[0]) + (f"–{number(tried[-1])}" if len(tried) > 1 else "")
    if kind == "mixed":
        count = number(options.draws)
    elif language == "en":
        count += " arrangement" + ("" if tried == [1] else "s")
    sizes = ""
    if len(trials) == 1 and (first.unit != "doc_id" or first.paired):
        sizes = said["sizes" if first.paired else "sizes_apart"].format(**vars(first))
    unit = COLUMNS[language].get(first.unit, first.unit)
    way = said["way"].format(
        unit=f"{unit}s" if language == "en" else unit if unit in COLUMNS["zh"].values() else f" {unit} ",
        sizes=sizes,
        arrangements=said[kind].format(number=count, seed=options.seed),
    )
    reached, differing = (
        sum(t.reached for t in trials),
        sum(t.overall_p <= options.alpha * (1 + 1e-9) for t in trials),
    )
    english = language == "en"
    return way + said["overall_groups" if len(trials) > 1 else "overall"].format(
        level=f"{max(t.level for t in trials):.3g}",
        reached=f"{_plural(reached, 'term')} {'has' if reached == 1 else 'have'}" if english else reached,
        expected=f"{sum(t.expected for t in trials):.1f}",
        reached_high=number(first.reached_high),
        overall_p=f"{first.overall_p:.3g}",
        alpha=f"{options.alpha:g}",
        differing=_plural(differing, "group") if english else differing,
    )


def _words(
    contrasts: Sequence[Contrast],
    trials: Sequence[Trial],
    options: Options,
    verdict: Verdict,
    *,
    language: Language,
) -> dict[str, str]:
    """What the templates name. English nouns come counted, so that one of a thing is never "1 things"."""
    names = [one.caption("target", language) for one in contrasts[:IN_CAPTION]]
    groups = ("、" if language == "zh" else ", ").join(names) + ("…" if len(contrasts) > IN_CAPTION else "")
    english = language == "en"
    number = "{:,}".format if english else str
    unit = next((trial.unit for trial in trials if min(trial.target_n, trial.reference_n) < 2), trials[0].unit)
    one = COLUMNS[language].get(unit, unit)
    shared = list(dict.fromkeys(name for contrast in contrasts for name in contrast.shared))
    cluster = [*contrasts[0].cluster, *shared]
    named = [COLUMNS[language][name] for name in shared]

    def counted(n: int, noun: str) -> str:
        return _plural(n, noun) if english else number(n)

    return {
        "target": _side(contrasts[0], "target", language=language),
        "reference": _side(contrasts[0], "reference", language=language),
        "by": contrasts[0].by,
        "groups": groups,
        "n_groups": number(len(contrasts)),
        "tests": counted(verdict.tests, "term"),
        "testable": counted(verdict.testable, "term"),
        "name": NAMES.get(options.correction, ""),
        "min_count": counted(options.min_count, "occurrence"),
        "smallest": f"{verdict.smallest_p:.3g}",
        "alpha": f"{verdict.alpha:g}",
        "found": f"{counted(verdict.found, 'term')} {'does' if verdict.found == 1 else 'do'}"
        if english
        else number(verdict.found),
        "needed": counted(verdict.needed, "term"),
        "one": one,
        "unit": "份文本" if unit == "doc_id" else "个" + one if unit in COLUMNS["zh"] else f"个 {one} ",
        "units": f"{one}s" if english else one if unit in COLUMNS["zh"] else f"{one} ",
        "shared": (" or " if english else "或").join(named),
        "cluster": f"cluster={cluster[0]!r}" if len(cluster) == 1 else f"cluster={tuple(cluster)!r}",
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
