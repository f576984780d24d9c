"""Say in plain sentences what a comparison could show."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from ..errors import check_choice, explain

NAMES = {
    "bh": "Benjamini–Hochberg",
    "holm": "Holm",
    "by": "Benjamini–Yekutieli",
    "bonferroni": "Bonferroni",
    "none": "",
}


def describe_comparison(
    table: pd.DataFrame, *, level: float = 0.05, language: Literal["zh", "en"] = "zh"
) -> str:
    """Return in plain sentences how many terms were tested, and whether so few documents can show anything.

    Parameters
    ----------
    table : DataFrame
        From `compare_vocabulary` or `compare_groups`, whole or a part of it.
    level : float
        Level of significance.
    language : {"zh", "en"}
        Of the sentences.

    Examples
    --------
    >>> from analysis.words.tokens import Tokens
    >>> from analysis.matrix import count_terms
    >>> from analysis.keyness import compare_vocabulary
    >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告"]}, index=list("甲乙丙"))
    >>> dtm = count_terms(Tokens.from_lists([["坚持"], ["坚持"], ["办结"]], docvars=docvars))
    >>> print(describe_comparison(compare_vocabulary(dtm, by="type", target="讲话", min_count=1)))
    目标“讲话”2份文本，参照“其余”1份文本，共检验2个词；按文本置换，穷举全部3种排列，以Benjamini–Hochberg法校正。可能达到的最小p值为0.333，大于0.05：文本太少，无法判断显著性，只能看差异的大小。只有一份文本的组无法估计区间。
    """
    check_choice(language, ("zh", "en"), name="language")
    done = table.attrs.get("comparison")
    if done is None:
        raise ValueError(
            explain(
                "this table does not say how it was made",
                allowed="a table from compare_vocabulary or compare_groups",
                todo="describe it before it is written to a file or merged",
            )
        )
    smallest = done["smallest_possible_p"]
    found = int((table["p_adjusted"] <= level).sum())
    tests, correction = done["tests"], done["correction"]
    single = min(done["target_documents"], done["reference_documents"]) < 2
    harmonic = float(np.sum(1.0 / np.arange(1, tests + 1))) if correction == "by" else 1.0
    needed = int(np.ceil(tests * harmonic * smallest / level - 1e-9)) if tests else 0
    hopeless = (
        tests == 0 or smallest > level or (correction in ("holm", "bonferroni") and tests * smallest > level)
    )
    hopeless = hopeless or (correction == "by" and needed > tests)
    if language == "zh":
        way = (
            f"穷举全部{done['arrangements']}种排列"
            if done["exact"]
            else f"随机抽取{done['arrangements']}种排列（种子{done['seed']}）"
        )
        fix = f"以{NAMES[correction]}法校正" if correction != "none" else "未作多重检验校正"
        text = (
            f"目标“{done['target']}”{done['target_documents']}份文本，参照“{done['reference']}”"
            f"{done['reference_documents']}份文本，共检验{tests}个词；按文本置换，{way}，{fix}。"
        )
        if tests == 0:
            return text + f"没有出现{done['min_count']}次以上的词，无可检验。"
        if hopeless:
            after = "" if smallest > level else "，校正后仍不可能达到"
            compared = f"，大于{level:g}" if smallest > level else after
            text += f"可能达到的最小p值为{smallest:.3g}{compared}：文本太少，无法判断显著性，只能看差异的大小。"
        else:
            text += f"校正后p≤{level:g}的词有{found}个；可能达到的最小p值为{smallest:.3g}"
            text += (
                f"，须至少{needed}个词同时达到才可能显著。"
                if correction in ("bh", "by") and needed > 1
                else "。"
            )
        return text + ("只有一份文本的组无法估计区间。" if single else "")
    way = (
        f"all {done['arrangements']:,} arrangements were tried"
        if done["exact"]
        else f"{done['arrangements']:,} random arrangements, seed {done['seed']}"
    )
    reference = "the rest" if done["reference"] == "其余" else f"“{done['reference']}”"
    fix = (
        f"corrected by {NAMES[correction]}" if correction != "none" else "not corrected for the number of tests"
    )
    text = (
        f"Target “{done['target']}” ({done['target_documents']} documents), reference {reference} "
        f"({done['reference_documents']} documents): {tests:,} terms tested by permuting documents ({way}), {fix}. "
    )
    if tests == 0:
        return text + f"No term occurs {done['min_count']} times, so nothing can be tested."
    if hopeless:
        why = f"is above {level:g}" if smallest > level else f"stays above {level:g} after correction"
        text += (
            f"The smallest p that can be reached, {smallest:.3g}, {why}: these are too few documents to say "
            "anything about significance; look at the size of the differences."
        )
    else:
        text += f"{found:,} have an adjusted p of at most {level:g}; the smallest p that can be reached is {smallest:.3g}"
        text += (
            f", so that {needed:,} terms must reach it together.".replace("1 terms", "1 term")
            if correction in ("bh", "by") and needed > 1
            else "."
        )
    return text + (" A group of a single document has no interval." if single else "")
