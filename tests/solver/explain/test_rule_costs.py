"""What a rule costs is the difference that leaving it out makes."""

import pytest

from solver import costs_of_rules, solve
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
