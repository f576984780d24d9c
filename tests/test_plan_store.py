"""Plans are kept only in the store that is passed, and a plan that is kept gives the same text."""

import pytest

from analysis.cleaning import PlanStore, clean_text

RAW = "推進(jìn)依法治區(qū),化解率99.6%,《綱要(20xx-20xx年)》"


@pytest.fixture(autouse=True)
def forget():
    clean_text._clean.cache_clear()
    yield
    clean_text._clean.cache_clear()


def test_a_kept_plan_is_replayed_without_the_rules(tmp_path, monkeypatch):
    first = clean_text.clean_and_explain(RAW, store=PlanStore(tmp_path))
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    clean_text._clean.cache_clear()
    monkeypatch.setattr(clean_text, "choose_rules", lambda names: pytest.fail("the rules ran again"))
    assert clean_text.clean_and_explain(RAW, store=PlanStore(tmp_path)) == first
    assert first.unresolved


def test_a_spoilt_plan_is_made_again(tmp_path):
    first = clean_text.clean_and_explain(RAW, store=PlanStore(tmp_path))
    (kept,) = tmp_path.iterdir()
    whole = kept.read_text(encoding="utf-8")
    kept.write_text("[", encoding="utf-8")
    clean_text._clean.cache_clear()
    assert clean_text.clean_and_explain(RAW, store=PlanStore(tmp_path)) == first
    assert kept.read_text(encoding="utf-8") == whole


def test_other_rules_have_another_plan(tmp_path):
    store = PlanStore(tmp_path)
    everything = clean_text.clean_and_explain(RAW, store=store).text
    assert everything != clean_text.clean_and_explain(RAW, rules=["script"], store=store).text


def test_nothing_is_written_without_a_store(tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_PLANS", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    clean_text.clean_and_explain(RAW)
    assert not list(tmp_path.iterdir())


def test_a_store_that_cannot_be_written_to_does_not_stop_the_cleaning(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = PlanStore(tmp_path / "file")
    assert clean_text.clean_and_explain(RAW, store=store) == clean_text.clean_and_explain(RAW)
