"""The relaxation's bound is never looser than what the prices of a result prove."""

import time

import numpy as np
import pytest

from solver.engines.mip import relaxation
from solver.engines.mip.duality import proven_by
from solver.engines.mip.highs import Outcome
from solver.engines.mip.model import Model
from solver.engines.mip.relaxation import InfeasibleError
from tests.solver.side_instances import best_of_seed, random_side_problem

RAN_OUT = Outcome(1, np.zeros(0), np.nan, np.zeros(0))


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_cut_short_between_rounds_the_bound_is_what_the_prices_prove(
    rounds, monkeypatch
):
    """Prices of whole-lead rows from a part of the columns may prove less than none."""
    monkeypatch.setattr(relaxation, "MANY", 0)
    monkeypatch.setattr(relaxation, "FIRST", 1)
    solve, looser = relaxation._solved, 0
    for seed in range(60):
        problem, left, seen = random_side_problem(seed), iter(range(rounds)), []
        if problem.n_pairs == 0:
            continue
        model = Model.of(problem)

        def few(task, end, left=left, seen=seen):
            seen.append(solve(task, end) if next(left, None) is not None else RAN_OUT)
            return seen[-1]

        monkeypatch.setattr(relaxation, "_solved", few)
        try:
            found = relaxation.relaxation(model, time.monotonic() + 10)
        except InfeasibleError:
            continue
        alone = found.price.copy()
        n_told = model.problem.n_leads + model.problem.n_reps
        alone[n_told + len(model.problem.limits) :] = 0.0
        if seen[-1] is RAN_OUT:
            proven = proven_by(model, alone).bound
            is_close = proven == pytest.approx(found.bound, rel=1e-9)
            assert found.bound <= proven or is_close, seed
            last = [o.price for o in seen if len(o.price)]
            looser += any(proven_by(model, p).bound > found.bound for p in last)
        best = best_of_seed(seed)
        assert best is None or best <= found.bound + 1e-9, seed
    assert looser or rounds == 0
