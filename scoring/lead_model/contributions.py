"""What each column contributes to the lead model: the loss without its order."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from scoring.history.cells import spread_out
from scoring.lead_model.calibration import Calibration
from scoring.lead_model.pipelines import log_odds
from scoring.statistics.likelihood import log_losses

MAX_ROWS = 2000


def contributions(
    pipeline: Pipeline, line: Calibration, frame: pd.DataFrame, won: np.ndarray
) -> Mapping[str, float]:
    """Return each feature's contribution: how much the log loss rises without it.

    Its values are permuted among leads that the pipeline was not fitted on; of the
    others nothing changes. The largest comes first.

    Parameters
    ----------
    pipeline, line
        Fitted on older leads, and what calibrates it.
    frame
        Features of newer leads, (n_rows, n_features).
    won
        1.0 or 0.0, (n_rows,).

    References
    ----------
    Breiman (2001), Random forests, doi:10.1023/A:1010933404324.
    """
    sample = spread_out(len(frame), MAX_ROWS)
    frame, won = frame.iloc[sample], won[sample]
    order = np.random.default_rng(0).permutation(len(frame))

    def loss(features: pd.DataFrame) -> float:
        logit = line.apply(log_odds(pipeline, features))
        return float(log_losses(logit, won).mean())

    with_all = loss(frame)
    rises = {
        str(name): loss(frame.assign(**{name: frame[name].to_numpy()[order]}))
        - with_all
        for name in frame.columns
    }
    return dict(sorted(rises.items(), key=lambda item: -item[1]))
