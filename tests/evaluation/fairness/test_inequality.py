"""One figure for how unequal amounts are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.fairness.inequality import gini, min_max_ratio

AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=20).map(np.array)


def test_by_hand():
    """Of 1 and 3, distances are 0, 2, 2, 0: mean 1, half of it over the mean 2."""
    assert gini(np.array([3.0, 1.0])) == pytest.approx(0.25)
    assert min_max_ratio(np.array([3.0, 1.0])) == pytest.approx(1 / 3)


def test_one_has_all():
    """Of n, the largest coefficient is 1 - 1/n."""
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    assert min_max_ratio(np.array([0.0, 8.0])) == 0.0


@given(AMOUNTS)
def test_gini_is_half_the_mean_distance_over_the_mean(amounts):
    """The definition, pair by pair."""
    distance = np.abs(amounts[:, None] - amounts).mean()
    expected = distance / 2 / amounts.mean() if amounts.mean() > 0 else 0.0
    assert gini(amounts) == pytest.approx(expected, abs=1e-9)


@given(AMOUNTS, st.floats(0.1, 10))
def test_the_unit_does_not_matter(amounts, factor):
    """Hours or minutes, the same inequality."""
    assert gini(amounts * factor) == pytest.approx(gini(amounts), abs=1e-9)
    assert min_max_ratio(np.full(3, factor)) == pytest.approx(1.0)


def test_nothing_is_shared_equally():
    """No amounts, or none above nothing."""
    for amounts in (np.zeros(0), np.zeros(3)):
        assert gini(amounts) == 0.0
        assert min_max_ratio(amounts) == 1.0
