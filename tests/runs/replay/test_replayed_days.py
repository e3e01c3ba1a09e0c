"""The days that are replayed: of the ledger where it has some, else of history."""

import pytest

from runs import prepare
from runs.replay.replayed_days import window_of
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company


@pytest.fixture
def company(tmp_path):
    return Company(tmp_path)


@pytest.mark.slow
def test_leads_that_nobody_got_are_among_those_of_a_day(company):
    """The ledger knows them; each day has the leads that its run decided on."""
    company.day(MONDAY, *(f"L{i} North" for i in range(5)))
    company.day(TUESDAY, "L9 South")
    company.write("2026-09-09T08:00:00Z", "L10 North")
    prepared = prepare(company.folder / "days.yaml")
    window = window_of(prepared, 2)
    assert window.source == "ledger"
    monday, tuesday = (set(day.leads["lead_id"]) for day in window.days)
    assert monday == {f"L{i}" for i in range(5)}
    assert len(tuesday) == 3 and "L9" in tuesday
    assert window.n_unassigned == 2
    assert window.days[0].leads["territory"].eq("North").all()


def test_without_runs_the_days_are_those_of_history(company):
    """A ledger that is not there yet has no days."""
    company.write(MONDAY, "L1 North")
    window = window_of(prepare(company.folder / "days.yaml"), 1)
    assert (window.source, len(window.days[0].leads)) == ("history", 60)
