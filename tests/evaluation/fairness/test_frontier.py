"""The price of fairness: less value for shares that are more equal."""

import time

import numpy as np
import pytest

from evaluation import EXPECTED
from evaluation.fairness.frontier import price_of_fairness, priced_allocation
from solver import Result, Status, solve
from solver.problem.constraints import Share
from tests.solver.companies import Company
from tests.solver.days import day_of

CAPACITY = {"kind": "capacity"}


def day(n_leads=12, n_reps=3):
    rng = np.random.default_rng(0)
    quality, skill = rng.random(n_leads), rng.random(n_reps)
    value = {
        (f"L{i}", f"R{j}"): quality[i] * skill[j]
        for i in range(n_leads)
        for j in range(n_reps)
    }
    reps = [{"daily_capacity": 5}] * n_reps
    company = Company([{} for _ in range(n_leads)], reps, pair_value=value)
    return day_of(company, CAPACITY)


def test_the_frontier_falls_and_is_proven():
    """Each row is fairer than the last and keeps less, to at most what is proven."""
    found = price_of_fairness(day(), seed=0, time_limit=2)
    assert len(found) >= 3
    assert found["kept"].iloc[0] == 1.0 and found["proven"].iloc[0]
    assert (found["within"].diff().dropna() < 0).all()
    assert (found["gini"].diff().dropna() < 0).all()
    assert (found[EXPECTED].diff().dropna() < 0).all()
    assert (found["at most"] >= found["kept"] - 1e-9).all()
    kept = found[EXPECTED] / found[EXPECTED].iloc[0]
    assert found["kept"].tolist() == pytest.approx(kept.tolist())


def test_a_fair_optimum_costs_nothing():
    """Two alike leads for two alike reps: one row."""
    made = day_of(Company([{}, {}], [{"daily_capacity": 1}] * 2), CAPACITY)
    found = price_of_fairness(made, seed=0, time_limit=2)
    assert found["gini"].tolist() == [0.0]
    assert found["within"].tolist() == [0.0]


def test_an_infeasible_day_has_no_frontier():
    """A lead that must be assigned, to nobody."""
    must = {"kind": "must_assign"}
    made = day_of(Company([{}], [{"active": False}]), CAPACITY, must)
    assert price_of_fairness(made, seed=0, time_limit=2).empty


def test_a_share_is_kept_at_little_cost():
    """R0 is better at all of forty leads; held to 1.2 fair shares, R1 gets the rest."""
    rng = np.random.default_rng(0)
    value = {
        (f"L{i}", f"R{j}"): quality * (0.6 if j == 0 else rng.uniform(0.4, 0.6))
        for i, quality in enumerate(rng.random(40))
        for j in range(2)
    }
    company = Company([{}] * 40, [{"daily_capacity": 40}] * 2, pair_value=value)
    problem = day_of(company, CAPACITY).problem
    share = Share("fair", np.ones(40), np.array([0.5, 0.5]), 0.8, 1.2)
    best = solve(problem, seed=0, time_limit=5)
    assert share.outside(best.solution.rep_of).any()
    found = priced_allocation(problem, share, seed=0, time_limit=5)
    assert not share.outside(found.rep_of).any()
    bounded = solve(problem.replace(shares=(share,)), seed=0, time_limit=5)
    assert 0.98 * bounded.objective < found.objective <= bounded.objective + 1e-9


def test_a_share_that_cannot_be_is_broken_least():
    """One lead for two reps who are entitled to half of it each."""
    problem = day_of(Company([{}], [{}, {}]), CAPACITY).problem
    share = Share("fair", np.ones(1), np.array([0.5, 0.5]), 0.9, 1.1)
    assert priced_allocation(problem, share, seed=0, time_limit=5).n_assigned == 1


@pytest.mark.parametrize("time_limit", [0.0, 5.0])
def test_nothing_to_assign_is_no_failure(time_limit):
    """Nobody is at work; or there is no time."""
    problem = day_of(Company([{}], [{"active": False}]), CAPACITY).problem
    share = Share("fair", np.ones(1), np.zeros(1), 0.9, 1.1)
    found = priced_allocation(problem, share, seed=0, time_limit=time_limit)
    assert found.n_assigned == 0


@pytest.mark.slow
def test_bounds_that_are_not_solved_in_time_are_rows_without_figures(monkeypatch):
    """The optimum stands first; all rows end within the limit."""
    given = []

    def slow(problem, *, seed, time_limit, start):
        given.append(time_limit)
        time.sleep(time_limit)
        return Result.without_solution(problem, Status.NO_SOLUTION, "slow")

    monkeypatch.setattr("evaluation.fairness.frontier.solve_mip", slow)
    found = price_of_fairness(day(), seed=0, time_limit=1.0)
    assert sum(given) <= 1.0
    assert found["kept"].iloc[0] == 1.0
    assert len(found) == 6 and found["kept"].isna().sum() == 5
    assert not found["proven"].iloc[1:].any()
