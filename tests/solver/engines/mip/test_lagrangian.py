"""Lagrangian prices prove what the linear relaxation proves, owners included."""

import time

import numpy as np
import pytest

from solver.engines import dual_bound
from solver.engines.mip import relaxation
from solver.engines.mip.blocks import Blocks
from solver.engines.mip.duality import proven_by
from solver.engines.mip.lagrangian import lagrangian_prices
from solver.engines.mip.model import Model
from tests.solver.engines.mip.company_days import companies
from tests.solver.instances import problem_of
from tests.solver.side_instances import (
    best_of_seed,
    best_with_each,
    random_side_problem,
)


def lagrangian(model):
    price = lagrangian_prices(model, Blocks.of(model), time.monotonic() + 10)
    return proven_by(model, price)


@pytest.mark.parametrize("seed", range(5))
def test_the_bound_is_that_of_the_linear_relaxation(seed):
    model = Model.of(companies(seed))
    exact = relaxation.relaxation(model, time.monotonic() + 10)
    assert exact.bound <= lagrangian(model).bound * (1 + 1e-9)
    assert lagrangian(model).bound <= exact.bound * 1.005


@pytest.mark.parametrize("seed", range(5))
def test_columns_are_generated_until_nothing_is_missing(seed, monkeypatch):
    model = Model.of(companies(seed))
    exact = relaxation.relaxation(model, time.monotonic() + 10)
    monkeypatch.setattr(relaxation, "MANY", 0)
    generated = relaxation.relaxation(model, time.monotonic() + 10)
    assert generated.bound == pytest.approx(exact.bound, rel=2e-3)
    gain = model.program.gain @ generated.point
    assert gain == pytest.approx(exact.bound, rel=2e-3)


def test_prices_by_work_do_not_ask_the_clock(monkeypatch):
    monkeypatch.setattr(relaxation, "MANY", 0)
    monkeypatch.setattr(relaxation, "PRICING", 1e-9)
    model, now = Model.of(companies(0)), time.monotonic()
    first = relaxation.relaxation(model, now + 20, by_clock=False)
    second = relaxation.relaxation(model, now + 1000, by_clock=False)
    cut_short = relaxation.relaxation(model, now + 20)
    assert np.array_equal(first.price, second.price)
    assert not np.array_equal(first.price, cut_short.price)


@pytest.mark.slow
def test_any_day_is_bounded_with_each_of_its_pairs():
    """Limits of both signs, soft rules, shares, leads in two groups, must_assign."""
    for seed in range(200):
        best = best_of_seed(seed)
        problem = random_side_problem(seed)
        if best is None or problem.n_pairs == 0:
            continue
        model = Model.of(problem)
        found = lagrangian(model)
        assert best <= found.bound + 1e-9, seed
        for pair, with_it in best_with_each(model.problem).items() if seed < 60 else ():
            assert with_it <= found.bound - found.lost[pair] + 1e-9, (seed, pair)


def test_prices_of_owners_never_prove_less():
    """Whatever the other prices are."""
    for seed in range(20):
        model = Model.of(companies(seed, n_leads=20, n_reps=4))
        rng = np.random.default_rng(seed)
        price = np.abs(rng.normal(0, 0.5, model.rows.shape[0]))
        better = Blocks.of(model).with_owners_priced(model, price)
        known = proven_by(model, price).bound
        assert proven_by(model, better).bound <= known * (1 + 1e-12)


def test_a_small_penalty_makes_no_block():
    """Two owners are better than one where another costs next to nothing."""
    cheap = Model.of(companies(0, penalty=1e-3))
    assert np.all(Blocks.of(cheap).choice == -1)
    assert np.any(Blocks.of(Model.of(companies(0))).choice >= 0)


def test_without_rows_that_bind_each_lead_has_its_best_rep():
    model = Model.of(problem_of([[0.5, 0.2], [0.1, 0.3]], [2, 2]))
    assert lagrangian(model).bound == pytest.approx(0.8)


def test_an_auditor_proves_the_same_from_slots_and_limits_alone():
    """The bound of the prices that a result tells, computed from the problem."""
    for seed in range(10):
        problem = companies(seed, n_leads=40, n_reps=6)
        model = Model.of(problem)
        found = lagrangian(model)
        ends = np.cumsum([problem.n_leads, problem.n_reps, problem.n_reps])
        _, slots, limits, _ = np.split(found.price, ends)
        assert dual_bound(problem, slots, limits) == pytest.approx(found.bound)


def test_an_auditors_bound_holds_of_every_allocation():
    """For any prices, whatever the rules are."""
    for seed in range(200):
        problem, best = random_side_problem(seed), best_of_seed(seed)
        rng = np.random.default_rng(seed)
        if best is not None:
            slots = rng.exponential(0.3, problem.n_reps)
            limits = rng.normal(0, 0.3, len(problem.limits))
            assert dual_bound(problem, slots, limits) >= best - 1e-9, seed
