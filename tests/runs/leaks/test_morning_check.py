"""`rightrep morning`: each leak is found, and a morning without one is quiet."""

import json
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from ledger.events import Event, add_events
from ledger.people.rep_facts import LEFT, RepFact, add_fact
from tests.ledger.example_runs import decisions_of, entry_of

SCENARIO = """\
version: 1
name: daily
data: {leads: leads.csv, reps: reps.csv}
ledger: ledger.db
"""
REPS = "rep_id,daily_capacity,active\n" + "".join(f"R{i},9,true\n" for i in range(1, 7))
NOW = datetime(2026, 9, 7, 15, tzinfo=UTC)
NEW = pd.Timestamp("2026-09-06T08:00Z")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "daily.yaml").write_text(SCENARIO)
    (tmp_path / "reps.csv").write_text(REPS)
    return tmp_path


def write(folder, owner, *events, as_of="2026-09-07T08:00", **cells):
    made = decisions_of(owner).assign(created_at=NEW).assign(**cells)
    with Ledger(folder / "ledger.db") as ledger:
        ledger.record(entry_of("mon", made, as_of), made)
        with ledger.writing() as connection:
            add_events(connection, events)


def morning(folder, *options):
    scenario = "--scenario", str(folder / "daily.yaml")
    moment = "--at", "2026-09-07T15:00:00Z"
    done = CliRunner().invoke(main, ["morning", *scenario, *moment, *options])
    return done.exit_code, done.stdout


def kinds(folder, *options):
    code, printed = morning(folder, *options, "--json")
    found = [leak["kind"] for leak in json.loads(printed)["leaks"]]
    assert code == (7 if found else 0)
    return found


def test_a_quiet_morning_exits_0(folder):
    write(folder, {"L1": "R1", "L2": "R2"})
    assert morning(folder) == (0, "daily, 2026-09-07: nothing leaks\n")


def test_owners_who_are_not_active_are_named(folder):
    write(folder, {"L1": "R9", "L2": "R9", "L3": "R1"})
    code, printed = morning(folder)
    assert code == 7
    assert "2 leads open with reps who are not active: R9 2" in printed


def test_reps_who_left_or_are_off_are_not_active(folder):
    """Who is off for some days comes back to the book."""
    off = Event("rep_off", NOW - timedelta(hours=1), "Ann", "", "R2")
    until = NOW + timedelta(days=1)
    for_now = Event("rep_off", NOW - timedelta(hours=1), "Ann", "", "R3", until=until)
    write(folder, {"L1": "R1", "L2": "R2", "L3": "R3"}, off, for_now)
    left = RepFact("R1", LEFT, date(2026, 9, 4), "Ann")
    with Ledger(folder / "ledger.db") as ledger, ledger.writing() as connection:
        add_fact(connection, left)
    _, printed = morning(folder)
    assert "2 leads open with reps who are not active: R1 1, R2 1" in printed


def test_a_pile_is_told_with_the_mean(folder):
    write(folder, {f"L{i}": "R2" for i in range(12)})
    _, printed = morning(folder)
    assert "R2 has 12 leads open, 6.0 times the mean of 2.0" in printed
    assert kinds(folder, "--pile", "7") == []


def test_leads_that_no_rep_may_have_are_a_queue_without_people(folder):
    columns = [{"territory": "Île"}, {"territory": "Île"}, {"territory": "Oslo"}]
    reason = ["no_rep_in_territory"] * 2 + ["reps_full"]
    write(folder, {"L1": "", "L2": "", "L3": ""}, columns=columns, reason=reason)
    _, printed = morning(folder)
    assert "2 leads wait for people: no rep covers the territory (Île 2)" in printed
    assert kinds(folder) == ["no_rep"]


def test_leads_that_wait_too_long(folder):
    write(folder, {"L1": "", "L2": "R1"})
    assert kinds(folder) == []
    assert kinds(folder, "--waiting-days", "1") == ["waiting_long"]
    reason = ["kept_for_nurturing", "highest_value"]
    other = folder / "ledger.db"
    other.unlink()
    write(folder, {"L1": "", "L2": "R1"}, reason=reason)
    assert kinds(folder, "--waiting-days", "1") == []


def test_the_scenario_sets_the_limits_and_an_option_goes_over_them(folder):
    write(folder, {"L1": "", "L2": "R1"})
    (folder / "daily.yaml").write_text(SCENARIO + "morning: {waiting_days: 1}\n")
    assert kinds(folder) == ["waiting_long"]
    assert kinds(folder, "--waiting-days", "2") == []


def test_late_leads_are_told_until_somebody_responds(folder):
    escalated = Event("escalated", NOW, "sla", "L1", "R1", "M1", "first")
    write(folder, {"L1": "R1", "L2": "R2"}, escalated)
    assert kinds(folder) == ["late"]
    with Ledger(folder / "ledger.db") as ledger, ledger.writing() as connection:
        later = NOW + timedelta(minutes=1)
        add_events(connection, [Event("responded", later, "crm", "L1", "R1")])
    assert kinds(folder) == []


def test_no_run_today_and_no_outcomes(folder):
    write(folder, {"L1": "R1"}, as_of="2026-08-20T08:00")
    code, printed = morning(folder)
    assert code == 7
    assert "no run of daily today; the last was on 2026-08-20" in printed
    assert "no response or outcome of the last 18 days" in printed
    assert kinds(folder, "--outcome-days", "30") == ["no_run"]


@pytest.mark.slow
def test_a_drifted_model_is_told_by_conversion_and_expectation(folder):
    """Everybody was lost where a quarter was expected; open leads tell nothing."""
    owner = {f"L{i}": f"R{1 + i % 6}" for i in range(300)}
    day = datetime(2026, 7, 10, 12, tzinfo=UTC)
    told = [Event("lost", day, "crm", lead) for lead in owner]
    write(folder, owner, *told, as_of="2026-07-09T08:00")
    ignored = {"no_run", "outcomes_stale"}
    assert set(kinds(folder)) - ignored == {"model_drift"}
    _, printed = morning(folder)
    assert "model expectation was 25.0 %" in printed
    (folder / "ledger.db").unlink()
    write(folder, owner, *told[:10], as_of="2026-07-09T08:00")
    assert set(kinds(folder, "--pile", "90")) - ignored == set()


def test_a_table_of_reps_that_cannot_be_read_is_said(folder):
    write(folder, {"L1": "R1"})
    (folder / "reps.csv").unlink()
    code, printed = morning(folder)
    assert code == 7
    assert "not looked at: owners, since the table of reps cannot be read" in printed
