"""Allocations near given shares, without a bound in the problem."""

import numpy as np
import pytest

from evaluation.fairness.pricing import priced_allocation
from solver import solve
from solver.problem.shares import Share
from tests.solver.companies import Company
from tests.solver.days import day_of

CAPACITY = {"kind": "capacity"}


def test_a_share_is_kept_at_little_cost():
    """R0 is better at all of forty leads; held to 1.2 fair parts, R1 gets the rest."""
    rng = np.random.default_rng(0)
    worth = {
        (f"L{i}", f"R{j}"): quality * (0.6 if j == 0 else rng.uniform(0.4, 0.6))
        for i, quality in enumerate(rng.random(40))
        for j in range(2)
    }
    company = Company([{}] * 40, [{"daily_capacity": 40}] * 2, worth=worth)
    problem = day_of(company, CAPACITY).problem
    share = Share("fair", np.ones(40), np.array([0.5, 0.5]), 0.8, 1.2)
    best = solve(problem, seed=0, time_limit=5)
    assert share.outside(best.solution.rep_of).any()
    found = priced_allocation(problem, share, seed=0, time_limit=5)
    assert not share.outside(found.rep_of).any()
    bounded = solve(problem.replace(shares=(share,)), seed=0, time_limit=5)
    assert 0.98 * bounded.objective < found.objective <= bounded.objective + 1e-9


def test_a_share_that_cannot_be_is_broken_least():
    """One lead for two reps who are owed half of it each."""
    problem = day_of(Company([{}], [{}, {}]), CAPACITY).problem
    share = Share("fair", np.ones(1), np.array([0.5, 0.5]), 0.9, 1.1)
    assert priced_allocation(problem, share, seed=0, time_limit=5).n_assigned == 1


@pytest.mark.parametrize("time_limit", [0.0, 5.0])
def test_nothing_to_give_is_no_failure(time_limit):
    """Nobody is at work; or there is no time."""
    problem = day_of(Company([{}], [{"active": False}]), CAPACITY).problem
    share = Share("fair", np.ones(1), np.zeros(1), 0.9, 1.1)
    found = priced_allocation(problem, share, seed=0, time_limit=time_limit)
    assert found.n_assigned == 0
