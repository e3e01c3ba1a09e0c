"""The benchmark beside plain HiGHS: a true opponent, and verdicts that can be lost."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from solver.problem.solution import Solution
from tests.solver.side_instances import best_of_all, random_side_problem

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "plain_milp.py"


@pytest.fixture(scope="module")
def script():
    """Return the names of the benchmark."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        return SimpleNamespace(**runpy.run_path(str(SCRIPT)))


@pytest.mark.slow
def test_the_textbook_model_equals_brute_force(script):
    for seed in range(120):
        problem = random_side_problem(seed)
        best = best_of_all(problem)
        figures = script.plain(problem, 10.0)
        if best is None or problem.n_pairs == 0:
            assert problem.n_pairs == 0 or not figures["is_optimal"], seed
        else:
            assert figures["is_optimal"], seed
            assert figures["objective"] == pytest.approx(best, abs=1e-6), seed


def test_days_differ_and_may_stay_unassigned(script):
    days = [script.mixed_day(seed) for seed in range(12)]
    assert len({day.n_pairs for day in days}) == 12
    for day in days:
        assert next(Solution.unassigned(day).breaches(), None) is None
    assert any(day.groups for day in days) and any(day.shares for day in days)
    assert (script.mixed_day(3).value == days[3].value).all()


def test_a_small_day_is_equal(script):
    row = script.compared(script.mixed_day(1), 1, 5.0)
    assert row["verdict"] == "equal"
    assert row["ours"]["is_optimal"] and row["plain"]["is_optimal"]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ((5.0, True), (5.0, True), "equal"),
        ((5.0, True), (5.0, False), "better proven"),
        ((5.0, False), (5.0, True), "behind in proof"),
        ((5.1, False), (5.0, False), "better"),
        ((4.9, False), (5.0, False), "behind"),
        ((float("-inf"), False), (float("-inf"), False), "equal"),
        ((0.0, False), (float("-inf"), False), "better"),
    ],
)
def test_verdicts(script, ours, theirs, expected):
    names = ("objective", "is_optimal")
    both = (dict(zip(names, figures, strict=True)) for figures in (ours, theirs))
    assert script.verdict(*both) == expected
