"""Leads assigned one after the other, each to the rep who is first in line."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from solver.policies.room import Room
from solver.problem.problem import Problem, random_ranks
from solver.problem.solution import Solution

Precedence = Callable[
    [NDArray[np.int64], NDArray[np.int32]], tuple[NDArray[np.number], ...]
]
"""From the slots used, (n_reps,), and some reps, (k,), to what decides between these
reps, smallest first: arrays of shape (k,), the most important one last."""


def queue_alone(
    taken: NDArray[np.int64], reps: NDArray[np.int32]
) -> tuple[NDArray[np.number], ...]:
    """Return no keys: the queue alone decides."""
    return ()


def serve(
    problem: Problem,
    leads: NDArray[np.int64],
    queue: NDArray[np.int64],
    precedence: Precedence = queue_alone,
) -> Solution:
    """Return the allocation that serves leads in turn.

    Each lead goes to the rep who takes precedence among those who may take it, and
    between equals to the first in the queue, who then goes to its end. Who is passed
    over keeps the place; so does who gets a lead that takes no slot.

    Parameters
    ----------
    leads
        Shape (n_leads,); the leads in the order in which they are served.
    queue
        Shape (n_reps,); each rep's place in the queue, from 0.
    precedence
        What comes before the queue.
    """
    room, queue = Room(problem), queue.copy()
    for turn, lead in enumerate(leads.tolist(), start=problem.n_reps):
        pairs = room.pairs_of(lead)
        if len(pairs) == 0:
            continue
        reps = problem.rep[pairs]
        keys = precedence(room.taken, reps)
        first = np.lexsort((queue[reps], *keys))[0] if keys else queue[reps].argmin()
        room.take(int(pairs[first]))
        if problem.uses_slot[pairs[first]]:
            queue[reps[first]] = turn
    return room.solution


def first_queue(problem: Problem, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return each rep's place in the queue before the first lead, shape (n_reps,).

    Who had the last turn longest ago is first; where that is not known, it is drawn.
    """
    drawn = random_ranks(problem.rep_ids, rng)
    turn = np.zeros(problem.n_reps) if problem.turn is None else problem.turn
    return np.argsort(np.lexsort((drawn, turn)))


def turn_after(solution: Solution) -> NDArray[np.int64]:
    """Return which turn each rep had last once a day is over, shape (n_reps,).

    As :attr:`Problem.turn` has it for the next day: those who were served keep the
    order of their last leads, after everybody else.
    """
    problem = solution.problem
    before = problem.turn
    turn = np.zeros(problem.n_reps, np.int64) if before is None else before.copy()
    served = np.flatnonzero(solution.assigned)
    served = served[problem.uses_slot[solution.pair[served]]]
    order = served[np.lexsort((problem.arrival[served], ~problem.must[served]))]
    start = turn.max(initial=0) + 1
    np.maximum.at(turn, solution.rep_of[order], start + np.arange(len(order)))
    return turn


def by_arrival(problem: Problem, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the leads in order of arrival, shape (n_leads,).

    Those that must be assigned come first, so that they find room; who arrived
    together is drawn.
    """
    tie = random_ranks(problem.lead_ids, rng)
    return np.lexsort((tie, problem.arrival, ~problem.must))
