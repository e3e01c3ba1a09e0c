"""Where a difference in value comes from: parts that add up, and know their place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.comparison import Decomposition, decompose, shuffled
from solver import POLICIES, Problem, Solution


def problem_of(eligible):
    """Every lead may go to the reps of its row, (n_leads, n_reps); slots enough."""
    n_leads, n_reps = eligible.shape
    lead, rep = np.nonzero(eligible)
    return Problem(
        lead_ids=np.array([f"L{i}" for i in range(n_leads)], dtype=object),
        rep_ids=np.array([f"R{j}" for j in range(n_reps)], dtype=object),
        indptr=np.searchsorted(lead, np.arange(n_leads + 1)),
        rep=rep.astype(np.int32),
        value=np.ones(len(rep)),
        capacity=np.full(n_reps, n_leads),
        arrival=np.arange(n_leads),
        must=np.zeros(n_leads, dtype=bool),
        uses_slot=np.ones(len(rep), dtype=bool),
        skip_cost=np.zeros(n_leads),
    )


def assigned_to(problem, owners):
    """Each lead goes to the rep of this number, or to nobody where it is negative."""
    pair = np.full(problem.n_leads, -1)
    for place, (lead, rep) in enumerate(zip(problem.lead, problem.rep, strict=True)):
        if owners[lead] == rep:
            pair[lead] = place
    return Solution(problem, pair)


@st.composite
def allocations(draw):
    """Draw who may serve whom, and two allocations, some leads of nobody."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    n_leads, n_reps = draw(st.integers(1, 25)), draw(st.integers(1, 7))
    owners = rng.integers(-1, n_reps, (2, n_leads))
    eligible = rng.random((n_leads, n_reps)) < draw(st.sampled_from([0.0, 0.2, 0.6]))
    for row in owners:
        eligible[np.flatnonzero(row >= 0), row[row >= 0]] = True
    problem = problem_of(eligible)
    value = rng.random(problem.n_pairs)
    return assigned_to(problem, owners[0]), assigned_to(problem, owners[1]), value


def test_by_hand():
    """Two leads for two reps, crossed: half of each pair; swapping is all matching."""
    problem = problem_of(np.ones((2, 2), dtype=bool))
    straight, crossed = assigned_to(problem, [0, 1]), assigned_to(problem, [1, 0])
    assert shuffled(straight).tolist() == [0.5] * 4
    value = np.array([0.9, 0.1, 0.2, 0.4])
    assert decompose(straight, crossed, value) == Decomposition(pytest.approx(1.0), 0.0)


@given(allocations())
def test_shuffled_keeps_served_leads_and_loads(made):
    """Also where leads have one rep, and where some pairs can never be."""
    solution, _, _ = made
    problem, probability = solution.problem, shuffled(solution)
    served = np.bincount(problem.lead, probability, problem.n_leads)
    load = np.bincount(problem.rep, probability, problem.n_reps)
    assert np.allclose(served, solution.assigned)
    assert np.allclose(load, solution.load, atol=1e-8)
    assert (probability >= 0).all() and (probability <= 1 + 1e-9).all()


@pytest.mark.slow
@given(allocations())
def test_parts_add_up_and_change_sides(made):
    """The parts are the whole difference; the other way round they are negative."""
    one, other, value = made
    found, back = decompose(one, other, value), decompose(other, one, value)
    difference = value[one.chosen].sum() - value[other.chosen].sum()
    assert found.total == pytest.approx(difference)
    assert found.matching == pytest.approx(-back.matching)
    assert decompose(one, one, value) == Decomposition(0.0, 0.0)


def test_swaps_at_equal_loads_are_matching_alone():
    """The same leads and loads: not a rounding error of utilisation."""
    rng = np.random.default_rng(0)
    problem = problem_of(np.ones((40, 5), dtype=bool))
    owners = rng.integers(0, 5, 40)
    one, other = (
        assigned_to(problem, owners),
        assigned_to(problem, rng.permutation(owners)),
    )
    assert decompose(one, other, rng.random(problem.n_pairs)).utilisation == 0.0


def test_more_leads_to_better_reps_is_no_matching():
    """The best rep has twice the leads, drawn at random: matching is around nothing."""
    rng = np.random.default_rng(0)
    problem = problem_of(np.ones((300, 4), dtype=bool))
    value = np.array([0.1, 0.1, 0.1, 0.4])[problem.rep]
    value *= rng.uniform(0.5, 1.5, 300)[problem.lead]
    even = assigned_to(problem, rng.permutation(np.arange(300) % 4))
    skewed = assigned_to(problem, rng.permutation(3 - np.arange(300) % 5 % 4))
    found = decompose(skewed, even, value)
    assert found.utilisation == pytest.approx(0.3 * 45, rel=0.1)
    assert abs(found.matching) < 0.1 * found.utilisation


def test_better_leads_when_slots_are_short_is_utilisation():
    """With reps all alike, the optimum wins by the leads it serves, by nothing else."""
    rng = np.random.default_rng(0)
    problem = problem_of(np.ones((60, 3), dtype=bool))
    value = rng.random(60)[problem.lead]
    problem = problem.replace(value=value, capacity=np.full(3, 10))
    best = POLICIES["optimal"](problem, rng)
    found = decompose(best, POLICIES["round_robin"](problem, rng), value)
    assert found.utilisation > 5
    assert found.matching == pytest.approx(0.0, abs=1e-9)


def test_nothing_assigned_has_no_value():
    """No lead, no pair, no difference."""
    nothing = Solution.unassigned(problem_of(np.zeros((2, 2), dtype=bool)))
    assert decompose(nothing, nothing, np.zeros(0)) == Decomposition(0.0, 0.0)
