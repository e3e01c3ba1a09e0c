"""The benchmark of proofs at any scale: its oracle, and that it can find a fault."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from solver.problem.result import Status
from tests.solver.side_instances import best_of_all, random_side_problem

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "proof_scale.py"


@pytest.fixture(scope="module")
def script():
    """Return the names of the benchmark."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        return SimpleNamespace(**runpy.run_path(str(SCRIPT)))


@pytest.mark.slow
def test_the_oracle_agrees_with_the_solution_class(script):
    for seed in range(150):
        problem = random_side_problem(seed)
        best = best_of_all(problem)
        expected = float("-inf") if best is None else best
        assert script.optimum(problem) == pytest.approx(expected, abs=1e-9), seed


def test_scales_lie_far_apart(script):
    day = script.scaled_day(3)
    assert day.value.max() / day.value.min() > 1e6


def test_a_false_result_is_found(script, monkeypatch):
    """An engine that assigns nothing and calls it optimal, or bounds too low."""
    problem, solve = script.scaled_day(5), script.judged.__globals__["solve"]
    honest = solve(problem, seed=0, time_limit=5)
    assert script.judged(problem, 0, 5) == (Status.OPTIMAL, "")
    names = script.judged.__globals__
    lazy = type(honest).without_solution(problem, Status.OPTIMAL, "lazy")
    monkeypatch.setitem(names, "solve", lambda *_, **__: lazy)
    assert "is feasible" in script.judged(problem, 0, 5)[1]
    low = type(honest)(
        honest.status,
        honest.solution,
        honest.objective * 0.9,
        honest.price,
        honest.limit_price,
        honest.engine,
    )
    monkeypatch.setitem(names, "solve", lambda *_, **__: low)
    assert "below the optimum" in script.judged(problem, 0, 5)[1]


def test_forty_days_hold(script):
    done = CliRunner().invoke(script.main, ["--days", "40"])
    assert done.exit_code == 0, done.output
    assert done.output.endswith("; 0 false\n")


@pytest.mark.slow
def test_six_hundred_days_hold(script):
    done = CliRunner().invoke(script.main, ["--days", "600", "--first", "40"])
    assert done.exit_code == 0, done.output
