"""One policy through all the days of a course."""

import numpy as np
from numpy.typing import NDArray

from evaluation.comparison.decomposition import shuffled
from evaluation.simulation.beliefs import ORACLE, Beliefs
from evaluation.simulation.course import Course
from evaluation.simulation.record import Record
from solver import POLICIES, Policy


def policy_of(name: str) -> Policy:
    """Return how a policy of this name allocates; the oracle does so optimally."""
    return POLICIES["optimal" if name == ORACLE else name]


def through_days(course: Course, policy: Policy, beliefs: Beliefs) -> Record:
    """Return what the policy did, day by day.

    Each day it gives out that day's leads and those that still wait, to the reps
    at work. What nobody had room for waits until the next day.

    Parameters
    ----------
    course
        What comes.
    policy
        How it allocates.
    beliefs
        What it believes of the pairs.
    """
    record = Record.empty(course)
    for day in range(len(course.dates)):
        _give_out(record, day, policy, beliefs(day, record))
    return record


def _give_out(
    record: Record, day: int, policy: Policy, belief: NDArray[np.float64]
) -> None:
    course, waiting = record.course, record.waiting(day)
    problem, pair = course.problem(waiting, belief, day)
    rng = np.random.default_rng([course.world.seed, 4, day])
    solution = policy(problem, rng)
    kept = course.world.kept(day - course.came[waiting])
    truth = course.truth[pair] * kept[problem.lead]
    given = waiting[solution.assigned]
    chosen = solution.pair[solution.assigned]
    record.rep[given] = solution.rep_of[solution.assigned]
    record.day[given] = day
    record.truth[given] = truth[chosen]
    record.expected[given] = problem.value[chosen]
    record.shuffled[day] = shuffled(solution) @ truth
