"""Topics: planted ones are found, nothing depends on order, noise is called noise."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis import (
    Corpus,
    CorpusError,
    Tokens,
    compare_topic_counts,
    count_terms,
    find_representative_sentences,
    fit_topics,
    weight_dtm,
)
from analysis.topics.prepare import prepare_segments


def planted(*, documents=4, segments=12, themes=3, seed=0, share=0.5):
    """Segments of one theme each, half of whose words are common to all; the themes as the truth."""
    random = np.random.default_rng(seed)
    own = [[f"题{theme}词{number}" for number in range(20)] for theme in range(themes)]
    common = [f"通用{number}" for number in range(40)]
    lists, rows, labels, truth = [], [], [], []
    for document in range(documents):
        for segment in range(segments):
            theme = int(random.integers(themes))
            lists.append(
                [
                    own[theme][min(int(random.exponential(5)), 19)]
                    if random.random() < share
                    else common[int(random.integers(40))]
                    for _ in range(int(random.integers(20, 40)))
                ]
            )
            rows.append({"doc_id": f"文{document}"})
            labels.append(f"文{document}#{segment + 1}")
            truth.append(theme)
    return lists, pd.DataFrame(rows, index=labels), np.array(truth)


@pytest.fixture(scope="module")
def dtm():
    lists, docvars, _ = planted()
    return count_terms(Tokens.from_lists(lists, docvars=docvars))


@pytest.fixture(scope="module")
def model(dtm):
    return fit_topics(dtm, n_topics=3, seed=7, runs=8)


@pytest.mark.parametrize("method", ["nmf", "kmeans", pytest.param("lda", marks=pytest.mark.slow)])
def test_planted_topics_are_recovered(method):
    lists, docvars, truth = planted()
    dtm = count_terms(Tokens.from_lists(lists, docvars=docvars))
    model = fit_topics(dtm, n_topics=3, seed=1, method=method, runs=8)
    assert adjusted_rand_score(truth, model.assignments["topic"].astype(int)) > 0.95
    for terms in model.topics["terms"]:
        assert len({term[:2] for term in terms.split()[:5]}) == 1, "the five strongest terms are of one theme"


def test_the_order_of_segments_changes_nothing(dtm, model):
    lists, docvars, _ = planted()
    order = np.random.default_rng(5).permutation(len(lists))
    other = count_terms(Tokens.from_lists([lists[n] for n in order], docvars=docvars.iloc[order]))
    again = fit_topics(other, n_topics=3, seed=7, runs=8)
    pd.testing.assert_frame_equal(again.topic_terms, model.topic_terms)
    pd.testing.assert_frame_equal(again.topics, model.topics)
    first = model.assignments.set_index("unit_id").sort_index()
    pd.testing.assert_frame_equal(again.assignments.set_index("unit_id").sort_index(), first)
    shares = [
        m.document_shares(draws=50).sort_values(["doc_id", "topic"], ignore_index=True) for m in (model, again)
    ]
    pd.testing.assert_frame_equal(*shares)


def test_the_same_seed_gives_the_same_model_and_every_seed_is_recorded(dtm, model):
    again = fit_topics(dtm, n_topics=3, seed=7, runs=8)
    pd.testing.assert_frame_equal(again.topic_terms, model.topic_terms)
    assert again.seeds == model.seeds
    assert len(set(model.seeds)) == 8
    assert model.history[-1].parameters["seed"] == 7
    assert fit_topics(dtm, n_topics=3, seed=8, runs=8).seeds != model.seeds


def test_topics_stand_in_the_order_of_their_share_and_shares_sum_to_one(model):
    assert model.topics["share"].is_monotonic_decreasing
    assert model.topics["share"].sum() == pytest.approx(1, abs=1e-5)
    shares = model.document_shares(draws=200)
    np.testing.assert_allclose(shares.groupby("doc_id")["share"].sum(), 1, atol=1e-5)
    assert (shares["share_low"] <= shares["share"]).all()
    assert (shares["share"] <= shares["share_high"]).all()


def test_document_shares_are_the_tokens_of_the_assigned_segments(model):
    table = model.assignments
    counted = table.groupby(["doc_id", "topic"])["n_tokens"].sum()
    for row in model.document_shares(draws=20).itertuples():
        tokens = counted.get((row.doc_id, row.topic), 0)
        assert row.share == pytest.approx(tokens / row.n_tokens, abs=1e-6)


def test_the_consensus_matrix_is_symmetric_with_ones_on_its_diagonal(model):
    square = model.consensus_matrix().pivot(index="unit_a", columns="unit_b", values="share")
    np.testing.assert_array_equal(square, square.T)
    assert (np.diag(square) == 1).all()
    assert square.shape == (48, 48)


def test_a_repeated_segment_is_set_aside_and_follows_its_twin():
    lists, docvars, _ = planted()
    docvars = pd.concat([docvars, pd.DataFrame({"doc_id": ["文9"]}, index=["文9#1"])])
    dtm = count_terms(Tokens.from_lists([*lists, lists[0]], docvars=docvars))
    model = fit_topics(dtm, n_topics=3, seed=1, runs=4)
    assert model.excluded[["unit_id", "twin", "reason"]].values.tolist() == [
        ["文9#1", "文0#1", "repeats another"]
    ]
    table = model.assignments.set_index("unit_id")
    assert table.loc["文9#1", "topic"] == table.loc["文0#1", "topic"]
    assert table.loc["文9#1", "status"] == "repeats another"
    assert set(model.document_shares(draws=20)["doc_id"]) == set(docvars["doc_id"])


def test_a_heading_is_too_short_for_a_topic():
    lists, docvars, _ = planted()
    docvars = pd.concat([pd.DataFrame({"doc_id": ["文0"]}, index=["文0#99"]), docvars])
    model = fit_topics(
        count_terms(Tokens.from_lists([["题0词0", "题0词1"], *lists], docvars=docvars)),
        n_topics=3,
        seed=1,
        runs=4,
    )
    row = model.assignments.iloc[0]
    assert (row["unit_id"], row["status"]) == ("文0#99", "too short")
    assert pd.isna(row["topic"])


@pytest.mark.parametrize(
    ("n_topics", "rows", "words"), [(4, 10, "2 to 3"), (2, 5, "too few"), (1, 12, "2 to 4")]
)
def test_too_many_topics_for_the_segments_is_an_error_that_says_the_largest_number(n_topics, rows, words):
    lists, docvars, _ = planted()
    few = count_terms(Tokens.from_lists(lists[:rows], docvars=docvars.iloc[:rows]))
    with pytest.raises(ValueError, match=words):
        fit_topics(few, n_topics=n_topics, seed=1)


def test_an_empty_matrix_is_refused_with_a_message():
    with pytest.raises(ValueError, match="0 segments of 0 documents are too few"):
        fit_topics(count_terms(Tokens.from_lists([])), n_topics=2, seed=1)


def test_one_document_will_do(dtm):
    lists, docvars, _ = planted(documents=1, segments=30)
    model = fit_topics(count_terms(Tokens.from_lists(lists, docvars=docvars)), n_topics=3, seed=1, runs=4)
    assert model.n_topics == 3


def test_weights_and_unknown_methods_are_refused(dtm):
    with pytest.raises(ValueError, match="tfidf_sklearn"):
        fit_topics(weight_dtm(dtm, scheme="tfidf_sklearn"), n_topics=3, seed=1)
    with pytest.raises(ValueError, match="-1"):
        fit_topics(dtm, n_topics=3, seed=-1)


def test_shuffling_keeps_lengths_and_term_totals(dtm):
    from analysis.topics.topic_counts import shuffle_segments

    prepared = prepare_segments(dtm, min_terms=5, twin_similarity=None)
    for within in ("corpus", "document"):
        shuffled = shuffle_segments(prepared, within=within, seed=1)
        np.testing.assert_array_equal(shuffled.counts.sum(axis=0), prepared.counts.sum(axis=0))
        np.testing.assert_array_equal(shuffled.counts.sum(axis=1), prepared.counts.sum(axis=1))
        assert (shuffled.counts != prepared.counts).nnz > 0


def test_the_panel_finds_the_planted_number_and_noise_stays_within_its_null_band(dtm):
    panel = compare_topic_counts(dtm, candidates=[2, 3, 4, 5], seeds=range(6))
    assert panel.loc[panel["chosen"], "n_topics"].unique().tolist() == [3]
    lists, docvars, _ = planted(share=0.0)
    noise = count_terms(Tokens.from_lists(lists, docvars=docvars))
    flat = compare_topic_counts(noise, candidates=[3, 4, 5], seeds=range(6), null_runs=6)
    flat = flat[flat["criterion"] == "coherence"]
    assert (flat["mean"] - flat["null_mean"]).abs().max() < 0.05
    real = panel[(panel["criterion"] == "coherence") & (panel["n_topics"] == 3)]
    assert (real["mean_low"] > real["null_high"] + 0.3).all()


def test_the_panel_refuses_what_it_cannot_do(dtm):
    with pytest.raises(ValueError, match="at least 3"):
        compare_topic_counts(dtm, candidates=[2], seeds=[1])
    with pytest.raises(ValueError, match="2 to 16"):
        compare_topic_counts(dtm, candidates=[17], seeds=range(3))
    with pytest.raises(ValueError, match="lda"):
        compare_topic_counts(dtm, candidates=[3], seeds=range(3), criterion="heldout")


def test_two_seeds_give_nearly_the_same_topics(dtm):
    """The seed reproduces a model; it should not decide what the topics are."""
    lists, docvars, _ = planted(share=0.3, seed=4)
    weak = count_terms(Tokens.from_lists(lists, docvars=docvars))
    models = [fit_topics(weak, n_topics=3, seed=seed, runs=16) for seed in (1, 2)]
    labels = [model.assignments["topic"].astype(int) for model in models]
    assert adjusted_rand_score(*labels) > 0.9


def test_a_thinned_panel_takes_evenly_spaced_segments_of_every_document(dtm):
    from analysis.topics.prepare import thin_segments

    prepared = prepare_segments(dtm, min_terms=5, twin_similarity=None)
    thin = thin_segments(prepared, at_most=24)
    assert np.bincount(thin.blocks).tolist() == [6, 6, 6, 6]
    assert thin.unit_ids == prepared.unit_ids[::2]
    assert thin_segments(prepared, at_most=48) is prepared
    panel = compare_topic_counts(dtm, candidates=[3], seeds=range(4), max_segments=30)
    assert panel["chosen"].all()


@pytest.mark.slow
def test_another_linear_algebra_gives_the_same_topics():
    """Kernels of another processor differ in the last digits; tables must not."""
    import os
    import subprocess
    import sys

    code = (
        "import sys; sys.path.insert(0, 'tests'); from test_topics import planted; "
        "from analysis import Tokens, count_terms, fit_topics; from analysis.keyness import map_documents; "
        "from analysis.topics import map_segments; "
        "from analysis.provenance import digest_table; lists, docvars, _ = planted(share=0.3); "
        "dtm = count_terms(Tokens.from_lists(lists, docvars=docvars)); "
        "models = [fit_topics(dtm, n_topics=4, seed=3, method=m, runs=6) for m in ('nmf', 'kmeans', 'lda')]; "
        "print([digest_table(t) for m in models for t in (m.topics, m.topic_terms, m.assignments, "
        "m.document_shares(), map_segments(m))], digest_table(map_documents(dtm)))"
    )
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, **setting},
            capture_output=True,
            check=True,
        ).stdout
        for setting in ({}, {"OPENBLAS_CORETYPE": "Prescott", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "7"})
    }
    assert len(printed) == 1


def test_representative_sentences_stand_in_their_segments_and_speak_of_their_topic(model, dtm):
    lists, docvars, _ = planted()
    texts = ["".join(["，".join(words[:9]), "。", "，".join(words[9:18]), "。"]) for words in lists]
    corpus = Corpus(texts, docvars)
    table = find_representative_sentences(model, corpus=corpus, top_n=2)
    assert table.groupby("topic").size().tolist() == [2, 2, 2]
    topics = model.assignments.set_index("unit_id")["topic"]
    for row in table.itertuples():
        assert corpus[row.unit_id][row.start : row.end].strip() == row.sentence
        assert topics[row.unit_id] == row.topic
        assert row.sentence.count(row.label[:2]) >= 3
    with pytest.raises(CorpusError, match="does not hold the segment"):
        find_representative_sentences(model, corpus=Corpus(["甲"], pd.DataFrame(index=["甲"])))
