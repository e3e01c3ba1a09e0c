"""Pairs computed where they are looked at are those that would be stored."""

import numpy as np
import pytest

from scoring.conversion.pair_scores import PairScores
from solver.problem.exceptions import Exceptions
from solver.problem.factorised import FactorisedProblem
from solver.problem.problem import ProblemError
from solver.problem.segments import Segments
from solver.problem.solution import Solution
from tests.solver.engines.price.days import factorised_day


@pytest.mark.parametrize("seed", range(6))
def test_values_are_those_of_the_scores_to_the_last_bit(seed):
    """Scores, in steps or not, times amounts less charges."""
    problem = factorised_day(seed).replace(exceptions=Exceptions.none())
    of_rep = np.random.default_rng(seed).normal(size=problem.n_reps)
    old = problem.segments
    segments = Segments(old.start, old.rep, of_rep[old.rep], old.charge)
    problem = problem.replace(segments=segments)
    scores = PairScores(
        problem.log_odds, of_rep, problem.lead_factors, problem.rep_factors
    )
    pairs = problem.pairs(0, problem.n_leads)
    lead = np.repeat(np.arange(problem.n_leads), np.diff(pairs.indptr))
    probability = (
        scores.stepped(lead, pairs.rep, problem.step)
        if problem.step
        else scores.probability(lead, pairs.rep)
    )
    charge = np.concatenate(
        [
            old.charge[slice(*old.start[segment : segment + 2])]
            for segment in problem.segment
        ]
    )
    expected = probability * problem.amount[lead] - charge
    assert np.array_equal(pairs.value, expected)


@pytest.mark.parametrize("seed", range(6))
def test_blocks_are_parts_of_the_whole(seed):
    """Any block of leads has the pairs that it has among all."""
    problem = factorised_day(seed)
    whole, block = problem.pairs(0, problem.n_leads), problem.pairs(13, 41)
    own = slice(whole.indptr[13], whole.indptr[41])
    assert np.array_equal(block.indptr, whole.indptr[13:42] - whole.indptr[13])
    for name in ("rep", "value", "uses_slot"):
        assert np.array_equal(getattr(block, name), getattr(whole, name)[own])


@pytest.mark.parametrize("seed", range(6))
def test_exceptions_are_excluded_added_or_of_their_own_value(seed):
    """Each named pair is as the exception says, all others as the segment does."""
    problem = factorised_day(seed)
    stored, named = problem.stored(), problem.exceptions
    code = stored.lead * problem.n_reps + stored.rep
    for k in range(len(named)):
        at = np.flatnonzero(code == named.lead[k] * problem.n_reps + named.rep[k])
        assert len(at) == named.eligible[k]
        assert stored.value[at].tolist() == [named.value[k]] * len(at)
        assert stored.uses_slot[at].tolist() == [named.uses_slot[k]] * len(at)


@pytest.mark.parametrize("seed", range(6))
def test_objective_is_the_sum_of_stored_values(seed):
    """Whoever owns the leads, the value is that of the stored pairs."""
    problem = factorised_day(seed)
    stored, rng = problem.stored(), np.random.default_rng(seed)
    rep_of = np.full(problem.n_leads, -1, dtype=np.int32)
    expected = 0.0
    for lead in range(problem.n_leads):
        own = range(*stored.indptr[lead : lead + 2])
        if len(own) and rng.random() < 0.8:
            pair = rng.choice(own)
            rep_of[lead], expected = stored.rep[pair], expected + stored.value[pair]
        else:
            expected -= problem.skip_cost[lead]
    assert problem.objective(rep_of) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("seed", range(6))
def test_slots_are_those_that_stored_pairs_use(seed):
    """Owners who take no slot among them."""
    problem = factorised_day(seed)
    stored, rng = problem.stored(), np.random.default_rng(seed)
    rep_of = np.full(problem.n_leads, -1, dtype=np.int32)
    for lead in range(problem.n_leads):
        own = stored.rep[slice(*stored.indptr[lead : lead + 2])]
        if len(own) and rng.random() < 0.8:
            rep_of[lead] = rng.choice(own)
    named = problem.exceptions
    rep_of[named.lead[named.eligible]] = named.rep[named.eligible]
    expected = Solution.of_reps(stored, rep_of).slots_used
    assert problem.slots_used(rep_of).tolist() == expected.tolist()
    free = (rep_of[named.lead] == named.rep) & ~named.uses_slot
    assert expected.sum() == (rep_of >= 0).sum() - free.sum()


def test_an_owner_who_is_not_eligible_is_an_error():
    """A rep outside the segment, or excluded by an exception."""
    one = np.array([0])
    problem = FactorisedProblem(
        lead_ids=np.array(["L0"], dtype=object),
        rep_ids=np.array(["R0", "R1"], dtype=object),
        segments=Segments(np.array([0, 1]), one.astype(np.int32), one * 0.5, one * 0.0),
        segment=one.astype(np.int32),
        log_odds=one * 0.0,
        amount=one + 1.0,
        capacity=np.array([1, 1]),
        must=one > 0,
        skip_cost=one * 0.0,
    )
    with pytest.raises(ProblemError, match="not eligible"):
        problem.objective(np.array([1], dtype=np.int32))
    excluded = Exceptions(one, one.astype(np.int32), one > 0, one * 0.0, one == 0)
    with pytest.raises(ProblemError, match="excluded"):
        problem.replace(exceptions=excluded).objective(one.astype(np.int32))
