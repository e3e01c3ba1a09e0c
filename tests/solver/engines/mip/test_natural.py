"""The program of a plain call: the problem's own order, true points and bounds."""

import numpy as np
import pytest

from solver.engines.mip.highs import INFEASIBLE, SOLVED, Outcome, branched
from solver.engines.mip.model import Model
from solver.engines.mip.natural import Natural
from solver.engines.mip.order import Shuffled
from tests.solver.side_instances import best_of_all, random_side_problem


def natural_of(problem, seed=0):
    shuffled = Shuffled(problem, seed)
    return Natural(problem, shuffled, Model.of(shuffled.problem))


def test_columns_are_in_the_order_of_the_problem():
    problem = random_side_problem(2)
    task = natural_of(problem).task
    own = np.where(problem.must[problem.lead], 0.0, problem.skip_cost[problem.lead])
    assert task.gain[: problem.n_pairs].tolist() == (problem.value + own).tolist()
    assert task.column[task.first[0] : task.first[1]].tolist() == list(
        range(problem.indptr[1])
    )


@pytest.mark.slow
@pytest.mark.parametrize("factor", [1.0, 1e4])
def test_equals_brute_force(factor):
    """In conversions and in money, whose gains stay as they are."""
    for seed in range(40):
        problem = random_side_problem(seed)
        if problem.n_pairs == 0:
            continue
        problem = problem.replace(
            value=problem.value * factor, skip_cost=problem.skip_cost * factor
        )
        best, natural = best_of_all(problem), natural_of(problem, seed)
        outcome = branched(natural.task, 20.0, plainly=True)
        if best is None:
            assert outcome.status == INFEASIBLE, seed
            assert natural.bound(outcome) == np.inf
            continue
        assert outcome.status == SOLVED, seed
        point = natural.point(outcome)
        assert point.objective == pytest.approx(best, rel=1e-6, abs=1e-6), seed
        assert natural.bound(outcome) >= best - 1e-9 * factor, seed


def test_without_a_point_there_is_none():
    nothing = Outcome(1, np.zeros(0), np.nan, np.zeros(0))
    natural = natural_of(random_side_problem(1))
    assert natural.point(nothing) is None and natural.bound(nothing) == np.inf
