"""The changelog is built from one fragment a change, and the version stands everywhere the same."""

import importlib.util
import re
import tomllib

import pytest

import analysis
from analysis import paths

ROOT = paths.PROJECT
spec = importlib.util.spec_from_file_location("bootstrap_for_changelog", ROOT / "bootstrap.py")
bootstrap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bootstrap)

OLD = "# Changelog\n\nResults first.\n\n## 0.1.0 — 2026-11-22\n\nFirst version.\n"
KEYWORDS = "### Results changed\n\n- 法治 and 依法 change\n  places.\n"
NAMES = "### Mended\n\n- A crash.\n\n### Names moved\n\n- `rate` is `per_1000_tokens`.\n- `docs` is `n_docs`.\n"


@pytest.mark.parametrize("path", sorted((ROOT / "changelog.d").glob("*.md")), ids=lambda path: path.name)
def test_every_fragment_can_be_built_in(path):
    if path.name != "README.md":
        assert bootstrap.entries_of(path.read_text(encoding="utf-8"), path.name)


def test_fragments_are_sorted_by_heading_above_the_older_versions():
    text = bootstrap.changelog_text(OLD, [("a.md", NAMES), ("b.md", KEYWORDS)], "0.2.0", "2026-12-01")
    assert re.findall(r"^#+ .*|^- .*", text, flags=re.MULTILINE) == [
        "# Changelog",
        "## 0.2.0 — 2026-12-01",
        "### Results changed",
        "- 法治 and 依法 change",
        "### Names moved",
        "- `rate` is `per_1000_tokens`.",
        "- `docs` is `n_docs`.",
        "### Mended",
        "- A crash.",
        "## 0.1.0 — 2026-11-22",
    ]
    assert "change\n  places." in text
    assert text.endswith("First version.\n")


def test_building_in_two_steps_is_building_at_once():
    first = bootstrap.changelog_text(OLD, [("a.md", NAMES)], "0.2.0", "2026-12-01")
    twice = bootstrap.changelog_text(first, [("b.md", KEYWORDS)], "0.2.0", "2026-12-01")
    assert twice == bootstrap.changelog_text(OLD, [("a.md", NAMES), ("b.md", KEYWORDS)], "0.2.0", "2026-12-01")


@pytest.mark.parametrize(
    "text",
    ["- no heading\n", "### Improved\n\n- x\n", "### New\n\nno list\n", "### New\n", "", "x\n### New\n- y\n"],
)
def test_a_fragment_without_its_form_is_refused_by_name(text):
    with pytest.raises(ValueError, match="odd.md"):
        bootstrap.entries_of(text, "odd.md")


def test_building_moves_the_fragments_and_a_draft_does_not(tmp_path, monkeypatch, capsys):
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "README.md").write_text("how", encoding="utf-8")
    (tmp_path / "changelog.d" / "keywords.md").write_text(KEYWORDS, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(OLD, encoding="utf-8")
    for name in ("pyproject.toml", "CITATION.cff"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(bootstrap, "HERE", tmp_path)
    assert bootstrap.build_changelog(["--draft"]) == 0
    draft = capsys.readouterr().out
    assert (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8") == OLD
    assert bootstrap.build_changelog([]) == 0
    assert (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8") == draft
    assert [path.name for path in (tmp_path / "changelog.d").iterdir()] == ["README.md"]
    assert bootstrap.build_changelog([]) == 0
    assert (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8") == draft


def test_the_version_stands_everywhere_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert analysis.__version__ == project["version"] == citation[1]
