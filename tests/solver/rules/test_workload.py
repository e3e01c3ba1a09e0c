"""Workload: leads take hours, and reps have so many."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

RULE = {"kind": "workload"}
# R0 has three hours for leads of 2, 2 and the default of 1.
COMPANY = Company(
    leads=[{"effort_hours": 2.0, "priority": "hot"}, {"effort_hours": 2.0}, {}],
    reps=[{"hours_per_day": 3.0}, {}],
    pair_value={("L0", "R0"): 0.9, ("L1", "R0"): 0.8, ("L2", "R0"): 0.7},
)


def test_hard_is_obeyed():
    """R0 takes 2 + 1 hours; R1 has no limit."""
    assert best_owners(COMPANY, RULE) == {"L0": "R0", "L1": "R1", "L2": "R0"}
    assert set(best_owners(COMPANY).values()) == {"R0"}


def test_a_lead_without_effort_counts_the_default():
    """With a default of 1.5 hours L2 no longer fits beside L0."""
    owner = best_owners(COMPANY, {**RULE, "default_hours": 1.5})
    assert owner == {"L0": "R0", "L1": "R1", "L2": "R1"}


def test_broken_on_purpose_is_named():
    """Four hours are more than three; three are not."""
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, RULE) == [("workload", "", "R0")]
    assert broken(COMPANY, {"L0": "R0", "L2": "R0"}, RULE) == []
    assert broken(COMPANY, dict.fromkeys(("L0", "L1", "L2"), "R1"), RULE) == []


def test_hours_that_add_up_are_enough():
    """Ten times a tenth of an hour is an hour, whatever floats say."""
    leads = [{"effort_hours": 0.1}] * 10
    company = Company(leads, [{"hours_per_day": 1.0}])
    owner = best_owners(company, RULE)
    assert len(owner) == 10
    assert broken(company, owner, RULE) == []


def test_leads_without_effort_cost_no_hours():
    """Nothing is not missing."""
    company = Company([{"effort_hours": 0.0}] * 3, [{"hours_per_day": 0.0}])
    assert len(best_owners(company, RULE)) == 3


@pytest.mark.parametrize(
    ("penalty", "load", "objective"), [(0.1, [3, 0], 2.4 - 2 * 0.1), (0.2, [2, 1], 2.1)]
)
def test_soft_costs_the_penalty_per_hour_above(penalty, load, objective):
    """Two hours above, or L1 goes to R1 and loses .3."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    _, result = solved(COMPANY, soft)
    assert result.solution.load.tolist() == load
    assert result.objective == pytest.approx(objective)
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, soft) == []


def test_where_restricts_it():
    """Only the hot lead's hours count."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert set(best_owners(COMPANY, hot).values()) == {"R0"}
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, hot) == []
