"""Chinese for readers has one typography: a space between Chinese characters and digits or Latin letters."""

import ast
import re

import pytest

from analysis import paths

HANZI = "\u4e00-\u9fff"
DATE = re.compile(r"\d+(?:\.\d+)?(?:年|月|日)")
"""A date stays as texts write it: 2024年, 2月21日."""
TOUCHING = re.compile(rf"[{HANZI}][A-Za-z0-9$]|[A-Za-z0-9$%][{HANZI}]")
SHOWN = ("plots", "figures.py", "notebooks", "commands", "keyness", "validation", "zh/labels.py")
VIEWS = (
    "cleaning/registry.py",
    "cleaning/comparison_page.py",
    "concordance/sentence_view.py",
    "reuse/passage_view.py",
)
FILES = sorted(
    path
    for name in (*SHOWN, *VIEWS)
    for path in ([paths.PACKAGE / name] if name.endswith(".py") else (paths.PACKAGE / name).rglob("*.py"))
    if path.exists()
)
"""The files whose Chinese strings a reader sees. Elsewhere Chinese strings are patterns and words of texts."""


def touching(text):
    """Where Chinese characters touch digits or letters, each with its surroundings."""
    text = DATE.sub(lambda match: "〇" * len(match[0]), text)
    return [text[max(0, match.start() - 8) : match.end() + 8] for match in TOUCHING.finditer(text)]


def strings(path):
    """The strings of a file without its docstrings; `$` stands for what an f-string fills in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "$" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(paths.PACKAGE).as_posix())
def test_chinese_for_readers_is_spaced(path):
    found = [place for string in strings(path) for place in touching(string)]
    assert not found, f"put a space between Chinese and digits or letters: {found}"


def test_the_chinese_readme_is_spaced():
    text = (paths.PROJECT / "README.zh-CN.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", text, flags=re.DOTALL)
    assert not touching(prose)


def test_the_check_knows_what_touches():
    assert touching("共检验2个词") == ["共检验2个词"]
    assert not touching("共检验 2 个词，2024年 2月21日，UTF-8 文本")
    assert touching("最小p值")


@pytest.mark.parametrize("wrong", ["重现", "笔记本", "参考语料"])
def test_the_chinese_readme_keeps_to_its_words(wrong):
    text = (paths.PROJECT / "README.zh-CN.md").read_text(encoding="utf-8")
    assert wrong not in text.replace("Notebook（交互式笔记本）", "", 1)
