"""Only to: leads that go to named reps, or wait."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

COMPANY = Company([{}, {}], [{}, {}], pair_value={("L0", "R0"): 0.9, ("L1", "R0"): 0.8})


def only_to(*pairs):
    named = [{"lead_id": lead_id, "rep_id": rep_id} for lead_id, rep_id in pairs]
    return {"kind": "only_to", "pairs": named}


def test_a_named_lead_goes_nowhere_else():
    assert best_owners(COMPANY) == {"L0": "R0", "L1": "R0"}
    assert best_owners(COMPANY, only_to(("L0", "R1"))) == {"L0": "R1", "L1": "R0"}
    either = only_to(("L0", "R1"), ("L0", "R0"))
    assert best_owners(COMPANY, either) == {"L0": "R0", "L1": "R0"}


def test_a_lead_waits_where_its_rep_is_full():
    """A lock would make the day infeasible."""
    company = Company(
        COMPANY.leads,
        [{"daily_capacity": 1}, {"daily_capacity": 1}],
        pair_value=COMPANY.pair_value,
    )
    both = only_to(("L0", "R0"), ("L1", "R0"))
    assert best_owners(company, {"kind": "capacity"}, both) == {"L0": "R0"}


def test_broken_on_purpose_is_named():
    rule = only_to(("L0", "R1"), ("L1", "R0"))
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, rule) == [("only_to", "L0", "R0")]
    assert broken(COMPANY, {"L1": "R0"}, rule) == []


@pytest.mark.parametrize(("penalty", "owner"), [(0.3, "R0"), (0.5, "R1")])
def test_soft_costs_the_penalty(penalty, owner):
    soft = {**only_to(("L0", "R1")), "strength": "soft", "penalty": penalty}
    _, result = solved(COMPANY, soft)
    assert result.objective == pytest.approx(max(0.9 - penalty, 0.5) + 0.8)
    assert best_owners(COMPANY, soft) == {"L0": owner, "L1": "R0"}


def test_where_restricts_it():
    company = Company(
        [{"priority": "hot"}, {}], COMPANY.reps, pair_value=COMPANY.pair_value
    )
    rule = {**only_to(("L0", "R1"), ("L1", "R1")), "where": {"priority": "hot"}}
    assert best_owners(company, rule) == {"L0": "R1", "L1": "R0"}
