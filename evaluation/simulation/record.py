"""What a policy did with the leads of many days."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.comparison.decomposition import shuffled
from evaluation.simulation.arrivals import PATIENCE, Arrivals
from solver import Policy
from solver.policies.turns import turn_after

UNASSIGNED = -1
"""The rep, and the day, of a lead that was not assigned."""


@dataclass(eq=False)
class Record:
    """Who was assigned which lead, and when; grows day by day.

    Attributes
    ----------
    arrivals
        What came.
    rep, day
        Position of each lead's rep and the day of the assignment, (n_leads,) each,
        :data:`UNASSIGNED` where there was none.
    truth
        P(convert) of each lead with its rep, (n_leads,), after its waiting; 0 where it
        was not assigned.
    expected
        The same as the policy's model predicted it, (n_leads,).
    shuffled
        What the leads of each day would convert on average if they were shuffled
        among the reps without changing their loads, (n_days,).
    turn
        Which turn each rep had last, (n_reps,); `None` before the first day.
    """

    arrivals: Arrivals
    rep: NDArray[np.int64]
    day: NDArray[np.int64]
    truth: NDArray[np.float64]
    expected: NDArray[np.float64]
    shuffled: NDArray[np.float64]
    turn: NDArray[np.int64] | None = None

    @classmethod
    def empty(cls, arrivals: Arrivals) -> "Record":
        """Return the record before the first day."""
        n_leads = len(arrivals.day)
        nobody = np.full(n_leads, UNASSIGNED, dtype=np.int64)
        zeros = np.zeros(n_leads)
        shuffled = np.zeros(len(arrivals.dates))
        return cls(arrivals, nobody, nobody.copy(), zeros, zeros.copy(), shuffled)

    @property
    def assigned(self) -> NDArray[np.int64]:
        """The leads assigned so far, increasing."""
        return np.flatnonzero(self.rep != UNASSIGNED)

    @property
    def waited(self) -> NDArray[np.int64]:
        """Working days that the assigned leads had waited, (n_assigned,)."""
        assigned = self.assigned
        return self.day[assigned] - self.arrivals.day[assigned]

    def waiting(self, day: int) -> NDArray[np.int64]:
        """Return the leads that want a rep on a day, increasing."""
        first = self.arrivals.n_leads_by(day - PATIENCE - 1)
        last = self.arrivals.n_leads_by(day)
        return first + np.flatnonzero(self.rep[first:last] == UNASSIGNED)

    def history(self, day: int, n_rows: int) -> pd.DataFrame:
        """Return what is known on the morning of a day, as rows of history.

        Parameters
        ----------
        day
            Leads assigned before it are known; what has not closed is open.
        n_rows
            The newest so many leads, those of the past included.
        """
        arrivals, assigned = self.arrivals, self.assigned
        leads = pd.concat(
            [arrivals.past, arrivals.leads.iloc[assigned]], ignore_index=True
        )
        reps = np.concatenate(
            [arrivals.past_reps, arrivals.rep_ids[self.rep[assigned]]]
        )
        at_once = np.zeros(len(arrivals.past), dtype=np.int64)
        waited = np.concatenate([at_once, self.waited])
        newest = slice(max(0, len(leads) - n_rows), None)
        return arrivals.world.served(
            leads[newest].reset_index(drop=True),
            reps[newest],
            arrivals.dates[day],
            waited[newest],
        )


Predictions = Callable[[int, Record], NDArray[np.float64]]
"""From a day and the record so far to P(convert) of each pair, (n_pairs,)."""


def through_days(
    arrivals: Arrivals, policy: Policy, predictions: Predictions
) -> Record:
    """Return what the policy did, day by day.

    Each day it assigns that day's leads and those that still wait, to the reps at
    work. What nobody had room for waits until the next day.

    Parameters
    ----------
    arrivals
        What comes.
    policy
        How it assigns leads.
    predictions
        The values of pairs that the policy sees.
    """
    record = Record.empty(arrivals)
    for day in range(len(arrivals.dates)):
        _assign(record, day, policy, predictions(day, record))
    return record


def _assign(
    record: Record, day: int, policy: Policy, predicted: NDArray[np.float64]
) -> None:
    arrivals, waiting = record.arrivals, record.waiting(day)
    problem, pair = arrivals.problem(waiting, predicted, day)
    problem = problem.replace(turn=record.turn)
    rng = np.random.default_rng([arrivals.world.seed, 4, day])
    solution = policy(problem, rng)
    record.turn = turn_after(solution)
    kept = arrivals.world.kept(day - arrivals.day[waiting])
    truth = arrivals.truth[pair] * kept[problem.lead]
    assigned = waiting[solution.assigned]
    chosen = solution.pair[solution.assigned]
    record.rep[assigned] = solution.rep_of[solution.assigned]
    record.day[assigned] = day
    record.truth[assigned] = truth[chosen]
    record.expected[assigned] = problem.value[chosen]
    record.shuffled[day] = shuffled(solution) @ truth
