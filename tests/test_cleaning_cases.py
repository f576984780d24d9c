"""Cleaning cases as data: what was met in the wild, what is made up, what must not change, what is known to fail."""

import json
from pathlib import Path

import pytest

from analysis import apply_plan, clean_and_explain
from analysis.cleaning.registry import DEFAULT_RULES

FOLDER = Path(__file__).parent / "cases" / "cleaning"


def cases():
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True)] if path.stem == "known_failures" else []
            yield pytest.param(case, id=f"{path.stem}: {case['label']}", marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case):
    cleaned = clean_and_explain(case["input"], rules=case.get("rules", DEFAULT_RULES))
    assert cleaned.text == case["output"], case["comment"]
    assert apply_plan(case["input"], plan=cleaned.plan) == cleaned.text


def test_labels_are_unique_and_every_case_has_a_comment():
    found = [case.values[0] for case in cases()]
    assert len({case["label"] for case in found}) == len(found)
    assert all(case["comment"].endswith(".") for case in found)


def test_what_must_not_change_gives_no_change():
    for case in json.loads((FOLDER / "must_not_change.json").read_text(encoding="utf-8")):
        plan = clean_and_explain(case["input"]).plan
        assert [step.rule for step in plan if step.rule not in ("placeholders", "cut_off")] == [], case["label"]
