"""Intrusion sheets and the agreement of those who fill them in."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Corpus, Tokens, count_terms, fit_topics, label_topics
from analysis.topics import tabulate_labels
from analysis.validation import krippendorff_alpha, make_intrusion_key, make_intrusion_sheet, score_intrusion

OPTIONS = [f"option_{number}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def model():
    random = np.random.default_rng(2)
    themes = [[f"题{theme}词{number}" for number in range(8)] for theme in range(5)]
    lists = []
    for number in range(60):
        mixed = [themes[number % 5], themes[(number // 5) % 5], themes[(number // 7 + 1) % 5]]
        lists.append([str(random.choice(mixed[min(int(random.exponential(1)), 2)])) for _ in range(30)])
    docvars = pd.DataFrame(
        {"doc_id": [f"文{number % 4}" for number in range(60)]},
        index=[f"段{number:02}" for number in range(60)],
    )
    return fit_topics(count_terms(Tokens.from_lists(lists, docvars=docvars)), n_topics=5, seed=1, runs=6)


def test_the_intruder_of_a_word_item_is_strong_in_another_topic_and_weak_in_its_own(model):
    sheet = make_intrusion_sheet(model, kind="word", seed=3)
    key = make_intrusion_key(model, kind="word", seed=3)
    terms = {
        topic: set(words.split()) for topic, words in zip(model.topics.topic, model.topics.terms, strict=True)
    }
    assert len(sheet) == 15
    for row, right in zip(sheet.to_dict("records"), key.to_dict("records"), strict=True):
        shown = {row[column] for column in OPTIONS}
        assert len(shown) == 6
        assert row[f"option_{right['answer']}"] == right["intruder"]
        assert shown - {right["intruder"]} <= terms[right["topic"]]
        assert right["intruder"] not in terms[right["topic"]]
        assert any(right["intruder"] in words for topic, words in terms.items() if topic != right["topic"])


def test_the_intruder_of_a_topic_item_is_a_topic_that_the_segment_does_not_have(model):
    texts = [f"第{unit}段的文字" for unit in model.unit_ids]
    corpus = Corpus(texts, pd.DataFrame(index=list(model.unit_ids)))
    sheet = make_intrusion_sheet(model, kind="topic", seed=3, corpus=corpus)
    key = make_intrusion_key(model, kind="topic", seed=3)
    for row, right in zip(sheet.to_dict("records"), key.to_dict("records"), strict=True):
        segment = model.unit_ids.index(row["question"][1:4])
        weights = dict(zip(model.labels, model.memberships[segment], strict=True))
        shown = [row[column] for column in OPTIONS if row[column]]
        assert weights[right["intruder"]] <= 0.01
        assert all(weights[label] >= 0.1 for label in shown if label != right["intruder"])
        assert row[f"option_{right['answer']}"] == right["intruder"]


def test_another_seed_gives_another_sheet_and_the_same_seed_the_same(model):
    sheets = [make_intrusion_sheet(model, kind="word", seed=seed) for seed in (3, 3, 4)]
    pd.testing.assert_frame_equal(sheets[0], sheets[1])
    assert not sheets[0].equals(sheets[2])
    assert (sheets[0]["answer"] == "").all()


def test_readers_who_know_the_key_have_full_precision(model):
    key = make_intrusion_key(model, kind="word", seed=3)
    right = key[["item", "answer"]].assign(coder="甲")
    wrong = right.assign(coder="乙", answer=right["answer"] % 6 + 1)
    assert (score_intrusion(right, key=key)["precision"] == 1).all()
    both = score_intrusion(pd.concat([right, wrong]), key=key)
    assert (both["precision"] == 0.5).all()
    assert (both["answers"] == 2 * both["items"]).all()


def test_too_few_topics_for_topic_items_and_items_without_a_key_are_refused(model):
    lists = [["法治", "政府", "依法", "行政", "决策"], ["矛盾", "纠纷", "调解", "信访", "化解"]] * 4
    small = fit_topics(count_terms(Tokens.from_lists(lists)), n_topics=2, seed=1, twin_similarity=None)
    with pytest.raises(ValueError, match="at least 4 topics"):
        make_intrusion_sheet(small, kind="topic", seed=1)
    key = make_intrusion_key(model, kind="word", seed=3)
    with pytest.raises(ValueError, match="item 99"):
        score_intrusion(pd.DataFrame({"coder": ["甲"], "item": [99], "answer": [1]}), key=key)


def test_alpha_has_the_values_printed_by_krippendorff_2011():
    binary = pd.DataFrame([list("0100000010"), list("1110010000")])
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=5e-4)
    nominal = pd.DataFrame([list("aabbdcccedda"), list("babbbccceddd")])
    assert krippendorff_alpha(nominal) == pytest.approx(0.692, abs=5e-4)
    none = np.nan
    many = pd.DataFrame(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
            [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
        ]
    )
    assert krippendorff_alpha(many) == pytest.approx(0.743, abs=5e-4)


@given(st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=2, max_size=4))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_alpha_is_at_most_one_one_for_equal_coders_and_does_not_know_the_order_of_coders(rows):
    ratings = pd.DataFrame(rows)
    alpha = krippendorff_alpha(ratings)
    equal = krippendorff_alpha(pd.DataFrame([rows[0]] * 3))
    assert np.isnan(alpha) or alpha <= 1
    assert np.isnan(equal) if len(set(rows[0])) == 1 else equal == pytest.approx(1)
    np.testing.assert_allclose(alpha, krippendorff_alpha(ratings.iloc[::-1]))


def test_alpha_needs_two_ratings_of_an_item():
    with pytest.raises(ValueError, match="no item has two ratings"):
        krippendorff_alpha(pd.DataFrame([[1, np.nan], [np.nan, 2]]))


def test_labels_go_to_a_file_and_come_back(model, tmp_path):
    table = tabulate_labels(model)
    table["label"] = ["依法行政", *table["label"][1:]]
    table.to_csv(tmp_path / "labels.csv", index=False)
    named = label_topics(model, labels=tmp_path / "labels.csv")
    assert named.labels == ("依法行政", *model.labels[1:])
    assert named.topics.loc[0, "label"] == named.topic_terms.loc[0, "label"] == "依法行政"
    assert named.history[-1].verb == "label_topics"
    assert model.labels[0] != "依法行政"


def test_labels_that_were_written_for_other_topics_are_refused(model, tmp_path):
    table = tabulate_labels(model)
    table.loc[1, "terms"] = "别的 词"
    table.to_csv(tmp_path / "labels.csv", index=False)
    with pytest.raises(ValueError, match=r"topic 2 has other terms[\s\S]*labels.csv, line 3"):
        label_topics(model, labels=tmp_path / "labels.csv")
    for labels, words in (({9: "甲"}, "no topic 9"), ({1: " "}, "empty"), ({1: "甲", 2: "甲"}, "two topics")):
        with pytest.raises(ValueError, match=words):
            label_topics(model, labels=labels)
