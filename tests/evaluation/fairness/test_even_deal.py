"""Leads dealt by fair shares alone."""

import numpy as np

from evaluation.fairness.even_deal import dealt_evenly
from tests.solver.companies import Company
from tests.solver.days import day_of, owners_of

CAPACITY = {"kind": "capacity"}


def test_the_largest_goes_first_to_who_lags_furthest():
    """5 to R0; 4 and 3 to R1; 2 to R0, who has 5 of the same fair part, not 7."""
    problem = day_of(Company([{} for _ in range(4)], [{}, {}]), CAPACITY).problem
    dealt = dealt_evenly(problem, np.array([5.0, 4.0, 3.0, 2.0]), np.array([0.5, 0.5]))
    assert owners_of(dealt) == {"L0": "R0", "L1": "R1", "L2": "R1", "L3": "R0"}


def test_rules_come_first():
    """Who has no slot gets nothing; who is owed nothing gets what nobody else can."""
    staff = [{"daily_capacity": 1}, {"daily_capacity": 0}, {}]
    problem = day_of(Company([{}, {}], staff), CAPACITY).problem
    dealt = dealt_evenly(problem, np.array([5.0, 4.0]), np.array([0.5, 0.5, 0.0]))
    assert owners_of(dealt) == {"L0": "R0", "L1": "R2"}


def test_three_times_the_part_is_three_times_the_worth():
    """Forty equal leads at shares of one to three."""
    problem = day_of(Company([{}] * 40, [{"daily_capacity": 40}] * 2), CAPACITY).problem
    dealt = dealt_evenly(problem, np.ones(40), np.array([0.25, 0.75]))
    assert dealt.load.tolist() == [10, 30]
