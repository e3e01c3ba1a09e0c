"""A new model against the one in use, on leads that neither has seen."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData, DataError
from scoring import ConversionModel, TrainedModel, train
from scoring.card.figures import Gain
from scoring.censoring.weights import CensoringWeights
from scoring.conversion.fitting import seniority_of
from scoring.diagnostics.out_of_time import MIN_TEST, TEST_SHARE
from scoring.history.rows import (
    closed_history,
    has_both,
    is_distributed,
    is_won,
    known_history,
    with_losses,
)
from scoring.statistics.likelihood import log_losses, paired_mean

LEAST_OF_EACH = 3
"""Won test rows, and lost ones, below which nothing is told apart."""


@dataclass(frozen=True)
class OutOfTime:
    """How two models predict the newest leads.

    Attributes
    ----------
    since
        Leads assigned from here on are the test: after the old model was fitted.
    n_test, n_won
        Test rows, and those won.
    old, new
        Log loss per row; the new one is of a model fitted on what was known at `since`.
    gain
        How much lower the new one is, paired by row.
    """

    since: pd.Timestamp
    n_test: int
    n_won: int
    old: float
    new: float
    gain: Gain


def compared(
    crm: CrmData, untrained: ConversionModel, old: TrainedModel, new: TrainedModel
) -> OutOfTime | str:
    """Return both models' figures on unseen leads, or why there are none.

    The new model predicts leads that it was fitted on; so another one, fitted in the
    same way on what was known when the test begins, stands for it.

    Parameters
    ----------
    crm
        The tables.
    untrained
        The model of the scenario.
    old, new
        The model in use, and the one fitted on all of history.
    """
    known = known_history(crm.history, crm.as_of)
    history = with_losses(known, untrained.lost_after_days, crm.as_of)
    rows = closed_history(history)
    fitted_at = pd.Timestamp(old.card.training.as_of)
    newest = rows["assigned_at"].iloc[round(len(rows) * (1 - TEST_SHARE))]
    since = max(newest, fitted_at)
    is_unseen = (rows["assigned_at"] > fitted_at) & (rows["assigned_at"] >= since)
    test = rows[is_unseen & is_distributed(rows)]
    weights: CensoringWeights = new.model.censoring_
    test = test[weights.weight(test) > 0]
    if reason := _too_few(test, fitted_at):
        return reason
    past = known_history(history[history["assigned_at"] < since], since)
    try:
        then = train(replace(crm, history=past, as_of=since), untrained)
    except DataError as error:
        return f"on what was known at {since:%Y-%m-%d} no model can be fitted: {error}"
    losses = [_losses(one, test, crm) for one in (old, then)]
    weight = weights.weight(test)
    return OutOfTime(
        since=since,
        n_test=len(test),
        n_won=int(is_won(test).sum()),
        old=float(np.average(losses[0], weights=weight)),
        new=float(np.average(losses[1], weights=weight)),
        gain=Gain(*paired_mean(losses[0] - losses[1], weight)),
    )


def _too_few(test: pd.DataFrame, fitted_at: pd.Timestamp) -> str:
    won = is_won(test)
    if len(test) >= MIN_TEST and has_both(won, LEAST_OF_EACH):
        return ""
    n_won = int(won.sum())
    return (
        "of the leads assigned since the model in use was fitted, "
        f"{fitted_at:%d %B %Y}, {n_won} were won and {len(won) - n_won} lost by now; "
        f"{MIN_TEST} leads are needed, {LEAST_OF_EACH} of each"
    )


def _losses(
    trained: TrainedModel, test: pd.DataFrame, crm: CrmData
) -> NDArray[np.float64]:
    """Return the log loss of each test row with the rep that had it, (n_test,)."""
    rep_ids, rep = np.unique(test["rep_id"].to_numpy(object), return_inverse=True)
    seniority = seniority_of(crm.reps)
    known = None if seniority is None else seniority.reindex(rep_ids)
    scores = trained.model.score(test, rep_ids.tolist(), known)
    losses: NDArray[np.float64] = log_losses(
        scores.logit(np.arange(len(test)), rep), is_won(test)
    )
    return losses
