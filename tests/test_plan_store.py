"""Plans are shared between the notebooks of one run, and only where the runner asks for it."""

import pytest

from analysis import paths
from analysis.cleaning import clean


@pytest.fixture(autouse=True)
def forget():
    clean._clean.cache_clear()
    yield
    clean._clean.cache_clear()


RAW = "推進(jìn)依法治區(qū),化解率99.6%,《綱要(20xx-20xx年)》"


def test_a_kept_plan_is_replayed_without_the_rules(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.PLANS_VARIABLE, str(tmp_path))
    first = clean.clean_and_explain(RAW)
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    clean._clean.cache_clear()
    monkeypatch.setattr(clean, "choose_rules", lambda names: pytest.fail("the rules ran again"))
    assert clean.clean_and_explain(RAW) == first
    assert first.unresolved


def test_a_spoilt_plan_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.PLANS_VARIABLE, str(tmp_path))
    first = clean.clean_and_explain(RAW)
    (kept,) = tmp_path.iterdir()
    kept.write_text("[", encoding="utf-8")
    clean._clean.cache_clear()
    assert clean.clean_and_explain(RAW) == first


def test_other_rules_have_another_plan(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.PLANS_VARIABLE, str(tmp_path))
    assert clean.clean_and_explain(RAW).text != clean.clean_and_explain(RAW, rules=["script"]).text


def test_nothing_is_written_unless_asked(tmp_path, monkeypatch):
    monkeypatch.delenv(paths.PLANS_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    clean.clean_and_explain(RAW)
    assert not list(tmp_path.iterdir())
