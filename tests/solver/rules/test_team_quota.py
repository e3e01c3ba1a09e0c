"""Team quota: how many leads go to each team."""

import pytest
from pydantic import ValidationError

from solver import Status
from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, rules_of, solved

# Two reps of the north have value .9 and .8, the one of the south .5.
COMPANY = Company(
    leads=[{"priority": "hot"}, {}, {}, {}],
    reps=[{"team": "north"}, {"team": "north"}, {"team": "south"}, {}],
    pair_value={(f"L{i}", f"R{j}"): 0.9 - 0.1 * j for i in range(4) for j in range(4)},
)


def quota(**quotas):
    return {"kind": "team_quota", "quotas": quotas}


def loads(*rules, company=COMPANY):
    return solved(company, *rules)[1].solution.load.tolist()


def test_hard_is_obeyed():
    """The whole team's leads count, and teams without a quota have no bounds."""
    assert loads() == [4, 0, 0, 0]
    assert loads(quota(north={"max": 1})) == [1, 0, 3, 0]
    assert loads(quota(north={"max": 1}, south={"max": 2})) == [1, 0, 2, 1]
    assert loads(quota(south={"min": 3})) == [1, 0, 3, 0]


def test_broken_on_purpose_is_named():
    """Too many in one team, too few in another."""
    rule = quota(north={"min": 1, "max": 2}, south={"min": 2})
    assert len(broken(COMPANY, dict.fromkeys(("L0", "L1", "L2"), "R1"), rule)) == 2
    assert broken(COMPANY, {"L0": "R0", "L1": "R2", "L2": "R2"}, rule) == []


def test_more_than_there_is_is_infeasible():
    """Five of four leads cannot be."""
    assert solved(COMPANY, quota(south={"min": 5}))[1].status == Status.INFEASIBLE


def test_nothing_is_asked_of_a_team_that_is_away():
    """Nobody of the south is at work, and that breaks nothing."""
    reps = [*COMPANY.reps[:2], {"team": "south", "active": False}]
    company = Company(COMPANY.leads, reps, pair_value=COMPANY.pair_value)
    rule = quota(south={"min": 3})
    assert loads(rule, company=company) == [4, 0, 0]
    assert broken(company, best_owners(company, rule), rule) == []


@pytest.mark.parametrize(
    ("penalty", "load", "objective"),
    [(0.05, [4, 0, 0, 0], 3.6 - 4 * 0.05), (0.15, [2, 0, 2, 0], 3.2)],
)
def test_soft_costs_the_penalty_per_lead_outside(penalty, load, objective):
    """A lead that moves south loses .2, and saves one above and one below."""
    rule = quota(north={"max": 2}, south={"min": 2})
    soft = {**rule, "strength": "soft", "penalty": penalty}
    _, result = solved(COMPANY, soft)
    assert result.solution.load.tolist() == load
    assert result.objective == pytest.approx(objective)
    assert broken(COMPANY, {}, soft) == []


def test_where_restricts_it():
    """The hot lead goes south, whatever the others do."""
    rule = {**quota(south={"min": 1}), "where": {"priority": "hot"}}
    assert best_owners(COMPANY, rule)["L0"] == "R2"
    assert broken(COMPANY, {"L0": "R0", "L1": "R2"}, rule) == [("team_quota", "", "")]


@pytest.mark.parametrize(
    ("quotas", "told"),
    [
        ({}, "at least 1"),
        ({"north": {}}, "give at least one of min, max"),
        ({"north": {"min": 3, "max": 2}}, "min 3 is above max 2"),
        ({"north": {"max": -1}}, "greater than or equal to 0"),
        ({"north": {"most": 1}}, "not permitted"),
    ],
)
def test_quotas_that_cannot_be(quotas, told):
    """No team, no bound, bounds in the wrong order."""
    with pytest.raises(ValidationError, match=told):
        rules_of(quota(**quotas))
