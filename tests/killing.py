"""What kills leave of a command of ``rightrep``, around each statement to a ledger."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOMENTS = ("before_cursor_execute", "after_cursor_execute", "commit")
OF_THE_CLOCK = {"recorded_at"}
"""Columns that no repetition has again."""
COPIED = """
import sys
from tests.killing import at_statements, copying, given
home, command = sys.argv[1:]
with copying(home) as copy:
    at_statements(copy)
    given(command)
"""
KILLED = """
import os, signal, sys
from tests.killing import at_statements, given
command, left = sys.argv[1], int(sys.argv[2])
def count():
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
at_statements(count)
given(command)
"""


def killed_everywhere(home: Path, command: list[str]) -> list[Path]:
    """Return copies of a folder as kills of a command leave it, each a statement later.

    Parameters
    ----------
    home
        A folder with a scenario and its ledger; it stays as it is.
    command
        Words after ``rightrep``; it is given once, inside a copy of the folder.
    """
    return copies(home, COPIED, json.dumps(command))


def killed_at(home: Path, command: list[str], number: int) -> Path:
    """Return a copy of a folder in which a command was killed at one moment.

    Parameters
    ----------
    home, command
        As for :func:`killed_everywhere`.
    number
        Of the moment, as the copies are numbered that it returns.
    """
    place = Path(shutil.copytree(home, f"{home}-killed"))
    done = _started(place, KILLED, json.dumps(command), str(number))
    assert done.returncode == -signal.SIGKILL, done.stderr
    return place


def copies(home: Path, program: str, *words: str) -> list[Path]:
    """Return the copies that a program makes of its folder with :func:`copying`.

    Parameters
    ----------
    home
        The folder; the program works in ``home-whole``, a copy of it.
    program
        In Python, with the name of `home` as its first argument.
    words
        Its further arguments.
    """
    place = Path(shutil.copytree(home, f"{home}-whole"))
    done = _started(place, program, str(home), *words)
    assert done.returncode == 0, done.stderr
    return [Path(f"{home}-{number}") for number in range(int(done.stdout))]


def _started(
    place: Path, program: str, *words: str
) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(ROOT), *sys.path])
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=place,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )


@contextmanager
def copying(home: str) -> Iterator[Callable[[], None]]:
    """Yield what copies the current folder, as a kill at this moment would leave it.

    At the end the number of copies is printed. Another process makes each, for it must
    see files alone, and closing a database here would free its locks.
    """
    n_copies = 0

    def copy() -> None:
        nonlocal n_copies
        child = os.fork()
        if not child:
            with suppress(OSError):
                shutil.copytree(".", f"{home}-{n_copies}")
                os._exit(0)
            os._exit(1)
        assert os.waitpid(child, 0)[1] == 0, "the folder could not be copied"
        n_copies += 1

    with open(os.devnull, "w", encoding="utf-8") as nothing, redirect_stdout(nothing):
        yield copy
    print(n_copies)


def at_statements(note: Callable[[], None], moments: tuple[str, ...] = MOMENTS) -> None:
    """Let something be done around each statement to any database."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    for name in moments:
        event.listen(Engine, name, lambda *_: note())


def given(command: str) -> None:
    """Give a command, a list of words in JSON, and fail where it does."""
    from cli import main

    try:
        main(json.loads(command))
    except SystemExit as ended:
        assert not ended.code, f"{command} ended with code {ended.code}"


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
