"""What reps are entitled to: hours, less absence, ramp-up and a full book."""

import pytest

from evaluation.fairness import entitlement_of
from tests.solver.companies import Company
from tests.solver.days import day_of

CAPACITY = {"kind": "capacity"}


def entitled(reps, *rules, absences=(), leads=None):
    company = Company(leads or [{}, {}], reps, absences=list(absences))
    return entitlement_of(day_of(company, *(rules or (CAPACITY,))))


def test_without_hours_slots_count():
    """Two slots are twice as much as one; none are owed to who is inactive."""
    reps = [{"daily_capacity": n} for n in (2, 1, 4)]
    reps[2]["active"] = False
    found = entitled(reps)
    assert found.unit == "slot"
    assert found.hours.tolist() == [2, 1, 0]


def test_hours_come_first():
    """Hours count where they are known; a missing one is the mean of the others."""
    found = entitled([{"hours_per_day": 8}, {"hours_per_day": 4}, {}])
    assert found.unit == "hour"
    assert found.hours.tolist() == [8, 4, 6]


def test_who_is_away_is_owed_nothing():
    """Absence is no unfairness."""
    week = ("R1", "2026-09-07T00:00:00Z", "2026-09-09T00:00:00Z")
    assert entitled([{"hours_per_day": 8}] * 2, absences=[week]).hours.tolist() == [
        8,
        0,
    ]


def test_ramp_up_is_owed_in_part():
    """Half way through ramp-up from nothing, half the hours."""
    ramp = {"kind": "capacity", "ramp_up": {"days": 10, "start": 0.0}}
    reps = [{"start_date": "2026-09-02T00:00:00Z", "daily_capacity": 10}, {}]
    hours = [{**rep, "hours_per_day": 8} for rep in reps]
    assert entitled(hours, ramp).hours.tolist() == [4, 8]


def test_a_full_book_is_owed_nothing():
    """Two of nine slots free, or none."""
    reps = [{"open_capacity": 10, "open_leads": n} for n in (8, 10, 0)]
    assert entitled(reps).hours == pytest.approx([2, 0, 9])


def test_leads_are_shared_among_the_eligible():
    """Each lead's probabilities sum to one where someone eligible has hours."""
    reps = [
        {"territories": ("North",), "daily_capacity": 1},
        {"territories": ("North", "South"), "daily_capacity": 3},
        {"territories": ("East",), "daily_capacity": 0},
    ]
    leads = [{"territory": place} for place in ("North", "South", "East")]
    found = entitled(reps, CAPACITY, {"kind": "territory"}, leads=leads)
    assert found.probability.tolist() == [0.25, 0.75, 1.0, 0.0]
