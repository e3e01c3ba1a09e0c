"""Exclude: named pairs that must not be."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

COMPANY = Company([{}, {}], [{}, {}], pair_value={("L0", "R0"): 0.9, ("L1", "R0"): 0.8})


def excluding(*pairs):
    named = [{"lead_id": lead_id, "rep_id": rep_id} for lead_id, rep_id in pairs]
    return {"kind": "exclude", "pairs": named}


def test_an_excluded_pair_is_not_made():
    """The lead goes to the next best rep, the other lead as before."""
    assert best_owners(COMPANY) == {"L0": "R0", "L1": "R0"}
    assert best_owners(COMPANY, excluding(("L0", "R0"))) == {"L0": "R1", "L1": "R0"}


def test_a_lead_excluded_from_everyone_stays():
    """A lead may be named with several reps."""
    rule = excluding(("L0", "R0"), ("L0", "R1"))
    assert best_owners(COMPANY, rule) == {"L1": "R0"}


def test_broken_on_purpose_is_named():
    """The check names the excluded pair and no other."""
    rule = excluding(("L0", "R0"), ("L1", "R1"))
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, rule) == [("exclude", "L0", "R0")]


@pytest.mark.parametrize(("penalty", "owner"), [(0.3, "R0"), (0.5, "R1")])
def test_soft_costs_the_penalty(penalty, owner):
    """The pair is made where it is of higher value than .5 after the penalty."""
    soft = {**excluding(("L0", "R0")), "strength": "soft", "penalty": penalty}
    day, result = solved(COMPANY, soft)
    assert day.problem.value.tolist() == pytest.approx([0.9 - penalty, 0.5, 0.8, 0.5])
    assert result.objective == pytest.approx(max(0.9 - penalty, 0.5) + 0.8)
    assert best_owners(COMPANY, soft) == {"L0": owner, "L1": "R0"}
    assert broken(COMPANY, {"L0": "R0"}, soft) == []


def test_where_restricts_it():
    """A pair of a lead that where does not pick may be made."""
    company = Company(
        [{"priority": "hot"}, {}], COMPANY.reps, pair_value=COMPANY.pair_value
    )
    rule = {**excluding(("L0", "R0"), ("L1", "R0")), "where": {"priority": "hot"}}
    assert best_owners(company, rule) == {"L0": "R1", "L1": "R0"}
    assert broken(company, {"L0": "R0", "L1": "R0"}, rule) == [("exclude", "L0", "R0")]


def test_ids_of_another_day_do_not_matter():
    """Pairs may name leads and reps that are not there."""
    rule = excluding(("L9", "R0"), ("L0", "R9"))
    assert best_owners(COMPANY, rule) == {"L0": "R0", "L1": "R0"}
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, rule) == []
