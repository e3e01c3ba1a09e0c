"""Fitting a pipeline, and asking it, without more memory than it needs."""

import numpy as np
import pandas as pd
from scipy.special import logit
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import has_fit_parameter

from scoring.lead_features.values import spread_out

MAX_TAUGHT = 100_000
BLOCK = 100_000
SURE = 1e-9
"""No probability is nearer to 0 or 1."""


def teach(
    pipeline: Pipeline, frame: pd.DataFrame, won: np.ndarray, weight: np.ndarray
) -> Pipeline:
    """Return the pipeline, fitted on at most `MAX_TAUGHT` rows spread over all.

    Parameters
    ----------
    pipeline
        Its last step is named `classifier`, and need not take weights.
    frame
        Features, (n_rows, n_features), in order of time.
    won, weight
        1.0 or 0.0, and how much the row counts, (n_rows,) each.
    """
    some = spread_out(len(won), MAX_TAUGHT)
    taught, weights = weight[some], {}
    if np.any(taught != 1) and has_fit_parameter(pipeline[-1], "sample_weight"):
        weights = {"classifier__sample_weight": taught}
    return pipeline.fit(frame.iloc[some], won[some], **weights)


def log_odds(pipeline: Pipeline, frame: pd.DataFrame) -> np.ndarray:
    """Return a fitted pipeline's log odds of a win, (n_rows,), block by block."""
    blocks = [
        pipeline.predict_proba(frame.iloc[start : start + BLOCK])[:, 1]
        for start in range(0, len(frame), BLOCK)
    ]
    p = np.concatenate([np.empty(0), *blocks]).astype(np.float64)
    return logit(np.clip(p, SURE, 1 - SURE))
