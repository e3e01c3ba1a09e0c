"""Out-of-time validation: how good the model is on leads newer than its history."""

import numpy as np
import pandas as pd
from scipy.special import logit
from sklearn.base import clone

from scoring.card.figures import Measures, Validation
from scoring.censoring.weights import CensoringWeights
from scoring.conversion.conversion_model import ConversionModel
from scoring.conversion.fitting import seniority_of
from scoring.diagnostics.metrics import figures, level, paired_gain, reliability
from scoring.history.rows import closed_history, is_distributed, is_won, known_history
from scoring.lead_features.compatibility import ColumnError
from scoring.statistics.likelihood import log_losses

TEST_SHARE = 0.2
MIN_TEST = 20
MIN_TRAIN = 30


def validate(
    model: ConversionModel,
    history: pd.DataFrame,
    leads: pd.DataFrame | None = None,
    reps: pd.DataFrame | None = None,
    censoring: CensoringWeights | None = None,
) -> Validation:
    """Return the figures on newer rows of a copy of the model fitted on older ones.

    Parameters
    ----------
    model
        Only its parameters are used.
    history, leads, reps
        As for :meth:`scoring.conversion.conversion_model.ConversionModel.fit`.
    censoring
        Weights of the test rows; 1 each by default.
    """
    rows = closed_history(history)
    cut = rows["assigned_at"].iloc[round(len(rows) * (1 - TEST_SHARE))]
    past = known_history(history[history["assigned_at"] < cut], cut)
    train = closed_history(past)
    test = rows[(rows["assigned_at"] >= cut) & is_distributed(rows)]
    if censoring is not None:
        test = test[censoring.weight(test) > 0]
    problem = why_not_validated(train, test)
    measures = None
    if not problem:
        weight = np.ones(len(test)) if censoring is None else censoring.weight(test)
        try:
            fitted = clone(model).fit(past, leads, reps, cut)
            measures = measure(fitted, train, test, weight, reps)
        except ColumnError as error:
            problem = f"a model cannot be fitted on the older rows alone: {error}"
    return Validation(
        n_train=len(train),
        n_test=len(test),
        n_test_won=int(is_won(test).sum()),
        test_from="" if test.empty else test["assigned_at"].iloc[0].isoformat(),
        measures=measures,
        problem=problem,
    )


def why_not_validated(train: pd.DataFrame, test: pd.DataFrame) -> str:
    """Return why these rows allow no validation, empty if they do."""
    if len(test) < MIN_TEST:
        return f"only {len(test)} newest rows to test on, {MIN_TEST} are needed"
    if len(train) < MIN_TRAIN:
        return f"only {len(train)} leads had closed before the newest were distributed"
    if train["outcome"].nunique() < 2:
        return "the older rows are all won or all lost"
    return ""


def measure(
    model: ConversionModel,
    train: pd.DataFrame,
    test: pd.DataFrame,
    weight: np.ndarray,
    reps: pd.DataFrame | None = None,
) -> Measures:
    """Return the fitted model's figures on the test rows, (n_test,) weights."""
    won = is_won(test)
    rep_ids, rep = np.unique(test["rep_id"].to_numpy(object), return_inverse=True)
    seniority = seniority_of(reps)
    known = None if seniority is None else seniority.reindex(rep_ids)
    scores = model.score(test, rep_ids.tolist(), known)
    whole = scores.logit(np.arange(len(test)), rep)
    lead_only = model.lead_model_.logit(test)
    past = np.average(is_won(train), weights=model.censoring_.weight(train))
    constant = np.full(len(won), logit(np.clip(past, 1e-6, 1 - 1e-6)))
    losses = log_losses(whole, won)
    return Measures(
        whole=figures(whole, won, weight),
        lead_only=figures(lead_only, won, weight),
        constant=figures(constant, won, weight),
        over_constant=paired_gain(log_losses(constant, won), losses, weight),
        over_lead_only=paired_gain(log_losses(lead_only, won), losses, weight),
        reliability=reliability(whole, won, weight),
        level=level(whole, won, weight),
    )
