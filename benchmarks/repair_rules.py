"""How well the cleaning rules beside torn bytes work: writes benchmarks/repair_rules.md, one table a function.

    python benchmarks/repair_rules.py [--reports FOLDER]

FOLDER holds the national government work reports, one `<year>_….txt` each, which are not part of this project;
without it only the tables that need none are written.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from analysis import (
    apply_plan,
    clean_and_explain,
    clean_corpus,
    explain_cleaning,
    paths,
    read_corpus,
)
from analysis.cleaning.plan import explain_plan
from analysis.cleaning.registry import RULES
from analysis.cleaning.rules.script import converter, count_scripts, to_simplified
from analysis.cleaning.rules.sentence_ends import sentence_borders

HERE = Path(__file__).parent
READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")
RESIDUE = (
    "好学生",
    "分享 时间",
    "提交",
    "互联网用户",
    "sanweiyuan",
    "编辑",
    "校对",
    "责编",
    "审核：",
    "Images",
    "6页",
    '");',
    "4349393",
)
"""What a reader of the five pages sees that is not the text, copied by hand from the pages."""
HOSTILE = ("(", "區(qū", "?", "，", "，法治", " ", "《", "www.", "编辑:王\n", "二)", "【字号", "“", "区\n")


def table(rows: list[dict]) -> str:
    frame = pd.DataFrame(rows).fillna("")
    head = "| " + " | ".join(frame.columns) + " |\n|" + " --- |" * len(frame.columns)
    body = ["| " + " | ".join(map(str, row)) + " |" for row in frame.itertuples(index=False)]
    return "\n".join([head, *body])


def five_documents() -> str:
    """What was to be removed, and what is left of it."""
    raw = read_corpus(paths.CORPUS)
    cleaned = clean_corpus(raw)
    changes = explain_cleaning(cleaned)
    rows = []
    for place, (name, text) in enumerate(cleaned):
        own = changes[changes["doc_id"] == name]
        page = raw.texts[place]
        plan = cleaned.plans[place]
        again = clean_and_explain(text).text
        rows.append(
            {
                "document": name,
                "readings on the page": len(READING.findall(page)),
                "readings stripped": int((own["rule"] == "annotations").sum()),
                "brackets with pinyin left": len(READING.findall(text)),
                "residue left": sum(text.count(word) for word in RESIDUE),
                "traditional characters left": count_scripts(text)[0],
                "half-width signs left": len(re.findall(r"(?<=[\u3400-\u9fff])[,:;?!]", text)),
                "changes": int((own["certainty"] != "unresolved").sum()),
                "replays": "yes" if apply_plan(page, plan=plan) == text else "NO",
                "stable": "yes" if again == text else "NO",
            }
        )
    return table(rows)


def there_and_back(files: list[Path]) -> str:
    """Simplified → traditional → simplified, on reports that are simplified throughout."""
    wrong: dict[str, Counter[str]] = {"these rules": Counter(), "OpenCC t2s alone": Counter()}
    total = 0
    for file in files:
        text = file.read_text(encoding="utf-8")
        if int(file.name[:4]) < 1978:
            continue
        for line in filter(None, text.split("\n")):
            there = converter("s2t")(line)
            ways = {"these rules": to_simplified(there), "OpenCC t2s alone": converter("t2s")(there)}
            total += len(line)
            for name, back in ways.items():
                assert len(back) == len(line)
                wrong[name].update(
                    f"{left}→{right}" for left, right in zip(line, back, strict=True) if left != right
                )
    return table(
        [
            {
                "conversion": name,
                "characters": f"{total:,}",
                "wrong": sum(counts.values()),
                "exact, %": f"{100 - 100 * sum(counts.values()) / total:.4f}",
                "which": "、".join(f"{pair} {count}" for pair, count in counts.most_common(6)),
            }
            for name, counts in wrong.items()
        ]
    )


def clean_text(files: list[Path]) -> str:
    """What the rules change in published reports, 1978 to the present; layout blanks apart."""
    rows = []
    characters = 0
    for file in files:
        if int(file.name[:4]) < 1978:
            continue
        text = file.read_text(encoding="utf-8")
        characters += len(text)
        for change in explain_plan(text, plan=clean_and_explain(text).plan):
            if change.rule != "spaces":
                around = text[max(0, change.start - 6) : change.end + 6].replace("\n", "↵")
                rows.append(
                    {
                        "report": file.name[:4],
                        "rule": change.rule,
                        "change": f"{change.before} → {change.after}",
                        "around": around,
                    }
                )
    return f"{characters:,} characters, {len(rows)} changes.\n\n{table(rows)}"


def speed(files: list[Path]) -> str:
    """Megabytes (UTF-8) a second and processor on text with nothing to repair; the median of five runs."""
    texts = [clean_and_explain(file.read_text(encoding="utf-8")).text for file in files]
    texts = [f"{text}\n{number}" for number in range(2) for text in texts]
    size = sum(len(text.encode()) for text in texts) / 1e6
    rows = []
    for name, rule in RULES.items():
        rows.append({"rule": name, "MB/s": round(size / _median_time(rule.find, texts))})
    times = []
    for turn in range(5):
        fresh = [f"{text}{turn}" for text in texts]
        begin = process_time()
        for text in fresh:
            clean_and_explain(text)
        times.append(process_time() - begin)
    rows.append({"rule": "all together", "MB/s": f"{size / np.median(times):.1f}"})
    return table(rows)


def _median_time(find: Callable[[str], object], texts: list[str]) -> float:
    times = []
    for _ in range(5):
        begin = process_time()
        for text in texts:
            find(text)
        times.append(process_time() - begin)
    return max(float(np.median(times)), 1e-4)


def hostile() -> str:
    """All rules but torn bytes on text made to hurt; growth when it is four times as long (4 is linear)."""
    rows = []
    for piece in HOSTILE:
        worst = ("", 0.0, 0.0)
        for name, rule in RULES.items():
            if name == "torn_bytes":
                continue
            times = []
            for length in (50_000, 200_000):
                text = (piece * length)[:length]
                begin = process_time()
                rule.find(text)
                times.append(process_time() - begin)
            if times[1] >= worst[1]:
                worst = (name, times[1], times[1] / max(times[0], 1e-4))
        name, seconds, growth = worst
        rows.append(
            {
                "repeated": f"`{piece}`".replace("\n", "↵"),
                "slowest rule": name,
                "200,000 characters, s": f"{seconds:.3f}",
                "growth from 50,000": f"{growth:.1f}" if seconds > 0.02 else "too fast to say",
            }
        )
    return table(rows)


def sentence_ends(files: list[Path]) -> str:
    """Full stops taken out of report paragraphs and put back by cue."""
    rows = []
    for label, rest in (("even years, used in writing the rule", 0), ("odd years, held out", 1)):
        hits = false = missed = 0
        for file in files:
            year = int(file.name[:4])
            if year < 1993 or year % 2 != rest:
                continue
            for paragraph in re.split(r"[\n　]+", file.read_text(encoding="utf-8")):
                if len(paragraph) < 100:
                    continue
                inner = [
                    match.start()
                    for match in re.finditer("。(?![”’）])", paragraph)
                    if match.start() < len(paragraph) - 2
                ]
                bare = "".join(sign for place, sign in enumerate(paragraph) if place not in set(inner))
                truth = {place - number for number, place in enumerate(inner)}
                found = {place for place, _ in sentence_borders(bare)}
                hits += len(found & truth)
                false += len(found - truth)
                missed += len(truth - found)
        rows.append(
            {
                "reports": label,
                "put back": hits + false,
                "right, %": f"{100 * hits / max(1, hits + false):.1f}",
                "of all full stops, %": f"{100 * hits / max(1, hits + missed):.1f}",
            }
        )
    return table(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=Path, help="folder with the national reports")
    chosen = options.parse_args()
    files = sorted(chosen.reports.glob("[12]*.txt")) if chosen.reports else []
    parts = [
        "# Cleaning rules",
        "Made by `benchmarks/repair_rules.py`.",
        "## The five documents",
        five_documents(),
    ]
    if files:
        parts += [
            "## Simplified → traditional → simplified",
            there_and_back(files),
            "## Published text",
            clean_text(files),
            "## Speed on text with nothing to repair",
            speed(files),
            "## Full stops put back",
            sentence_ends(files),
        ]
    parts += ["## Hostile text", hostile()]
    (HERE / "repair_rules.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
