"""A task in a process of its own: what comes back, and how it ends."""

import os
import signal
import time
import warnings
from inspect import currentframe
from pathlib import Path

import pytest
from joblib.externals.loky import BrokenProcessPool

from scoring.processes import beside, pool
from scoring.processes.beside import begun, has_room
from tests.processes import have_ended, pids_in, start

SLEEPING = """
import os, signal, sys, time
from pathlib import Path
from scoring.processes.beside import begun

# Who runs the tests in the background may have had interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def asleep():
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(600)

with begun(asleep) as result:
    WAITING
"""


def test_the_result_comes_from_another_process():
    """Which has its own copy of what it is called with."""
    numbers = [1, 2]
    with begun(lambda given: (os.getpid(), given.pop(), given), numbers) as result:
        pid, last, left = result()
    assert pid != os.getpid() and have_ended([pid])
    assert (last, left, numbers) == (2, [1], [1, 2])


def test_warnings_are_given_here():
    """With their kind, and where they come from."""

    def warning() -> str:
        warnings.warn("one", FutureWarning, stacklevel=1)
        warnings.warn("two", stacklevel=1)
        return currentframe().f_code.co_filename

    with begun(warning) as result, pytest.warns() as noted:
        where = result()
    assert [(str(one.message), one.category) for one in noted] == [
        ("one", FutureWarning),
        ("two", UserWarning),
    ]
    assert {one.filename for one in noted} == {where}


def test_what_ends_the_task_is_raised_when_the_result_is_wanted():
    """The same error, with its message."""

    def impossible() -> None:
        raise LookupError("no such lead")

    with begun(impossible) as result, pytest.raises(LookupError, match="no such lead"):
        result()


def test_a_process_that_is_killed_is_named():
    """As for want of memory."""
    with (
        begun(os._exit, 7) as result,
        pytest.raises(BrokenProcessPool, match=r"EXIT\(7\)"),
    ):
        result()


def test_an_error_here_ends_the_process(tmp_path):
    """Nobody waits for what it was at."""

    def asleep() -> None:
        Path(tmp_path, str(os.getpid())).touch()
        time.sleep(600)

    with pytest.raises(KeyError), begun(asleep):
        pids = pids_in(tmp_path, 1)
        raise KeyError
    assert have_ended(pids)


def test_a_worker_has_no_room(monkeypatch):
    """Nor has who may use one core only."""
    monkeypatch.setattr(beside, "cpu_count", lambda: 2)
    assert has_room()
    with begun(has_room) as result:
        assert not result()
    monkeypatch.setattr(beside, "cpu_count", lambda: 1)
    assert not has_room()


def test_processes_ignore_the_keyboard_before_they_can_say_so(monkeypatch):
    """A handler of their own comes later than an interrupt may."""
    monkeypatch.setattr(pool, "_initialise", nothing)
    before = signal.getsignal(signal.SIGINT)
    with begun(signal.getsignal, signal.SIGINT) as result:
        assert signal.getsignal(signal.SIGINT) is before
        assert result() is signal.SIG_IGN


def nothing(*_):
    """Initialise nothing."""


@pytest.mark.slow
@pytest.mark.parametrize("waiting", ["result()", "time.sleep(600)"])
@pytest.mark.parametrize(
    ("kill", "by"), [(os.kill, signal.SIGKILL), (os.killpg, signal.SIGINT)]
)
def test_the_process_does_not_outlive_this_one(tmp_path, kill, by, waiting):
    """Killed, or interrupted by the keyboard, which reaches the whole group."""
    with start(SLEEPING.replace("WAITING", waiting), tmp_path) as parent:
        pids = pids_in(tmp_path, 1)
        kill(parent.pid, by)
        parent.wait(timeout=20)
    assert parent.returncode != 0
    assert have_ended(pids)
