"""Pairs in a fixed order: by value, by lead, at random."""

import numpy as np
import pytest

from solver.policies import best_rep, greedy, random
from tests.solver.instances import problem_of, two_by_two

NAN = np.nan

by_value = pytest.mark.parametrize("policy", [greedy, best_rep])


def owners(policy, problem, seed=0):
    return policy(problem, np.random.default_rng(seed)).rep_of.tolist()


@by_value
def test_the_best_pair_may_spoil_the_rest(policy):
    """Both take .9 and leave .1, where .8 and .7 were to be had."""
    assert owners(policy, two_by_two()) == [0, 1]


def test_pair_by_pair_or_lead_by_lead():
    """R0 is gone when L1 comes. Greedy gives R1 to L2 for .5 first; lead by lead, L1
    comes before L2 and takes R1 for .1.
    """
    problem = problem_of([[0.9, NAN], [0.8, 0.1], [NAN, 0.5]], [1, 1])
    assert owners(greedy, problem) == [0, -1, 1]
    assert owners(best_rep, problem) == [0, 1, -1]


@by_value
def test_what_costs_more_than_leaving_over_is_left(policy):
    """A value below zero is taken only to save a higher cost, or where it must be."""
    problem = problem_of([[-0.1], [-0.1], [-0.1]], [3])
    problem = problem.replace(
        skip_cost=np.array([0, 0.05, 0.2]), must=np.array([False] * 3)
    )
    assert owners(policy, problem) == [-1, -1, 0]
    must = problem.replace(must=np.array([True, False, False]))
    assert owners(policy, must) == [0, -1, 0]


@by_value
def test_leads_that_must_be_assigned_come_first(policy):
    """One slot, and the lead that must be assigned is of lower value."""
    problem = problem_of([[0.9], [0.1]], [1]).replace(must=np.array([False, True]))
    assert owners(policy, problem) == [-1, 0]


@by_value
def test_equal_values_fill_no_rep_before_the_others(policy):
    """Where no rep differs, 60 leads spread over six reps as if at random."""
    problem = problem_of(np.full((60, 6), 0.5), [60] * 6)
    assert max(np.bincount(owners(policy, problem))) < 25


def test_every_rep_who_may_is_as_likely():
    """One lead for R0, R1 or R3, never R2, whatever their values."""
    problem = problem_of([[0.9, 0.1, NAN, -0.5]], [1, 1, 1, 9])
    drawn = [owners(random, problem, seed)[0] for seed in range(300)]
    count = np.bincount(drawn, minlength=4)
    assert count[2] == 0
    assert count[[0, 1, 3]].min() > 70
