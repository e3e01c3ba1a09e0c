"""What an experiment may ask of a day's rules, and what is named where it may not."""

import numpy as np
import pytest

from solver.engines import solve
from solver.engines.flow import tree_of
from solver.problem.constraints import Group, Limit
from solver.randomised import RandomisationError, n_draws, randomise, unnested_rules
from tests.solver.instances import problem_of


def ten_leads(**changes):
    """Return 10 leads and 4 reps of three slots each."""
    value = np.random.default_rng(0).random((10, 4))
    return problem_of(value, [3, 3, 3, 3], **changes)


def count(rule, pair, **bounds):
    pair = np.asarray(pair)
    return Limit(rule, rule, rule, pair, np.ones(len(pair)), **bounds)


def capped(problem, cap, **asked):
    optimum = solve(problem, seed=0, time_limit=60).solution
    rng = np.random.default_rng(0)
    return randomise(problem, optimum, rng, max_pair_probability=cap, **asked)


def test_rules_that_do_not_nest_are_named():
    """Hours, an owner for several leads, and the later of two limits that overlap."""
    hours = Limit("hours", "rep_hours", "R0", np.arange(4), np.full(4, 1.5), 0, 4)
    problem = ten_leads(
        limits=(
            count("odd", range(1, 40, 2), upper=9),
            hours,
            count("few", range(12), upper=9),
        ),
        groups=(Group("together", "a", np.array([0, 1])),),
    )
    assert unnested_rules(problem) == ["together", "hours", "few"]
    with pytest.raises(
        RandomisationError, match="these rules do not: together, hours, few"
    ):
        capped(problem, 0.5)
    assert unnested_rules(ten_leads()) == []


def test_a_cap_that_a_hard_rule_overrules_is_refused():
    """Both leads must go to the one rep, or to nobody: half of each is too little."""
    problem = ten_leads(limits=(count("at least", [0, 4], lower=2),))
    assert capped(problem, 1.0).propensity[[0, 4]].tolist() == [1.0, 1.0]
    with pytest.raises(RandomisationError, match="too few reps for this cap"):
        capped(problem, 0.5)


def test_a_cap_below_the_control_share_is_refused():
    """The control arm alone could exceed it."""
    with pytest.raises(RandomisationError, match="control arm alone"):
        capped(ten_leads(), 0.3, control_share=0.4)


def test_a_cap_that_takes_too_long_is_refused():
    """No second, no capped optimum."""
    with pytest.raises(RandomisationError, match="not found in time"):
        capped(ten_leads(), 0.5, time_limit=-1)


def test_a_lead_with_one_rep_is_not_lost_to_the_cap():
    """Its cap is one; the cap of a lead with two reps is a half."""
    nan = np.nan
    problem = problem_of([[0.5, nan, nan], [0.4, 0.3, nan], [0.2, 0.1, 0.3]], [1, 1, 1])
    made = capped(problem, 0.4)
    assert made.propensity == pytest.approx([1.0, 0.0, 0.5, 0.0, 0.4, 0.4])


def test_the_control_arm_leaves_the_optimal_arm_what_the_cap_allows():
    """Both together stay under it, and the best pairs reach it."""
    made = capped(ten_leads(), 0.6, control_share=0.3)
    assert made.propensity.max() == pytest.approx(0.6)
    assert made.propensity.max() <= 0.6 + 1e-12


def test_draws_of_the_control_policy_are_fewer_on_large_days():
    """And where the whole day is drawn."""
    small, large = ten_leads(), problem_of(np.ones((5_000, 1)), [5_000])
    assert n_draws(small, tree_of(small)) == 500
    assert n_draws(large, tree_of(large)) == 100
    assert n_draws(small, None) == 20


def test_fewer_control_draws_where_time_is_short_and_it_is_told():
    """One draw at least; the propensities are those of the draws that were made."""
    problem = ten_leads(groups=(Group("together", "a", np.array([0, 1])),))
    optimum = solve(problem, seed=0, time_limit=60).solution
    rng = np.random.default_rng(0)
    found = randomise(problem, optimum, rng, control_share=0.5, time_limit=0.0)
    assert len(found.control) == found.cut_short.n_drawn == 1
    assert found.cut_short.n_wanted == n_draws(problem, None) and found.cut_short
    assert set(found.propensity) <= {0.0, 0.5, 1.0}
    whole = randomise(problem, optimum, rng, control_share=0.5, time_limit=60.0)
    assert len(whole.control) == whole.cut_short.n_wanted and not whole.cut_short
