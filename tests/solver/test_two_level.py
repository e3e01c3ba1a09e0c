"""Deciding by teams first obeys every rule, and says what it costs."""

import time

import pytest

from solver import Status, solve, solve_two_level, violations
from tests.solver.brute_force import optimum
from tests.solver.companies import Company
from tests.solver.days import day_of, owners_of
from tests.solver.random_companies import random_day

CHUNKED = Company(
    [{}, {}],
    [{"team": "north"}, {"team": "north"}, {"team": "south"}],
    pair_value={
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
    """The north has value .5 to L0 on average, the south .6: L0 misses its best rep."""
    _, result = two_level(CHUNKED)
    assert owners_of(result.solution) == {"L0": "R2", "L1": "R2"}
    assert result.objective == pytest.approx(0.9)
    assert result.bound == pytest.approx(1.2)
    assert result.status == Status.FEASIBLE


def test_one_team_is_deciding_at_once():
    """Without a choice of team nothing is lost."""
    company = Company(CHUNKED.leads, [{}, {}, {}], pair_value=CHUNKED.pair_value)
    _, result = two_level(company)
    assert result.status == Status.OPTIMAL


def test_a_lead_that_no_team_got_takes_the_room_left():
    """Two slots go to L0 and L1, whom R0 alone may have; L2 may have the idle R1."""
    company = Company(
        [{"territory": "FR"}, {"territory": "FR"}, {"territory": "DE"}],
        [
            {"territories": ("FR",), "daily_capacity": 1},
            {"territories": ("DE",), "daily_capacity": 1},
        ],
        pair_value={("L2", "R1"): 0.2},
    )
    _, result = two_level(company, {"kind": "capacity"}, {"kind": "territory"})
    assert result.status == Status.OPTIMAL
    assert set(owners_of(result.solution).values()) == {"R0", "R1"}


def test_team_quotas_hold():
    """At most one lead to the south."""
    quota = {"kind": "team_quota", "quotas": {"south": {"max": 1}}}
    day, result = two_level(CHUNKED, quota)
    owner = owners_of(result.solution)
    assert sorted(owner.values()).count("R2") == 1
    assert violations(day.crm, day.rules, owner) == []


def test_a_rule_that_the_teams_cannot_keep_moves_leads_between_them():
    """All leads go to the north; one each for two reps of the south takes two back."""
    company = Company(
        [{}] * 4,
        [{"team": "north"}, {"team": "north"}, {"team": "south"}, {"team": "south"}],
        pair_value={(f"L{i}", f"R{j}"): 0.9 for i in range(4) for j in range(2)},
    )
    _, result = two_level(company, {"kind": "min_per_rep", "min_leads": 1})
    owner = owners_of(result.solution)
    assert sorted(owner.values()) == ["R0", "R1", "R2", "R3"]
    assert result.objective == pytest.approx(2 * 0.9 + 2 * 0.5)


def test_all_steps_together_keep_the_time_limit(monkeypatch):
    """Engines that use all the time they are given use no more than the limit."""
    given = []

    def slow(problem, *, seed, time_limit, effort):
        given.append(time_limit)
        time.sleep(time_limit)
        return solve(problem, seed=seed, time_limit=60)

    monkeypatch.setattr("solver.two_level.solve", slow)
    solve_two_level(day_of(CHUNKED), seed=0, time_limit=0.3)
    assert len(given) == 3
    assert sum(given) <= 0.3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(120))
def test_never_better_than_the_optimum_and_never_against_a_rule(seed):
    """The bound is the optimum of deciding at once."""
    company, rules = random_day(seed)
    day, result = two_level(company, *rules)
    best = optimum(company, rules)
    if best is None:
        assert result.status == Status.INFEASIBLE
    else:
        assert result.objective <= best + 1e-9
        assert result.bound == pytest.approx(best, abs=1e-6)
        assert violations(day.crm, day.rules, owners_of(result.solution)) == []
