"""A day that a rule empties or halves is said, with the rule and its price."""

import numpy as np
import pandas as pd
import pytest

from reporting import held_back_sentences
from solver import Solution, costs_of_rules, solve
from tests.solver.companies import Company
from tests.solver.days import day_of, solved

CAPACITY = {"kind": "capacity"}
SOLO = {"kind": "max_per_rep", "max_leads": 1}


def said(day, result, unit="conversions"):
    def again(other, limit):
        return solve(other.problem, seed=0, time_limit=60)

    costs = costs_of_rules(day, result, again, time_limit=60)
    return list(held_back_sentences(result.solution, costs, unit))


@pytest.mark.parametrize(("n_leads", "halved"), [(1, False), (2, False), (3, True)])
def test_a_rule_that_halves_the_day_is_named_with_its_price(n_leads, halved):
    """One of three leads is less than half; one of two is not."""
    day, result = solved(Company([{}] * n_leads, [{}]), SOLO)
    text = "Rule max_per_rep halves the day: 1 assigned, 3 without it, and 1.00 more "
    assert said(day, result) == [f"{text}expected conversions."] * halved


def test_a_rule_that_leaves_nobody_empties_the_day():
    """Half of a day would be something."""
    lead, rep = {"territory": "North"}, {"territories": ("South",)}
    (text,) = said(*solved(Company([lead], [rep]), {"kind": "territory"}))
    assert text.startswith("Rule territory empties the day: 0 assigned, 1 without it")


def test_full_reps_are_no_rule_to_blame():
    """Capacity is what it is."""
    assert said(*solved(Company([{}] * 3, [{"daily_capacity": 1}]), CAPACITY)) == []


def test_nothing_assigned_is_loud():
    """It names each rule without which something would be assigned."""
    day, result = solved(Company([{}, {}], [{}]), {**SOLO, "max_leads": 0})
    head = "NOTHING IS ASSIGNED, in spite of 2 eligible pairs."
    rule = "Rule max_per_rep: 2 without it, and 1.00 more expected revenue."
    assert said(day, result, "revenue") == [f"{head} {rule}"]


def test_two_rules_that_do_it_together():
    """Neither is to blame alone."""
    none = {**SOLO, "max_leads": 0}
    day, result = solved(Company([{}], [{}]), none, {**none, "name": "again"})
    [text] = said(day, result)
    assert text.endswith("No rule does it alone; reasons are in unassigned.csv.")


def test_without_rule_costs_it_says_how_to_get_them():
    """Nothing, or fewer than half; one of two is enough."""
    problem = day_of(Company([{}] * 3, [{}])).problem
    for n_assigned, head in ((0, "NOTHING"), (1, "Of the leads"), (2, None)):
        pair = np.where(np.arange(3) < n_assigned, np.arange(3), -1)
        texts = [*held_back_sentences(Solution(problem, pair), pd.DataFrame(), "x")]
        assert all("solve: {rule_costs: true}" in text for text in texts)
        assert [text.startswith(str(head)) for text in texts] == [True] * bool(head)


def test_a_day_without_pairs_has_no_rule_that_empties_it():
    """Nobody is at work."""
    assert said(*solved(Company([{}], [{"active": False}]))) == []
