"""The flow engine finds the optimum, proves it, and knows when there is none."""

import numpy as np
import pytest

from solver.engines import ScalingError, solve
from solver.engines.flow import min_cost_flow
from solver.engines.flow.network import tie_levels
from solver.engines.flow.scaling import grid_step
from solver.problem.result import Status
from tests.few import few
from tests.solver.days import day_of
from tests.solver.instances import (
    brute_force,
    four_by_three,
    problem_of,
    random_problem,
    two_by_two,
)
from tests.solver.random_companies import random_day


def solved(problem, seed=0):
    return solve(problem, seed=seed, time_limit=60)


def test_two_by_two_by_hand():
    """The pair of crossings beats the greedy choice."""
    result = solved(two_by_two())
    assert result.solution.rep_of.tolist() == [1, 0]
    assert result.objective == pytest.approx(1.5)


def test_four_by_three_by_hand():
    """Leads go where they are best, and the one without a slot stays."""
    result = solved(four_by_three())
    assert result.solution.rep_of.tolist() == [0, 0, 1, -1]
    assert result.objective == pytest.approx(1.5)


@pytest.mark.parametrize("block", few(range(10), 4))
def test_equals_brute_force(block):
    """Value, feasibility, bound and limits agree with trying every allocation."""
    for seed in range(100 * block, 100 * block + 100):
        problem = random_problem(seed)
        best = brute_force(problem)
        result = solved(problem)
        if best is None:
            assert result.status == Status.INFEASIBLE, seed
            continue
        assert result.status == Status.OPTIMAL, seed
        assert result.objective == pytest.approx(best, abs=1e-9), seed
        assert result.bound >= result.objective - 1e-12, seed
        assert result.gap < 1e-9, seed
        assert list(result.solution.breaches()) == [], seed


def test_scaling_values_scales_the_objective():
    """Values a thousand times larger give the same allocation."""
    problem = random_problem(7)
    larger = problem.replace(value=problem.value * 1000)
    assert solved(larger).objective == pytest.approx(1000 * solved(problem).objective)
    assert np.array_equal(solved(larger).solution.pair, solved(problem).solution.pair)


def test_row_order_does_not_matter():
    """Leads and reps in another order give the same owners."""
    rng = np.random.default_rng(3)
    value = rng.random((8, 4)).round(1)
    lead, rep = rng.permutation(8), rng.permutation(4)
    straight = problem_of(value, [2, 2, 2, 2])
    shuffled = problem_of(value[lead][:, rep], [2, 2, 2, 2]).replace(
        lead_ids=straight.lead_ids[lead], rep_ids=straight.rep_ids[rep]
    )
    assert _owners(straight) == _owners(shuffled)


def _owners(problem):
    rep_of = solved(problem).solution.rep_of
    return dict(
        zip(problem.lead_ids, np.append(problem.rep_ids, "")[rep_of], strict=True)
    )


@pytest.mark.parametrize("seed", range(20))
def test_more_capacity_never_hurts_and_fewer_pairs_never_help(seed):
    """The objective is monotone in slots and in pairs."""
    problem = random_problem(seed)
    problem = problem.replace(must=np.zeros(problem.n_leads, dtype=bool))
    base = solved(problem).objective
    roomier = problem.replace(capacity=problem.capacity + 1)
    assert solved(roomier).objective >= base - 1e-12
    worse = problem.value - np.linspace(0, 0.5, problem.n_pairs)
    assert solved(problem.replace(value=worse)).objective <= base + 1e-12


def test_ties_break_by_the_seed():
    """Equal pairs fall differently under different seeds, and equally under one."""
    problem = problem_of(np.full((6, 3), 0.5), [2, 2, 2])
    owners = {tuple(solved(problem, seed).solution.rep_of) for seed in range(20)}
    assert len(owners) > 5
    assert np.array_equal(
        solved(problem, 4).solution.pair, solved(problem, 4).solution.pair
    )


def test_equal_values_share_the_load_by_capacity():
    """Where nobody is better, loads are even shares of capacity."""
    problem = problem_of(np.full((30, 3), 0.5), [20, 10, 20])
    assert solved(problem).solution.load.tolist() == [12, 6, 12]


def test_balance_never_outweighs_value():
    """A difference of a billionth beats an even load."""
    value = np.full((30, 2), 0.5)
    value[:, 0] += 1e-9
    problem = problem_of(value, [30, 30])
    assert solved(problem).solution.load.tolist() == [30, 0]


def test_a_worthless_lead_is_assigned_where_there_is_room():
    """Value zero is no reason to leave a lead without an owner, below zero is."""
    result = solved(problem_of([[0.0], [-0.1]], [2]))
    assert result.solution.rep_of.tolist() == [0, -1]


@pytest.mark.parametrize("must", [False, True])
def test_a_huge_penalty_blurs_no_other_value(must):
    """Values a billionth apart are told apart beside one of minus 1e15."""
    value = [[-1e15, np.nan], [0.5, 0.5 + 1e-9], [0.5 + 1e-9, 0.5]]
    problem = problem_of(value, [2, 1], must=np.array([must, False, False]))
    result = solved(problem)
    assert result.solution.rep_of.tolist() == [0 if must else -1, 1, 0]
    assert result.status == Status.OPTIMAL


@pytest.mark.parametrize("size", [5e-324, 1e-310, 1e-300, 1e-9, 1e15, 1e300])
def test_values_of_any_size_are_solved(size):
    """Neither tiny nor huge values leave the range of the integers."""
    result = solved(problem_of([[size, size / 2], [size, -size]], [1, 1]))
    assert result.solution.n_assigned == 2
    assert result.objective == pytest.approx(1.5 * size, abs=1e-290)
    assert result.status == Status.OPTIMAL


def test_too_many_leads_are_an_error_that_says_so():
    """Where integers cannot tell values apart, the day is to be split."""
    with pytest.raises(ScalingError, match="3,000,000 leads and reps are too many"):
        grid_step(0.5, 3_000_001, tie_levels(2_999_000))


def test_too_many_musts_are_infeasible():
    """Two leads that must be assigned and one slot: infeasible, not an error."""
    problem = problem_of([[0.5], [0.5]], [1], must=np.array([True, True]))
    result = solved(problem)
    assert result.status == Status.INFEASIBLE
    assert result.solution.n_assigned == 0


def test_child_process_gives_the_same_answer(monkeypatch, capfd):
    """A long solve runs in a child process, silently, and changes nothing."""
    problem = random_problem(11)
    expected = solved(problem).solution.pair
    monkeypatch.setattr(min_cost_flow, "SHORT", 0)
    assert np.array_equal(solved(problem).solution.pair, expected)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("time_limit", [float("inf"), 1e15])
def test_no_time_limit_is_too_long(monkeypatch, time_limit):
    """A limit that no timer can hold is no limit."""
    monkeypatch.setattr(min_cost_flow, "SHORT", 0)
    result = solve(two_by_two(), seed=0, time_limit=time_limit)
    assert result.status == Status.OPTIMAL


def test_time_limit_is_no_solution_and_not_infeasible(monkeypatch):
    """A limit that passes leaves status no_solution."""
    monkeypatch.setattr(min_cost_flow, "SHORT", 0)
    result = solve(two_by_two(), seed=0, time_limit=0.001)
    assert result.status == Status.NO_SOLUTION
    assert np.isnan(result.bound)


def test_no_leads_and_no_pairs():
    """Nothing to do is done."""
    nothing = problem_of(np.empty((0, 2)), [1, 1])
    assert solved(nothing).status == Status.OPTIMAL
    no_pairs = problem_of(np.full((3, 2), np.nan), [1, 1])
    assert solved(no_pairs).solution.n_assigned == 0


def test_a_day_without_any_value_is_proven():
    """A lead that has to be assigned, at no value: prices are rounding errors."""
    company, rules = random_day(3198)
    result = solve(day_of(company, *rules).problem, seed=3198, time_limit=60)
    assert (result.status, result.objective) == (Status.OPTIMAL, 0.0)
