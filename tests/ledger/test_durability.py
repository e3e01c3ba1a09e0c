"""Whatever happens to the process or the disk, a run is there whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ledger import Ledger, LedgerError
from tests.ledger.example_runs import decisions_of, entry_of

ROOT = Path(__file__).parents[2]
FIRST = decisions_of({"L1": "R1"})
MANY = {f"L{i:06}": "R2" for i in range(25_000)}

WRITER = """
import sys
from pathlib import Path
from ledger import Ledger
from tests.ledger.example_runs import decisions_of, entry_of

print("ready", flush=True)
sys.stdin.readline()
made = decisions_of({f"L{i}": sys.argv[2] for i in range(200)})
for day in range(1, 5):
    with Ledger(Path(sys.argv[1])) as ledger:
        entry = entry_of(f"{sys.argv[2]} {day}", made, f"2026-09-0{day}")
        assert ledger.record(entry, made)
        ledger.record(entry_of(f"shared {day}", made, f"2026-09-0{day}"), made)
"""

KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from ledger import Ledger, database
from tests.ledger.example_runs import decisions_of, entry_of
from tests.ledger.test_durability import MANY

database._SETTINGS = (*database._SETTINGS, "PRAGMA cache_size = 10")

class Bomb:
    pass

sqlite3.register_adapter(Bomb, lambda bomb: os.kill(os.getpid(), signal.SIGKILL))
made = decisions_of(MANY | {"last": Bomb()})
Ledger(Path(sys.argv[1])).record(entry_of("killed", made), made)
"""


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def recorded(path):
    with Ledger(path) as ledger:
        return ledger.runs(), ledger.decisions()


@pytest.fixture
def filled(path):
    with Ledger(path) as ledger:
        ledger.record(entry_of("first", FIRST), FIRST)
    return path


@pytest.mark.slow
def test_two_processes_write_one_ledger(path):
    """From a file that is not there: every run of both, and shared ones once."""
    writers = [start(WRITER, path, name) for name in ("R1", "R2")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    runs, decisions = recorded(path)
    names = ("R1", "R2", "shared")
    expected = sorted(f"{name} {day}" for name in names for day in range(1, 5))
    assert sorted(runs["run_id"]) == expected
    assert decisions.groupby("run_id").size().tolist() == [200] * len(expected)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_run_killed_while_it_is_recorded_was_never_there(filled):
    """The next one who opens the file finds it as it was before."""
    before, size = recorded(filled), filled.stat().st_size
    killed = start(KILLED, filled)
    assert killed.communicate()[1] == ""
    assert killed.returncode == -9
    assert filled.stat().st_size > size, "half a run must be in the file by then"
    for was, stays in zip(before, recorded(filled), strict=True):
        pd.testing.assert_frame_equal(was, stays)


@pytest.mark.slow
def test_a_full_disk_leaves_the_earlier_runs(filled):
    """A run that does not fit is refused whole, and a smaller one still goes in."""
    resource = pytest.importorskip("resource")
    before = recorded(filled)
    made = decisions_of(MANY)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, limits[1]))
    try:
        with Ledger(filled) as ledger, pytest.raises(LedgerError, match="cannot"):
            ledger.record(entry_of("large", made), made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    for was, stays in zip(before, recorded(filled), strict=True):
        pd.testing.assert_frame_equal(was, stays)
    with Ledger(filled) as ledger:
        assert ledger.record(entry_of("large", made), made)
