"""How unequal amounts are: in one figure, and who envies whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.fairness.inequality import envious_pairs, gini, min_max_ratio
from solver import Solution
from tests.solver.companies import Company
from tests.solver.days import day_of

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


def envious(value, owners, hours, **options):
    """Leads of this value with these owners; reps of territory A, or of all."""
    leads = [{"territory": place} for place in options.get("places", "A" * len(value))]
    reps = [
        {"territories": tuple(own)} for own in options.get("own", ["AB"] * len(hours))
    ]
    day = day_of(Company(leads, reps), {"kind": "territory"})
    problem = day.problem
    pair = [
        start + problem.rep[start:end].tolist().index(owner)
        for start, end, owner in zip(
            problem.indptr[:-1], problem.indptr[1:], owners, strict=True
        )
    ]
    found = envious_pairs(
        Solution(problem, np.array(pair)), np.array(value), np.array(hours)
    )
    return [tuple(couple) for couple in found.tolist()]


def test_one_lead_more_is_no_envy():
    """Without the best of them, the other has no more."""
    assert envious([5.0, 5.0, 9.0], [0, 1, 1], [8.0, 8.0]) == []


def test_two_leads_more_are():
    """Without the best, 4 + 3 are still more than 5."""
    assert envious([5.0, 4.0, 3.0, 9.0], [0, 1, 1, 1], [8.0, 8.0]) == [(0, 1)]


def test_hours_weigh():
    """Who is there half the time may have half as much; who is not there, nothing."""
    value, owners = [5.0, 4.0, 3.0, 9.0], [0, 1, 1, 1]
    assert envious(value, owners, [4.0, 8.0]) == []
    assert envious(value, owners, [0.0, 8.0]) == []


def test_leads_one_may_not_serve_are_not_envied():
    """The other's leads are in a territory of the other's own."""
    value, owners = [5.0, 4.0, 3.0, 9.0], [0, 1, 1, 1]
    assert envious(value, owners, [8.0, 8.0], places="ABBB", own=["A", "AB"]) == []
    assert envious(value, owners, [8.0, 8.0], places="AAAB", own=["A", "AB"]) == []
    own = ["A", "AB"]
    assert envious([3.0, *value[1:]], owners, [8, 8], places="AAAB", own=own) == []
    assert envious([2.0, *value[1:]], owners, [8, 8], places="AAAB", own=own) == [
        (0, 1)
    ]
