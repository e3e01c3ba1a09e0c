"""An export taken in is killed before any statement: all of it is there, or nothing."""

import sqlite3
import sys
from pathlib import Path

import pytest

from runs.company.company import company
from runs.outcomes.taking_in import take_outcomes
from tests.killing import killed_everywhere, state
from tests.runs.morning.test_morning import MONDAY, Company

ROWS = """\
lead_id,outcome,closed_at,won_value,first_response_at,rep_id
L1,won,2026-09-09T10:00:00Z,100,2026-09-07T10:00:00Z,R1
L2,lost,2026-09-08T10:00:00Z,,,R1
L3,open,,,2026-09-07T10:00:00Z,R1
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


def taken_in(folder: Path) -> None:
    """Take the export in, owners included."""
    with company(folder / "days.yaml") as here:
        take_outcomes(here, folder / "outcomes.csv", owners=True, by="ann")


def signature(folder: Path) -> list[tuple]:
    """Return what happened and who owns what, by SQL alone."""
    with sqlite3.connect(folder / "ledger.db") as database:
        events = database.execute(
            "SELECT kind, lead_id, rep_id, at, value FROM events ORDER BY 1, 2, 4"
        ).fetchall()
        owners = database.execute(
            "SELECT lead_id, rep_id FROM assignments WHERE ended_at IS NULL ORDER BY 1"
        ).fetchall()
    return [*events, *owners]


def test_a_kill_before_any_statement_leaves_all_or_nothing(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    Company(home).day(MONDAY, "L1 North", "L2 North", "L3 South")
    (home / "outcomes.csv").write_text(ROWS)
    before, rows = signature(home), state(home / "ledger.db")
    command = "outcomes outcomes.csv --owners --by ann --scenario days.yaml"
    places = killed_everywhere(home, command.split())
    taken_in(home)
    after = signature(home)
    assert len(places) > 8 and len(after) == len(before) + 5
    assert all(state(place / "ledger.db") == rows for place in places)
    for place in (places[0], places[len(places) // 2], places[-1]):
        assert signature(place) == before
        taken_in(place)
        assert signature(place) == after
