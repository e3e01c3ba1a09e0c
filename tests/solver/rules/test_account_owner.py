"""Account owner: an existing customer's lead goes to the account's manager."""

import pytest

from tests.solver.companies import MONDAY, Company
from tests.solver.days import best_owners, broken, day_of, solved

RULE = {"kind": "account_owner"}
SOFT = {**RULE, "strength": "soft", "penalty": 0.3}
FREE = {**RULE, "uses_capacity": False}
RELEASE = {**RULE, "owner_away": "release"}
CAPACITY = {"kind": "capacity"}


def company(owner="R0", n_leads=1, **changes):
    """Leads of R0's account, all of higher value with R1; and a new customer's lead."""
    leads = [{"account_id": "A", "priority": "hot"}] * n_leads + [{"account_id": "B"}]
    value = {(f"L{i}", "R1"): 0.9 for i in range(n_leads + 1)}
    reps = [{"daily_capacity": 1}, {"daily_capacity": 9}]
    return Company(leads, reps, {"A": owner}, pair_value=value, **changes)


def away(owner="R0"):
    return company(owner, absences=[("R0", MONDAY, MONDAY)])


def test_hard_is_obeyed():
    """The customer's lead goes to its owner, the new one where its value is highest."""
    assert best_owners(company()) == {"L0": "R1", "L1": "R1"}
    assert best_owners(company(), RULE) == {"L0": "R0", "L1": "R1"}


def test_broken_on_purpose_is_named():
    """Another rep with the customer's lead is called out, not with the new one."""
    found = broken(company(), {"L0": "R1", "L1": "R1"}, RULE)
    assert found == [("account_owner", "L0", "R1")]


def test_soft_costs_the_penalty():
    """The other rep has value .9 less the penalty, still more than .5."""
    day, result = solved(company(), SOFT)
    assert day.problem.value.tolist() == pytest.approx([0.5, 0.6, 0.5, 0.9])
    assert result.objective == pytest.approx(1.5)
    assert broken(company(), {"L0": "R1"}, SOFT) == []


def test_where_restricts_it():
    """Where it does not speak of the lead, the account does not matter."""
    cold = {**RULE, "where": {"priority": "cold"}}
    assert best_owners(company(), cold) == {"L0": "R1", "L1": "R1"}
    assert broken(company(), {"L0": "R1"}, cold) == []


def test_uses_capacity_by_default():
    """An owner with one slot gets one of the three leads of the account."""
    full = company(n_leads=3)
    assert list(best_owners(full, RULE, CAPACITY).values()).count("R0") == 1
    owner = dict.fromkeys(("L0", "L1", "L2"), "R0")
    assert broken(full, owner, RULE, CAPACITY) == [("capacity", "", "R0")]


def test_may_use_no_capacity():
    """Its own leads all go to the owner, whose slot stays free for another."""
    full = company(n_leads=3)
    owner = {"L0": "R0", "L1": "R0", "L2": "R0", "L3": "R0"}
    assert best_owners(full, FREE, CAPACITY) == {**owner, "L3": "R1"}
    assert broken(full, owner, FREE, CAPACITY) == []


def test_only_the_owner_needs_no_slot():
    """Soft, another rep may have the lead and needs a slot for it."""
    rule = {**SOFT, "uses_capacity": False, "penalty": 0.1}
    day = day_of(company(), rule)
    assert day.problem.uses_slot.tolist() == [False, True, True, True]


@pytest.mark.parametrize("gone", [away(), company("R9")], ids=["away", "not a rep"])
def test_a_lead_waits_for_its_owner(gone):
    """An owner who is away, or no rep at all, leaves the lead without one."""
    assert best_owners(gone, RULE) == {"L1": "R1"}
    found = broken(gone, {"L0": "R1"}, RULE)
    assert found == [("account_owner", "L0", "R1")]


@pytest.mark.parametrize("gone", [away(), company("R9")], ids=["away", "not a rep"])
def test_a_lead_may_be_released(gone):
    """With release anyone may have it, and the check agrees."""
    assert best_owners(gone, RELEASE) == {"L0": "R1", "L1": "R1"}
    assert broken(gone, {"L0": "R1"}, RELEASE) == []


def test_nothing_is_released_while_the_owner_is_there():
    """Release speaks of owners who are away only."""
    assert best_owners(company(), RELEASE) == {"L0": "R0", "L1": "R1"}


def test_a_lead_without_an_account_goes_anywhere():
    """A missing account is no account."""
    unknown = Company([{}], [{}, {}], {"A": "R0"}, pair_value={("L0", "R1"): 0.9})
    assert best_owners(unknown, RULE) == {"L0": "R1"}
