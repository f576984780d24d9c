"""The noun `Comparison`: a table of terms, the contrast that it is of, and what was done to get it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from ..errors import check_choice, explain
from ..provenance import History
from .contrast import Contrast, Language
from .describe import Verdict, judge, sentences
from .options import Options, Trial


@dataclass(frozen=True, eq=False)
class Comparison:
    """How the use of every term differs between two groups of documents. Made by `compare_vocabulary`.

    Parameters
    ----------
    table : DataFrame
        One row a term; the columns are those of `compare_vocabulary` or `compare_groups`.
    contrasts : tuple of Contrast
        What is compared with what; several if every group of a column is compared with the rest.
    trials : tuple of Trial
        The permutations, one entry a contrast.
    options : Options
        Minimum count, correction, confidence and so on.
    history : tuple of Step
        What was done so far.
    """

    table: pd.DataFrame
    contrasts: tuple[Contrast, ...]
    trials: tuple[Trial, ...]
    options: Options
    history: History = field(default=(), repr=False)

    @property
    def contrast(self) -> Contrast:
        """The contrast; ValueError if there are several."""
        if len(self.contrasts) != 1:
            raise ValueError(
                explain(
                    f"this comparison is of {len(self.contrasts)} groups, each with the rest",
                    allowed="a comparison of two groups",
                    todo="compare_vocabulary(dtm, contrast=comparison.contrasts[0], …)",
                )
            )
        return self.contrasts[0]

    def verdict(self, *, alpha: float = 0.05) -> Verdict:
        """Return how many terms were tested and found at a level of significance, and whether any could be."""
        if not 0 < alpha < 1:
            raise ValueError(explain(f"alpha is {alpha}", allowed="a share above 0 and below 1"))
        return judge(
            self.table["p_adjusted"].to_numpy(),
            self.table["smallest_possible_p"].to_numpy(),
            alpha=alpha,
            correction=self.options.correction,
        )

    def describe(self, language: Language = "zh", *, alpha: float = 0.05) -> str:
        """Return in plain sentences how many terms were tested, and whether so few documents can show anything.

        Parameters
        ----------
        language : {"zh", "en"}
            Of the sentences.
        alpha : float
            Level of significance.

        Examples
        --------
        >>> from analysis import Tokens, choose_groups, compare_vocabulary, count_terms
        >>> docvars = pd.DataFrame({"type": ["讲话", "讲话", "报告"]}, index=list("甲乙丙"))
        >>> dtm = count_terms(Tokens.from_lists([["坚持"], ["坚持"], ["办结"]], docvars=docvars))
        >>> comparison = compare_vocabulary(dtm, contrast=choose_groups(dtm), min_count=1, seed=1)
        >>> print(comparison.describe())
        目标“讲话”（2 份文本），参照“报告”（1 份文本），共检验 2 个词；按文本置换，穷举全部 3 种排列，以 Benjamini–Hochberg 法校正。可能达到的最小 p 值为 0.333，大于 0.05：文本数量过少，无法进行显著性推断，仅报告效应量。只有一份文本的一侧无法估计区间。
        """
        check_choice(language, ("zh", "en"), name="language")
        verdict = self.verdict(alpha=alpha)
        return sentences(self.contrasts, self.trials, self.options, verdict, language=language)

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return f"<Comparison: {'; '.join(map(str, self.contrasts))}, {len(self):,} terms>"

    def _repr_html_(self) -> str:
        return f"<p>{self.describe()}</p>" + self.table.head(20).round(2).to_html(notebook=True)
