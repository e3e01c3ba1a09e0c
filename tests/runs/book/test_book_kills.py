"""A command killed at any statement: all is done or nothing, and again is harmless."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runs.book.conftest import Office

ROOT = Path(__file__).parents[3]
KILLED = """
import os, signal, sys

from sqlalchemy import Engine, event

from cli import main

left = 0

def count(*_):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

event.listen(Engine, "before_cursor_execute", count)
event.listen(Engine, "after_cursor_execute", count)
event.listen(Engine, "commit", count)
for left, place in enumerate(sys.argv[2:]):
    if not os.fork():
        sys.stdout = sys.stderr = open(os.devnull, "w")
        said = sys.argv[1].format(place=place).split()
        main([*said, "--scenario", f"{place}/days.yaml", "--at", "2026-09-07T12:00:00Z"])
    if os.wait()[1] == 0:
        print(left)
        break
"""
MOST = 120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


def test_a_kill_at_any_statement_leaves_all_or_nothing(office, tmp_path_factory):
    path = office.folder / "edited.csv"
    path.write_text("lead_id,rep_id\nA1,R2\nA2,R2\n")
    before, folder = office.owner, tmp_path_factory.mktemp("places")
    places = [shutil.copytree(office.folder, folder / str(n)) for n in range(MOST)]
    said = "override --from {place}/edited.csv --reason moved --by Ann"
    command = [sys.executable, "-c", KILLED, said, *map(str, places)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    n_killed = int(ended.stdout)
    assert n_killed >= 20
    whole = Office(places[n_killed]).owner
    assert whole == before | {"A1": "R2", "A2": "R2"}
    for place in places[:n_killed]:
        office = Office(place)
        n_events = len(office.events("overridden"))
        assert (office.owner, n_events) in [(before, 0), (whole, 2)]
        again = office.do("override", "--from", place / "edited.csv", "--reason", "x")
        assert again.exit_code == 0
        assert office.owner == whole and len(office.events("overridden")) == 2
