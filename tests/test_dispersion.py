"""Dispersion against definitions written out, bounds and invariances."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import dispersion
from analysis.dispersion import (
    carroll_d2,
    deviation_of_proportions,
    juilland_d,
    rosengren_s,
)

parts = st.lists(st.tuples(st.integers(0, 40), st.integers(50, 4000)), min_size=2, max_size=9)
FORMS = ("gries_2008", "lijffijt_gries_2012", "egbert_2020")


@settings(derandomize=True, deadline=None, max_examples=80)
@given(parts)
def test_the_three_forms_of_dp_follow_their_definitions(pairs):
    x, sizes = zip(*pairs, strict=True)
    f, n = sum(x), sum(sizes)
    assume(f > 0)
    dp = sum(abs(v / f - s / n) for v, s in pairs) / 2
    assert deviation_of_proportions(x, sizes) == pytest.approx(dp, abs=1e-12)
    normalized = dp / (1 - min(sizes) / n)
    assert deviation_of_proportions(x, sizes, form="lijffijt_gries_2012") == pytest.approx(normalized)
    held = dp / (1 - min(s for v, s in pairs if v) / n)
    assert deviation_of_proportions(x, sizes, form="egbert_2020") == pytest.approx(held)
    for form in FORMS:
        value = deviation_of_proportions(x, sizes, form=form)
        assert -1e-12 <= value <= 1 + 1e-12
        assert deviation_of_proportions(x, sizes, form=form, even_is_one=True) == pytest.approx(1 - value)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(parts)
def test_measures_stay_in_their_bounds_and_ignore_the_order_of_parts(pairs):
    x, sizes = map(np.array, zip(*pairs, strict=True))
    assume(x.sum() > 0)
    for function in (juilland_d, carroll_d2, rosengren_s, deviation_of_proportions):
        value = function(x, sizes)
        assert -1e-9 <= value <= 1 + 1e-9
        assert function(x[::-1], sizes[::-1]) == pytest.approx(value, abs=1e-12)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 30), min_size=2, max_size=8), st.integers(1, 9))
def test_an_even_spread_is_even_by_every_measure(sizes, per_token):
    x = per_token * np.array(sizes)
    assert deviation_of_proportions(x, sizes) == pytest.approx(0, abs=1e-12)
    for function in (juilland_d, carroll_d2, rosengren_s):
        assert function(x, sizes) == pytest.approx(1)


def test_a_term_of_one_part_is_as_uneven_as_can_be():
    for form in FORMS[1:]:
        assert deviation_of_proportions([0, 0, 7], form=form) == pytest.approx(1)
    assert deviation_of_proportions([0, 0, 7], [10, 10, 80]) == pytest.approx(0.2)
    assert juilland_d([0, 0, 7]) == pytest.approx(0)
    assert carroll_d2([0, 0, 7]) == pytest.approx(0)
    assert rosengren_s([0, 0, 7]) == pytest.approx(1 / 3)


def test_columns_of_a_matrix_are_terms():
    random = np.random.default_rng(4)
    x, sizes = random.poisson(3, size=(6, 5)), random.integers(100, 900, size=6)
    for function in (
        deviation_of_proportions,
        juilland_d,
        carroll_d2,
        rosengren_s,
    ):
        np.testing.assert_allclose(function(x, sizes), [function(x[:, column], sizes) for column in range(5)])


def test_a_term_that_does_not_occur_has_no_dispersion():
    for function in (deviation_of_proportions, juilland_d, carroll_d2, rosengren_s):
        assert np.isnan(function([0, 0, 0]))
    assert np.isnan(juilland_d([5], [100]))
    assert np.isnan(deviation_of_proportions([5], [100], form="egbert_2020"))


def test_what_has_no_parts_is_refused():
    with pytest.raises(ValueError, match="part_sizes of shape"):
        deviation_of_proportions([1, 2], [10])
    with pytest.raises(ValueError, match="a part has no tokens"):
        juilland_d([1, 2], [10, 0])
    with pytest.raises(ValueError, match="at least one part"):
        dispersion.carroll_d2([])
