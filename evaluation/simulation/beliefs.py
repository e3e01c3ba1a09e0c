"""What a policy believes of every pair, from what it has seen so far."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.simulation.course import PATIENCE, Course
from evaluation.simulation.record import Record
from scoring import ConversionModel
from scoring.training import why_not_trainable
from solver import POLICIES, is_value_blind

ORACLE = "oracle"
"""The policy that knows the truth and allocates by it as well as can be."""
MEMORY = 20_000
"""The newest so many leads teach a model."""

Beliefs = Callable[[int, Record], NDArray[np.float64]]
"""From a day and the record so far to P(convert) of each pair, (n_pairs,)."""


def taught(course: Course, history: pd.DataFrame, day: int) -> ConversionModel | None:
    """Return a model of what was known on the morning of a day.

    None where too little was. The worlds' leads are linear in their log odds, so
    that logistic regression is the lead part without a contest.
    """
    if why_not_trainable(history):
        return None
    model = ConversionModel(LogisticRegression(max_iter=500))
    world = course.world
    return model.fit(history, course.leads[:1], world.reps, course.dates[day])


def believed(
    course: Course, model: ConversionModel, first: int, last: int
) -> NDArray[np.float64]:
    """Return P(convert) of the pairs of the leads from `first` to before `last`."""
    reps = course.world.reps
    rows, pairs = slice(first, last), course.pairs_of(first, last)
    ids = course.rep_ids.tolist()
    scores = model.score(course.leads[rows], ids, reps["seniority"])
    n_pairs = np.diff(course.indptr[first : last + 1])
    lead = np.repeat(np.arange(last - first), n_pairs)
    return scores.probability(lead, course.rep[pairs])


class Knowing:
    """Beliefs of one who knows the truth, and what waiting costs.

    Parameters
    ----------
    course
        What comes.
    """

    def __init__(self, course: Course) -> None:
        self._course = course

    def __call__(self, day: int, record: Record) -> NDArray[np.float64]:
        """Return how likely each pair of the leads that came by this day converts."""
        course = self._course
        first, last = course.come_by(day - PATIENCE - 1), course.come_by(day)
        kept = course.world.kept(day - course.came[first:last])
        truth = course.truth.copy()
        n_pairs = np.diff(course.indptr[first : last + 1])
        truth[course.pairs_of(first, last)] *= np.repeat(kept, n_pairs)
        return truth


class Learning:
    """Beliefs of a model that is taught anew, every so many days.

    Parameters
    ----------
    course
        What comes.
    first
        What the model of history believes of each pair, (n_pairs,).
    retrain_days
        Working days between two lessons.
    """

    def __init__(
        self, course: Course, first: NDArray[np.float64], retrain_days: int
    ) -> None:
        self._course, self._retrain_days = course, retrain_days
        self._belief = first.copy()

    def __call__(self, day: int, record: Record) -> NDArray[np.float64]:
        """Return the beliefs of this day; the days are asked for in order."""
        if day > 0 and day % self._retrain_days == 0:
            self._learn(day, record)
        return self._belief

    def _learn(self, day: int, record: Record) -> None:
        course = self._course
        model = taught(course, record.history(day, MEMORY), day)
        first = course.come_by(day - PATIENCE - 1)
        last = course.come_by(day + self._retrain_days - 1)
        if model is not None and first < last:
            pairs = course.pairs_of(first, last)
            self._belief[pairs] = believed(course, model, first, last)


def first_beliefs(course: Course) -> NDArray[np.float64]:
    """Return what a model of the past believes of each pair, (n_pairs,).

    Where the past teaches too little, nothing is expected of any pair.
    """
    history = Record.empty(course).history(0, MEMORY)
    model = taught(course, history, 0)
    if model is None:
        return np.zeros(len(course.rep))
    return believed(course, model, 0, len(course.came))


def beliefs_of(
    policy: str, course: Course, first: NDArray[np.float64], retrain_days: int
) -> Beliefs:
    """Return what a policy believes.

    Parameters
    ----------
    policy
        Its name.
    course, first, retrain_days
        As for :class:`Learning`.
    """
    if policy == ORACLE:
        return Knowing(course)
    if policy != ORACLE and is_value_blind(POLICIES[policy]):
        return lambda day, record: first
    return Learning(course, first, retrain_days)
