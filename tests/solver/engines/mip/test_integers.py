"""Parts in integers: the present point is one of theirs, and inwards means obeying."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from solver.engines.mip.integers import in_whole_numbers
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.part import part_of
from solver.engines.mip.relaxation import relaxation
from solver.engines.mip.search import STUCK, Search
from solver.engines.mip.subproblem import Resolve
from solver.problem.constraints import Share
from tests.solver.instances import problem_of

N_LEADS, N_REPS = 60, 8


def shared_day(seed: int) -> Model:
    """Return a day whose weights no decimal holds, fairly shared by hard bounds."""
    rng = np.random.default_rng(seed)
    day = problem_of(rng.random((N_LEADS, N_REPS)), [20] * N_REPS)
    weight = rng.uniform(0.5, 2.0, N_LEADS)
    fair = rng.uniform(0.5, 1.5, N_REPS)
    return Model.of(
        day.replace(shares=(Share("fair", weight, fair / fair.sum(), 0.7, 1.3),))
    )


def anywhere(model: Model, seed: int) -> Point:
    """Return a point of random pairs, which breaks shares."""
    rng = np.random.default_rng([seed, 1])
    problem = model.problem
    pair = rng.integers(problem.indptr[:-1], problem.indptr[1:])
    return point_of(model, np.where(rng.random(N_LEADS) < 0.4, pair, -1))


@pytest.mark.parametrize("inwards", [False, True])
def test_the_present_values_satisfy_every_part(inwards):
    """What is outside its bounds now, in integers, is allowed to stay there."""
    for seed in range(40):
        model = shared_day(seed)
        point, rng = anywhere(model, seed), np.random.default_rng(seed)
        pairs = np.sort(rng.choice(model.problem.n_pairs, 100, replace=False))
        pairs = np.union1d(pairs, point.pair[point.pair >= 0])
        whole = in_whole_numbers(part_of(model, point, pairs), rng, inwards=inwards)
        activity = whole.rows @ whole.now
        assert np.all(activity - np.maximum(whole.broken, 0) <= whole.upper), seed
        assert np.all(activity - np.minimum(whole.broken, 0) >= whole.lower), seed


@pytest.mark.slow
def test_rounded_inwards_nothing_breaks_a_rule():
    for seed in range(10):
        model = shared_day(seed)
        n_pairs = model.problem.n_pairs
        nothing = point_of(model, np.full(N_LEADS, -1))
        part = part_of(model, nothing, np.arange(n_pairs))
        whole = in_whole_numbers(part, np.random.default_rng(seed), inwards=True)
        values, _ = Resolve().values(whole, seed, work=0.5, hinted=False)
        pair = np.full(N_LEADS, -1)
        chosen = np.flatnonzero(values[:n_pairs] == 1)
        pair[model.problem.lead[chosen]] = chosen
        assert len(chosen) and point_of(model, pair).obeys, seed


def test_a_search_that_is_stuck_outside_the_rules_begins_anew(monkeypatch):
    """Parts that find nothing do not lead into the rules; all pairs at once do."""
    model = shared_day(3)
    outside = anywhere(model, 3)
    assert not outside.obeys
    search = Search(model, relaxation(model, inf), outside, seed=3, threads=1)
    monkeypatch.setattr(search, "_neighbourhoods", _Nowhere(search._neighbourhoods))
    for _ in range(STUCK + 1):
        search.improve_by_work()
    assert search.best.obeys and np.any(search.best.pair >= 0)


class _Nowhere:
    """Neighbourhoods whose parts are everything that is chosen, and no more."""

    def __init__(self, neighbourhoods) -> None:
        self._neighbourhoods = neighbourhoods
        self.everything = neighbourhoods.everything

    def next(self, point, busy, threads):
        held = point.pair[point.pair >= 0]
        leads = np.flatnonzero(point.pair >= 0)
        return replace(self.everything, leads=leads, pairs=held, is_everything=False)

    def update(self, part, **outcome) -> None:
        pass
