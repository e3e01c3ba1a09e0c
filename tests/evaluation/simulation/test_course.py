import numpy as np
import pandas as pd

from tests.evaluation.simulation.companies import small_course


def test_leads_come_in_order_and_know_their_pairs() -> None:
    """Every eligible pair is there once, with the truth of the world."""
    course = small_course("strong", "territories_per_rep=2")
    assert course.leads["created_at"].is_monotonic_increasing
    assert (np.diff(course.came) >= 0).all()
    eligible = course.world.eligible(course.leads)
    assert np.array_equal(np.diff(course.indptr), eligible.sum(axis=1))
    lead = np.repeat(np.arange(len(course.came)), np.diff(course.indptr))
    assert eligible[lead, course.rep].all()
    truth = course.world.truth(course.leads).at(lead, course.rep)
    assert np.array_equal(course.truth, truth)


def test_a_day_has_its_own_number_of_leads() -> None:
    """Arrivals vary around their mean, and are counted by day."""
    course = small_course(days=40)
    arrivals = np.bincount(course.came)
    assert arrivals.std() > 2
    assert abs(arrivals.mean() - 30) < 4
    assert course.come_by(3) == arrivals[:4].sum()
    assert course.come_by(-1) == 0


def test_a_problem_has_the_pairs_of_the_leads_that_wait() -> None:
    """Each of its pairs is the one of the course that it stands for."""
    course = small_course("strong", "territories_per_rep=2")
    waiting = np.array([1, 4, 5, 30])
    problem, pair = course.problem(waiting, course.truth, day=0)
    assert problem.lead_ids.tolist() == course.lead_ids[waiting].tolist()
    assert np.array_equal(problem.rep, course.rep[pair])
    assert np.array_equal(problem.value, course.truth[pair])
    start = course.indptr[waiting[problem.lead]]
    end = course.indptr[waiting[problem.lead] + 1]
    assert ((start <= pair) & (pair < end)).all()


def test_absent_reps_have_no_slots_and_no_pairs() -> None:
    """Who is away in a week gets nothing then."""
    course = small_course("strong", "absence_share=0.4")
    gone = course.world.away(course.dates)
    assert 0 < gone.sum() < gone.size
    assert np.array_equal(course.capacity == 0, gone)
    problem, _ = course.problem(np.arange(10), course.truth, day=0)
    assert not gone[0][problem.rep].any()
    assert np.array_equal(
        course.dates, pd.bdate_range("2026-01-05", periods=8, tz="UTC")
    )
