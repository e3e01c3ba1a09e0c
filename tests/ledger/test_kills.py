"""A kill before any statement of a run, or of the making of a ledger."""

import os
import sys
from pathlib import Path

import pytest

from ledger import Ledger
from tests.killing import copies
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L1": "R1", "L2": "R2", "L3": ""})
TUESDAY = decisions_of({"L1": "R2", "L2": "R2", "L3": "R1", "L4": ""})
KILLED = """
import sys
from pathlib import Path
from tests.killing import at_statements, copying
from tests.ledger.test_kills import record
with copying(sys.argv[1]) as copy:
    at_statements(copy, ("before_cursor_execute", "commit"))
    record(Path("ledger.db"))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


def shown(ledger: Ledger) -> tuple[str, ...]:
    """Return all that a ledger holds, in a form that can be compared."""
    frames = ledger.runs(), ledger.decisions(), ledger.assignments()
    return tuple(frame.to_csv() for frame in frames)


def signature(path: Path) -> tuple[str, ...]:
    """Return all that a ledger's file holds."""
    with Ledger(path) as ledger:
        return shown(ledger)


@pytest.mark.parametrize("is_new", [False, True])
def test_a_kill_before_any_statement_leaves_what_was_there(tmp_path, is_new):
    """Not half a run, nor two owners; and the same run can be recorded then."""
    home = tmp_path / "home"
    home.mkdir()
    if not is_new:
        with Ledger(home / "ledger.db") as ledger:
            ledger.record(entry_of("mon", MONDAY), MONDAY)
    places = copies(home, KILLED)
    assert len(places) > 10
    before = signature(home / "ledger.db")
    after = signature(Path(f"{home}-whole") / "ledger.db")
    for place in places:
        with Ledger(place / "ledger.db") as ledger:
            assert shown(ledger) == before
            ledger.record(entry_of("tue", TUESDAY, "2026-09-08"), TUESDAY)
            assert shown(ledger) == after
        assert os.listdir(place) == ["ledger.db"]


def record(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record(entry_of("tue", TUESDAY, "2026-09-08"), TUESDAY)
