import numpy as np
import pandas as pd

from tests.evaluation.simulation.small_worlds import small_arrivals


def test_leads_come_in_order_and_know_their_pairs() -> None:
    """Every eligible pair is there once, with the truth of the world."""
    arrivals = small_arrivals("strong", "territories_per_rep=2")
    assert arrivals.leads["created_at"].is_monotonic_increasing
    assert (np.diff(arrivals.day) >= 0).all()
    eligible = arrivals.world.eligible(arrivals.leads)
    assert np.array_equal(np.diff(arrivals.indptr), eligible.sum(axis=1))
    lead = np.repeat(np.arange(len(arrivals.day)), np.diff(arrivals.indptr))
    assert eligible[lead, arrivals.rep].all()
    truth = arrivals.world.truth(arrivals.leads).at(lead, arrivals.rep)
    assert np.array_equal(arrivals.truth, truth)


def test_a_day_has_its_own_number_of_leads() -> None:
    """Arrivals vary around their mean, and are counted by day."""
    arrivals = small_arrivals(days=40)
    counts = np.bincount(arrivals.day)
    assert counts.std() > 2
    assert abs(counts.mean() - 30) < 4
    assert arrivals.come_by(3) == counts[:4].sum()
    assert arrivals.come_by(-1) == 0


def test_a_problem_has_the_pairs_of_the_leads_that_wait() -> None:
    """Each of its pairs is the one of the arrivals that it stands for."""
    arrivals = small_arrivals("strong", "territories_per_rep=2")
    waiting = np.array([1, 4, 5, 30])
    problem, pair = arrivals.problem(waiting, arrivals.truth, day=0)
    assert problem.lead_ids.tolist() == arrivals.lead_ids[waiting].tolist()
    assert np.array_equal(problem.rep, arrivals.rep[pair])
    assert np.array_equal(problem.value, arrivals.truth[pair])
    start = arrivals.indptr[waiting[problem.lead]]
    end = arrivals.indptr[waiting[problem.lead] + 1]
    assert ((start <= pair) & (pair < end)).all()


def test_absent_reps_have_no_slots_and_no_pairs() -> None:
    """Who is away in a week is assigned nothing then."""
    arrivals = small_arrivals("strong", "absence_share=0.4")
    gone = arrivals.world.away(arrivals.dates)
    assert 0 < gone.sum() < gone.size
    assert np.array_equal(arrivals.capacity == 0, gone)
    problem, _ = arrivals.problem(np.arange(10), arrivals.truth, day=0)
    assert not gone[0][problem.rep].any()
    assert np.array_equal(
        arrivals.dates, pd.bdate_range("2026-01-05", periods=8, tz="UTC")
    )
