"""What a lead's own features say about its odds, whoever gets it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline

from scoring.calibration import Calibration, fit_calibration
from scoring.features import Features
from scoring.history import is_distributed, is_won
from scoring.pipeline import lead_pipeline

N_FOLDS = 5


@dataclass(frozen=True)
class LeadPart:
    """A fitted pipeline and the line that calibrates it."""

    features: Features
    pipeline: Pipeline
    calibration: Calibration

    def logit(self, leads: pd.DataFrame) -> np.ndarray:
        """Return calibrated log odds of a win with an average rep, (n_leads,)."""
        if leads.empty:
            return np.empty(0)
        raw = self.pipeline.decision_function(self.features.frame(leads))
        return self.calibration.apply(raw)


def fit_lead_part(
    rows: pd.DataFrame, features: Features, penalty: float, calibration_share: float
) -> LeadPart:
    """Return a pipeline taught by the older rows and calibrated on the newer.

    Only distributed leads calibrate, for only those will be scored. Where the
    older rows hold one outcome only, all rows teach and nothing calibrates.

    Parameters
    ----------
    rows
        Closed history in order of time, (n_rows,), with both outcomes.
    features
        The columns to learn from.
    penalty
        See :func:`scoring.pipeline.lead_pipeline`.
    calibration_share
        Share of the rows, the newest, kept for calibration.
    """
    n_older = round(len(rows) * (1 - calibration_share))
    older, newer = rows.iloc[:n_older], rows.iloc[n_older:]
    if older["outcome"].nunique() < 2:
        older, newer = rows, rows.iloc[:0]
    pipeline = lead_pipeline(features, penalty)
    pipeline.fit(features.frame(older), is_won(older))
    uncalibrated = LeadPart(features, pipeline, Calibration())
    judged = newer[is_distributed(newer)]
    calibration = fit_calibration(uncalibrated.logit(judged), is_won(judged))
    return LeadPart(features, pipeline, calibration)


def unseen_logits(
    rows: pd.DataFrame, features: Features, penalty: float, seed: int
) -> np.ndarray:
    """Return each row's log odds from pipelines that have not seen it, (n_rows,).

    Calibrated as a whole; a constant where an outcome is too rare to fold.
    """
    won = is_won(rows)
    if min(won.sum(), len(won) - won.sum()) < N_FOLDS:
        return np.full(len(won), np.log(won.sum() / (len(won) - won.sum())))
    frame = features.frame(rows)
    logit = np.empty(len(won))
    folds = StratifiedKFold(N_FOLDS, shuffle=True, random_state=seed)
    for seen, unseen in folds.split(frame, won):
        pipeline = lead_pipeline(features, penalty)
        pipeline.fit(frame.iloc[seen], won[seen])
        logit[unseen] = pipeline.decision_function(frame.iloc[unseen])
    return fit_calibration(logit, won).apply(logit)
