"""P(convert) of every pair, by a model of what a policy has logged so far."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.simulation.arrivals import PATIENCE, Arrivals
from evaluation.simulation.record import Predictions, Record
from scoring import ConversionModel
from scoring.training import why_not_trainable

ORACLE = "oracle"
"""The policy that knows the truth, and is optimal day by day."""
MEMORY = 20_000
"""So many of the newest leads train a model."""


def fitted(
    arrivals: Arrivals, history: pd.DataFrame, day: int
) -> ConversionModel | None:
    """Return a model of what was known on the morning of a day; None if too little.

    The leads of the worlds are linear in their log odds, so that the lead model is
    logistic regression, without model selection.
    """
    if why_not_trainable(history):
        return None
    model = ConversionModel(LogisticRegression(max_iter=500))
    reps, now = arrivals.world.reps, arrivals.dates[day]
    return model.fit(history, arrivals.leads[:1], reps, now)


def predicted(
    arrivals: Arrivals, model: ConversionModel, first: int, last: int
) -> NDArray[np.float64]:
    """Return P(convert) of the pairs of the leads from `first` to before `last`."""
    reps = arrivals.world.reps
    rows, pairs = slice(first, last), arrivals.pairs_of(first, last)
    ids = arrivals.rep_ids.tolist()
    scores = model.score(arrivals.leads[rows], ids, reps["seniority"])
    n_pairs = np.diff(arrivals.indptr[first : last + 1])
    lead = np.repeat(np.arange(last - first), n_pairs)
    return scores.probability(lead, arrivals.rep[pairs])


def first_predictions(arrivals: Arrivals) -> NDArray[np.float64]:
    """Return P(convert) of each pair by a model of the past, (n_pairs,).

    Zeros where the past is too little to train a model.
    """
    history = Record.empty(arrivals).history(0, MEMORY)
    model = fitted(arrivals, history, 0)
    if model is None:
        return np.zeros(len(arrivals.rep))
    return predicted(arrivals, model, 0, len(arrivals.day))


def predictions_of(
    policy: str,
    arrivals: Arrivals,
    first: NDArray[np.float64],
    retrain_days: int | None,
) -> Predictions:
    """Return the predictions for a policy.

    Parameters
    ----------
    policy
        Its name.
    arrivals, first, retrain_days
        As for :class:`Retrained`; without days, the first ones remain.
    """
    if policy == ORACLE:
        return TruthAfterWaiting(arrivals)
    if retrain_days is None:
        return lambda day, record: first
    return Retrained(arrivals, first, retrain_days)


class TruthAfterWaiting:
    """The true P(convert) of each pair, less what waiting costs.

    Parameters
    ----------
    arrivals
        What comes.
    """

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals

    def __call__(self, day: int, record: Record) -> NDArray[np.float64]:
        """Return P(convert) on this day of the pairs of the leads that came by it."""
        arrivals = self._arrivals
        first, last = arrivals.n_leads_by(day - PATIENCE - 1), arrivals.n_leads_by(day)
        kept = arrivals.world.kept(day - arrivals.day[first:last])
        truth = arrivals.truth.copy()
        n_pairs = np.diff(arrivals.indptr[first : last + 1])
        truth[arrivals.pairs_of(first, last)] *= np.repeat(kept, n_pairs)
        return truth


class Retrained:
    """Predictions of a model that is trained again every so many days.

    Parameters
    ----------
    arrivals
        What comes.
    first
        P(convert) of each pair by the model of history, (n_pairs,).
    retrain_days
        Working days between two trainings.
    """

    def __init__(
        self, arrivals: Arrivals, first: NDArray[np.float64], retrain_days: int
    ) -> None:
        self._arrivals, self._retrain_days = arrivals, retrain_days
        self._predicted = first.copy()

    def __call__(self, day: int, record: Record) -> NDArray[np.float64]:
        """Return the predictions of this day; the days are asked for in order."""
        if day > 0 and day % self._retrain_days == 0:
            self._retrain(day, record)
        return self._predicted

    def _retrain(self, day: int, record: Record) -> None:
        arrivals = self._arrivals
        model = fitted(arrivals, record.history(day, MEMORY), day)
        first = arrivals.n_leads_by(day - PATIENCE - 1)
        last = arrivals.n_leads_by(day + self._retrain_days - 1)
        if model is not None and first < last:
            pairs = arrivals.pairs_of(first, last)
            self._predicted[pairs] = predicted(arrivals, model, first, last)
