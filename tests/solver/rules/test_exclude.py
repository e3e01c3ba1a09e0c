"""Exclude: named pairs that must not be."""

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken

COMPANY = Company([{}, {}], [{}, {}], worth={("L0", "R0"): 0.9, ("L1", "R0"): 0.8})


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


def test_ids_of_another_day_do_not_matter():
    """Pairs may name leads and reps that are not there."""
    rule = excluding(("L9", "R0"), ("L0", "R9"))
    assert best_owners(COMPANY, rule) == {"L0": "R0", "L1": "R0"}
    assert broken(COMPANY, {"L0": "R0", "L1": "R0"}, rule) == []
