"""Least leads per rep: nobody at work goes without."""

import pytest

from solver import Status
from tests.solver.companies import MONDAY, Company
from tests.solver.days import best_owners, broken, solved

RULE = {"kind": "min_per_rep", "min_leads": 1}
LEADS = [{"priority": "hot"}, {"priority": "cold"}, {"priority": "cold"}]
PAIR_VALUE = {("L0", "R0"): 0.9, ("L1", "R0"): 0.8, ("L2", "R0"): 0.7}
COMPANY = Company(LEADS, [{}, {}], pair_value=PAIR_VALUE)


def test_hard_is_obeyed():
    """R1 gets the lead that loses least by it."""
    assert set(best_owners(COMPANY).values()) == {"R0"}
    assert best_owners(COMPANY, RULE) == {"L0": "R0", "L1": "R0", "L2": "R1"}


def test_broken_on_purpose_is_named():
    """The rep without a lead is called out."""
    owner = dict.fromkeys(("L0", "L1", "L2"), "R0")
    assert broken(COMPANY, owner, RULE) == [("min_per_rep", "", "R1")]
    assert broken(COMPANY, {**owner, "L2": "R1"}, RULE) == []


@pytest.mark.parametrize(
    "away",
    [{"active": False}, {"start_date": "2027-01-01T00:00:00Z"}, {}],
    ids=["inactive", "not started", "absent"],
)
def test_nothing_is_asked_of_who_is_away(away):
    """The rep who is away has no lead, and that breaks nothing."""
    absences = [] if away else [("R1", MONDAY, MONDAY)]
    company = Company(LEADS, [{}, away], absences=absences, pair_value=PAIR_VALUE)
    owner = best_owners(company, RULE)
    assert set(owner.values()) == {"R0"}
    assert broken(company, owner, RULE) == []


def test_too_few_leads_are_infeasible():
    """Two leads for each of two reps are more than three."""
    _, result = solved(COMPANY, {**RULE, "min_leads": 2})
    assert result.status == Status.INFEASIBLE


def test_a_rep_with_no_eligible_lead_is_infeasible():
    """What nobody can give is still asked for."""
    leads = [{"territory": "FR"}, {"territory": "FR"}]
    company = Company(leads, [{"territories": ("FR",)}, {}])
    _, result = solved(company, {"kind": "territory"}, RULE)
    assert result.status == Status.INFEASIBLE


@pytest.mark.parametrize(
    ("penalty", "loads", "objective"),
    [(0.1, [3, 0], 2.4 - 0.2), (0.25, [2, 1], 2.2 - 0.25), (0.5, [1, 2], 1.9)],
)
def test_soft_costs_the_penalty_per_missing_lead(penalty, loads, objective):
    """R1 should have two: the first costs .2 to move there, the second .3."""
    soft = {**RULE, "min_leads": 2, "strength": "soft", "penalty": penalty}
    company = Company(
        [*LEADS, {}], [{}, {}], pair_value={**PAIR_VALUE, ("L3", "R0"): 0.95}
    )
    _, result = solved(company, soft)
    assert result.solution.load.tolist() == [loads[0] + 1, loads[1]]
    assert result.objective == pytest.approx(objective + 0.95)
    assert broken(company, {}, soft) == []


def test_where_restricts_it():
    """Only a hot lead counts, and there is one for two reps."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert broken(COMPANY, {"L0": "R0", "L1": "R1"}, hot) == [("min_per_rep", "", "R1")]
    assert solved(COMPANY, hot)[1].status == Status.INFEASIBLE
