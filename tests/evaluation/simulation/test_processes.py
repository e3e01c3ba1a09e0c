"""Processes that work: what they are sent, how they end, and with whom."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.simulation.processes import results_of
from tests.few import few
from tests.processes import have_ended, pids_in, start

SIMULATING = """
import os, sys
from pathlib import Path
from evaluation import PRESETS, simulate
from evaluation.worlds import changed
from solver import POLICIES

def written(problem, rng):
    Path(sys.argv[1], str(os.getpid())).touch()
    return POLICIES["greedy"](problem, rng)

small = changed(PRESETS["mild"], ["n_reps=6", "leads_per_day=20"])
short = {"days": 1, "seeds": 2, "n_history": 0, "workers": 2}
print(simulate(small, [written], baseline=written, **short).policies)
"""
SLEEPING = """
import os, signal, sys, time
from pathlib import Path
from evaluation.simulation.processes import results_of

# Who runs the tests in the background may have had interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def asleep(_):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(600)

list(results_of(asleep, range(2), 2))
"""


def squares(seed: int) -> Iterator[int]:
    yield seed**2
    yield -(seed**2)


@pytest.mark.parametrize("count", few([None, 1, 2], 1))
def test_every_seed_has_its_results(count: int | None) -> None:
    """However many processes, and in whatever order they come."""
    assert sorted(results_of(squares, range(3), count)) == [-4, -1, 0, 0, 1, 4]


def test_closures_are_sent() -> None:
    """What a function holds goes with it."""
    factor = 3
    assert sorted(results_of(lambda seed: [factor * seed], range(2), 2)) == [0, 3]


def test_one_process_is_this_one(monkeypatch) -> None:
    """With one, none is started; each of two is another one, with one thread."""
    monkeypatch.delenv("OMP_NUM_THREADS")
    assert {*results_of(lambda _: [os.getpid()], range(3), 1)} == {os.getpid()}

    def environment(_: int) -> list[tuple[int, str]]:
        return [(os.getpid(), os.environ["OMP_NUM_THREADS"])]

    found = dict(results_of(environment, range(4), 2))
    assert os.getpid() not in found
    assert set(found.values()) == {"1"}


def test_what_ends_a_task_is_raised_here() -> None:
    """The error travels, with its message."""

    def impossible(seed: int) -> list[int]:
        raise ValueError(f"seed {seed} is impossible")

    with pytest.raises(ValueError, match="is impossible"):
        list(results_of(impossible, range(2), 2))


def test_a_process_that_is_killed_is_named() -> None:
    """Its exit code, and what may have been the reason."""

    def killed(seed: int) -> list[int]:
        os._exit(7)

    with pytest.raises(RuntimeError, match=r"(?s)memory.*EXIT\(7\)"):
        list(results_of(killed, range(2), 2))


def test_processes_end_when_nobody_wants_more() -> None:
    """Closing the results half way ends them."""

    def slow(seed: int) -> list[int]:
        if seed:
            time.sleep(600)
        return [os.getpid()]

    results = results_of(slow, range(9), 2)
    first = next(results)
    results.close()
    assert have_ended([first])


@pytest.mark.slow
def test_a_policy_of_a_script_runs_in_other_processes(tmp_path: Path) -> None:
    """Without any guard around the script's main part."""
    with start(SIMULATING, tmp_path) as done:
        assert done.communicate(timeout=60)[0] == "('written',)\n"
    assert done.returncode == 0
    pids = pids_in(tmp_path, 2)
    assert done.pid not in pids and have_ended(pids)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kill", "by"), [(os.kill, signal.SIGKILL), (os.killpg, signal.SIGINT)]
)
def test_no_process_outlives_its_parent(tmp_path: Path, kill, by: int) -> None:
    """Killed, or interrupted by the keyboard, which reaches the whole group."""
    with start(SLEEPING, tmp_path) as parent:
        pids = pids_in(tmp_path, 2)
        kill(parent.pid, by)
        parent.wait(timeout=20)
    assert parent.returncode != 0
    assert have_ended(pids)


def test_processes_find_our_packages_off_the_path(monkeypatch):
    """An installed rightrep keeps them where a script's path does not lead."""
    path = [entry for entry in sys.path if not Path(entry, "evaluation").is_dir()]
    monkeypatch.setattr(sys, "path", path)
    before = list(path)
    assert sorted(results_of(range, [1, 2], 2)) == [0, 0, 1]
    assert sys.path == before
