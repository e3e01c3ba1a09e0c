"""Who would rather have a colleague's leads."""

import numpy as np

from evaluation.fairness.envy import envious_pairs
from solver import Solution
from tests.solver.companies import Company
from tests.solver.days import day_of


def envious(worth, owners, hours, **told):
    """Leads of this worth with these owners; reps of territory A, or of all."""
    leads = [{"territory": place} for place in told.get("places", "A" * len(worth))]
    reps = [{"territories": tuple(own)} for own in told.get("own", ["AB"] * len(hours))]
    day = day_of(Company(leads, reps), {"kind": "territory"})
    problem = day.problem
    pair = [
        start + problem.rep[start:end].tolist().index(owner)
        for start, end, owner in zip(
            problem.indptr[:-1], problem.indptr[1:], owners, strict=True
        )
    ]
    found = envious_pairs(
        Solution(problem, np.array(pair)), np.array(worth), np.array(hours)
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
    worth, owners = [5.0, 4.0, 3.0, 9.0], [0, 1, 1, 1]
    assert envious(worth, owners, [4.0, 8.0]) == []
    assert envious(worth, owners, [0.0, 8.0]) == []


def test_leads_one_may_not_serve_are_not_envied():
    """The other's leads are in a territory of the other's own."""
    worth, owners = [5.0, 4.0, 3.0, 9.0], [0, 1, 1, 1]
    assert envious(worth, owners, [8.0, 8.0], places="ABBB", own=["A", "AB"]) == []
    assert envious(worth, owners, [8.0, 8.0], places="AAAB", own=["A", "AB"]) == []
    own = ["A", "AB"]
    assert envious([3.0, *worth[1:]], owners, [8, 8], places="AAAB", own=own) == []
    assert envious([2.0, *worth[1:]], owners, [8, 8], places="AAAB", own=own) == [
        (0, 1)
    ]
