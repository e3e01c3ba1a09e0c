"""A kill before any statement of a run, or of the making of a ledger."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import Ledger
from tests.ledger.example_runs import decisions_of, entry_of

ROOT = Path(__file__).parents[2]
MONDAY = decisions_of({"L1": "R1", "L2": "R2", "L3": ""})
TUESDAY = decisions_of({"L1": "R2", "L2": "R2", "L3": "R1", "L4": ""})
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from ledger import Ledger
from tests.ledger.example_runs import entry_of
from tests.ledger.test_kills import TUESDAY

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
        with Ledger(Path(path)) as ledger:
            ledger.record(entry_of("tue", TUESDAY, "2026-09-08"), TUESDAY)
        os._exit(0)
    if os.wait()[1] == 0:
        print(left)
        break
"""
MOST = 250

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


def signature(path: Path) -> tuple:
    """Return all that a ledger holds, in a form that can be compared."""
    with Ledger(path) as ledger:
        frames = ledger.runs(), ledger.decisions(), ledger.assignments()
    return tuple(frame.to_csv() for frame in frames)


@pytest.mark.parametrize("is_new", [False, True])
def test_a_kill_before_any_statement_leaves_what_was_there(tmp_path, is_new):
    """Not half a run, nor two owners; and the same run can be recorded then."""

    def made(name):
        path = tmp_path / name
        if not is_new:
            with Ledger(path) as ledger:
                ledger.record(entry_of("mon", MONDAY), MONDAY)
        return path

    paths = [made(str(number)) for number in range(MOST)]
    before, after = signature(made("before")), made("after")
    record(after)
    command = [sys.executable, "-c", KILLED, *map(str, paths)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    n_killed = int(ended.stdout)
    assert n_killed > 10
    assert {signature(path) for path in paths[:n_killed]} == {before}
    for path in paths[:n_killed]:
        record(path)
        assert signature(path) == signature(after)
        assert not os.path.exists(f"{path}-journal")


def record(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record(entry_of("tue", TUESDAY, "2026-09-08"), TUESDAY)
