"""Rows to learn from, and newer rows to be tested on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from scoring.diagnostics.measures import losses, paired_mean
from scoring.history import has_both
from scoring.lead_model.calibration import Calibration, fit_calibration
from scoring.lead_model.fitting import log_odds, teach


@dataclass(frozen=True)
class Slices:
    """Rows to learn from and newer rows to be tested on, as features.

    Attributes
    ----------
    older, newer
        Features, (n_older, n_features) and (n_newer, n_features).
    won_older, won_newer, weight_older, weight_newer
        Outcomes and weights, (n_older,) and (n_newer,).
    """

    older: pd.DataFrame
    won_older: np.ndarray
    weight_older: np.ndarray
    newer: pd.DataFrame
    won_newer: np.ndarray
    weight_newer: np.ndarray

    @property
    def can_judge(self) -> bool:
        """Tell whether both outcomes are among the older and the newer rows."""
        return has_both(self.won_older) and has_both(self.won_newer)

    def raw_logits(self, pipeline: Pipeline) -> np.ndarray:
        """Return the newer rows' log odds by a pipeline taught the older ones."""
        teach(pipeline, self.older, self.won_older, self.weight_older)
        return log_odds(pipeline, self.newer)

    def line(self, raw: np.ndarray) -> Calibration:
        """Return what makes the newer rows' log odds, (n_newer,), honest."""
        return fit_calibration(raw, self.won_newer, self.weight_newer)

    def losses(self, raw: np.ndarray) -> np.ndarray:
        """Return the log loss of each newer row, (n_newer,), once calibrated.

        Whoever wins will be calibrated on these rows, so all are: two numbers
        each, the same favour to everyone.
        """
        return losses(self.line(raw).apply(raw), self.won_newer)

    def mean(self, of_newer: np.ndarray) -> float:
        """Return the weighted mean over the newer rows."""
        return float(np.average(of_newer, weights=self.weight_newer))

    def paired(self, gain: np.ndarray) -> tuple[float, float]:
        """Return the weighted mean of paired differences and its standard error."""
        return paired_mean(gain, self.weight_newer)
