"""A changed day has the optimum it has anew, whatever prices it is solved from."""

import numpy as np
import pytest

from solver.problem.deadline import Deadline
from solver.problem.result import Status
from tests.few import few
from tests.solver.engines.price.days import factorised_day
from tests.solver.engines.price.referee import dual_function

pytest.importorskip("numba")

from solver.engines.price import solve_changed, solve_factorised
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.contenders import WithoutSlot, contenders

SEEDS = range(36)
FOREVER = Deadline(np.inf)


def changed(problem, rng):
    """Return a day with some other capacities, charges and skip costs."""
    of, few = problem.segments, rng.random(len(problem.segments.rep)) < 0.2
    charge = np.where(few, rng.uniform(0, 0.4, len(few)), of.charge)
    capacity = np.where(
        rng.random(problem.n_reps) < 0.2,
        rng.choice([0, 2, 30, 60], problem.n_reps),
        problem.capacity,
    )
    return problem.replace(
        segments=type(of)(of.start, of.rep, of.added, charge),
        capacity=capacity,
        skip_cost=problem.skip_cost * rng.integers(0, 2),
    )


def agrees(day, problem):
    """Hold a day against the same solved anew, its bound against plain sums."""
    anew = solve_factorised(problem, seed=0, time_limit=60)
    assert day.status == anew.status
    if anew.status != Status.OPTIMAL:
        return
    assert day.objective == pytest.approx(anew.objective, rel=1e-11, abs=1e-11)
    stored = problem.stored()
    price = np.where(problem.capacity > 0, day.price, 1e9)
    assert day.bound == pytest.approx(dual_function(stored, price), rel=1e-11)
    assert day.gap < 1e-9
    assert np.all(problem.slots_used(day.rep_of) <= problem.capacity)
    assert (day.rep_of[problem.must] >= 0).all()


@pytest.mark.parametrize("seed", few(SEEDS, 12))
def test_the_optimum_is_that_of_the_day_anew(seed):
    """From the prices of the day before the change."""
    before = factorised_day(seed, n_leads=200)
    rng = np.random.default_rng(seed)
    price = solve_factorised(before, seed=0, time_limit=60).price
    for _ in range(3):
        problem = changed(before, rng)
        agrees(solve_changed(problem, price, seed=0, deadline=FOREVER), problem)


@pytest.mark.parametrize("factor", [0.0, 0.5, 3.0, 1e3, 1e9])
@pytest.mark.parametrize("seed", few(range(12), 4))
def test_wrong_prices_make_no_difference(seed, factor):
    """Too high, hardly a lead contends at first; too low, all do."""
    problem = factorised_day(seed, n_leads=200)
    price = solve_factorised(problem, seed=0, time_limit=60).price
    price = (price + 0.01) * factor
    agrees(solve_changed(problem, price, seed=0, deadline=FOREVER), problem)


@pytest.mark.parametrize("seed", SEEDS)
def test_contenders_are_the_leads_that_gain_by_a_slot(seed):
    """As the stored pairs say, one by one; ties contend."""
    problem = factorised_day(seed)
    rng, stored = np.random.default_rng(seed), problem.stored()
    price = rng.uniform(0, 2, problem.n_reps)
    alone = WithoutSlot.of(problem, 0)
    some = rng.random(problem.n_leads) < 0.5
    with Crew(FOREVER) as crew:
        wants = contenders(problem, alone, price, crew)
        among = contenders(problem, alone, price, crew, among=some)
    assert np.array_equal(among, wants & some)
    for lead in range(problem.n_leads):
        own = slice(*stored.indptr[lead : lead + 2])
        value, rep, takes = stored.value[own], stored.rep[own], stored.uses_slot[own]
        least = -np.inf if problem.must[lead] else -problem.skip_cost[lead]
        least = max([least, *value[~takes]])
        assert alone.value[lead] == least
        assert (alone.rep[lead] >= 0) == (least in value[~takes])
        takes = takes & (problem.capacity[rep] > 0)
        gains = bool(np.any(value[takes] - price[rep[takes]] >= least - 1e-9))
        if gains or least == -np.inf:
            assert wants[lead]
        # A pair that is excluded, or takes no slot, may seem to take one.
        elif lead not in problem.exceptions.lead:
            assert not wants[lead]


def test_leads_of_no_value_have_a_rep_who_is_free():
    """Nothing is gained by it, and nothing lost: fewer leads are unassigned."""
    problem = factorised_day(0)
    problem = problem.replace(
        amount=problem.amount * 0,
        skip_cost=problem.skip_cost * 0,
        must=problem.must & False,
        capacity=problem.capacity + 60,
        exceptions=type(problem.exceptions).none(),
    )
    problem.segments.charge[:] = 0.0
    day = solve_changed(problem, np.zeros(problem.n_reps), seed=0, deadline=FOREVER)
    assert (day.rep_of >= 0).all()


@pytest.mark.parametrize("seed", range(8))
def test_time_that_is_up_leaves_an_allocation_and_a_bound(seed):
    """Nothing is searched, and nothing claimed."""
    problem = factorised_day(seed, n_leads=200)
    best = solve_factorised(problem, seed=0, time_limit=60)
    cut = solve_changed(problem, best.price * 2, seed=0, deadline=Deadline.after(0.0))
    assert cut.status.has_solution == best.status.has_solution
    if cut.status.has_solution:
        assert cut.objective <= best.bound
        assert cut.bound >= best.objective - 1e-9
        assert np.all(problem.slots_used(cut.rep_of) <= problem.capacity)
