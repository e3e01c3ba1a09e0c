"""Who is at work: the problem and the independent check agree, to the second."""

import pytest

from solver.day.allocation import Allocation
from solver.day.availability import absent_reps, at_work
from tests.solver.companies import Company

MORNING = "2026-09-07T08:00:00Z"
WHOLE_DAY = "2026-09-07T23:59:59Z"


def agreed(company: Company) -> list[bool]:
    """Return who is at work, after checking that the check says the same."""
    here = at_work(company.crm).tolist()
    away = Allocation(company.crm, {}).away
    assert [rep["rep_id"] not in away for rep in company.rep_rows] == here
    return here


def test_active_and_started():
    """A start at this very moment has started, a later one has not."""
    reps = [
        {},
        {"active": False},
        {"start_date": MORNING},
        {"start_date": "2026-09-07T08:00:01Z"},
    ]
    assert agreed(Company([], reps)) == [True, False, True, False]


def test_ended():
    """An end at this very moment has not passed; within a whole day it has."""
    reps = [{}, {"end_date": MORNING}, {"end_date": "2026-09-07T07:59:59Z"}]
    assert agreed(Company([], reps)) == [True, True, False]
    assert agreed(Company([], reps, as_of=WHOLE_DAY)) == [True, False, False]


CASES = {
    "around the moment": (
        MORNING,
        "2026-09-07T07:00:00Z",
        "2026-09-07T09:00:00Z",
        True,
    ),
    "from this moment": (MORNING, MORNING, "2026-09-07T09:00:00Z", True),
    "to this moment": (MORNING, "2026-09-07T07:00:00Z", MORNING, True),
    "over": (MORNING, "2026-09-07T06:00:00Z", "2026-09-07T07:59:59Z", False),
    "to come": (MORNING, "2026-09-07T09:00:00Z", "2026-09-07T10:00:00Z", False),
    "any part of a whole day": (WHOLE_DAY, MORNING, MORNING, True),
    "its first moment": (
        WHOLE_DAY,
        "2026-09-06T00:00:00Z",
        "2026-09-07T00:00:00Z",
        True,
    ),
    "the day before": (
        WHOLE_DAY,
        "2026-09-06T00:00:00Z",
        "2026-09-06T23:59:59Z",
        False,
    ),
    "the day after": (WHOLE_DAY, "2026-09-08T00:00:00Z", "2026-09-08T23:59:59Z", False),
    "a day that ended just now": (
        "2026-09-07T00:00:00Z",
        "2026-09-06T00:00:00Z",
        "2026-09-06T23:59:59.999999999Z",
        False,
    ),
    "an evening that is not yet the whole day": (
        "2026-09-07T23:59:30Z",
        MORNING,
        "2026-09-07T12:00:00Z",
        False,
    ),
}


@pytest.mark.parametrize(("now", "first", "last", "absent"), CASES.values(), ids=CASES)
def test_absence(now, first, last, absent):
    """Absent is who is away at the moment, or on any part of a whole day."""
    company = Company([], [{}, {}], absences=[("R0", first, last)], as_of=now)
    assert agreed(company) == [not absent, True]
    assert absent_reps(company.crm) == ({"R0"} if absent else set())


def test_one_of_several_absences_is_enough():
    """Each absence counts, whoever else is away."""
    absences = [
        ("R0", "2026-09-01T00:00:00Z", "2026-09-02T00:00:00Z"),
        ("R1", MORNING, MORNING),
        ("R0", MORNING, MORNING),
    ]
    assert agreed(Company([], [{}, {}, {}], absences=absences)) == [False, False, True]
