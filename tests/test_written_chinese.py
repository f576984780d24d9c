"""What is true of written Chinese is defined in `analysis.zh` alone, and the definitions mean what they say."""

import ast
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from analysis import paths
from analysis.cleaning.registry import RULES, digest_word_lists
from analysis.zh import characters, marks, measures, numerals, word_lists

OUTSIDE = sorted(path for path in paths.PACKAGE.rglob("*.py") if path.parent.name not in ("zh", "torn"))
"""Every module but the room's own, and the search for lost bytes: a model of bytes, which spells its alphabet out."""
_STOP = "[。！？；：，、]"
LITERALS = {
    "zh.characters.HANZI or LEGACY_HANZI": re.compile(
        r"\\u(?:3[47]00|3007|4e00|9f[af][5f])|[\u3400\u9fa5\u9fff]|[\u3400-\u9fff]-[\u3400-\u9fff]", re.I
    ),
    "zh.numerals (DIGITS, YEAR_DIGITS, ORDINALS, NUMERALS …)": re.compile(
        "一二|三四五|十百|百千|[〇○零][〇○零]"
    ),
    "zh.marks (SENTENCE_ENDS, STATEMENT_ENDS, CLAUSE_ENDS, LINE_ENDS, STOPS …)": re.compile(
        _STOP + "[”’]?" + _STOP
    ),
    "zh.characters.DIGIT or LETTER": re.compile("0-9０-９|A-Za-zＡ-Ｚａ-ｚ"),
    "zh.pinyin.LETTERS": re.compile("āáǎà"),
}
"""What no module outside the room may spell out, by what to take instead."""
ALLOWED = {
    ("cleaning/rules/placeholders.py", "〇○"): "circles that stand for a name left out, and no noughts",
    ("cleaning/rules/placeholders.py", "〇〇"): "the same",
}
"""Where the characters mean something else, with what they mean there."""


def literals(path: Path) -> list[tuple[int, str]]:
    """The strings of a module that are not documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(paths.PACKAGE).as_posix())
def test_no_module_defines_characters_numerals_or_marks_of_its_own(path):
    name = path.relative_to(paths.PACKAGE).as_posix()
    found = [
        f"{name}:{line} {match[0]!r} in {text[:60]!r}: take it from {instead}"
        for line, text in literals(path)
        for instead, pattern in LITERALS.items()
        if (match := pattern.search(text)) and (name, match[0]) not in ALLOWED
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "spelled",
    [
        'P = re.compile("[\\u4e00-\\u9fff]+")',
        'P = re.compile(r"[\\u3400-\\u9fff]+")',
        'P = re.compile("[一-龥]")',
        'P = "a" if "\\u3400" <= x else "b"',
        'DIGITS = "〇一二三四五六七八九"',
        'P = re.compile(rf"[^，。；]{{0,8}}{X}")',
        'ENDS = frozenset("。！？")',
        'P = r"[0-9０-９]+"',
    ],
)
def test_a_definition_outside_the_room_would_be_found(spelled, tmp_path):
    module = tmp_path / "module.py"
    module.write_text(f'"""The range [\\u4e00-\\u9fff] may be spoken of."""\n{spelled}\n', encoding="utf-8")
    assert [text for _, text in literals(module) if any(p.search(text) for p in LITERALS.values())]


def test_every_ideograph_of_unicode_is_chinese_and_nothing_else():
    """The names of the Unicode character database are the independent source."""
    for code in range(0x110000):
        name = unicodedata.name(chr(code), "")
        ideograph = name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")) or code == 0x3007
        if name:
            assert characters.is_hanzi(chr(code)) == ideograph, f"U+{code:04X} {name}"


def test_what_bytes_of_an_old_page_can_be_is_what_gbk_can_hold():
    codes = range(0x3400, 0xA000)
    held = {chr(code) for code in codes if chr(code).encode("gbk", "ignore")}
    assert {chr(code) for code in codes if characters.is_legacy_hanzi(chr(code))} == held


def test_numerals_are_read_as_unicode_values_them():
    for character in numerals.DIGITS + "〇" + "".join(numerals.SMALL_UNITS) + "".join(numerals.GREAT_UNITS):
        assert numerals.numeral(character) == unicodedata.numeric(character), character
    assert numerals.numeral("零") == 0


def test_a_number_that_was_written_is_read_again():
    for number in range(1, 10000):
        written = numerals.format_numeral(number)
        assert numerals.numeral(written) == numerals.ordinal(written) == number


@pytest.mark.parametrize("text", ["二三", "百", "一二十", "十十", "", "两", "三个", "2"])
def test_what_is_written_otherwise_numbers_no_heading(text):
    assert numerals.ordinal(text) == 0


def test_every_set_of_marks_holds_those_that_it_is_built_from():
    assert set(marks.SENTENCE_ENDS) < set(marks.STATEMENT_ENDS) < set(marks.LINE_ENDS) < set(marks.CLAUSE_ENDS)
    assert set(marks.CLAUSE_ENDS) < set(marks.STOPS) == set(marks.SENTENCE_ENDS + marks.PAUSES)
    assert not set(marks.STOPS) & set(marks.OPENERS + marks.CLOSERS)
    for half, full in marks.FULL_WIDTH.items():
        assert unicodedata.normalize("NFKC", full) == half
    for left, right in marks.PAIRS.items():
        assert {unicodedata.category(left), unicodedata.category(right)} in ({"Ps", "Pe"}, {"Pi", "Pf"})


def test_no_measure_stands_twice_and_each_bar_belongs_to_one():
    _, *rows = word_lists.load_word_list("measure_words.tsv").rows
    words = [row[0] for row in rows]
    assert len(words) == len(set(words))
    assert {len(row) for row in rows} == {4}
    assert {row[1] for row in rows} == {"unit", "measure", "duration", "other"}
    assert all(len(word) == 1 for word in measures.PARTED)


def test_a_list_without_version_is_refused(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "words.txt").write_text("# Words.\n法治\n", encoding="utf-8")
    monkeypatch.setattr(word_lists, "files", lambda package: tmp_path)
    with pytest.raises(ValueError, match="version"):
        word_lists.load_word_list("words.txt")


def test_the_digest_in_the_history_follows_the_lists_that_the_rules_read(monkeypatch):
    before = digest_word_lists(list(RULES))
    monkeypatch.setattr("analysis.cleaning.registry.digest_word_list", lambda name: f"{name} with a word more")
    assert digest_word_lists(list(RULES)) != before
    assert digest_word_lists(["spaces", "punctuation"]) == ""
    assert digest_word_lists(["script"]) != digest_word_lists(["sentence_ends"]) != ""


BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"pandas", "numpy", "scipy"}:
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
from analysis.cleaning import apply_plan, clean_and_explain
text = sys.stdin.buffer.read().decode("utf-8")
cleaned = clean_and_explain(text)
assert apply_plan(text, plan=cleaned.plan) == cleaned.text
print(" ".join(sorted({step.rule for step in cleaned.plan})))
"""


def test_a_text_is_cleaned_where_there_is_neither_pandas_nor_numpy_nor_scipy():
    text = (
        "\ufeff　　全面依法治區(qū),深化法治⼈民建設,依法治區(qū)委員會,學(xué)習貫徹.\n"
        + "一、提高认识，" + "依法办事，落实责任，" * 120 + "提供坚实保障下面，我讲三点\n【字号：大 中 小】\n"
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", BLOCKED], input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    ran = set(done.stdout.decode().split())
    assert {"invisible", "annotations", "script", "spaces", "punctuation", "residue", "sentence_ends"} <= ran
