"""The price engine finds what the flow finds, with its prices, on days of any shape."""

from itertools import pairwise

import numpy as np
import pytest

from solver.engines.flow import solve_flow, tree_of
from solver.problem.exceptions import Exceptions
from solver.problem.result import Status
from solver.problem.segments import Segments
from tests.few import few
from tests.solver.engines.price.days import factorised_day, stored_day
from tests.solver.engines.price.referee import cheapest, dual_function

pytest.importorskip("numba")

from solver.engines.price import solve_factorised, solve_price


def agrees_with_flow(problem, result):
    """Hold a result against the flow's, and its bound against plain sums."""
    flow = solve_flow(problem, tree_of(problem), seed=0, time_limit=60)
    assert result.status == flow.status
    if flow.status == Status.INFEASIBLE:
        return
    size = np.abs(problem.value).sum() + problem.skip_cost.sum()
    assert result.objective == pytest.approx(flow.objective, abs=1e-9 * size)
    assert list(result.solution.breaches()) == []
    assert result.gap < 1e-9
    highest = max(np.abs(problem.value).max(initial=0), np.abs(flow.price).max())
    assert result.price == pytest.approx(flow.price, abs=1e-7 * highest)
    bound = dual_function(problem, result.price)
    assert result.bound == pytest.approx(bound, abs=1e-12 * size)


@pytest.mark.parametrize("block", range(4))
def test_equals_the_flow(block):
    """Value, status, loads and prices are the flow's on every kind of day."""
    for seed in range(40 * block, 40 * block + 40):
        problem = stored_day(seed)
        agrees_with_flow(problem, solve_price(problem, seed=0, time_limit=60))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_equals_the_flow_on_many_days(block):
    """The same on two thousand days."""
    for seed in range(1000 + 200 * block, 1200 + 200 * block):
        problem = stored_day(seed)
        agrees_with_flow(problem, solve_price(problem, seed=0, time_limit=60))


@pytest.mark.parametrize("seed", range(24))
def test_whole_values_have_the_flow_librarys_cost(seed):
    """On whole numbers the optimum is that of OR-Tools, called without our code."""
    problem = stored_day(seed)
    whole = np.rint(problem.value / np.abs(problem.value).max(initial=1e-9) * 1000)
    problem = problem.replace(
        value=whole, skip_cost=np.rint(problem.skip_cost), must=problem.must & False
    )
    result = solve_price(problem, seed=0, time_limit=60)
    assert result.objective == cheapest(problem)


@pytest.mark.parametrize("seed", range(24))
def test_factorised_equals_its_stored_pairs(seed):
    """Computing pairs or storing them makes no difference."""
    problem = factorised_day(seed)
    day = solve_factorised(problem, seed=0, time_limit=60)
    stored = problem.stored()
    flow = solve_flow(stored, tree_of(stored), seed=0, time_limit=60)
    assert day.status == flow.status
    if flow.status == Status.OPTIMAL:
        assert day.objective == pytest.approx(flow.objective, rel=1e-9)
        assert day.price == pytest.approx(flow.price, abs=1e-7)
        assert day.bound == pytest.approx(dual_function(stored, day.price), rel=1e-12)
        assert day.gap < 1e-9


def shuffled(problem, lead, rep):
    """Return a factorised problem with its rows in another order."""
    rank = np.argsort(rep)
    start, of = problem.segments.start, problem.segments
    order = np.concatenate(
        [a + np.argsort(rank[of.rep[a:b]]) for a, b in pairwise(start)]
    ).astype(int)
    segments = type(of)(
        start, rank[of.rep[order]].astype(np.int32), of.added[order], of.charge[order]
    )
    return problem.replace(
        lead_ids=problem.lead_ids[lead],
        rep_ids=problem.rep_ids[rep],
        segments=segments,
        segment=problem.segment[lead],
        log_odds=problem.log_odds[lead],
        amount=problem.amount[lead],
        capacity=problem.capacity[rep],
        must=problem.must[lead],
        skip_cost=problem.skip_cost[lead],
        lead_factors=problem.lead_factors[lead],
        rep_factors=problem.rep_factors[rep],
        exceptions=shuffled_exceptions(problem.exceptions, np.argsort(lead), rank),
    )


def shuffled_exceptions(of, lead_rank, rep_rank):
    """Return exceptions whose leads and reps stand elsewhere, in their order."""
    lead, rep = lead_rank[of.lead], rep_rank[of.rep].astype(np.int32)
    order = np.lexsort((rep, lead))
    return type(of)(
        lead[order],
        rep[order],
        of.eligible[order],
        of.value[order],
        of.uses_slot[order],
    )


@pytest.mark.parametrize("seed", range(8))
def test_order_of_rows_does_not_matter_where_values_are_stored(seed):
    """Leads with exceptions are tied as others are, owners without a slot as well."""
    rng = np.random.default_rng(seed)
    problem = factorised_day(seed)
    k = problem.n_leads * problem.n_reps // 2
    code = np.sort(rng.choice(2 * k, k, replace=False))
    problem = problem.replace(
        log_odds=np.round(problem.log_odds),
        step=0.5,
        must=problem.must & False,
        exceptions=type(problem.exceptions)(
            code // problem.n_reps,
            (code % problem.n_reps).astype(np.int32),
            rng.random(k) < 0.8,
            rng.choice([0.0, 1.0, 2.0], k),
            rng.random(k) < 0.7,
        ),
    )
    one = solve_factorised(problem, seed=3, time_limit=60)
    lead, rep = rng.permutation(problem.n_leads), rng.permutation(problem.n_reps)
    other = solve_factorised(shuffled(problem, lead, rep), seed=3, time_limit=60)
    owners = np.where(other.rep_of >= 0, rep[other.rep_of], -1)
    assert owners.tolist() == one.rep_of[lead].tolist()


@pytest.mark.parametrize("seed", range(8))
def test_order_of_rows_does_not_matter(seed):
    """Tied leads and equal reps have the same owners however the files are ordered."""
    rng = np.random.default_rng(seed)
    problem = factorised_day(seed)
    problem = problem.replace(
        exceptions=type(problem.exceptions).none(),
        log_odds=np.round(problem.log_odds),
        step=0.5,
        must=problem.must & False,
    )
    lead, rep = rng.permutation(problem.n_leads), rng.permutation(problem.n_reps)
    one = solve_factorised(problem, seed=3, time_limit=60)
    other = solve_factorised(shuffled(problem, lead, rep), seed=3, time_limit=60)
    owners = np.where(other.rep_of >= 0, rep[other.rep_of], -1)
    assert owners.tolist() == one.rep_of[lead].tolist()


def test_another_seed_breaks_ties_otherwise():
    """Equal reps are drawn by the seed."""
    problem = factorised_day(0)
    problem = problem.replace(
        segments=type(problem.segments)(
            problem.segments.start,
            problem.segments.rep,
            problem.segments.added * 0,
            problem.segments.charge * 0,
        )
    )
    owners = {
        tuple(solve_factorised(problem, seed=seed, time_limit=60).rep_of)
        for seed in range(4)
    }
    assert len(owners) == 4


@pytest.mark.parametrize("seed", range(12))
def test_time_that_is_up_leaves_an_allocation_with_its_gap(seed):
    """Nothing was searched, yet rules hold, and the bound is a bound."""
    problem = stored_day(seed)
    best = solve_price(problem, seed=0, time_limit=60)
    cut = solve_price(problem, seed=0, time_limit=0)
    assert cut.status.has_solution == best.status.has_solution
    if cut.status.has_solution:
        assert list(cut.solution.breaches()) == []
        assert cut.objective <= best.bound
        assert cut.bound >= best.objective
        assert cut.gap >= 0


@pytest.mark.parametrize("seed", few(range(24), 8))
def test_another_capacity_is_solved_from_the_prices(seed):
    """A slot more, a rep absent or back again: as solved from the start."""
    problem = factorised_day(seed)
    day = solve_factorised(problem, seed=0, time_limit=60)
    rng = np.random.default_rng(seed)
    for _ in range(4):
        capacity = problem.capacity.copy()
        rep = rng.integers(problem.n_reps)
        capacity[rep] = rng.choice(
            [0, capacity[rep] + 1, 30, max(capacity[rep] - 1, 0)]
        )
        anew = solve_factorised(
            problem.replace(capacity=capacity), seed=0, time_limit=60
        )
        if day.solved is None:
            continue
        again = day.with_capacity(capacity, time_limit=60)
        assert again.status == anew.status
        if anew.status == Status.OPTIMAL:
            assert again.objective == pytest.approx(anew.objective, rel=1e-12)
            assert again.price == pytest.approx(anew.price, abs=1e-9)


def cancelling(skip_cost: float):
    """Return a day of two leads for a slot: what one gains, the other's skip costs."""
    return factorised_day(0, n_leads=2, n_reps=1).replace(
        segments=Segments(
            np.array([0, 1]), np.zeros(1, dtype=np.int32), np.zeros(1), np.zeros(1)
        ),
        segment=np.zeros(2, dtype=np.int32),
        log_odds=np.array([1.1, 0.3]),
        amount=np.array([1.7, 0.0]),
        capacity=np.ones(1, dtype=np.int64),
        must=np.zeros(2, dtype=bool),
        skip_cost=np.array([0.0, skip_cost]),
        step=0.0,
        exceptions=Exceptions.none(),
    )


def test_a_day_whose_gains_and_costs_cancel_is_optimal():
    """The objective is 0, and its bound so only up to rounding."""
    gained = cancelling(0.0).objective(np.array([0, -1], dtype=np.int32))
    problem = cancelling(gained)
    day = solve_factorised(problem, seed=0, time_limit=60)
    assert day.objective == 0.0
    assert 0.0 < day.bound < 1e-12
    assert day.status == Status.OPTIMAL
    cut = solve_factorised(problem, seed=0, time_limit=0.0)
    assert cut.gap >= 0.0


def test_a_day_that_cannot_be_has_no_gap():
    """Two leads must be assigned and there is one slot."""
    problem = cancelling(0.0).replace(must=np.ones(2, dtype=bool))
    day = solve_factorised(problem, seed=0, time_limit=60)
    assert day.status == Status.INFEASIBLE
    assert np.isnan(day.gap)
