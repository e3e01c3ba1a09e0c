"""A solve that work ends: alike every time, and the clock is only a safeguard."""

import threading

import numpy as np
import pytest

from solver import solve
from solver.engines.mip import effort
from solver.problem.result import Status
from tests.solver.engines.mip.test_engine import assignment
from tests.solver.side_instances import best_of_all, random_side_problem


@pytest.fixture(scope="module")
def hard():
    return assignment(5, 24, seed=3)


@pytest.fixture(autouse=True)
def small_units(monkeypatch):
    """Let a unit of effort be less, and branch where there are few columns."""
    monkeypatch.setattr(effort, "PARTS", 5)
    monkeypatch.setattr(effort, "COLUMNS", 60)


@pytest.mark.slow
def test_the_same_effort_gives_the_same_allocation(hard):
    """Also while another thread keeps a core busy."""
    first = solve(hard, seed=1, time_limit=100, effort=1)
    over = threading.Event()

    def work():
        while not over.is_set():
            np.linalg.svd(np.ones((200, 200)))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        second = solve(hard, seed=1, time_limit=100, effort=1)
    finally:
        over.set()
        thread.join()
    assert first.status == Status.FEASIBLE and first.is_reproducible
    assert first.solution.pair.tolist() == second.solution.pair.tolist()
    assert first.bound == second.bound


@pytest.mark.slow
def test_the_clock_ends_it_and_that_is_told(hard):
    result = solve(hard, seed=1, time_limit=0.8, effort=1000)
    assert not result.is_reproducible
    assert not solve(hard, seed=1, time_limit=0.8).is_reproducible


@pytest.mark.slow
def test_small_problems_are_proven():
    for seed in range(8):
        problem = random_side_problem(seed)
        best = best_of_all(problem)
        result = solve(problem, seed=seed, time_limit=60, effort=1)
        if best is not None:
            assert result.is_optimal and result.is_reproducible, seed
            assert result.objective == pytest.approx(best, abs=1e-9), seed
