"""Tests of what happens to a day while its run is solving."""

from datetime import UTC, datetime

import pytest

from ledger import LedgerError
from ledger.events import Event
from ledger.ownership import hand_over
from runs import allocate, record
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

NOON = datetime(2026, 9, 8, 12, tzinfo=UTC)


@pytest.fixture
def company(after_monday):
    return after_monday(Company, "A1 North")


def solved(company, moment, *leads):
    company.write(moment, *leads)
    return allocate(company.folder / "days.yaml")


@pytest.mark.slow
def test_a_slot_is_used_once_though_two_runs_solve_at_once(company):
    first = solved(company, TUESDAY, "B1 North", "B2 North")
    second = solved(company, "2026-09-08T09:00:00Z", "C1 North", "C2 North")
    record(first)
    with pytest.raises(LedgerError, match="another run used slots of R1"):
        record(second)
    again = solved(company, "2026-09-08T09:00:00Z", "C1 North", "C2 North")
    record(again)
    assert len(again.owner) < len(second.owner)
    with company.ledger as ledger:
        assert len(ledger.owners()) == 4


@pytest.mark.slow
def test_runs_of_other_reps_or_days_are_no_matter(company):
    south = solved(company, TUESDAY, "D1 South")
    tomorrow = solved(company, "2026-09-09T08:00:00Z", "E1 South")
    north = solved(company, TUESDAY, "B1 North")
    for run in (north, south, tomorrow):
        record(run)
    with company.ledger as ledger:
        assert {"B1", "D1", "E1"} <= set(ledger.owners()["lead_id"])


@pytest.mark.slow
def test_a_lead_that_a_person_gave_away_is_not_assigned_over(company):
    company.day(MONDAY.replace("08:", "09:"), *(f"W{i} North" for i in range(3)))
    run = solved(company, TUESDAY, "D1 South")
    (waiting,) = set(run.owner) - {"D1"}
    with company.ledger as ledger, ledger.writing() as connection:
        hand_over(connection, [Event("overridden", NOON, "Ann", waiting, "R2")])
    with pytest.raises(LedgerError, match=f"{waiting} was overridden to R2"):
        record(run)
