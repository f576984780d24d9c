"""Original and repaired text side by side, as HTML that needs nothing but a browser."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..corpus import Corpus
from ..errors import CorpusError, check_choice, explain
from .clean_text import clean_and_explain
from .plan import Plan, apply_plan, cleaned_span, explain_plan, original_span
from .registry import DEFAULT_RULES, RULES

COLOURS = {
    "invisible": "#dddddd",
    "torn_bytes": "#f4b6a6",
    "annotations": "#fde3a7",
    "ideographs": "#e3d3f0",
    "script": "#cfe5f5",
    "residue": "#f3c6dd",
    "spaces": "#e6e6e6",
    "punctuation": "#d8efd0",
    "line_breaks": "#c9ece6",
    "headings": "#f7d0a0",
    "sentence_ends": "#e9e39a",
    "repeats": "#d9c7b8",
    "corrections": "#b8d4b8",
    "placeholders": "#eeeeee",
    "cut_off": "#eeeeee",
}
"""Background of each rule's changes; light, so that text on them stays readable. Certainty is a line below."""
LINES = {"rule": "", "proved": "2px solid", "inferred": "2px dotted", "unresolved": "2px dashed"}
CERTAINTY_WORDS = {
    "proved": {"zh": "已证实", "en": "proved"},
    "inferred": {"zh": "推断", "en": "inferred"},
    "unresolved": {"zh": "未解决", "en": "unresolved"},
}
WORDS = {
    "zh": {
        "raw": "原文",
        "clean": "修复后",
        "same": "行未改动",
        "more": "行有改动，未显示",
        "none": "没有改动",
    },
    "en": {
        "raw": "Original",
        "clean": "Repaired",
        "same": "lines unchanged",
        "more": "changed lines not shown",
        "none": "nothing changed",
    },
}


@dataclass(frozen=True)
class ChangesView:
    """A comparison that a notebook shows as a table; `html` is what it shows."""

    html: str = field(repr=False)
    documents: int
    changes: int

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class _Row:
    """A line of the cleaned text with the raw text that it came from; either may be missing."""

    raw: tuple[int, int]
    clean: tuple[int, int] | None


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    rule: str
    certainty: str
    hint: str


def view_changes(
    corpus: Corpus | str,
    *,
    doc_id: str | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    only_changed: bool = True,
    context: int = 0,
    max_lines: int = 40,
    language: str = "zh",
) -> ChangesView:
    """Return the original and the repaired text side by side, with the changes marked.

    The rule is told by colour (legend above the table) and on hovering, the certainty by a line below the
    change. Only HTML with styles in place: it works in JupyterLab, in exported pages and without a network.

    Parameters
    ----------
    corpus : Corpus or str
        A cleaned corpus; a raw one, or a text, which is cleaned for the purpose.
    doc_id : str, optional
        One document; all of them by default.
    rules : sequence of str
        Names of cleaning rules, for what is not cleaned yet.
    only_changed : bool
        Leave out lines that are the same.
    context : int
        How many unchanged lines to show around changed ones.
    max_lines : int
        At most so many lines a document.
    language : {"zh", "en"}
        Of legend and headings.

    Returns
    -------
    ChangesView

    Raises
    ------
    CorpusError
        There is no such document, or the corpus is split.

    Examples
    --------
    >>> view = view_changes("全面依法治區(qū)")
    >>> view
    ChangesView(documents=1, changes=2)
    >>> "全面依法治" in view.html, "区</mark>" in view.html
    (True, True)
    """
    check_choice(language, ("zh", "en"), name="language")
    cases = [("", corpus, clean_and_explain(corpus, rules=rules).plan)] if isinstance(corpus, str) else []
    if isinstance(corpus, Corpus):
        cases = _cases(corpus, doc_id, rules)
    counts: Counter[str] = Counter()
    sections = []
    for name, raw, plan in cases:
        counts.update(change.rule for change in explain_plan(raw, plan=plan))
        table = _table(raw, plan, only_changed, context, max_lines, language)
        heading = f'<p style="text-align:left"><b>{html.escape(name)}</b></p>' if name else ""
        sections.append(heading + table)
    whole = f"<div>{_legend(counts, language)}{''.join(sections)}</div>"
    return ChangesView(whole, len(cases), sum(counts.values()))


def _cases(corpus: Corpus, doc_id: str | None, rules: Sequence[str]) -> list[tuple[str, str, Plan]]:
    if corpus.unit != "document":
        raise CorpusError(
            explain(
                f"the corpus is split into {corpus.unit}s", allowed="whole documents", todo="give its parent"
            )
        )
    if doc_id is not None:
        corpus[doc_id]  # the corpus names the nearest identifier where there is none of this name
    cases = []
    raws = corpus.parent if corpus.plans is not None else corpus
    for index, name in enumerate(corpus.unit_ids):
        if raws is not None and doc_id in (None, name):
            raw = raws.texts[index]
            plan = corpus.plans[index] if corpus.plans is not None else clean_and_explain(raw, rules=rules).plan
            cases.append((name, raw, plan))
    return cases


def view_page(view: ChangesView, *, title: str) -> str:
    """Return a comparison as an HTML page of its own.

    Examples
    --------
    >>> view_page(view_changes("依法治區(qū)"), title="讲话")[:40]
    '<!DOCTYPE html>\\n<html lang="zh"><head><m'
    """
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title></head>\n"
        '<body style="max-width:72em;margin:1em auto;font-family:sans-serif">\n'
        f"<h1>{html.escape(title)}</h1>\n{view.html}\n</body></html>\n"
    )


def _legend(counts: Counter[str], language: str) -> str:
    parts = []
    for rule in [*RULES, "corrections"]:
        if counts[rule]:
            parts.append(f"{_swatch(rule, _purpose(rule, language))} {counts[rule]}")
    for certainty, words in CERTAINTY_WORDS.items():
        parts.append(f'<span style="border-bottom:{LINES[certainty]} #444">{words[language]}</span>')
    return f'<p style="text-align:left">{" &nbsp; ".join(parts)}</p>'


def _purpose(rule: str, language: str) -> str:
    if rule in RULES:
        return RULES[rule].purpose_zh if language == "zh" else RULES[rule].purpose
    return "人工更正" if language == "zh" else "correction by hand"


def _swatch(rule: str, text: str) -> str:
    colour = COLOURS.get(rule, "#eeeeee")
    return f'<mark style="background-color:{colour};color:#111111">{html.escape(text)}</mark>'


def _table(raw: str, plan: Plan, only_changed: bool, context: int, max_lines: int, language: str) -> str:
    words = WORDS[language]
    clean = apply_plan(raw, plan=plan)
    left, right = _marks(raw, plan, language)
    rows = _rows(raw, clean, plan)
    open_places = sorted(mark.start for mark in right if mark.certainty == "unresolved")
    changed = [_is_changed(row, raw, clean, open_places) for row in rows]
    shown = set(range(len(rows)))
    if only_changed:
        near = range(-context, context + 1)
        shown = {index + step for index, is_changed in enumerate(changed) if is_changed for step in near}
    # Cut after choosing: of a long document the first changed lines are worth more than its first lines.
    kept = [index for index in range(len(rows)) if index in shown]
    cut, kept = kept[max_lines:], kept[:max_lines]
    cells = []
    last = -1
    for index in kept:
        if index > last + 1:
            cells.append(_note(f"… {index - last - 1} {words['same']}"))
        row = rows[index]
        other = _render(clean, *row.clean, right) if row.clean else ""
        cells.append(f"<tr>{_cell(_render(raw, *row.raw, left))}{_cell(other)}</tr>")
        last = index
    if not kept:
        cells.append(_note(words["none"]))
    if cut:
        cells.append(_note(f"… {sum(changed[index] for index in cut)} {words['more']}"))
    head = "".join(f'<th style="text-align:left;width:50%">{words[side]}</th>' for side in ("raw", "clean"))
    return f'<table style="width:100%;table-layout:fixed"><tr>{head}</tr>{"".join(cells)}</table>'


def _cell(text: str) -> str:
    return f'<td style="text-align:left;vertical-align:top;white-space:normal">{text}</td>'


def _note(text: str) -> str:
    return f'<tr><td colspan="2" style="text-align:center;color:#777777">{html.escape(text)}</td></tr>'


def _marks(raw: str, plan: Plan, language: str) -> tuple[list[_Mark], list[_Mark]]:
    """Return what to mark on either side."""
    left: list[_Mark] = []
    right: list[_Mark] = []
    # A change knows where it stands in the raw text; where it stands in the clean one the later steps decide.
    changes = iter(explain_plan(raw, plan=plan))
    for number, step in enumerate(plan):
        later = plan[number + 1 :]
        shift = 0
        for edit in step.edits:
            change = next(changes)
            parts = [
                f"{_purpose(step.rule, language)} ({step.rule}, {edit.certainty})",
                edit.note,
                " | ".join(edit.alternatives),
            ]
            hint = "; ".join(part for part in parts if part)
            left.append(_Mark(change.start, change.end, step.rule, edit.certainty, hint))
            start = edit.start + shift
            shift += len(edit.after) - (edit.end - edit.start)
            if edit.after:
                right.append(
                    _Mark(*cleaned_span(later, start, start + len(edit.after)), step.rule, edit.certainty, hint)
                )
    return left, right


def _rows(raw: str, clean: str, plan: Plan) -> list[_Row]:
    """Return the lines of the cleaned text with their raw text, and the raw lines that are gone, in order."""
    rows: list[_Row] = []
    done = 0
    for match in re.finditer(r"[^\n]+", clean):
        start, end = original_span(plan, *match.span())
        # A replacement across a line end (a heading put on its own line) gives both lines the same raw span: the
        # first keeps it, since every raw character must be shown once.
        start = max(start, done)
        end = max(end, start)
        gap = raw[done:start]
        # Raw text between two lines: whole lines of it were taken out, what touches a neighbour belongs to that.
        if "\n" in gap:
            first, last = gap.index("\n") if rows else 0, gap.rindex("\n")
            if rows and gap[:first].strip():
                rows[-1] = _Row((rows[-1].raw[0], done + first), rows[-1].clean)
            rows += _lost_lines(raw, done + first, done + last)
            start = done + last + 1
        elif gap:
            start = done
        rows.append(_Row((start, end), match.span()))
        done = end
    rest = raw[done:]
    first = rest.find("\n")
    first = len(rest) if first < 0 else first
    if rows and rest[:first].strip():
        rows[-1] = _Row((rows[-1].raw[0], done + first), rows[-1].clean)
    elif not rows:
        first = 0
    return [*rows, *_lost_lines(raw, done + first, len(raw))]


def _lost_lines(raw: str, start: int, end: int) -> list[_Row]:
    lines = re.compile(r"[^\n]+").finditer(raw, start, end)
    return [_Row(match.span(), None) for match in lines if not match[0].isspace()]


def _is_changed(row: _Row, raw: str, clean: str, open_places: list[int]) -> bool:
    """Tell whether a line differs in more than its indent, or holds something unresolved."""
    if row.clean is None or raw[slice(*row.raw)].strip() != clean[slice(*row.clean)]:
        return True
    start, end = row.clean
    return bisect_left(open_places, end) > bisect_left(open_places, start)


def _render(text: str, start: int, end: int, marks: list[_Mark]) -> str:
    """Return a stretch of text as HTML with its marks; where two meet, the earlier rule's is shown."""
    # By character and not by nesting marks: edits of different rules overlap in the raw text, HTML must not.
    owner: dict[int, _Mark] = {}
    for mark in marks:
        for index in range(max(start, mark.start), min(end, mark.end)):
            owner.setdefault(index, mark)
    parts = []
    index = start
    while index < end:
        found = owner.get(index)
        stop = index + 1
        while stop < end and owner.get(stop) is found:
            stop += 1
        inside = html.escape(text[index:stop], quote=False).replace("\n", "↵<br>")
        parts.append(_marked(inside, found) if found else inside)
        index = stop
    return "".join(parts)


def _marked(inside: str, mark: _Mark) -> str:
    line = f";border-bottom:{LINES[mark.certainty]} #444444" if LINES[mark.certainty] else ""
    colour = COLOURS.get(mark.rule, "#eeeeee")
    return f'<mark title="{html.escape(mark.hint)}" style="background-color:{colour};color:#111111{line}">{inside}</mark>'
