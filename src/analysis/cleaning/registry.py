"""The cleaning rules in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import explain, nearest
from ..provenance import digest_json
from ..zh.word_lists import digest_word_list
from .edits import Edit
from .rules import annotations as ruby  # the name is taken by `from __future__`
from .rules import (
    ideographs,
    invisible,
    line_breaks,
    placeholders,
    punctuation,
    repeats,
    residue,
    run_on_headings,
    script,
    sentence_ends,
    spaces,
)
from .torn import rule as torn


@dataclass(frozen=True)
class Rule:
    """One cleaning rule: a pure function from a text to its edits, with a name, a version and a purpose."""

    name: str
    version: int
    find: Callable[[str], list[Edit]]
    purpose: str
    purpose_zh: str
    lists: tuple[str, ...] = ()
    """Word lists in `resources/` that decide what the rule does."""


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("invisible", invisible.VERSION, invisible.find_invisible, "invisible characters and line ends", "不可见字符"),
        Rule("torn_bytes", 2, torn.find_torn_bytes, "torn characters", "乱码修复", ("policy_terms.tsv",)),
        Rule("annotations", ruby.VERSION, ruby.find_annotations, "pinyin in brackets", "括注拼音"),
        Rule("ideographs", ideographs.VERSION, ideographs.find_ideographs, "radicals and compatibility ideographs", "部首与兼容汉字", ideographs.LISTS),
        Rule("script", script.VERSION, script.find_script, "traditional to simplified", "繁体转简体", script.LISTS),
        Rule("residue", residue.VERSION, residue.find_residue, "what the web page left", "网页残留"),
        Rule("spaces", spaces.VERSION, spaces.find_spaces, "indents and blank lines", "缩进与空行"),
        Rule("punctuation", punctuation.VERSION, punctuation.find_punctuation, "half-width punctuation", "半角标点"),
        Rule("line_breaks", line_breaks.VERSION, line_breaks.find_line_breaks, "lines broken inside a sentence", "句中断行"),
        Rule("repeats", repeats.VERSION, repeats.find_repeats, "title or text held twice", "标题或全文重复"),
        Rule("headings", run_on_headings.VERSION, run_on_headings.find_headings, "headings that run on", "标题分行"),
        Rule("sentence_ends", sentence_ends.VERSION, sentence_ends.find_sentence_ends, "lost full stops", "补句号", sentence_ends.LISTS),
        Rule("placeholders", placeholders.PLACEHOLDERS_VERSION, placeholders.find_placeholders, "placeholders, kept", "占位符（保留）"),
        Rule("cut_off", placeholders.CUT_OFF_VERSION, placeholders.find_cut_off, "text seems cut off", "疑似截断（保留）"),
    )
}  # fmt: skip
"""Every rule, in order: invisible characters before all, torn bytes before pinyin (the pinyin is evidence),
script before residue (so that residue is described once, in simplified script), layout last."""

CORRECTIONS = "corrections"
"""The name under which corrections of single documents stand among the rules; they run after all."""
DEFAULT_RULES: tuple[str, ...] = tuple(RULES)
"""The names of the rules that clean_corpus applies, in order."""


def choose_rules(names: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules of these names, in the registry's order whatever the order given.

    Raises
    ------
    ValueError
        There is no rule of that name.

    Examples
    --------
    >>> [rule.purpose_zh for rule in choose_rules(["script", "annotations"])]
    ['括注拼音', '繁体转简体']
    """
    for name in names:
        if name not in RULES:
            near = nearest(name, RULES)
            raise ValueError(
                explain(
                    f"there is no cleaning rule {name!r}",
                    allowed=", ".join(RULES),
                    todo=f"did you mean {near!r}?" if near else "",
                )
            )
    return tuple(rule for name, rule in RULES.items() if name in set(names))


def digest_word_lists(names: Sequence[str]) -> str:
    """Return one digest of the word lists that these rules read, 12 digits; "" if they read none.

    A word more in a list changes texts as a change of code does, while a rule's version stays the same.

    Examples
    --------
    >>> len(digest_word_lists(["script"])), digest_word_lists(["spaces"])
    (12, '')
    """
    read = sorted({name for rule in choose_rules(names) for name in rule.lists})
    return digest_json([[name, digest_word_list(name)] for name in read])[:12] if read else ""
