"""What a rule costs is the difference that leaving it out makes."""

import time
from dataclasses import replace

import pytest

from solver import Result, Status, costs_of_rules, solve
from tests.solver.companies import Company
from tests.solver.days import best_owners, solved


def solve_day(day, time_limit):
    return solve(day.problem, seed=0, time_limit=time_limit)


def costs(company, *rules):
    day, result = solved(company, *rules)
    return costs_of_rules(day, result, solve_day, time_limit=60).set_index("rule")


def test_by_hand():
    """Capacity keeps one lead of .5 from R0; the language rule keeps none."""
    company = Company([{}, {}], [{"daily_capacity": 1}])
    found = costs(company, {"kind": "capacity"}, {"kind": "language"})
    assert found.loc["capacity", "cost"] == pytest.approx(0.5)
    assert found.loc["capacity", "leads_held_back"] == 1
    assert found.loc["language", "cost"] == 0
    assert found["proven"].all()


def test_a_soft_rule_costs_its_penalty_and_what_it_turns_away():
    """A penalty of .1 is paid where the other rep has value .2 less."""
    company = Company(
        [{"language": "fr"}],
        [{"languages": ("de",)}, {"languages": ("fr",)}],
        pair_value={("L0", "R0"): 0.7, ("L0", "R1"): 0.5},
    )
    rule = {"kind": "language", "strength": "soft", "penalty": 0.1}
    assert best_owners(company, rule) == {"L0": "R0"}
    assert costs(company, rule).loc["language", "cost"] == pytest.approx(0.1)


def test_no_rules_cost_nothing():
    """An empty table with its columns."""
    found = costs(Company([{}], [{}]))
    assert found.empty
    assert "cost" in found


def test_without_time_a_rule_costs_at_least_what_the_same_owners_gain():
    """The penalty of .1 goes with its rule; the rest is not known, and not proven."""
    company = Company([{"language": "fr"}], [{"languages": ("de",)}])
    soft = {"kind": "language", "strength": "soft", "penalty": 0.1}
    day, result = solved(company, soft, {"kind": "capacity"})

    given = []

    def slow(day, time_limit):
        given.append(time_limit)
        time.sleep(time_limit)
        return Result.without_solution(day.problem, Status.NO_SOLUTION, "slow")

    found = costs_of_rules(day, result, slow, time_limit=0.5).set_index("rule")
    assert sum(given) <= 0.5
    assert found.loc["language", "cost"] == pytest.approx(0.1)
    assert found.loc["capacity", "cost"] == 0
    assert not found["proven"].any()
    assert (found["leads_held_back"] == 0).all()


VALUE = {(f"L{i}", f"R{j}"): (0.9, 0.1)[j] for i in range(8) for j in range(2)}
STAFF = [{"daily_capacity": 6}, {"daily_capacity": 2}]
EIGHT = Company([{"expected_value": 0.5}] * 8, STAFF, pair_value=VALUE)
FAIR = {"kind": "capacity"}, {"kind": "fair_share", "max_share": 1.0}
"""With slots the fair parts are 6 and 2 leads, else 4 and 4; R0 is the better rep."""


def test_a_rule_that_decides_fair_parts_may_cost_less_than_nothing():
    """Without slots R0 may have four leads only."""
    found = costs(EIGHT, *FAIR).loc["capacity"]
    assert found["proven"] and found["cost"] < -0.5
    day, result = solved(EIGHT, *FAIR)
    unsolved = costs_of_rules(day, result, solve_day, time_limit=0.0)
    assert unsolved["cost"].tolist() == [0, 0] and not unsolved["proven"].any()


def test_owners_that_break_rules_without_the_rule_are_no_known_allocation():
    """Six leads of R0 are too many of eight without slots: nothing is known."""
    day, result = solved(EIGHT, *FAIR)

    def found(day, time_limit):
        again = solve_day(day, 10)
        return replace(again, status=Status.FEASIBLE)

    costs = costs_of_rules(day, result, found, time_limit=10).set_index("rule")
    assert costs.loc["capacity", "cost"] < -0.5
    assert not costs["proven"].any()
