"""What moves a finding: the choices that could as well have been made."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .style import BLUE, GREY, Language, axes_of, in_style, panels, pick

CHOICES = {
    "stop_list": ("停用词表", "stop list"),
    "dictionary": ("术语词典", "dictionary"),
    "min_count": ("最低频次", "minimum count"),
    "docfreq_unit": ("文档频率的统计单位", "unit of document frequency"),
    "segmenter": ("分词器", "segmenter"),
}


VALUES = {
    "default": "默认",
    "minimal": "精简",
    "none": "不用",
    "document": "文档",
    "section": "章节",
    "paragraph": "段落",
    "sentence": "句子",
    "rjieba_hmm": "新词识别（HMM）",
    "jieba_hmm": "jieba，新词识别（HMM）",
}


@in_style
def plot_choices(table: pd.DataFrame, *, ax: Axes | None = None, language: Language = "zh") -> Axes:
    """Return how far each choice, changed alone, moves the findings, and how many it makes disappear.

    Parameters
    ----------
    table : DataFrame
        From `weigh_choices`: `choice, value, against, moved, lost`.
    ax : Axes, optional
        Where to draw; it becomes the frame of the two panels.
    language : {"zh", "en"}
        Language of the labels.

    Examples
    --------
    >>> table = pd.DataFrame({"choice": ["stop_list"], "value": ["none"], "against": ["default"],
    ...     "moved": [0.5], "lost": [0.1]})
    >>> plot_choices(table).figure.axes[1].get_yticklabels()[0].get_text()
    '停用词表：不用'
    """
    frame = axes_of(ax, height=1.0 + 0.26 * max(len(table), 1))
    left, right = panels(frame, count=2, columns=2)
    indices = np.arange(len(table))
    left.barh(indices, table["moved"].to_numpy(dtype=np.float64), height=0.66, color=BLUE)
    right.barh(indices, 100 * table["lost"].to_numpy(dtype=np.float64), height=0.66, color=GREY)
    colon = "：" if language == "zh" else ": "
    labels = []
    for choice, value in zip(table["choice"], table["value"], strict=True):
        zh, en = CHOICES.get(choice, (choice, choice))
        labels.append(
            f"{pick(language, zh=zh, en=en)}{colon}{pick(language, zh=VALUES.get(value, value), en=value)}"
        )
    left.set_yticks(indices, labels)
    right.set_yticks(indices, [""] * len(table))
    for panel in (left, right):
        panel.set_ylim(len(table) - 0.4, -0.6)
        panel.set_xlim(left=0)
        panel.tick_params(axis="y", length=0)
        panel.grid(axis="x")
        panel.set_axisbelow(True)
    left.set_xlabel(
        pick(language, zh="排名平均变动（1 = 翻倍或减半）", en="mean shift of ranks (1 = doubled or halved)")
    )
    right.set_xlabel(pick(language, zh="消失的关键词（%）", en="keywords lost (%)"))
    return frame
