"""`rightrep doctor`: what it found, and the exit code that says so."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from runs import ExitCode
from runs.machine.machine_part import MachinePart, State


@pytest.fixture
def doctor(monkeypatch):
    """Return a function: what is found, options -> how the command ended."""

    def look(found, *options):
        monkeypatch.setattr("runs.machine.examining.examined", lambda *_: found)
        return CliRunner().invoke(main, ["doctor", *options])

    return look


FINE = MachinePart("cores", State.OK, "2 of 2")
ABSENT = MachinePart("extra sql", State.ABSENT, "without psycopg", "pip install x")
ODD = MachinePart("disk", State.ATTENTION, "0.1 GiB free", "make room")
BROKEN = MachinePart("engine mip", State.BROKEN, "feasible")


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([FINE, ABSENT], 0),
        ([FINE, ODD], ExitCode.ATTENTION),
        ([ODD, BROKEN], ExitCode.INTERNAL),
    ],
)
def test_the_exit_code_says_whether_all_is_ready(doctor, found, code):
    done = doctor(found)
    assert done.exit_code == code
    told = json.loads(doctor(found, "--json").stdout)
    assert told["ok"] == (code == 0)
    assert [one["part"] for one in told["findings"]] == [one.part for one in found]


def test_what_needs_a_look_stands_out(doctor):
    lines = doctor([FINE, ODD]).stdout.splitlines()
    assert lines[0] == "cores  2 of 2"
    assert lines[1] == "disk   ATTENTION: 0.1 GiB free; make room"


def test_a_folder_that_is_not_there_is_refused(doctor):
    assert doctor([], "--folder", "nowhere").exit_code == ExitCode.USAGE


@pytest.mark.slow
def test_this_machine_is_ready(tmp_path):
    done = CliRunner().invoke(main, ["doctor", "--folder", str(tmp_path)])
    assert done.exit_code == 0, done.output
    for part in ("python", "processes", "engine flow", "engine mip", "time zones"):
        assert part in done.stdout
