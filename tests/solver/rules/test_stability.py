"""Stability: open leads stay with the rep who works them."""

import pytest

from tests.solver.companies import MONDAY, Company
from tests.solver.days import best_owners, broken, day_of, solved

RULE = {"kind": "stability"}
COMPANY = Company(
    leads=[
        {"current_rep_id": "R0", "priority": "hot"},
        {"current_rep_id": "R0", "priority": "cold"},
        {"current_rep_id": "gone"},
        {},
    ],
    reps=[{}, {}],
    pair_value={(f"L{i}", "R1"): 0.6 + i / 10 for i in range(4)},
)
ALL_TO_R1 = {f"L{i}": "R1" for i in range(4)}
STAYED = {"L0": "R0", "L1": "R0", "L2": "R1", "L3": "R1"}


def test_hard_is_obeyed():
    """Leads stay; those without a rep, or whose rep is unknown, go anywhere."""
    assert best_owners(COMPANY) == ALL_TO_R1
    assert best_owners(COMPANY, RULE) == STAYED


def test_broken_on_purpose_is_named():
    """Each lead that moves is called out, not those that nobody works."""
    found = broken(COMPANY, ALL_TO_R1, RULE)
    assert found == [("stability", "L0", "R1"), ("stability", "L1", "R1")]


@pytest.mark.parametrize("penalty", [0.05, 0.15, 0.25])
def test_soft_costs_the_penalty(penalty):
    """A lead moves where that gains more: .1 for the first, .2 for the second."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    _, result = solved(COMPANY, soft)
    gained = max(0.1 - penalty, 0) + max(0.2 - penalty, 0)
    assert result.objective == pytest.approx(0.5 + 0.5 + 0.8 + 0.9 + gained)


def test_where_restricts_it():
    """Only the hot lead stays."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert best_owners(COMPANY, hot) == {**ALL_TO_R1, "L0": "R0"}
    assert broken(COMPANY, {"L1": "R1"}, hot) == []


def test_who_is_away_keeps_nothing():
    """A lead of an absent rep goes to anyone."""
    away = Company(COMPANY.leads, COMPANY.reps, absences=[("R0", MONDAY, MONDAY)])
    assert best_owners(away, RULE) == ALL_TO_R1
    assert broken(away, ALL_TO_R1, RULE) == []


def test_leaving_a_lead_over_is_no_move():
    """Nobody has it, and nothing is broken."""
    full = Company(COMPANY.leads[:2], [{"daily_capacity": 0}, {}])
    assert best_owners(full, RULE, {"kind": "capacity"}) == {}
    assert broken(full, {}, {**RULE, "max_moves": 0}) == []


def test_a_limit_counts_the_moves():
    """Of four pairs with R1 two are moves; they are one limit of the day."""
    [limit] = day_of(COMPANY, {**RULE, "max_moves": 1}).problem.limits
    assert (limit.what, limit.key, limit.upper) == ("day", "moves", 1)
    assert limit.pair.tolist() == [1, 3]
    assert limit.weight.tolist() == [1, 1]
    assert limit.is_hard


@pytest.mark.parametrize(("most", "penalty"), [(0, 0.05), (1, 0.15)])
def test_soft_moves_beyond_the_limit_cost(most, penalty):
    """Each one beyond it."""
    soft = {**RULE, "max_moves": most, "strength": "soft", "penalty": penalty}
    [limit] = day_of(COMPANY, soft).problem.limits
    assert (limit.upper, limit.penalty) == (most, penalty)
    assert broken(COMPANY, ALL_TO_R1, soft) == []


@pytest.mark.parametrize(("most", "objective"), [(0, 2.7), (1, 2.9), (2, 3.0)])
def test_at_most_so_many_move(most, objective):
    """The moves that gain most are made."""
    _, result = solved(COMPANY, {**RULE, "max_moves": most})
    assert result.objective == pytest.approx(objective)


def test_too_many_moves_are_called_out():
    """Once for the day, and only beyond the limit."""
    assert broken(COMPANY, ALL_TO_R1, {**RULE, "max_moves": 2}) == []
    found = broken(COMPANY, ALL_TO_R1, {**RULE, "max_moves": 1})
    assert found == [("stability", "", "")]


def test_a_limit_speaks_of_where():
    """Moves of other leads are free."""
    hot = {**RULE, "max_moves": 0, "where": {"priority": "hot"}}
    assert broken(COMPANY, {"L1": "R1"}, hot) == []
    assert broken(COMPANY, {"L0": "R1"}, hot) == [("stability", "", "")]
