"""How often find_indicators is right: writes benchmarks/indicators.md from the gold in tests/gold/."""

import json
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from analysis import Corpus, find_indicators, paths
from analysis.indicators import QuantityAnnotation, read_sentence

HERE = Path(__file__).parent
GOLD = paths.PROJECT / "tests" / "gold"
FIELDS = ("qualifier", "measure", "change", "status")

PAST = [
    {
        "set": "development, first run",
        "sentences": 104,
        "quantities": 118,
        "precision": "1.000",
        "recall": "1.000",
        "qualifier": "118/118",
        "measure": "107/118",
        "change": "117/118",
        "status": "101/111",
    },
    {
        "set": "held out, scored once",
        "sentences": 104,
        "quantities": 99,
        "precision": "1.000",
        "recall": "1.000",
        "qualifier": "98/99",
        "measure": "93/99",
        "change": "97/99",
        "status": "87/93",
    },
]
"""What the first version scored on the one half, and the finished one on the other. Kept as they were."""


def agrees(expected: dict, reading: QuantityAnnotation) -> dict[str, bool]:
    measure = expected["measure"]
    return {
        "qualifier": reading.quantity.qualifier == expected["qualifier"],
        "measure": measure in reading.measure or (len(reading.measure) > 1 and reading.measure in measure),
        "change": reading.change == expected["change"],
        "status": reading.status == expected["status"],
    }


def same(expected: dict, reading: QuantityAnnotation) -> bool:
    quantity, stop = reading.quantity, expected["start"] + len(expected["text"])
    return (
        quantity.start < stop
        and expected["start"] < quantity.end
        and quantity.unit == expected["unit"]
        and abs(quantity.value - expected["value"]) <= 1e-6 * abs(expected["value"])
    )


def score(name: str) -> dict:
    cases = json.loads((GOLD / f"indicators_{name}.json").read_text(encoding="utf-8"))
    found = expected_count = right = 0
    agreeing = dict.fromkeys(FIELDS, 0)
    judged = dict.fromkeys(FIELDS, 0)
    for case in cases:
        left = read_sentence(case["sentence"])
        found += len(left)
        for expected in case["quantities"]:
            expected_count += 1
            hit = next((reading for reading in left if same(expected, reading)), None)
            if hit is None:
                continue
            left.remove(hit)
            right += 1
            for field, agreed in agrees(expected, hit).items():
                if expected[field] != "?":
                    judged[field] += 1
                    agreeing[field] += agreed
    return {
        "set": name.replace("_", " "),
        "sentences": len(cases),
        "quantities": expected_count,
        "precision": f"{right / found:.3f}",
        "recall": f"{right / expected_count:.3f}",
        **{field: f"{agreeing[field]}/{judged[field]}" for field in FIELDS},
    }


def characters_a_second() -> float:
    texts = [file.read_text(encoding="utf-8") for file in sorted((paths.CORPUS / "raw").glob("*.txt"))]
    corpus = Corpus(texts * 4, pd.DataFrame(index=[str(n) for n in range(len(texts) * 4)]))
    times = []
    for _ in range(5):
        begin = perf_counter()
        find_indicators(corpus)
        times.append(perf_counter() - begin)
    return sum(map(len, corpus.texts)) / median(times)


def as_markdown(rows: list[dict], columns: list[str]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "| " + " | ".join("---" for _ in columns) + " |"]
    lines += ["| " + " | ".join(str(row.get(column, "")) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    now = [{**score(name), "set": f"{name.replace('_', ' ')}, now"} for name in ("development", "held_out")]
    rows = [*PAST, *now]
    columns = ["set", "sentences", "quantities", "precision", "recall", *FIELDS]
    (HERE / "indicators.md").write_text(
        f"""# How often find_indicators is right

Made by `python benchmarks/indicators.py`.

{as_markdown(rows, columns)}

Precision and recall: a quantity is right if its place overlaps with the annotated one and value and unit are the same. The other columns: of the quantities found, how many have the annotated qualifier (exactly), measure (the annotated head noun is in it), change and status (cases that a single sentence cannot settle are left out).

**The gold.** 208 sentences drawn at random from the 57 national government work reports of 1954 to 2025 (two to six a report, with a seed), {score("development")["quantities"] + score("held_out")["quantities"]} quantities; 91 sentences hold none, only years, ordinals, periods, sets and plans. Annotated by one reader, a language model and not a person, together with the lines in docs/decisions/indicators.md, before there was an extractor, and split by the draw. Early reports were converted to simplified characters.

**How it was used.** The extractor was written and changed against the development half and against a reading of other sentences; the held-out half was scored once, when the extractor was finished. Rules for the measure were touched since, after reading the tables of the project's own five documents, never because of a held-out sentence. No error in 99 still allows a true rate of up to 3 % (95 % bound). Two things make the figures look better than they may be elsewhere: the reader who annotated also wrote the rules, and knew all sentences; and national reports are well-edited texts. Reading the output for 125 further sentences drawn at random (about 220 quantities) showed one false quantity (九十 in 九十年代, since repaired) and no missing one. Measure and status are the weaker columns: read them beside the sentence.

**Where it errs.** A topic named at the head of the sentence and left out of the clause (…的人口自然增长率，四川省由千分之二十九降到…); imperative sentences without a section (新建1亿亩高标准农田 is read as done); a past 要 or 左右.

**Speed.** About {characters_a_second() / 1000:.0f} thousand characters a second on one core (median of five runs over the five documents), structure included; linear in the length of the text.
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
