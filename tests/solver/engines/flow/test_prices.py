"""Slot prices: the value of one more slot, and the bound they prove."""

import numpy as np
import pytest

from solver.engines import dual_bound, solve
from solver.engines.flow import prices
from solver.problem.result import Status
from tests.solver.days import day_of
from tests.solver.instances import problem_of, random_problem, two_by_two
from tests.solver.random_companies import random_day


def solved(problem):
    return solve(problem, seed=0, time_limit=60)


def test_price_by_hand():
    """A second slot at R0 would hold L0 (.9) beside L1: .9 - .8 more."""
    assert solved(two_by_two()).price == pytest.approx([0.1, 0.0])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_price_is_the_gain_of_one_more_slot(seed):
    """Solving again with one more slot gains exactly the price."""
    problem = random_problem(seed)
    problem = problem.replace(must=np.zeros(problem.n_leads, dtype=bool))
    result = solved(problem)
    for rep in range(problem.n_reps):
        more = problem.capacity.copy()
        more[rep] += 1
        gain = solved(problem.replace(capacity=more)).objective - result.objective
        assert result.price[rep] == pytest.approx(gain, abs=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_any_prices_bound_the_optimum(seed):
    """Weak duality holds for prices nobody optimised."""
    problem = random_problem(seed)
    result = solved(problem)
    if result.status == Status.OPTIMAL:
        price = np.random.default_rng(seed).random(problem.n_reps)
        assert dual_bound(problem, price) >= result.objective - 1e-12


def test_a_rep_with_room_has_no_price():
    """Slots that stay free have a price of nothing."""
    problem = problem_of([[0.5, 0.4]], [3, 3])
    assert solved(problem).price.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("seed", range(30))
def test_the_bound_is_that_of_all_pairs(seed, monkeypatch):
    """To the last digit, ties and limits included: only hopeless pairs are left out."""
    if seed % 2:
        problem = random_problem(seed)
    else:
        company, rules = random_day(seed)
        problem = day_of(company, *rules).problem
    rng = np.random.default_rng(seed)
    value = np.round(problem.value, seed % 3 + 1) * 10.0 ** rng.integers(-6, 7)
    problem = problem.replace(value=value)
    price = rng.choice([0.0, 0.1, 1.0], problem.n_reps) * np.abs(value).max(initial=0)
    limit_price = rng.choice([-0.1, 0.0, 0.1], len(problem.limits))
    bound = dual_bound(problem, price, limit_price)
    every = np.ones(problem.n_pairs, dtype=bool)
    monkeypatch.setattr(prices, "_contending", lambda *_: every)
    assert dual_bound(problem, price, limit_price) == bound
