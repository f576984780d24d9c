"""Whatever is counted with a dictionary says which one it was."""

import pandas as pd
import pytest

from analysis import (
    Corpus,
    count_nested,
    count_themes,
    discover_terms,
    load_terms,
    make_segmenter,
    segment,
    track_terms,
)
from analysis.concordance.themes import load_themes
from analysis.words import compare_segmentations, report_term_retention, terms_digest

CORPUS = Corpus(["深化府院联动，落实“晨读云课堂”。"], pd.DataFrame({"year": [2024]}, index=["甲"]))
ONE = pd.DataFrame({"term": ["府院联动"]})
OTHER = pd.DataFrame({"term": ["府院联动", "述法"]})
COUNTED = {
    "discover_terms": lambda terms: discover_terms(CORPUS, known=terms),
    "report_term_retention": lambda terms: report_term_retention(segment(CORPUS), terms=terms),
    "track_terms": lambda terms: track_terms(CORPUS, terms=terms),
    "count_nested": lambda terms: count_nested(CORPUS, terms=terms),
}


@pytest.mark.parametrize("count", COUNTED.values(), ids=COUNTED)
def test_a_result_carries_the_digest_of_its_terms(count):
    assert count(ONE).attrs["digest"] == terms_digest(ONE)
    assert count(OTHER).attrs["digest"] == terms_digest(OTHER) != terms_digest(ONE)


def test_a_list_of_terms_has_the_digest_of_a_table_of_them():
    assert count_nested(CORPUS, terms=["府院联动"]).attrs["digest"] == terms_digest(ONE)


def test_a_difference_of_segmentations_carries_both_digests():
    before = make_segmenter()
    after = make_segmenter(terms=pd.concat([load_terms(), pd.DataFrame({"term": ["晨读云课堂"]})]))
    table = compare_segmentations(CORPUS, before=before, after=after)
    assert (table.attrs["before"], table.attrs["after"]) == (before.digest, after.digest)
    assert before.digest != after.digest


def test_another_word_in_a_theme_is_another_digest():
    tokens = segment(CORPUS)
    themes = load_themes()
    whole, less = (count_themes(tokens, themes=table).attrs["digest"] for table in (themes, themes[1:]))
    assert whole != less
    assert (
        count_themes(tokens, themes=themes[::-1]).attrs["digest"]
        == whole
        == count_themes(tokens).attrs["digest"]
    )
