"""`rightrep lead`: a life in sentences, in the company's zone."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from ledger.events import Event, add_events
from ledger.ownership import give, take
from tests.ledger.example_runs import decisions_of, entry_of
from tests.runs.kpi.test_figures import REPS, SCENARIO

MONDAY = decisions_of({"L1": "", "L2": "R1"})
TUESDAY = decisions_of({"L1": "R1", "L3": "R2"})
AGAIN = decisions_of({"L1": "R2", "L3": "R2"})


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 9, day, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("life")
    (folder / "daily.yaml").write_text(SCENARIO)
    (folder / "reps.csv").write_text(REPS, encoding="utf-8")
    with Ledger(folder / "ledger.db") as ledger:
        ledger.record(entry_of("mon", MONDAY, "2026-09-07T14:00"), MONDAY)
        ledger.record(entry_of("tue", TUESDAY, "2026-09-08T14:00"), TUESDAY)
        ledger.record(
            entry_of("again", AGAIN, "2026-09-08T14:00"), AGAIN, supersedes="tue"
        )
        move = Event("overridden", at(8, 15), "Ann", "L1", "R3", "R2", "knows them")
        with ledger.writing() as connection:
            give(connection, move)
            responded = Event("responded", at(8, 17), "crm", "L1", "R3")
            won = Event("won", at(9, 15), "crm", "L1", "R3", value=1200.0)
            add_events(connection, [responded, won])
            recalled = Event("recalled", at(9, 16), "sla", "L2", "R1", reason="first")
            take(connection, recalled)
    return folder


def rightrep(folder, *arguments):
    options = [str(a) for a in arguments], ["--scenario", str(folder / "daily.yaml")]
    return CliRunner().invoke(main, [*options[0], *options[1]])


def test_a_life_is_told_in_order(folder):
    """New York is four hours behind; what a superseded run did is told as such."""
    done = rightrep(folder, "lead", "L1")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "Lead L1"
    assert [line[:16] for line in lines[2:6]] == [
        "2026-09-07 10:00",
        *["2026-09-08 10:00"] * 2,
        "2026-09-08 11:00",
    ]
    assert "left unassigned by run mon: the eligible reps are full" in lines[2]
    assert "Änne (R1) by run tue" in lines[3]
    assert lines[3].endswith("so it does not count")
    assert "P(convert) 25.0 %, value 0.20 (model expectation)" in lines[4]
    assert "moved from Bo (R2) to Cy (R3) by Ann: knows them" in lines[5]
    assert lines[6].endswith("Cy (R3) responded after 2.0 h")
    assert lines[7].endswith("won, 1,200 after 24.0 h")
    assert "owned by Cy (R3) since 2026-09-08 11:00; won" in lines[8]


def test_a_recalled_lead_has_no_owner(folder):
    lines = rightrep(folder, "lead", "L2").stdout.splitlines()
    assert lines[-2].endswith("recalled from Änne (R1) by sla: first")
    assert lines[-1].endswith("nobody owns it; open")


def test_a_duplicate_goes_with_the_other_lead(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    made = decisions_of({"L9": "R2"}).assign(
        kind="kept", reason="duplicate_of", other="L3", why="same email, score 1"
    )
    entry = entry_of("wed", made, "2026-09-09T14:00")
    with Ledger(copy / "ledger.db") as ledger:
        ledger.record(replace(entry, n_assigned=0, n_kept=1), made)
    told = rightrep(copy, "lead", "L9").stdout
    same = "as L3 is the same lead (same email, score 1)"
    assert f"given to Bo (R2) by run wed, {same}" in told
    assert "owned by Bo (R2)" in told


def test_an_unknown_lead_names_the_nearest(folder):
    done = rightrep(folder, "lead", "L11")
    assert done.exit_code == 3
    assert "did you mean 'L1'" in done.stderr


def test_a_life_as_json(folder):
    import json

    life = json.loads(rightrep(folder, "lead", "L1", "--json").stdout)
    assert (life["owner"], life["state"], life["since"][:10]) == (
        "R3",
        "won",
        "2026-09-08",
    )
    assert [event["superseded"] for event in life["events"]].count(True) == 1
