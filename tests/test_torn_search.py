"""The parts of the torn search, each against something that does not use the search."""

import ast
import inspect
import random
from itertools import pairwise
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning.torn import weights
from analysis.cleaning.torn.beam_search import best_of, search_run
from analysis.cleaning.torn.gbk import fold_width, gbk_pairs, page_bytes, unassigned_pairs
from analysis.cleaning.torn.hypothesis import Hypothesis
from analysis.cleaning.torn.inserted_pinyin import SWALLOWED, without_readings
from analysis.cleaning.torn.language_model import LONGEST, START, LanguageModel, State
from analysis.cleaning.torn.mark_sequences import expected_closers
from analysis.cleaning.torn.noise_model import damage_text, show_bytes
from analysis.cleaning.torn.official_prose import load_model
from analysis.cleaning.torn.orphans import end_at_orphan
from analysis.cleaning.torn.page import Page
from analysis.cleaning.torn.proof import damages_back
from analysis.cleaning.torn.rule import SUSPICIOUS

WORDS = [
    "依法",
    "行政",
    "執法",
    "監督",
    "領域",
    "實施",
    "伴隨式",
    "區委",
    "書記",
    "落實",
    "情況",
    "納入",
    "第三輪",
    "人民",
    "日報",
    "青海",
    "民法典",
    "科學",
    "謀劃",
    "推進",
    "（一）",
    "，現",
    "。科",
]


def pages(number: int) -> list[str]:
    """Torn pages made of words that tear, the same ones each time."""
    draw = random.Random(20)
    sentences = ("".join(draw.choices(WORDS, k=draw.randint(4, 10))) for _ in range(1000))
    torn = [page for page in map(damage_text, sentences) if SUSPICIOUS.search(page)]
    return torn[:number]


def bytes_left(shown: str) -> bytes:
    """The bytes that a torn run still shows: of each character its pair, of what closes the run its byte."""
    ends_in_ascii = shown[-1].isascii() and shown[-1] not in "?)"
    shown = SWALLOWED.sub("", without_readings(shown)).replace("?", "")
    if ends_in_ascii:
        return b"".join(map(page_bytes, shown[:-1])) + shown[-1].encode("ascii")
    return b"".join(map(page_bytes, shown))


def test_every_hypothesis_holds_the_bytes_of_the_page() -> None:
    looked_at = 0
    for text in pages(12):
        page = Page.of_text(text, model=load_model())
        for found in SUSPICIOUS.finditer(text):
            for hypothesis in search_run(page, found.start()).hypotheses:
                for run in hypothesis.closed:
                    if run.tally.lost or run.tally.blanks:
                        continue
                    shown = text[run.start : run.end]
                    left, whole = bytes_left(shown), iter(run.after.encode("gbk"))
                    assert all(byte in whole for byte in left), (shown, run.after)
                    # Lost are the byte of the first `?`, what the others stand for, and the vanished pairs. A later
                    # `?` is an orphan byte, or the pair A3 BF, a full-width question mark folded to half width.
                    later = shown[1:].count("?")
                    lost = len(run.after.encode("gbk")) - len(left) - 2 * run.tally.vanished
                    assert 1 + later <= lost <= 1 + 2 * later, (shown, run.after)
                    looked_at += 1
    assert looked_at > 100


def test_the_true_text_is_among_the_hypotheses_and_damages_back() -> None:
    for whole in ("執法領域實施伴隨式監督", "情況納入區委第三輪巡察", "在青海“民法典進鄉村”"):
        text = damage_text(whole)
        page = Page.of_text(text, model=load_model())
        start = next(SUSPICIOUS.finditer(text)).start()
        repaired = {
            without_readings(text[:start]) + "".join(run.after for run in hypothesis.closed)
            for hypothesis in search_run(page, start).hypotheses
            if all(damages_back(text, run=run) for run in hypothesis.closed)
        }
        assert any(whole.startswith(candidate) for candidate in repaired), whole


def test_a_page_that_no_text_explains_has_no_hypothesis() -> None:
    text = "這里?qū)很清楚"
    found = search_run(Page.of_text(text, model=load_model()), 2)
    assert found.hypotheses == []
    assert found.reached >= 2


def test_a_lone_lead_byte_before_a_reading_is_a_character_with_that_reading() -> None:
    text = "?dòng)法治"
    page = Page.of_text(text, model=load_model())
    open_run = page.context(0)._replace(pending="動".encode("gbk")[:1], torn_from=0)
    (ended,) = end_at_orphan(page, open_run)
    assert (ended.last, ended.annotated, ended.position) == ("動", True, text.index("法"))
    assert ended.closed[0].tally.guesses == 0


def test_the_beam_is_narrow_and_in_order() -> None:
    draw = random.Random(4)
    many = [
        Hypothesis(0, State("依法"[: draw.randint(0, 2)], 0.0, (), 0.0), cost=-30 * draw.random())
        for _ in range(300)
    ]
    kept = best_of(many)
    assert kept[0].rank == max(hypothesis.rank for hypothesis in many)
    assert all(one.rank >= two.rank >= kept[0].rank - weights.WIDTH for one, two in pairwise(kept))
    # three different tails, and nothing else by which these hypotheses would go on differently
    assert len(kept) == 3 * weights.ALIKE


VOCABULARY = [
    ("依法", 50),
    ("法治", 40),
    ("治国", 30),
    ("依法治国", 9),
    ("依", 2),
    ("法", 5),
    ("治", 3),
    ("国", 8),
    ("法治国", 1),
]


def by_trying_all_segmentations(model: LanguageModel, text: str) -> float:
    if not text:
        return 0.0
    counts = dict(VOCABULARY)
    total = sum(counts.values())
    options = [model.single(text[0]) + by_trying_all_segmentations(model, text[1:])]
    for length in range(2, min(LONGEST, len(text)) + 1):
        if text[:length] in counts:
            options.append(
                log(counts[text[:length]] / total) + by_trying_all_segmentations(model, text[length:])
            )
    return max(options)


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="依法治国行，", max_size=9))
def test_the_lattice_finds_the_best_of_all_segmentations(text: str) -> None:
    model = LanguageModel(VOCABULARY)
    assert model.score(text) == pytest.approx(by_trying_all_segmentations(model, text))


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="依法治国行，", max_size=9))
def test_the_hope_of_a_state_is_never_below_its_score(text: str) -> None:
    model, state = LanguageModel(VOCABULARY), START
    for character in text:
        state = model.extend(state, character)
    assert state.rank >= state.score
    assert state.tail == text[1 - LONGEST :]


def test_pairs_that_vanish_show_as_nothing() -> None:
    for first, seconds in unassigned_pairs().items():
        for second in seconds:
            assert show_bytes(bytes((first, second))) == ""


def test_the_bytes_of_a_shown_character_are_its_own_or_its_full_width_forms() -> None:
    for pair, character in gbk_pairs().items():
        assert page_bytes(fold_width(character)) == pair
        assert show_bytes(pair) == fold_width(character)


@pytest.mark.parametrize(
    ("text", "closers"),
    [("“一规划", "”"), ("“一《二", "”》"), ("“一《二”三", ""), ("（一）", ""), ("）一（", "）"), ("", "")],
)
def test_closing_marks_that_are_still_expected(text: str, closers: str) -> None:
    assert expected_closers(text) == closers


def test_every_weight_has_a_name_of_its_own_and_a_reason() -> None:
    body = ast.parse(inspect.getsource(weights)).body
    for one, two in pairwise(body):
        if isinstance(one, ast.Assign):
            assert isinstance(one.targets[0], ast.Name), ast.unparse(one)
            assert isinstance(two, ast.Expr), ast.unparse(one)
            assert isinstance(two.value, ast.Constant), ast.unparse(one)
    assert isinstance(body[-1], ast.Expr)
