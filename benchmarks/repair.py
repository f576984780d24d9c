"""How well the repair works: writes benchmarks/repair.md, one table a function.

    python benchmarks/repair.py [--reports FOLDER] [--every N]

FOLDER holds the national government work reports, one `<year>_….txt` each, which are not part of this project;
without it only the tables that need none are written. `--every N` takes every N-th report.
"""

from __future__ import annotations

import argparse
import re
from concurrent.futures import ProcessPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pandas as pd

from analysis import paths
from analysis.cleaning.edits import apply_edits
from analysis.cleaning.torn.gbk import fold_width
from analysis.cleaning.torn.inserted_pinyin import ANNOTATED, BRACKETED
from analysis.cleaning.torn.mirror_script import to_mirror_script
from analysis.cleaning.torn.noise_model import damage_text, insert_readings, show_bytes
from analysis.cleaning.torn.rule import find_torn_bytes

HERE = Path(__file__).parent
FIRST_SIMPLIFIED = 1975
SEEN_WHILE_BUILDING = frozenset([*range(1954, 2026, 3), *range(1980, 2026, 5), 1999])
"""Reports whose errors were looked at while the search was written; the others are the honest figure."""
TORN = re.compile(r"\?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\)|\?[。,!?]")
WIDEN = str.maketrans(",!?:;()", "，！？：；（）")


def table(rows: list[dict]) -> str:
    frame = pd.DataFrame(rows).fillna("")
    head = "| " + " | ".join(frame.columns) + " |\n|" + " --- |" * len(frame.columns)
    return "\n".join(
        [head, *("| " + " | ".join(map(str, row)) + " |" for row in frame.itertuples(index=False))]
    )


def five_documents() -> str:
    """Every torn run of the corpus: what it was labelled, and whether damaging the text again gives the page."""
    rows = []
    for file in sorted((paths.CORPUS / "raw").glob("*.txt")):
        page = file.read_text(encoding="utf-8")
        edits = find_torn_bytes(page)
        repaired = apply_edits(page, edits=edits)
        labels = [edit.certainty for edit in edits]
        rows.append(
            {
                "document": file.stem,
                "torn runs": len(edits),
                "proved": labels.count("proved"),
                "inferred": labels.count("inferred"),
                "unresolved": labels.count("unresolved"),
                "marks of a tear left": len(TORN.findall(repaired)),
                "torn lines that come out when damaged again": came_back(page, repaired)
                if edits
                else "none torn",
            }
        )
    return table(rows)


def came_back(page: str, repaired: str) -> str:
    """Damage every repaired line with the page's own table of readings, and count those that come out."""
    readings = {found[1]: found[2] for found in ANNOTATED.finditer(page)}
    readings |= {"驅": "qū", "雲": "yún", "請": "qǐng"}
    lines = zip(page.split("\n"), repaired.split("\n"), strict=True)
    torn = [(old, new) for old, new in lines if old != new]
    right = 0
    for old, new in torn:
        whole = BRACKETED.sub("", new).translate(WIDEN).encode("gbk", "replace")
        right += show_bytes(insert_readings(whole, readings=readings)) == fold_width(old)
    return f"{right} of {len(torn)}"


def whole_text(file: Path) -> str:
    """A report in traditional script, paragraphs indented as web pages are, in the characters of GBK."""
    text = file.read_text(encoding="utf-8")
    if int(file.name[:4]) >= FIRST_SIMPLIFIED:
        text = to_mirror_script(text)
    lines = ["　　" + line.strip() for line in re.split(r"\n|\u3000{2,}", text) if line.strip()]
    return "".join(sign for sign in "\n".join(lines) if sign == "\n" or sign.encode("gbk", "ignore"))


def compare(line: str, target: str) -> tuple[int, list[tuple[int, int]]]:
    """Count the characters of the target that stand in the line, and list where the line differs."""
    if line == target:
        return len(target), []
    blocks = SequenceMatcher(None, line, target, autojunk=False).get_opcodes()
    wrong = [(one, two, three, four) for kind, one, two, three, four in blocks if kind != "equal"]
    missed = sum(max(two - one, four - three) for one, two, three, four in wrong)
    return max(0, len(target) - missed), [(one, two) for one, two, _, _ in wrong]


def swallowed(line: str) -> int:
    """Count the ASCII signs of a whole line that the damage swallows: no byte of theirs is left on the page."""
    data, place, count = insert_readings(line.encode("gbk")), 0, 0
    while place < len(data):
        pair = data[place : place + 2]
        count += pair[0] > 0x80 and len(pair) == 2 and pair[1] < 0x40 and pair[1] not in b"\x00("
        place += 2 if pair[0] > 0x80 else 1
    return count


def one_report(file: Path) -> dict:
    """Damage one report, repair it, and count: characters, torn runs, those proved."""
    whole = whole_text(file)
    page = damage_text(whole)
    begin = process_time()
    edits = find_torn_bytes(page)
    count: dict = {"year": int(file.name[:4]), "seconds": process_time() - begin}
    count |= dict.fromkeys(
        ("characters", "restored", "runs", "exact", "proved", "proved_right", "unresolved", "swallowed"), 0
    )
    count |= {"ftfy": 0, "opencc": 0}
    place, waiting = 0, list(edits)
    for line, target in zip(page.split("\n"), whole.split("\n"), strict=True):
        parts, spans, here, size = [], [], place, 0
        while waiting and waiting[0].start <= place + len(line):
            edit = waiting.pop(0)
            before = BRACKETED.sub("", page[here : edit.start])
            parts += [before, fold_width(edit.after)]
            size += len(before) + len(edit.after)
            spans.append((size - len(edit.after), size, edit.certainty))
            here = edit.end
        parts.append(BRACKETED.sub("", page[here : place + len(line)]))
        place += len(line) + 1
        count["swallowed"] += swallowed(target)
        target = fold_width(target)
        good, wrong = compare("".join(parts), target)
        count["characters"] += len(target)
        count["restored"] += good
        met = set()
        for start, end, certainty in spans:
            hits = {span for span in wrong if span[0] <= end and span[1] >= start}
            met |= hits
            count["exact"] += not hits
            count["proved"] += certainty == "proved"
            count["proved_right"] += certainty == "proved" and not hits
            count["unresolved"] += certainty == "unresolved"
        count["runs"] += len(spans) + len(set(wrong) - met)
        count["ftfy"] += by_ftfy(line, target)
        count["opencc"] += compare(BRACKETED.sub("", line), target)[0]
    return count


def by_ftfy(line: str, target: str) -> int:
    """What ftfy makes of the line, its changes of width forgiven, the readings stripped."""
    import ftfy

    return compare(BRACKETED.sub("", fold_width(ftfy.fix_text(line))), fold_width(target))[0]


def simulated_damage(files: list[Path]) -> str:
    with ProcessPoolExecutor(2) as pool:
        counts = pd.DataFrame(list(pool.map(one_report, files)))
    seen = counts["year"].isin(SEEN_WHILE_BUILDING)
    rows = []
    for name, part in (
        ("looked at while building", counts[seen]),
        ("never looked at", counts[~seen]),
        ("all", counts),
    ):
        if not len(part):
            continue
        total = part.drop(columns="year").sum()
        rows.append(
            {
                "reports": f"{name} ({len(part)})",
                "characters": f"{total.characters:,.0f}",
                "restored": f"{total.restored / total.characters:.4%}",
                "torn runs": f"{total.runs:,.0f}",
                "exactly": f"{total.exact / max(1, total.runs):.1%}",
                "ASCII signs swallowed (unknowable)": f"{total.swallowed:.0f}",
                "proved": f"{total.proved:.0f}",
                "of those right": f"{total.proved_right:.0f}",
                "unresolved": f"{total.unresolved:.0f}",
                "seconds a run": f"{total.seconds / max(1, total.runs):.2f}",
                "restored by ftfy and stripping readings": f"{total.ftfy / total.characters:.4%}",
                "restored by stripping readings alone (as before OpenCC)": f"{total.opencc / total.characters:.4%}",
            }
        )
    return table(rows)


QUOTED = (
    "他问：“What is governance?”（Rhodes, 1996）“1+3+N”?什么?!真的吗?,是。古人云：「學而時習之，不亦說乎?」"
)


def undamaged(files: list[Path]) -> str:
    """Characters changed, and the speed, on text that nobody has torn."""
    simplified = "\n".join(file.read_text(encoding="utf-8") for file in files)
    half = str.maketrans("，！？：；（）", ",!?:;()")
    rows = []
    for name, text in (
        ("the reports as they are", simplified),
        ("in traditional script", to_mirror_script(simplified)),
        ("punctuation in half width", simplified.translate(half)),
        ("traditional, half width", to_mirror_script(simplified).translate(half)),
        ("every full stop a question mark", simplified.replace("。", "?")),
        ("a quotation with English after each line", simplified.replace("\n", QUOTED + "\n")),
    ):
        times = []
        for _ in range(3):
            begin = perf_counter()
            edits = find_torn_bytes(text)
            times.append(perf_counter() - begin)
        size = len(text.encode()) / 1e6
        changed = [edit.end - edit.start for edit in edits if edit.after != text[edit.start : edit.end]]
        rows.append(
            {
                "text": name,
                "characters": f"{len(text):,}",
                "characters changed": sum(changed),
                "said to be unresolved": sum(edit.certainty == "unresolved" for edit in edits),
                "MB/s": f"{size / median(times):.0f}",
            }
        )
    return table(rows)


def hostile() -> str:
    """Time on text made to hurt, and how it grows when the text is twice as long (2 is linear)."""
    rows = []
    for piece in ("?", "(", "區(qū", "?qū)", "區(qū)?", "?,", "?!懊"):
        times = []
        for size in (5_000, 10_000):
            text = (piece * size)[:size]
            begin = process_time()
            find_torn_bytes(text)
            times.append(process_time() - begin)
        big = (piece * 1_000_000)[:1_000_000] if times[1] < 0.05 or times[1] < 1.5 * times[0] else ""
        begin = process_time()
        find_torn_bytes(big)
        rows.append(
            {
                "repeated": f"`{piece}`",
                "10,000 characters, s": f"{times[1]:.3f}",
                "growth from 5,000": f"{times[1] / times[0]:.1f}" if times[0] > 0.01 else "too fast to say",
                "1,000,000 characters, s": f"{process_time() - begin:.2f}" if big else "not run",
            }
        )
    return table(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=Path, help="folder with the national reports")
    options.add_argument("--every", type=int, default=1, help="take every N-th report")
    chosen = options.parse_args()
    files = sorted(chosen.reports.glob("[12]*.txt")) if chosen.reports else []
    parts = ["# Repair", "Made by `benchmarks/repair.py`.", "## The five documents", five_documents()]
    if files:
        parts += [
            "## Simulated damage",
            f"National reports put into traditional script, damaged line by line, {len(files[:: chosen.every])} of "
            f"{len(files)}. A torn run counts as exact if the repaired line has no other character there. An ASCII sign (a digit, a "
            "blank) swallowed by the damage leaves no byte on the page; the runs that hold one count as they come out. "
            "Costs and words were chosen on reports of the first row and on others of the same declared years, "
            "which are not in this table; the second row's errors were never looked at.",
            simulated_damage(files[:: chosen.every]),
            "## Undamaged text",
            undamaged(files),
        ]
    parts += ["## Hostile text", hostile()]
    (HERE / "repair.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
