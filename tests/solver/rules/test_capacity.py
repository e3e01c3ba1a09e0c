"""Capacity: nobody gets more leads than they can work."""

import pytest

from tests.solver.companies import MONDAY, Company
from tests.solver.days import best_owners, broken, day_of

RULE = {"kind": "capacity"}
DAILY = {"kind": "capacity", "open_book": False}


def staffed(n_leads=4, **rep):
    return Company([{}] * n_leads, [{"daily_capacity": 3, **rep}])


def test_daily_capacity_is_obeyed():
    """Three of four leads are distributed; without the rule all are."""
    assert len(best_owners(staffed(), RULE)) == 3
    assert len(best_owners(staffed())) == 4


@pytest.mark.parametrize(
    ("open_capacity", "open_leads", "slots"),
    [(10, 8, 2), (10, 2, 3), (10, 12, 0), (2, None, 2), (None, 8, 3)],
)
def test_the_open_book_limits_as_well(open_capacity, open_leads, slots):
    """Room is what is left of the open book, where there is one, and never negative."""
    company = staffed(open_capacity=open_capacity, open_leads=open_leads)
    assert day_of(company, RULE).problem.capacity.tolist() == [slots]
    assert len(best_owners(company, RULE)) == slots
    assert len(best_owners(company, DAILY)) == 3


@pytest.mark.parametrize(
    ("open_capacity", "open_leads", "room"),
    [(10, 8, 2), (10, 2, 3), (10, 12, 0), (2, None, 2), (None, 8, 3)],
)
def test_the_check_counts_the_same_room(open_capacity, open_leads, room):
    """As many leads as there is room for are fine, one more breaks the rule."""
    company = staffed(open_capacity=open_capacity, open_leads=open_leads)
    full = {f"L{i}": "R0" for i in range(room)}
    assert broken(company, full, RULE) == []
    assert broken(company, {**full, "L3": "R0"}, RULE) == [("capacity", "", "R0")]


def test_broken_on_purpose_says_by_how_much():
    """The rep is named once, with the leads held and the room there was."""
    company = Company([{}] * 4, [{"daily_capacity": 1}, {}])
    owner = {"L0": "R0", "L1": "R0", "L2": "R0", "L3": "R1"}
    assert broken(company, owner, RULE) == [("capacity", "", "R0")]


def test_the_tighter_of_two_rules_holds():
    """Two capacity rules are both obeyed."""
    company = staffed(open_capacity=10, open_leads=9)
    assert len(best_owners(company, DAILY, {**RULE, "name": "open book"})) == 1


@pytest.mark.parametrize(
    ("rep", "absences"),
    [
        ({"active": False}, []),
        ({"start_date": "2026-09-08T00:00:00Z"}, []),
        ({}, [("R0", MONDAY, MONDAY)]),
    ],
    ids=["inactive", "not started", "absent"],
)
def test_who_is_away_gets_nothing(rep, absences):
    """Whatever the capacity, and the check says so without any rule."""
    company = Company([{}], [rep], absences=absences)
    assert best_owners(company, RULE) == {}
    assert broken(company, {"L0": "R0"}, RULE) == [("availability", "L0", "R0")]
