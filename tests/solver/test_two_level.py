"""Deciding by teams first obeys every rule, and says what it costs."""

import numpy as np
import pytest

from solver import Status, solve_two_level, violations
from tests.solver.brute_force import optimum
from tests.solver.companies import Company
from tests.solver.days import day_of, owners_of
from tests.solver.random_companies import random_day

CHUNKED = Company(
    [{}, {}],
    [{"team": "north"}, {"team": "north"}, {"team": "south"}],
    worth={
        ("L0", "R0"): 0.9,
        ("L0", "R1"): 0.1,
        ("L0", "R2"): 0.6,
        ("L1", "R0"): 0.2,
        ("L1", "R1"): 0.2,
        ("L1", "R2"): 0.3,
    },
)


def two_level(company, *rules):
    day = day_of(company, *rules)
    return day, solve_two_level(day, seed=0, time_limit=60)


def test_by_hand():
    """The north is worth .5 to L0 on average, the south .6: L0 misses its best rep."""
    _, result = two_level(CHUNKED)
    assert owners_of(result.solution) == {"L0": "R2", "L1": "R2"}
    assert result.objective == pytest.approx(0.9)
    assert result.bound == pytest.approx(1.2)
    assert result.status == Status.FEASIBLE


def test_one_team_is_deciding_at_once():
    """Without a choice of team nothing is lost."""
    company = Company(CHUNKED.leads, [{}, {}, {}], worth=CHUNKED.worth)
    _, result = two_level(company)
    assert result.status == Status.OPTIMAL


def test_team_quotas_hold():
    """At most one lead to the south."""
    quota = {"kind": "team_quota", "quotas": {"south": {"max": 1}}}
    day, result = two_level(CHUNKED, quota)
    owner = owners_of(result.solution)
    assert sorted(owner.values()).count("R2") == 1
    assert violations(day.crm, day.rules, owner) == []


@pytest.mark.parametrize("seed", range(120))
def test_never_better_than_the_optimum_and_never_against_a_rule(seed):
    """The bound is the optimum of deciding at once."""
    company, rules = random_day(seed)
    day, result = two_level(company, *rules)
    best = optimum(company, rules)
    if best is None:
        assert result.status == Status.INFEASIBLE
    elif result.status.has_solution:
        assert result.objective <= best + 1e-9
        assert result.bound == pytest.approx(best, abs=1e-6)
        assert violations(day.crm, day.rules, owners_of(result.solution)) == []
    else:
        assert np.isnan(result.bound)
