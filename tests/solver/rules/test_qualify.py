"""Qualify: leads not ready for a rep yet are kept for nurturing."""

import pytest
from pydantic import ValidationError

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, rules_of, solved

COMPANY = Company(
    leads=[
        {"p_convert": 0.1, "deal_value": 500.0, "priority": "hot"},
        {"p_convert": 0.2, "deal_value": 50.0, "priority": "hot"},
        {"p_convert": 0.3, "priority": "cold"},
    ],
    reps=[{}],
)
EVERYONE = {"L0": "R0", "L1": "R0", "L2": "R0"}

CASES = {
    "score": ({"min_score": 0.2}, ["L0"]),
    "value, a missing one is not below": ({"min_value": 100.0}, ["L1"]),
    "either": ({"min_score": 0.2, "min_value": 100.0}, ["L0", "L1"]),
    "at the floor": ({"min_score": 0.1, "min_value": 50.0}, []),
    "where alone": ({"where": {"priority": "cold"}}, ["L2"]),
    "a floor for some": ({"min_score": 0.25, "where": {"priority": "cold"}}, []),
    "a floor for the others": (
        {"min_score": 0.2, "where": {"priority": "hot"}},
        ["L0"],
    ),
}


@pytest.mark.parametrize(("terms", "kept"), CASES.values(), ids=CASES)
def test_keeps_exactly_these(terms, kept):
    """They are not distributed, and the check calls out each that has an owner."""
    rule = {"kind": "qualify", **terms}
    assert sorted(EVERYONE.keys() - best_owners(COMPANY, rule).keys()) == kept
    found = broken(COMPANY, EVERYONE, rule)
    assert found == [("qualify", lead_id, "R0") for lead_id in kept]


@pytest.mark.parametrize(("penalty", "kept"), [(0.3, []), (0.6, ["L0", "L1"])])
def test_soft_costs_the_penalty(penalty, kept):
    """A lead below a floor is distributed where its value exceeds the penalty."""
    soft = {
        "kind": "qualify",
        "min_score": 0.2,
        "min_value": 100.0,
        "strength": "soft",
        "penalty": penalty,
    }
    day, result = solved(COMPANY, soft)
    low = 0.5 - penalty
    assert day.problem.value.tolist() == pytest.approx([low, low, 0.5])
    assert result.objective == pytest.approx(max(2 * low, 0) + 0.5)
    assert sorted(EVERYONE.keys() - best_owners(COMPANY, soft).keys()) == kept
    assert broken(COMPANY, EVERYONE, soft) == []


def test_says_something():
    """A rule without a floor and without where would keep everything."""
    with pytest.raises(ValidationError, match="min_score, min_value or where"):
        rules_of({"kind": "qualify"})
