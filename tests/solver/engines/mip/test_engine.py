"""The mixed-integer engine finds the optimum, proves it, and keeps to its time."""

import subprocess
import sys
import threading
import time
from _thread import interrupt_main

import numpy as np
import pytest

from solver.engines.mip import integers, solve_mip
from solver.engines.mip.duality import proven_by
from solver.engines.mip.model import Model, point_of
from solver.engines.mip.part import part_of
from solver.engines.mip.relaxation import InfeasibleError, relaxation
from solver.engines.mip.subproblem import Resolve
from solver.engines.processes import process
from solver.problem.constraints import Group, Limit, Share
from solver.problem.result import Status
from solver.problem.solution import Solution
from tests.few import few
from tests.solver.instances import problem_of
from tests.solver.side_instances import (
    best_of_seed,
    best_with_each,
    random_side_problem,
)


def solved(problem, seed=0, time_limit=20.0, **more):
    return solve_mip(problem, seed=seed, time_limit=time_limit, **more)


def hours(problem, rep, weight, upper, **more):
    """Return a limit on the hours of one rep."""
    pair = np.flatnonzero(problem.rep == rep)
    return Limit(
        "hours", "hours", f"R{rep}", pair, np.array(weight), upper=upper, **more
    )


def assignment(n_agents, n_jobs, seed):
    """Return a tight generalised-assignment problem of type d, hard to prove."""
    rng = np.random.default_rng(seed)
    effort = rng.integers(1, 101, (n_jobs, n_agents)).astype(float)
    cost = 111 - effort + rng.integers(-10, 11, (n_jobs, n_agents))
    problem = problem_of(-cost, [n_jobs] * n_agents, must=np.ones(n_jobs, dtype=bool))
    room = np.floor(0.8 * effort.sum(axis=0) / n_agents)
    return problem.replace(
        limits=tuple(
            hours(problem, rep, effort[:, rep], room[rep]) for rep in range(n_agents)
        )
    )


def test_generalised_assignment_by_hand():
    """The first rep has hours for one lead of two: .9 + .6 beats .8 + .7 for 1.5."""
    problem = problem_of([[0.9, 0.7], [0.8, 0.6]], [2, 2])
    problem = problem.replace(limits=(hours(problem, 0, [2.0, 2.0], 3.0),))
    result = solved(problem)
    assert result.objective == pytest.approx(1.5)
    assert sorted(result.solution.rep_of) == [0, 1]
    assert result.status == Status.OPTIMAL


@pytest.mark.parametrize("block", few(range(10), 3))
def test_equals_brute_force(block):
    """Value, feasibility, bound and every rule agree with trying every allocation."""
    for seed in range(50 * block, 50 * block + 50):
        problem = random_side_problem(seed)
        best = best_of_seed(seed)
        result = solved(problem)
        if best is None:
            assert result.status == Status.INFEASIBLE, seed
            continue
        assert result.status == Status.OPTIMAL, seed
        assert result.objective == pytest.approx(best, abs=1e-9), seed
        assert result.bound >= result.objective, seed
        assert list(result.solution.breaches()) == [], seed


@pytest.mark.parametrize("block", range(5))
def test_points_are_judged_as_solutions_are(block):
    """Obedience and objective of any choice are those that Solution finds."""
    for seed in range(100 * block, 100 * block + 100):
        problem = random_side_problem(seed)
        rng = np.random.default_rng(seed)
        first, last = problem.indptr[:-1], problem.indptr[1:]
        pair = np.where(
            first < last, rng.integers(first, np.maximum(last, first + 1)), -1
        )
        pair[rng.random(len(pair)) < 0.3] = -1
        solution = Solution(problem, pair)
        point = point_of(Model.of(problem), pair)
        assert point.obeys == (next(solution.breaches(), None) is None), seed
        if point.obeys:
            assert point.objective == pytest.approx(solution.objective, abs=1e-9), seed


@pytest.mark.slow
def test_any_prices_bound_every_allocation():
    """Prices that nobody found, of any sign, still prove a true bound."""
    for seed in range(200):
        problem = random_side_problem(seed)
        best = best_of_seed(seed)
        if best is not None:
            model = Model.of(problem)
            rng = np.random.default_rng(seed)
            price = rng.normal(0, 0.5, model.rows.shape[0])
            assert proven_by(model, price).bound >= best - 1e-9, seed


@pytest.mark.slow
def test_losses_bound_every_allocation_with_the_pair():
    """No allocation with a pair is above the bound less the pair's loss."""
    for seed in range(100):
        problem = random_side_problem(seed)
        try:
            relaxed = relaxation(Model.of(problem), time.monotonic() + 10)
        except InfeasibleError:
            continue
        for pair, best in best_with_each(problem).items():
            assert best <= relaxed.bound - relaxed.lost[pair] + 1e-9, (seed, pair)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(5))
def test_a_part_of_all_pairs_is_the_whole(block, monkeypatch):
    """Solving everything again finds the optimum, even from where rules are broken."""
    monkeypatch.setattr(integers, "BLUR", 0.0)
    for seed in range(40 * block, 40 * block + 40):
        problem = random_side_problem(seed)
        best = best_of_seed(seed)
        if best is None:
            continue
        model = Model.of(problem)
        nothing = point_of(model, np.full(problem.n_leads, -1))
        part = part_of(model, nothing, np.arange(problem.n_pairs))
        whole = integers.in_whole_numbers(part, np.random.default_rng(seed))
        values, is_best = Resolve().values(whole, seed, seconds=10.0)
        pair = np.full(problem.n_leads, -1)
        chosen = np.flatnonzero(values[: problem.n_pairs] == 1)
        pair[problem.lead[chosen]] = chosen
        point = point_of(model, pair)
        assert is_best and point.obeys, seed
        assert point.objective == pytest.approx(best, abs=1e-6), seed


def test_soft_hours_are_broken_where_that_pays():
    """Two hours too many at .1 each are less than the .3 that the lead brings."""
    problem = problem_of([[0.9], [0.3]], [2])
    dear = hours(problem, 0, [2.0, 2.0], 2.0, penalty=0.2)
    cheap = hours(problem, 0, [2.0, 2.0], 2.0, penalty=0.1)
    assert solved(problem.replace(limits=(dear,))).objective == pytest.approx(0.9)
    assert solved(problem.replace(limits=(cheap,))).objective == pytest.approx(1.0)


def test_skipping_a_lead_costs():
    """One slot: the lead that costs more unassigned is taken, though of lower value."""
    problem = problem_of([[0.9], [0.3]], [1], skip_cost=np.array([0.0, 0.7]))
    problem = problem.replace(limits=(hours(problem, 0, [0.5, 0.5], 9.0),))
    result = solved(problem)
    assert result.solution.rep_of.tolist() == [-1, 0]
    assert result.objective == pytest.approx(0.3)


@pytest.mark.parametrize(("penalty", "expected"), [(np.inf, 1.0), (0.3, 1.2)])
def test_a_group_has_one_owner(penalty, expected):
    """.9 + .1 with one owner; .9 + .6 less the penalty with two."""
    problem = problem_of([[0.9, 0.2], [0.1, 0.6]], [2, 2])
    group = Group("one owner", "A", np.array([0, 1]), penalty)
    assert solved(problem.replace(groups=(group,))).objective == pytest.approx(expected)


def test_a_share_is_kept():
    """Each rep gets half of what is assigned, though one is better at all of it."""
    problem = problem_of([[0.9, 0.1], [0.8, 0.2]], [2, 2])
    share = Share("fair", np.ones(2), np.array([0.5, 0.5]), 1.0, 1.0)
    assert solved(problem.replace(shares=(share,))).objective == pytest.approx(1.1)


def test_prices_of_the_relaxation_by_hand():
    """Hours sell at .2: one more gives two fifths of the second lead, of value .5."""
    problem = problem_of([[0.9], [0.5]], [2])
    problem = problem.replace(limits=(hours(problem, 0, [2.0, 2.5], 3.0),))
    result = solved(problem)
    assert result.limit_price == pytest.approx([0.2])
    assert result.price == pytest.approx([0.0])


def test_the_price_of_a_lower_bound_is_negative():
    """A rep who must get a lead that another is better at costs the difference."""
    problem = problem_of([[0.9, 0.4]], [1, 1])
    quota = hours(problem, 1, [1.0], np.inf, lower=1.0)
    result = solved(problem.replace(limits=(quota,)))
    assert result.objective == pytest.approx(0.4)
    assert result.limit_price == pytest.approx([-0.5])


def test_infeasible_is_proven():
    """Two leads that must be assigned, and hours for one."""
    problem = problem_of([[0.5], [0.5]], [2], must=np.array([True, True]))
    problem = problem.replace(limits=(hours(problem, 0, [1.0, 1.0], 1.5),))
    assert solved(problem).status == Status.INFEASIBLE


def test_no_time_is_not_infeasible():
    """Where time is up before anything is known, the bound is still one."""
    problem = assignment(20, 100, seed=1)
    result = solved(problem, time_limit=0.0)
    assert result.status in {Status.NO_SOLUTION, Status.FEASIBLE}
    assert result.bound >= -6_200


def test_nothing_to_choose():
    """Without pairs the answer is to leave all leads, unless one must be assigned."""
    problem = problem_of(np.full((2, 2), np.nan), [1, 1])
    assert solved(problem).status == Status.OPTIMAL
    forced = problem.replace(must=np.array([True, False]))
    assert solved(forced).status == Status.INFEASIBLE


def test_row_order_does_not_matter():
    """Leads and reps in another order give the same owners."""
    rng = np.random.default_rng(3)
    value, weight = rng.random((8, 3)).round(1), rng.integers(1, 4, (8, 3)) / 2
    lead, rep = rng.permutation(8), rng.permutation(3)
    straight = _with_hours(value, weight)
    shuffled = _with_hours(value[lead][:, rep], weight[lead][:, rep]).replace(
        lead_ids=straight.lead_ids[lead], rep_ids=straight.rep_ids[rep]
    )
    assert _owners(straight) == _owners(shuffled)


def _with_hours(value, weight):
    problem = problem_of(value, [8] * 3)
    limits = [hours(problem, rep, weight[:, rep], 2.5) for rep in range(3)]
    return problem.replace(limits=tuple(limits))


def _owners(problem):
    owners = np.append(problem.rep_ids, "")[solved(problem).solution.rep_of]
    return dict(zip(problem.lead_ids, owners, strict=True))


@pytest.mark.slow
def test_the_search_is_good_when_its_time_is_over():
    """In five seconds near the bound, with its progress."""
    problem, told = assignment(10, 60, seed=2), []
    result = solved(problem, time_limit=5.0, progress=lambda *now: told.append(now))
    assert result.status in {Status.FEASIBLE, Status.OPTIMAL}
    assert list(result.solution.breaches()) == []
    assert result.gap < 0.02
    incumbents = [incumbent for incumbent, _ in told]
    assert incumbents == sorted(incumbents)
    assert all(incumbent <= bound for incumbent, bound in told)
    assert len(told) <= 25


@pytest.mark.slow
def test_a_start_is_never_made_worse():
    """An obedient start is a lower bound of the answer."""
    problem = assignment(10, 60, seed=2)
    start = solved(problem, time_limit=1.0).solution
    again = solved(problem, time_limit=0.3, start=start)
    assert again.objective >= start.objective


@pytest.mark.slow
def test_an_interrupt_ends_it_at_once(monkeypatch):
    """The interrupt comes through, and no process or thread stays behind."""
    processes = []
    starting = subprocess.Popen

    def noted(*arguments, **options):
        processes.append(starting(*arguments, **options))
        return processes[-1]

    monkeypatch.setattr(process.subprocess, "Popen", noted)
    threading.Timer(1.5, interrupt_main).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        solved(assignment(20, 100, seed=1), time_limit=300.0)
    assert time.monotonic() - began < 100
    assert processes and all(each.poll() is not None for each in processes)
    assert not [t for t in threading.enumerate() if t.name.startswith("ThreadPool")]


@pytest.mark.slow
def test_a_worker_ends_when_nobody_waits():
    """A process that solves notices that its questioner is gone."""
    program = (
        "import os; from solver.engines.mip.process import ProgramProcess;"
        "from solver.engines.mip.model import Model;"
        "from solver.engines.mip.relaxation import task_of;"
        "from tests.solver.engines.mip.test_engine import assignment;"
        "import numpy as np, time;"
        "model = Model.of(assignment(20, 100, 1));"
        "task = task_of(model, np.ones(model.rows.shape[1], bool));"
        "from solver.engines.processes import process as starting;"
        "start, started = starting.subprocess.Popen, [];"
        "starting.subprocess.Popen = lambda *a, **k: "
        "started.append(start(*a, **k)) or started[-1];"
        "from solver.engines.mip import highs;"
        "process = ProgramProcess(highs.__file__, task, 60, kind='branched');"
        "process.__enter__();"
        "time.sleep(1); print(started[0].pid, flush=True); os._exit(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, timeout=30
    )
    assert done.returncode == 0
    assert _is_gone(int(done.stdout))


def _is_gone(process):
    for _ in range(50):
        shown = subprocess.run(
            ["ps", "-p", str(process), "-o", "stat="], capture_output=True
        )
        if not shown.stdout.strip() or shown.stdout.strip().startswith(b"Z"):
            return True
        time.sleep(0.1)
    return False
