"""Flows are found part by part, on any number of cores, and leave nothing running."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from solver.engines.flow import components, min_cost_flow
from solver.engines.flow.components import parts
from solver.engines.flow.min_cost_flow import OutOfTimeError, least_cost_flow
from solver.engines.flow.ortools_flow import Arcs, solved
from solver.engines.processes import process, worker

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")


def arcs_of(rows, supply):
    """Return the network of rows (tail, head, capacity, cost)."""
    tail, head, capacity, cost = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    ends = tail.astype(np.int32), head.astype(np.int32)
    return Arcs(*ends, capacity, cost, np.array(supply, dtype=np.int64))


def territories(seed, n_territories=4, n_leads=8, n_reps=3, must=0.0):
    """Return leads and reps who meet within their territory alone, in random order."""
    rng = np.random.default_rng(seed)
    size = n_leads + n_reps
    sink = n_territories * size
    node = rng.permutation(sink)
    rows, supply = [], np.zeros(sink + 1, dtype=np.int64)
    for first in range(0, sink, size):
        reps = range(first + n_leads, first + size)
        for lead in range(first, first + n_leads):
            rows += [(node[lead], node[j], 1, -rng.integers(100)) for j in reps]
            rows += [(node[lead], sink, 1, 0)] * (rng.random() >= must)
            supply[node[lead]] = 1
        rows += [(node[j], sink, rng.integers(4), rng.integers(3)) for j in reps]
    supply[sink] = -supply.sum()
    order = rng.permutation(len(rows))
    return arcs_of(np.array(rows)[order], supply)


def long_flow(n=50_000):
    """Return leads and reps along a line, each lead near four reps: many seconds."""
    lead = np.repeat(np.arange(n), 4)
    rep = n + np.clip(lead + np.tile(np.arange(-2, 2), n), 0, n - 1)
    cost = np.random.default_rng(0).integers(10**6, size=4 * n)
    ends = np.full(n, 2 * n)
    tail = np.concatenate([lead, np.arange(2 * n)])
    head = np.concatenate([rep, ends, ends])
    cost = np.concatenate([cost, np.full(n, 10**9), np.zeros(n)])
    rows = np.column_stack([tail, head, np.ones_like(tail), cost])
    return arcs_of(rows, [1] * n + [0] * n + [-n])


@pytest.fixture
def split_finely(monkeypatch):
    """Give every component a part of its own."""
    monkeypatch.setattr(components, "GRAIN", 1)


@pytest.fixture
def in_processes(monkeypatch):
    """Solve everything in processes, and return those that were started."""
    started = []
    start = subprocess.Popen

    def kept(*arguments, **options):
        started.append(start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(min_cost_flow, "SHORT", 0)
    monkeypatch.setattr(process.subprocess, "Popen", kept)
    yield started
    assert started
    assert all(each.returncode is not None for each in started)


@pytest.mark.usefixtures("split_finely")
@pytest.mark.parametrize("seed", range(50))
def test_parts_cost_as_little_as_the_whole(seed):
    """A flow found part by part is a flow of the whole, of the least cost."""
    net = territories(seed)
    assert len(parts(net)) == 4
    flow = least_cost_flow(net, 60)
    assert flow @ net.cost == solved(net) @ net.cost
    assert np.all((flow >= 0) & (flow <= net.capacity))
    sent = np.bincount(net.tail, flow, len(net.supply))
    received = np.bincount(net.head, flow, len(net.supply))
    assert np.array_equal(sent - received, net.supply)


def test_small_components_stay_together(monkeypatch):
    """Components share a part up to its size, and a large one has its own."""
    net = territories(0)
    assert len(parts(net)) == 1
    monkeypatch.setattr(components, "GRAIN", len(net.tail) // 2)
    assert [len(part.node) for part in parts(net)] == [22, 22]


def test_a_node_without_arcs_belongs_to_a_part():
    """Who has something to send and no way to is not forgotten."""
    assert least_cost_flow(arcs_of([(0, 2, 1, 5)], [1, 0, -1]), 60).tolist() == [1]
    assert least_cost_flow(arcs_of([(0, 2, 1, 5)], [1, 1, -2]), 60) is None
    assert least_cost_flow(arcs_of([], [0]), 60).tolist() == []


def test_what_must_flow_inside_a_part_does():
    """Supplies that are used up before the sink, as lower bounds make them."""
    rows = [(0, 1, 2, 3), (0, 2, 2, 0), (1, 2, 2, 0)]
    assert least_cost_flow(arcs_of(rows, [2, -1, -1]), 60).tolist() == [1, 1, 0]


@pytest.mark.usefixtures("split_finely")
@pytest.mark.parametrize("cores", [1, 2, 7])
def test_the_number_of_cores_changes_nothing(cores, in_processes, monkeypatch, capfd):
    """Processes find what is found without them, and print nothing."""
    monkeypatch.setattr(min_cost_flow, "n_cores", lambda: cores)
    net = territories(3)
    here = [solved(part.arcs) for part in parts(net)]
    flow = least_cost_flow(net, float("inf"))
    for part, expected in zip(parts(net), here, strict=True):
        assert np.array_equal(flow[part.arc], expected)
    assert len(in_processes) == min(cores, 4) + 1
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("split_finely")
@pytest.mark.parametrize("apart", [False, True])
def test_no_flow_of_one_part_is_no_flow(apart, request):
    """Where more must be sent than may be received, there is no flow."""
    if apart:
        request.getfixturevalue("in_processes")
    net = territories(0, must=1.0)
    assert any(solved(part.arcs) is None for part in parts(net))
    assert least_cost_flow(net, 60) is None


def test_the_time_limit_ends_a_long_flow(in_processes):
    """The limit holds while a process is busy, and the process is gone."""
    net, begin = long_flow(), time.monotonic()
    with pytest.raises(OutOfTimeError):
        least_cost_flow(net, 0.3)
    assert time.monotonic() - begin < 30
    assert [each.returncode for each in in_processes] == [-9, -9]


@pytest.mark.usefixtures("split_finely")
def test_the_time_limit_holds_between_short_parts():
    """What needs no process looks at the clock before each part."""
    with pytest.raises(OutOfTimeError):
        least_cost_flow(territories(0), -1)


def test_a_process_that_dies_is_an_error(in_processes, monkeypatch, tmp_path):
    """A worker that the system ends says so; nothing waits for it."""
    script = tmp_path / "worker.py"
    script.write_text("import sys; sys.stdin.buffer.read(16); sys.exit(3)")
    monkeypatch.setattr(worker, "__file__", str(script))
    with pytest.raises(RuntimeError, match="ended with code 3"):
        least_cost_flow(territories(0), 60)


STUCK = """
import threading
from solver.engines.flow.min_cost_flow import least_cost_flow
from tests.solver.engines.flow.test_min_cost_flow import long_flow
net = long_flow()
threading.Timer(0.7, print, ["busy"], {"flush": True}).start()
least_cost_flow(net, 60)
"""


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("end", ["SIGINT", "SIGKILL"])
def test_no_process_outlives_us(end):
    """An interrupt or a kill ends every process, even one that is busy solving."""
    with subprocess.Popen(
        [sys.executable, "-c", STUCK],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=os.path.dirname(components.__file__) + "/../..",
    ) as process:
        assert process.stdout.readline() == b"busy\n"
        begin = time.monotonic()
        process.send_signal(signal.Signals[end])
        # Standard error ends when the last process that holds it does.
        error = process.stderr.read()
    assert time.monotonic() - begin < 30
    assert error.endswith(b"KeyboardInterrupt\n" if end == "SIGINT" else b"")
