"""Team: groups of leads go to the teams made for them."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

RULE = {"kind": "team", "teams": ["key", "south"]}
COMPANY = Company(
    leads=[{"priority": "hot"}, {"priority": "cold"}],
    reps=[{"team": "key"}, {"team": "north"}, {}],
    pair_value={("L0", "R1"): 0.9, ("L1", "R2"): 0.8},
)


def test_hard_is_obeyed():
    """Leads go to members of the teams, not to others nor to the teamless."""
    assert best_owners(COMPANY) == {"L0": "R1", "L1": "R2"}
    assert best_owners(COMPANY, RULE) == {"L0": "R0", "L1": "R0"}


def test_broken_on_purpose_is_named():
    """Another team and no team are both called out."""
    found = broken(COMPANY, {"L0": "R1", "L1": "R2"}, {**RULE, "name": "key accounts"})
    assert found == [("key accounts", "L0", "R1"), ("key accounts", "L1", "R2")]


def test_soft_costs_the_penalty():
    """Pairs outside the teams have the penalty less in value."""
    soft = {**RULE, "strength": "soft", "penalty": 0.25}
    day, result = solved(COMPANY, soft)
    assert day.problem.value.tolist() == pytest.approx(
        [0.5, 0.65, 0.25, 0.5, 0.25, 0.55]
    )
    assert result.objective == pytest.approx(0.65 + 0.55)
    assert broken(COMPANY, {"L0": "R1", "L1": "R2"}, soft) == []


def test_where_restricts_it():
    """Only the hot lead is for the teams."""
    hot = {**RULE, "where": {"priority": ["hot", "warm"]}}
    assert best_owners(COMPANY, hot) == {"L0": "R0", "L1": "R2"}
    assert broken(COMPANY, {"L0": "R1", "L1": "R2"}, hot) == [("team", "L0", "R1")]
