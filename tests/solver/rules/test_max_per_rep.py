"""Most leads per rep: nobody gets too many of one sort."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, day_of, solved

RULE = {"kind": "max_per_rep", "max_leads": 1}
# R0 has value .9 for all, R1 .5: without the rule R0 has every lead.
COMPANY = Company(
    leads=[{"priority": "hot"}, {"priority": "hot"}, {"priority": "cold"}],
    reps=[{}, {}],
    pair_value={(f"L{i}", "R0"): 0.9 for i in range(3)},
)


def test_hard_is_obeyed():
    """Each rep has one lead, and the third has none."""
    _, result = solved(COMPANY, RULE)
    assert sorted(result.solution.load) == [1, 1]
    assert set(best_owners(COMPANY).values()) == {"R0"}


def test_broken_on_purpose_is_named():
    """The rep with two is called out, the one with one is not."""
    owner = {"L0": "R0", "L1": "R0", "L2": "R1"}
    assert broken(COMPANY, owner, RULE) == [("max_per_rep", "", "R0")]


@pytest.mark.parametrize(
    ("penalty", "load", "objective"),
    [(0.3, [3, 0], 2.7 - 2 * 0.3), (0.5, [2, 1], 2.3 - 0.5)],
)
def test_soft_costs_the_penalty_per_lead_above(penalty, load, objective):
    """Two above cost twice; at .5 it is better to lose .4 and save one of them."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    _, result = solved(COMPANY, soft)
    assert result.solution.load.tolist() == load
    assert result.objective == pytest.approx(objective)
    assert broken(COMPANY, dict.fromkeys(("L0", "L1"), "R0"), soft) == []


def test_where_restricts_it():
    """One hot lead each; the cold one goes where it is best."""
    hot = {**RULE, "where": {"priority": "hot"}}
    owner = best_owners(COMPANY, hot)
    assert owner["L2"] == "R0"
    assert sorted([owner["L0"], owner["L1"]]) == ["R0", "R1"]
    assert broken(COMPANY, {"L0": "R0", "L2": "R0"}, hot) == []


def test_leads_without_a_slot_count():
    """An owner's lead takes no slot of the capacity, but counts here."""
    company = Company([{"account_id": "A"}, {}], [{"daily_capacity": 1}], {"A": "R0"})
    free = {"kind": "account_owner", "uses_capacity": False}
    assert day_of(company, free, RULE).problem.limits[0].pair.tolist() == [0, 1]
    both = {"L0": "R0", "L1": "R0"}
    assert broken(company, both, free, {"kind": "capacity"}) == []
    assert broken(company, both, free, RULE) == [("max_per_rep", "", "R0")]
