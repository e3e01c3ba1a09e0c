"""An export taken in is killed before any statement: all of it is there, or nothing."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from runs.company.company import company
from runs.outcomes.taking_in import take_outcomes
from tests.runs.morning.test_morning import MONDAY, Company

ROOT = Path(__file__).parents[3]
ROWS = """\
lead_id,outcome,closed_at,won_value,first_response_at,rep_id
L1,won,2026-09-09T10:00:00Z,100,2026-09-07T10:00:00Z,R1
L2,lost,2026-09-08T10:00:00Z,,,R1
L3,open,,,2026-09-07T10:00:00Z,R1
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tests.runs.outcomes.test_kills import taken_in

left = 0

def count(connection, *rest):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

event.listen(Engine, "before_cursor_execute", count)
event.listen(Engine, "commit", count)
for left, path in enumerate(sys.argv[1:]):
    if not os.fork():
        taken_in(Path(path))
        os._exit(0)
    if os.wait()[1] == 0:
        print(left)
        break
"""
MOST = 40

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
    folders = [tmp_path / str(number) for number in range(MOST)]
    first = folders[0]
    first.mkdir()
    Company(first).day(MONDAY, "L1 North", "L2 North", "L3 South")
    (first / "outcomes.csv").write_text(ROWS)
    for folder in folders[1:]:
        folder.mkdir()
        for file in ("days.yaml", "reps.csv", "outcomes.csv", "ledger.db"):
            (folder / file).write_bytes((first / file).read_bytes())
    before = signature(first)
    command = [sys.executable, "-c", KILLED, *map(str, folders)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.stdout, ended.stderr
    n_killed = int(ended.stdout)
    after = signature(folders[n_killed])
    assert n_killed > 8 and len(after) == len(before) + 5
    for folder in folders[:n_killed]:
        assert signature(folder) == before
        taken_in(folder)
        assert signature(folder) == after
