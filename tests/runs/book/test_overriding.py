"""A manager's decision who owns a lead: done, kept, and said where it is odd."""

import json
from datetime import UTC, datetime

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from ledger.events import Event, add_events
from runs import allocate, notes, record
from tests.runs.morning.test_morning import MONDAY, TUESDAY

REASON = "--reason", "knows them"


def test_a_lead_goes_to_another_rep_and_stays_there(office):
    done = office.do("override", "A1", "R2", *REASON)
    assert done.exit_code == 0, done.output
    assert "A1: to R2, from R1" in done.output
    [event] = office.events("overridden")
    assert (event["rep_id"], event["other"]) == ("R2", "R1")
    assert (event["actor"], event["reason"]) == ("Ann", "knows them")
    tuesday = office.day(TUESDAY, "A1 North", "C1 North")
    assert tuesday.kept["rep_id"].tolist() == ["R2"]


def test_a_rule_that_does_not_allow_it_is_named(office):
    done = office.do("override", "A1", "R2", *REASON, "--json")
    [one] = json.loads(done.stdout)["overrides"]
    assert one["outside"] == ["territory"]
    assert office.do("override", "A1", "R1", *REASON).output.count("outside") == 0


def test_a_rep_who_is_away_gets_the_lead_all_the_same(office):
    here = office.do("override", "A2", "R2", *REASON)
    assert "not at work" not in here.output
    office.do("rep", "absent", "R2", "2026-09-07", "2026-09-07", "--reason", "ill")
    done = office.do("override", "A1", "R2", *REASON)
    assert done.exit_code == 0 and "R2 (absent until" in done.output
    assert office.owner["A1"] == "R2"


def test_a_lead_that_is_closed_stays_so(office):
    lost = Event("lost", datetime(2026, 9, 7, 11, tzinfo=UTC), "Ann", "A1", "R1")
    with office.ledger as ledger, ledger.writing() as connection:
        add_events(connection, [lost])
    done = office.do("override", "A1", "R2", *REASON)
    assert "note: won or lost already, and still so: A1" in done.output
    assert "won or lost" not in office.do("override", "A2", "R1", *REASON).output


@pytest.mark.slow
def test_given_twice_it_is_done_once(office):
    for at in ("2026-09-07T12:00:00Z", "2026-09-07T13:00:00Z"):
        done = office.do("override", "A1", "R2", *REASON, at=at)
        assert done.exit_code == 0
    assert "already overridden" in done.output
    assert len(office.events("overridden")) == 1


def test_an_unassigned_lead_gets_a_rep(office):
    assert "B3" not in office.owner or "B2" not in office.owner
    [lead] = {"B1", "B2", "B3"} - set(office.owner)
    assert "from nobody" in office.do("override", lead, "R1", *REASON).output
    assert office.owner[lead] == "R1"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lead", "rep", "problem"),
    [
        ("A1", "R22", "did you mean 'R2'?"),
        ("B11", "R2", "did you mean 'B1'?"),
        ("a1", "R2", "did you mean 'A1'?"),
    ],
)
def test_who_is_unknown_is_refused_with_the_nearest(office, lead, rep, problem):
    done = office.do("override", lead, rep, *REASON)
    assert done.exit_code == 3 and problem in done.output
    assert office.events("overridden") == []


def test_a_lead_does_not_change_hands_before_it_was_assigned(office):
    done = office.do("override", "A1", "R2", *REASON, at="2026-09-07T07:00:00Z")
    assert done.exit_code == 3 and "R1 owns this lead since" in done.output


def test_now_is_not_before_the_end_of_a_whole_days_run(office):
    """A run of a date is of its last moment."""
    office.day("2099-09-07", "C1 North")
    days = str(office.folder / "days.yaml")
    command = ["override", "C1", "R2", *REASON, "--scenario", days]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0 and office.owner["C1"] == "R2"


def test_a_rep_who_is_not_active_is_refused(office):
    office.write(MONDAY, "A1 North", active=False)
    done = office.do("override", "A1", "R2", *REASON)
    assert done.exit_code == 3 and "no active rep" in done.output


def edited(office, change, name="edited.csv"):
    """Return a file with rows of the run, changed."""
    rows = pd.DataFrame(sorted(office.owner.items()), columns=["lead_id", "rep_id"])
    change(rows)
    path = office.folder / name
    if name.endswith(".xlsx"):
        rows.to_excel(path, index=False)
    else:
        rows.to_csv(path, index=False)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", ["edited.csv", "edited.xlsx"])
def test_rows_of_a_file_with_another_rep_are_overrides(office, name):
    def change(rows):
        rows.loc[rows["lead_id"] == "A1", "rep_id"] = "R2"

    path = edited(office, change, name)
    done = office.do("override", "--from", path, *REASON)
    assert done.exit_code == 0, done.output
    assert "A1: to R2, from R1" in done.output and "3 rows as before" in done.output
    again = office.do("override", "--from", path, *REASON)
    assert again.exit_code == 0 and len(office.events("overridden")) == 1


def test_nothing_of_a_file_is_done_unless_all_is_right(office):
    path = office.folder / "edited.csv"
    path.write_text("lead_id,rep_id\nA1,R2\nA2,R9\nZ1,R1\nA1,R1\nB1,\n")
    done = office.do("override", "--from", path, *REASON)
    assert done.exit_code == 3 and office.events("overridden") == []
    for told in ("row 3", "'R9'", "row 4", "'Z1'", "row 5", "stands in row 2", "row 6"):
        assert told in done.output
    path.write_text("lead,rep_id\nA1,R2\n")
    lacking = office.do("override", "--from", path, *REASON)
    assert lacking.exit_code == 3 and "column lead_id" in lacking.output


@pytest.mark.slow
def test_a_run_folders_rows_are_held_against_the_run(office):
    """A lead that has changed hands since is not given back by an old row."""
    out = office.folder / "out"
    office.write(TUESDAY, "C1 North", "C2 North")
    run = ["run", str(office.folder / "days.yaml"), "--out", str(out)]
    assert CliRunner().invoke(main, run).exit_code == 0
    edit = "override", "--from", out / "assignments.csv", *REASON
    table = pd.read_csv(out / "assignments.csv")
    table.loc[table["lead_id"] == "C2", "rep_id"] = "R2"
    table.to_csv(out / "assignments.csv", index=False)
    later = "2026-09-08T12:00:00Z"
    office.do("override", "C1", "R2", *REASON, at=later)
    done = office.do(*edit, at=later)
    assert done.exit_code == 0, done.output
    assert office.owner["C1"] == office.owner["C2"] == "R2"
    assert len(office.events("overridden")) == 2
    table["rep_id"] = "R3"
    table.to_csv(out / "assignments.csv", index=False)
    refused = office.do(
        "override", "--from", out / "assignments.csv", *REASON, at=later
    )
    assert (
        refused.exit_code == 3 and "has changed hands since the run" in refused.output
    )


@pytest.mark.slow
def test_a_day_made_again_keeps_what_a_manager_has_decided(office):
    office.do("override", "A1", "R2", *REASON)
    office.write(MONDAY, "A1 North", "A2 North", "A9 North")
    again = allocate(office.folder / "days.yaml", redo=True)
    record(again)
    assert office.owner["A1"] == "R2" and "A1" not in again.owner
    assert any("A1" in note for note in notes(again))
    assert again.kept[["lead_id", "rep_id"]].values.tolist() == [["A1", "R2"]]
    repeated = allocate(office.folder / "days.yaml")
    assert repeated.owner == again.owner and notes(repeated) == notes(again)
