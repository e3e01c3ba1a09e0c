"""Hostile days: the flow's optimum, and a bound that plain sums give again."""

import numpy as np
import pytest

from benchmarks.scale_instance import instance
from solver.engines.flow import solve_flow, tree_of
from solver.problem.result import Status
from tests.few import few
from tests.solver.engines.price.days import one_segment
from tests.solver.engines.price.hostile import hostile_day
from tests.solver.engines.price.referee import dual_function

pytest.importorskip("numba")

from solver.engines.price import solve_factorised
from solver.engines.price.search import apart, cooling, levels, settle


def holds(problem, day):
    """Hold a solved day against the flow, and its proof against plain sums."""
    stored = problem.stored()
    flow = solve_flow(stored, tree_of(stored), seed=0, time_limit=60)
    assert (day.status == Status.INFEASIBLE) == (flow.status == Status.INFEASIBLE)
    if day.status == Status.INFEASIBLE:
        return
    size = np.abs(stored.value).max(initial=0) * problem.n_leads
    size += problem.skip_cost.sum()
    bound = dual_function(stored, day.price)
    assert day.bound == pytest.approx(bound, abs=1e-12 * size)
    assert day.objective == pytest.approx(problem.objective(day.rep_of), rel=1e-12)
    assert_fits(stored, day)
    assert day.objective <= bound + 1e-12 * size
    assert flow.objective <= day.bound + 1e-9 * size
    if day.status == Status.OPTIMAL:
        assert bound - day.objective <= 1e-9 * max(abs(day.objective), 1e-12 * size)
        assert day.objective == pytest.approx(flow.objective, abs=1e-9 * size)


def assert_fits(stored, day):
    """Each lead's rep is eligible, slots are kept, and who must be assigned is."""
    taken = np.zeros(stored.n_reps)
    for i in range(stored.n_leads):
        own = slice(*stored.indptr[i : i + 2])
        chosen = stored.rep[own] == day.rep_of[i]
        assert chosen.sum() == (day.rep_of[i] >= 0)
        assert chosen.any() or not stored.must[i]
        taken += np.bincount(
            stored.rep[own][chosen & stored.uses_slot[own]], minlength=len(taken)
        )
    assert np.all(taken <= stored.capacity)


@pytest.mark.parametrize("block", range(2))
def test_hostile_days_are_optimal(block):
    """Every trait alone and together, on both ways to the first prices."""
    for seed in range(20 * block, 20 * block + 20):
        problem = hostile_day(seed)
        day = solve_factorised(problem, seed=0, time_limit=60)
        assert day.status in {Status.OPTIMAL, Status.INFEASIBLE}
        holds(problem, day)


@pytest.mark.parametrize("seed", few([5012, 5017, 5023, 5057], 2))
def test_wide_days_of_no_value_or_all_alike_end(seed):
    """However cold, leads there hesitate between all their options."""
    problem = hostile_day(seed, n_leads=2500, n_reps=220)
    day = solve_factorised(problem, seed=0, time_limit=60)
    assert day.status in {Status.OPTIMAL, Status.INFEASIBLE}
    holds(problem, day)


def test_prices_that_are_not_the_least_prove_as_well():
    """The optimum is the same, and no price is lower than the least."""
    for seed in range(40):
        problem = hostile_day(seed)
        least = solve_factorised(problem, seed=0, time_limit=60)
        day = solve_factorised(problem, seed=0, time_limit=60, least_prices=False)
        assert day.status == least.status
        holds(problem, day)
        slack = 1e-9 * (1 + np.abs(least.price).max())
        assert np.all(day.price >= least.price - slack)


def test_lowering_ends_though_a_rep_is_absent(monkeypatch):
    """Nobody waits for the price of slots that are not there."""
    surveys, seen = settle.survey, []
    monkeypatch.setattr(
        settle, "survey", lambda *args: seen.append(args) or surveys(*args)
    )
    monkeypatch.setattr(apart, "MOST_LOWERINGS", 200)
    problem = instance(2000, 40, "plain", seed=0)
    capacity = problem.capacity.copy()
    capacity[::10] = 0
    absent = problem.replace(capacity=capacity)
    holds(absent, solve_factorised(absent, seed=0, time_limit=60))
    assert len(seen) < 100


@pytest.fixture
def all_days_are_wide(monkeypatch):
    monkeypatch.setattr(levels, "WIDE", 0.0)


@pytest.mark.parametrize("block", few(range(2), 1))
def test_hostile_wide_days_are_optimal(block, all_days_are_wide):
    """The same where prices are cooled."""
    for seed in range(20 * block, 20 * block + 20):
        problem = hostile_day(seed)
        day = solve_factorised(problem, seed=0, time_limit=60)
        assert day.status in {Status.OPTIMAL, Status.INFEASIBLE}
        holds(problem, day)


def exactly_full(seed: int, n_leads: int = 40, n_reps: int = 5):
    """Return a day of as many slots as leads, all to be assigned, few of great value.

    All prices may rise together, as far as the dearest lead tells at first.
    """
    rng = np.random.default_rng(seed)
    return one_segment(
        rng.normal(0, 0.5, n_reps),
        log_odds=rng.normal(-1, 1, n_leads),
        amount=1 + rng.pareto(0.5, n_leads),
        capacity=rng.multinomial(n_leads, np.full(n_reps, 1 / n_reps)),
        must=np.ones(n_leads, dtype=bool),
    )


@pytest.mark.parametrize("seed", [*range(36, 44), 129])
def test_prices_lowered_from_great_heights_keep_the_choices_they_prove(seed):
    """What high prices round, a lead may lose once they are low."""
    problem = exactly_full(seed)
    day = solve_factorised(problem, seed=0, time_limit=60)
    assert day.status == Status.OPTIMAL
    assert day.solved.is_settled
    holds(problem, day)


def test_choices_that_do_not_fit_are_no_answer(monkeypatch):
    """Were prices lowered too far, an allocation would be made that fits."""

    def spoil(state, *_, **__):
        state.price[state.market.capacity > 0] = 0.0

    monkeypatch.setattr(apart, "lower_prices", spoil)
    problem = exactly_full(0)
    day = solve_factorised(problem, seed=0, time_limit=60)
    assert day.status == Status.FEASIBLE
    holds(problem, day)


@pytest.mark.slow
@pytest.mark.parametrize("wide", [0.0, 60.0])
@pytest.mark.parametrize("block", range(4))
def test_many_hostile_days(block, wide, monkeypatch):
    """Hundreds of larger days."""
    monkeypatch.setattr(levels, "WIDE", wide)
    for seed in range(1000 + 60 * block, 1060 + 60 * block):
        problem = hostile_day(seed, n_leads=600, n_reps=40)
        day = solve_factorised(problem, seed=0, time_limit=60)
        assert day.status in {Status.OPTIMAL, Status.INFEASIBLE}
        holds(problem, day)


@pytest.mark.parametrize("seed", range(12))
def test_lists_that_memory_cannot_hold_are_shortened(seed, monkeypatch):
    """Shorter steps of the prices end in the same optimum, or say that they did not."""
    monkeypatch.setattr(settle, "MOST_OPTIONS", 300)
    problem = hostile_day(seed)
    holds(problem, solve_factorised(problem, seed=0, time_limit=60))


@pytest.mark.parametrize("stage", ["calmed", "typical_margin"])
def test_an_interrupt_leaves_a_true_gap(stage, all_days_are_wide, monkeypatch):
    """Wherever prices are on their way, an allocation is made of them."""

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cooling, stage, interrupt)
    problem = hostile_day(1)
    day = solve_factorised(problem, seed=0, time_limit=60, answers_interrupts=True)
    holds(problem, day)
    with pytest.raises(KeyboardInterrupt):
        solve_factorised(problem, seed=0, time_limit=60)


@pytest.mark.parametrize("limit", [0.0, 0.002, 0.02])
@pytest.mark.parametrize("wide", [0.0, 60.0])
def test_any_time_limit_leaves_a_true_gap(limit, wide, monkeypatch):
    """However early time is up, the day fits and its bound is one."""
    monkeypatch.setattr(levels, "WIDE", wide)
    for seed in range(3):
        problem = hostile_day(seed, n_leads=400, n_reps=30)
        holds(problem, solve_factorised(problem, seed=0, time_limit=limit))


@pytest.mark.parametrize("shape", ["linked", "tailed"])
def test_a_wide_day_is_proven_though_its_lists_are_short(shape, monkeypatch):
    """After a list that memory could not hold, prices may move far again."""
    problem = instance(20_000, 1_000, shape, seed=1)
    monkeypatch.setattr(settle, "MOST_OPTIONS", 3 * problem.n_leads)
    day = solve_factorised(problem, seed=0, time_limit=600)
    assert day.status == Status.OPTIMAL
    assert day.gap < 1e-12
