"""Any command of ``rightrep``, killed around each statement that it sends a ledger."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]
KILLED = """
import json, os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from cli import main
from tests.preloading import preload

left = -1

def count(*rest):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

event.listen(Engine, "before_cursor_execute", count)
event.listen(Engine, "after_cursor_execute", count)
event.listen(Engine, "commit", count)
command, *places, spare = json.loads(sys.argv[1])

def give(place):
    os.chdir(place)
    sys.stdout = sys.stderr = open(os.devnull, "w")
    main(command)

preload(lambda: give(spare))
for left, place in enumerate(places):
    if not os.fork():
        give(place)
    code = os.waitstatus_to_exitcode(os.wait()[1])
    if code != -signal.SIGKILL:
        print(left, code)
        break
"""
OF_THE_CLOCK = {"recorded_at"}
"""Columns that no repetition has again."""


def killed_everywhere(home: Path, command: list[str], most: int = 240) -> list[Path]:
    """Return copies of a folder in which a command was killed, each a statement later.

    Parameters
    ----------
    home
        A folder with a scenario and its ledger.
    command
        Words after ``rightrep``; it is given inside the folder.
    most
        Statements, at most, of the command.
    """
    places = [Path(f"{home}-{number}") for number in range(most)]
    for place in places:
        shutil.copytree(home, place)
    given = json.dumps([command, *map(str, places)])
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, given], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    n_killed, code = map(int, ended.stdout.split())
    assert code == 0, f"{command} ended with code {code}"
    return places[:n_killed]


def state(path: Path) -> dict[str, list[str]]:
    """Return all rows of a ledger's file, in a form that can be compared."""
    with closing(sqlite3.connect(path)) as raw:
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in raw.execute(names)]
        return {table: _rows(raw, table) for table in tables}


def _rows(raw: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    shown = [f'"{name}"' for name in columns if name not in OF_THE_CLOCK]
    return sorted(map(repr, raw.execute(f"SELECT {', '.join(shown)} FROM {table}")))
