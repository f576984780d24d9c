"""Coherence by the definitions, on cases small enough to count by hand."""

from math import log

import numpy as np
import pytest
from scipy import sparse

from analysis.topics.coherence import segment_npmi
from analysis.validation import npmi_coherence, u_mass_coherence

DOCUMENTS = [["法治", "政府", "法治"], ["政府", "服务"], ["法治", "服务", "企业", "政府"], ["企业"]]


def test_npmi_of_a_pair_is_the_hand_made_number():
    # 法治 in 2 of 4, 政府 in 3 of 4, both in 2 of 4
    expected = log((2 / 4) / (2 / 4 * 3 / 4)) / -log(2 / 4)
    assert npmi_coherence(DOCUMENTS, ["法治", "政府"]) == pytest.approx(expected)


def test_a_sliding_window_moves_token_by_token_and_counts_a_repeated_word_once():
    # windows of 2: 法治政府 政府法治 | 政府服务 | 法治服务 服务企业 企业政府 | 企业
    both, first, second, total = 2, 3, 4, 7
    expected = log((both / total) / (first / total * second / total)) / -log(both / total)
    assert npmi_coherence(DOCUMENTS, ["法治", "政府"], window=2) == pytest.approx(expected)
    twice = [["法治", "法治", "政府"], ["服务", "企业", "法治"]]
    # windows of 3: one a document; 法治 in both although it stands three times
    assert npmi_coherence(twice, ["法治", "政府"], window=3) == pytest.approx(0.0)


def test_npmi_has_its_limits():
    assert npmi_coherence(DOCUMENTS, ["法治", "没有"]) == -1
    assert npmi_coherence([["甲", "乙"], ["甲", "乙"]], ["甲", "乙"]) == 1
    assert npmi_coherence([["甲", "乙"], ["丙"]], ["甲", "乙"]) == pytest.approx(1)


def test_u_mass_is_the_hand_made_number():
    # pairs in the order 政府, 法治, 企业: (法治|政府), (企业|政府), (企业|法治)
    values = [log((2 + 1) / 3), log((1 + 1) / 3), log((1 + 1) / 2)]
    terms = ["政府", "法治", "企业"]
    assert u_mass_coherence(DOCUMENTS, terms, aggregate="sum") == pytest.approx(sum(values))
    assert u_mass_coherence(DOCUMENTS, terms) == pytest.approx(sum(values) / 3)


def test_counting_columns_of_a_matrix_agrees_with_counting_lists():
    random = np.random.default_rng(3)
    terms = list("法治政府")
    present = sparse.csr_array((random.random((40, 4)) < 0.4).astype(np.int64))
    lists = [
        [term for term, held in zip(terms, row, strict=True) if held] or ["空"] for row in present.toarray()
    ]
    assert segment_npmi(present, columns=range(4)) == pytest.approx(npmi_coherence(lists, terms))


@pytest.mark.parametrize("terms", [["法治"], ["法治", "法治"], []])
def test_fewer_than_two_terms_have_no_coherence(terms):
    for measure in (npmi_coherence, u_mass_coherence):
        with pytest.raises(ValueError, match="at least two distinct terms"):
            measure(DOCUMENTS, terms)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="no documents"):
        npmi_coherence([], ["甲", "乙"])
    with pytest.raises(ValueError, match="window is 1"):
        npmi_coherence(DOCUMENTS, ["法治", "政府"], window=1)
    with pytest.raises(ValueError, match="没有"):
        u_mass_coherence(DOCUMENTS, ["没有", "政府"])
