"""Rows to learn from, and newer rows to be tested on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from scoring.lead_part.calibration import MIN_OF_EACH, Calibration, fit_calibration
from scoring.lead_part.teaching import log_odds, teach


def has_both(won: np.ndarray) -> bool:
    """Tell whether there are `MIN_OF_EACH` of either outcome."""
    return bool(min(won.sum(), (1 - won).sum()) >= MIN_OF_EACH)


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
        z = self.line(raw).apply(raw)
        return np.logaddexp(0, z) - self.won_newer * z

    def mean(self, of_newer: np.ndarray) -> float:
        """Return the weighted mean over the newer rows."""
        return float(np.average(of_newer, weights=self.weight_newer))

    def standard_error(self, of_newer: np.ndarray) -> float:
        """Return the standard error of that mean."""
        share = self.weight_newer / self.weight_newer.sum()
        excess = of_newer - self.mean(of_newer)
        return float(np.sqrt(np.sum((share * excess) ** 2)))
