"""Seniority: the leads that matter most go to the senior reps."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

RULE = {"kind": "seniority", "min_seniority": 3}
COMPANY = Company(
    leads=[{"priority": "hot"}, {"priority": "cold"}],
    reps=[{"seniority": 3, "daily_capacity": 2}, {"seniority": 2}, {}],
    pair_value={("L0", "R1"): 0.9, ("L1", "R2"): 0.8},
)


def test_hard_is_obeyed():
    """Three is enough where three is asked; two is not, nor is a missing one."""
    assert best_owners(COMPANY) == {"L0": "R1", "L1": "R2"}
    assert best_owners(COMPANY, RULE) == {"L0": "R0", "L1": "R0"}


def test_broken_on_purpose_is_named():
    """A junior rep and one without a seniority are both called out."""
    found = broken(COMPANY, {"L0": "R1", "L1": "R2"}, RULE)
    assert found == [("seniority", "L0", "R1"), ("seniority", "L1", "R2")]
    assert broken(COMPANY, {"L0": "R0"}, RULE) == []


def test_soft_costs_the_penalty():
    """Each pair with a rep who is not senior enough has that much less value."""
    soft = {**RULE, "strength": "soft", "penalty": 0.35}
    day, result = solved(COMPANY, soft)
    assert day.problem.value.tolist() == pytest.approx(
        [0.5, 0.55, 0.15, 0.5, 0.15, 0.45]
    )
    assert result.objective == pytest.approx(0.55 + 0.5)
    assert broken(COMPANY, {"L0": "R1", "L1": "R2"}, soft) == []


def test_where_restricts_it():
    """Only the hot lead needs a senior rep."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert best_owners(COMPANY, hot) == {"L0": "R0", "L1": "R2"}
    assert broken(COMPANY, {"L0": "R1", "L1": "R2"}, hot) == [("seniority", "L0", "R1")]


def test_where_takes_limits():
    """A value slab is a where with a limit; a lead without a value is in none."""
    leads = [{"deal_value": 100.0}, {"deal_value": 99.0}, {}]
    slabs = Company(leads, [{"seniority": 3}, {"seniority": 1}])
    large = {**RULE, "where": {"deal_value": {"min": 100}}}
    everyone_to_the_junior = {"L0": "R1", "L1": "R1", "L2": "R1"}
    found = broken(slabs, everyone_to_the_junior, large)
    assert found == [("seniority", "L0", "R1")]
