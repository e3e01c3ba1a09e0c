"""Branch and bound in processes: true outcomes, and claims that are not believed."""

import time

import numpy as np
import pytest

from solver.engines.mip import engine, race, scip
from solver.engines.mip.contenders import highs_at_work, scip_at_work
from solver.engines.mip.duality import proven_by
from solver.engines.mip.highs import (
    INFEASIBLE,
    SOLVED,
    Outcome,
    at_size,
    branched,
    slack_of,
)
from solver.engines.mip.model import Model, point_of
from solver.engines.mip.proof import remaining
from solver.problem.result import Status
from tests.solver.side_instances import best_of_all, random_side_problem


def contest(problem):
    """Return the program of all columns, and the point of assigning nothing."""
    model = Model.of(problem)
    nothing = point_of(model, np.full(problem.n_leads, -1))
    relaxed = proven_by(model, np.zeros(model.rows.shape[0]))
    return remaining(model, relaxed, nothing), nothing


def by_scip(rest, hint):
    sized, size = at_size(rest.task)
    answer = scip.solve(
        deadline=np.array(time.time() + 20),
        hint=hint.value[rest.kept],
        size=np.array(size),
        slack=np.array(slack_of(sized)),
        **sized._asdict(),
    )
    return Outcome(**answer, price=np.zeros(0))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_scip_equals_brute_force(block):
    """From any hint: the best allocation, a true bound, or infeasible."""
    for seed in range(25 * block, 25 * block + 25):
        problem = random_side_problem(seed)
        if problem.n_pairs == 0:
            continue
        best = best_of_all(problem)
        rest, nothing = contest(problem)
        outcome = by_scip(rest, nothing)
        if best is None:
            assert outcome.status == INFEASIBLE, seed
            continue
        assert outcome.status == SOLVED, seed
        assert rest.point(outcome).objective == pytest.approx(best, abs=1e-9), seed
        assert rest.bound(outcome) >= best - 1e-12, seed
        assert rest.bound(outcome) == pytest.approx(best, rel=1e-6, abs=1e-6), seed


@pytest.mark.slow
def test_scip_and_highs_agree_on_points_and_bounds():
    """Where both solve a program, neither bound is below the other's point."""
    for seed in range(100, 140):
        rest, nothing = contest(random_side_problem(seed))
        outcomes = by_scip(rest, nothing), branched(rest.task, 20)
        assert outcomes[0].status == outcomes[1].status, seed
        if outcomes[0].status == SOLVED:
            values = [rest.point(outcome).objective for outcome in outcomes]
            assert values[0] == pytest.approx(values[1], abs=1e-9), seed
            assert min(map(rest.bound, outcomes)) >= max(values) - 1e-12, seed


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 4])
def test_both_answer_from_their_processes(seed):
    problem = random_side_problem(seed)
    rest, nothing = contest(problem)
    end = time.monotonic() + 20
    with highs_at_work(rest, end) as first, scip_at_work(rest, nothing, end) as second:
        outcomes = [each.process.outcome(end) for each in (first, second)]
    best = best_of_all(problem)
    for outcome in outcomes:
        assert rest.point(outcome).objective == pytest.approx(best, abs=1e-9)


def test_a_known_allocation_is_not_called_infeasible():
    """No solver is believed against an allocation that obeys every rule."""
    problem = random_side_problem(1).replace(limits=(), shares=(), groups=())
    problem = problem.replace(must=np.zeros(problem.n_leads, dtype=bool))
    rest, nothing = contest(problem)
    assert nothing.obeys
    claim = Outcome(INFEASIBLE, np.zeros(0), np.nan, np.zeros(0))
    assert rest.bound(claim) == np.inf


@pytest.mark.slow
def test_a_solve_that_races_equals_brute_force(monkeypatch):
    """Without a first try in this process, all is decided by search and the race."""
    monkeypatch.setattr(race, "FEW", 0)
    monkeypatch.setattr(race, "SEARCHING", 0.0)
    for seed in range(6):
        problem = random_side_problem(seed)
        best = best_of_all(problem)
        result = engine.solve_mip(problem, seed=seed, time_limit=20.0)
        if best is None:
            assert result.status == Status.INFEASIBLE, seed
        else:
            assert result.status == Status.OPTIMAL, seed
            assert result.objective == pytest.approx(best, abs=1e-9), seed
