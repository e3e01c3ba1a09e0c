"""What a policy did with the leads of a course."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.simulation.course import PATIENCE, Course

NOBODY = -1
"""The rep, and the day, of a lead that was not given out."""


@dataclass(eq=False)
class Record:
    """Who got which lead, and when; grows day by day.

    Attributes
    ----------
    course
        What came.
    rep, day
        Position of each lead's rep and the day it was given out, (n_leads,) each,
        :data:`NOBODY` where it was not.
    truth
        How likely each lead converts with its rep, (n_leads,), after its waiting;
        0 where it was not given out.
    expected
        How likely the policy's model thought that was, (n_leads,).
    shuffled
        What the leads of each day would convert on average if they were shuffled
        among the reps without changing their loads, (n_days,).
    """

    course: Course
    rep: NDArray[np.int64]
    day: NDArray[np.int64]
    truth: NDArray[np.float64]
    expected: NDArray[np.float64]
    shuffled: NDArray[np.float64]

    @classmethod
    def empty(cls, course: Course) -> "Record":
        """Return the record before the first day."""
        n_leads = len(course.came)
        nobody = np.full(n_leads, NOBODY, dtype=np.int64)
        nothing = np.zeros(n_leads)
        shuffled = np.zeros(len(course.dates))
        return cls(course, nobody, nobody.copy(), nothing, nothing.copy(), shuffled)

    @property
    def given(self) -> NDArray[np.int64]:
        """The leads given out so far, increasing."""
        return np.flatnonzero(self.rep != NOBODY)

    @property
    def waited(self) -> NDArray[np.int64]:
        """Working days that the leads given out had waited, (n_given,)."""
        given = self.given
        return self.day[given] - self.course.came[given]

    def waiting(self, day: int) -> NDArray[np.int64]:
        """Return the leads that want a rep on a day, increasing."""
        first = self.course.come_by(day - PATIENCE - 1)
        last = self.course.come_by(day)
        return first + np.flatnonzero(self.rep[first:last] == NOBODY)

    def history(self, day: int, n_rows: int) -> pd.DataFrame:
        """Return what is known on the morning of a day, as rows of history.

        Parameters
        ----------
        day
            Leads given out before it are known; what has not closed is open.
        n_rows
            The newest so many leads, those of the past included.
        """
        course, given = self.course, self.given
        leads = pd.concat([course.past, course.leads.iloc[given]], ignore_index=True)
        reps = np.concatenate([course.past_reps, course.rep_ids[self.rep[given]]])
        at_once = np.zeros(len(course.past), dtype=np.int64)
        waited = np.concatenate([at_once, self.waited])
        newest = slice(max(0, len(leads) - n_rows), None)
        return course.world.served(
            leads[newest].reset_index(drop=True),
            reps[newest].tolist(),
            course.dates[day],
            waited[newest],
        )
