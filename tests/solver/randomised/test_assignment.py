"""Randomised assignments break no rule in any draw; probabilities are exact."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.engines import solve
from solver.engines.flow import tree_of
from solver.policies import POLICIES
from solver.randomised import CONTROL, OPTIMAL, RandomisationError, randomise
from tests.few import few
from tests.solver.instances import problem_of, two_by_two
from tests.solver.nested_limits import random_nested
from tests.solver.policies.side_rules import owners, reordered
from tests.solver.side_instances import random_side_problem

CONTROLS = [policy for policy in POLICIES if policy != "optimal"]
DRAWS = 3_000
SHARES = [0.0, 0.05, 0.3, 0.9]
CAPS = [None, 0.2, 0.5, 0.8, 1.0]


@pytest.fixture(autouse=True, scope="module")
def few_draws_of_the_control_policy():
    """What it draws is as exact from 30 allocations as from 500."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("solver.randomised.design.MOST", 30)
        yield


def randomised(problem, seed=0, **asked):
    optimum = solve(problem, seed=0, time_limit=60).solution
    return randomise(problem, optimum, np.random.default_rng(seed), **asked)


def draws(made, count=DRAWS, seed=1):
    rng = np.random.default_rng(seed)
    return [made.draw(rng) for _ in range(count)]


def within_bands(found, expected, count=DRAWS):
    """Tell whether frequencies are within five standard errors of probabilities."""
    error = np.sqrt(expected * (1 - expected) / count)
    return bool(np.all(np.abs(found - expected) <= 5 * error + 1e-12))


def medium(seed=0):
    """Return 12 leads and 4 reps who lack two slots; some pairs are not eligible."""
    rng = np.random.default_rng(seed)
    value = rng.random((12, 4))
    value[rng.random(value.shape) < 0.2] = np.nan
    return problem_of(value, [2, 3, 2, 3])


def test_by_hand():
    """One slot each: only the two full allocations, as likely as the mix has them."""
    made = randomised(two_by_two(), control_share=0.2)
    counts = Counter(tuple(draw.solution.pair) for draw in draws(made))
    assert set(counts) == {(1, 2), (0, 3)}
    other = 0.2 * np.mean([each.pair[0] == 0 for each in made.control])
    assert made.propensity == pytest.approx([other, 1 - other, 1 - other, other])
    assert within_bands(counts[0, 3] / DRAWS, other)


@pytest.mark.parametrize("cap", few([None, 0.6], 1))
def test_every_option_is_drawn_as_often_as_it_says(cap):
    """Each pair in each arm, and being unassigned in each arm."""
    made = randomised(medium(), control_share=0.3, max_pair_probability=cap)
    drawn = draws(made)
    control = np.array([draw.is_control for draw in drawn])
    given_ = np.array([draw.solution.pair for draw in drawn])
    for arm, in_arm in ((CONTROL, control), (OPTIMAL, ~control)):
        share, marginals = made.arms[arm]
        lead = marginals.problem.lead
        pairs = np.arange(marginals.problem.n_pairs)
        found = ((given_[:, lead] == pairs) & in_arm[:, lead]).mean(axis=0)
        assert within_bands(found, share * marginals.probability)
        left = ((given_ == -1) & in_arm).mean(axis=0)
        assert within_bands(left, share * marginals.unassigned / marginals.whole)


@given(
    st.integers(0, 10**6),
    st.sampled_from(SHARES),
    st.sampled_from(CAPS),
    st.sampled_from(CONTROLS),
)
@settings(max_examples=100, deadline=None)
def test_no_draw_breaks_a_rule(seed, share, cap, policy):
    """Nested limits, lower and upper, hard and soft; a cap may be too low for them."""
    problem = random_nested(seed)
    possible = solve(problem, seed=0, time_limit=60).is_optimal
    if not possible or tree_of(problem) is None:
        return
    asked = {"control_share": share, "control_policy": policy}
    try:
        made = randomised(problem, seed, max_pair_probability=cap, **asked)
    except RandomisationError:
        assert cap is not None and cap < 1
        return
    for draw in draws(made, 10):
        assert list(draw.solution.breaches()) == []
        assert np.all(made.propensity[draw.solution.chosen] > 0)


@given(st.integers(0, 10**6), st.sampled_from(SHARES), st.sampled_from(CAPS))
@settings(max_examples=60, deadline=None)
def test_probabilities_make_one(seed, share, cap):
    """Of each arm its share, for every lead; and no pair is likelier than the cap."""
    if cap is not None and share > cap:
        return
    rng = np.random.default_rng(seed)
    problem = problem_of(rng.random((7, 4)), rng.integers(0, 4, 4))
    made = randomised(problem, seed, control_share=share, max_pair_probability=cap)
    for marginals in (marginals for _, marginals in made.arms.values()):
        total = np.bincount(problem.lead, marginals.part, problem.n_leads)
        assert np.all(total + marginals.unassigned == marginals.whole)
        assert np.all(marginals.part >= 0) and np.all(marginals.unassigned >= 0)
    assert sum(share for share, _ in made.arms.values()) == pytest.approx(1)
    assert np.all(made.propensity <= max(cap or 1.0, 1 / 4) + 1e-9)


def test_without_control_and_cap_it_is_the_optimum():
    """Nothing is random."""
    problem = medium()
    best = solve(problem, seed=0, time_limit=60).solution
    made = randomised(problem)
    assert made.expected_objective == pytest.approx(best.objective)
    for draw in draws(made, 5):
        assert np.array_equal(draw.solution.pair, best.pair)
        assert not draw.is_control.any()


@pytest.mark.parametrize("shape", [(0, 2), (3, 0), (3, 2)])
def test_a_day_with_nothing_to_give_out(shape):
    """No leads, no reps, or no slots: nobody gets a lead, and nothing fails."""
    problem = problem_of(np.ones(shape), np.zeros(shape[1]))
    made = randomised(problem, control_share=0.3, max_pair_probability=0.5)
    assert made.draw(np.random.default_rng(0)).solution.n_assigned == 0
    assert made.expected_objective == 0


def test_the_arm_looks_at_nothing():
    """Dear leads and cheap ones, alone and in pairs: each with the share."""
    made = randomised(medium(), control_share=0.25)
    control = np.array([draw.is_control for draw in draws(made)])
    assert within_bands(control.mean(axis=0), np.full(12, 0.25))


@pytest.mark.slow
@pytest.mark.parametrize("cap", [None, 0.7])
def test_the_expected_objective_is_the_mean_over_draws(cap):
    """With soft limits too, though penalties bend."""
    tried = 0
    for seed in range(80):
        problem = random_nested(seed)
        soft = any(not limit.is_hard and limit.penalty for limit in problem.limits)
        if not soft or problem.must.any() or tree_of(problem) is None:
            continue
        if any(limit.is_hard and limit.lower > 0 for limit in problem.limits):
            continue
        made = randomised(problem, control_share=0.3, max_pair_probability=cap)
        drawn = [draw.solution.objective for draw in draws(made, 200)]
        error = np.std(drawn) / np.sqrt(len(drawn))
        assert made.expected_objective == pytest.approx(
            np.mean(drawn), abs=5 * error + 1e-9
        )
        tried += 1
    assert tried > 5


def test_order_of_rows_does_not_matter():
    """Leads and reps in another order: everyone gets the same leads."""
    for seed in range(8):
        problem = medium(seed)
        both = [problem, reordered(problem, seed)]
        made = [
            randomised(each, control_share=0.3, max_pair_probability=0.7)
            for each in both
        ]
        first, second = ([owners(draw.solution) for draw in draws(m, 3)] for m in made)
        assert first == second


@pytest.mark.slow
def test_rules_that_do_not_nest_draw_the_whole_day():
    """Hours, shares and groups hold in every draw, and all leads share an arm."""
    days = 0
    for seed in range(40):
        problem = random_side_problem(seed)
        possible = solve(problem, seed=0, time_limit=60).status.has_solution
        if tree_of(problem) is not None or not possible:
            continue
        days += 1
        made = randomised(problem, control_share=0.4, control_policy="random")
        assert made.design == "day"
        for draw in draws(made, 10):
            assert list(draw.solution.breaches()) == []
            assert len(set(draw.arm)) <= 1
            assert np.all(made.propensity[draw.solution.chosen] > 0)
    assert days > 5


def test_a_day_is_drawn_as_often_as_it_says():
    """The control arm's share of days, and each pair as likely as its propensity."""
    problem = next(
        problem
        for problem in map(random_side_problem, range(100))
        if tree_of(problem) is None and problem.n_leads > 3
        if solve(problem, seed=0, time_limit=60).status.has_solution
    )
    made = randomised(problem, control_share=0.4, control_policy="random")
    drawn = draws(made)
    assert within_bands(np.mean([draw.is_control[0] for draw in drawn]), 0.4)
    found = np.mean([draw.solution.chosen for draw in drawn], axis=0)
    assert within_bands(found, made.propensity)
    objectives = [draw.solution.objective for draw in drawn]
    assert made.expected_objective == pytest.approx(np.mean(objectives), rel=0.05)
