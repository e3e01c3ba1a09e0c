"""What fairness costs: less value for parts that are more equal."""

import numpy as np
import pytest

from evaluation import EXPECTED
from evaluation.fairness.frontier import price_of_fairness
from tests.solver.companies import Company
from tests.solver.days import day_of


def day(n_leads=12, n_reps=3):
    rng = np.random.default_rng(0)
    quality, skill = rng.random(n_leads), rng.random(n_reps)
    worth = {
        (f"L{i}", f"R{j}"): quality[i] * skill[j]
        for i in range(n_leads)
        for j in range(n_reps)
    }
    reps = [{"daily_capacity": 5}] * n_reps
    company = Company([{} for _ in range(n_leads)], reps, worth=worth)
    return day_of(company, {"kind": "capacity"})


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
    made = day_of(Company([{}, {}], [{"daily_capacity": 1}] * 2), {"kind": "capacity"})
    found = price_of_fairness(made, seed=0, time_limit=2)
    assert found["gini"].tolist() == [0.0]
    assert found["within"].tolist() == [0.0]


def test_an_infeasible_day_has_no_frontier():
    """A lead that must be given out, to nobody."""
    must = {"kind": "must_assign"}
    made = day_of(Company([{}], [{"active": False}]), {"kind": "capacity"}, must)
    assert price_of_fairness(made, seed=0, time_limit=2).empty
