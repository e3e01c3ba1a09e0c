"""An infeasible day says which locks cannot hold, and what stands against them."""

from solver import conflicts
from tests.solver.companies import Company
from tests.solver.days import solved


def lock(*pairs):
    pairs = [{"lead_id": lead, "rep_id": rep} for lead, rep in pairs]
    return {"kind": "lock", "name": "promised", "pairs": pairs}


def test_a_lock_against_a_rule_names_both():
    """The lead's territory is not the rep's, and the lock says it must be."""
    company = Company([{"territory": "FR"}], [{"territories": ("DE",)}, {}])
    company.reps[1]["territories"] = ("FR",)
    day, result = solved(company, {"kind": "territory"}, lock(("L0", "R0")))
    (said,) = conflicts(day, result)
    assert "lead L0 is locked" in said
    assert "rule territory (territory FR) and rule promised" in said


def test_more_locks_than_slots_names_the_rep():
    """Two promises, one slot."""
    company = Company([{}, {}], [{"daily_capacity": 1}, {}])
    locks = lock(("L0", "R0"), ("L1", "R0"))
    day, result = solved(company, {"kind": "capacity"}, locks)
    assert conflicts(day, result) == [
        "2 leads are locked to R0, who has 1 slots today",
    ]


def test_a_solved_day_has_no_conflicts():
    """Where an allocation was found there is nothing to explain."""
    assert conflicts(*solved(Company([{}], [{}]), lock(("L0", "R0")))) == []
