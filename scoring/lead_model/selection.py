"""Model selection: which lead model predicts newer leads best, the simpler in doubt."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from scoring.history.rows import has_both
from scoring.lead_features.features import Features
from scoring.lead_model.calibration import Calibration, fit_calibration
from scoring.lead_model.contributions import contributions
from scoring.lead_model.lead_model import BOOSTED, GIVEN, LOGISTIC, ModelSelection
from scoring.lead_model.pipelines import (
    boosted_pipeline,
    classifier_pipeline,
    fit_pipeline,
    lead_pipeline,
    log_odds,
)
from scoring.statistics.likelihood import log_losses, paired_mean

PENALTIES = (1.0, 10.0, 100.0)


@dataclass(frozen=True)
class TimeSlices:
    """Rows to fit on and newer rows to test on, as features.

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
        """Return the newer rows' log odds by a pipeline fitted on the older ones."""
        fit_pipeline(pipeline, self.older, self.won_older, self.weight_older)
        return log_odds(pipeline, self.newer)

    def line(self, raw: np.ndarray) -> Calibration:
        """Return what calibrates the newer rows' log odds, (n_newer,)."""
        return fit_calibration(raw, self.won_newer, self.weight_newer)

    def losses(self, raw: np.ndarray) -> np.ndarray:
        """Return the log loss of each newer row, (n_newer,), once calibrated.

        The chosen model will be calibrated on these rows, so all candidates are.
        """
        return log_losses(self.line(raw).apply(raw), self.won_newer)

    def mean(self, values: np.ndarray) -> float:
        """Return the weighted mean over the newer rows."""
        return float(np.average(values, weights=self.weight_newer))

    def paired(self, gain: np.ndarray) -> tuple[float, float]:
        """Return the weighted mean of paired differences and its standard error."""
        return paired_mean(gain, self.weight_newer)


def choose_model(
    features: Features, slices: TimeSlices, lead_classifier: Any
) -> tuple[ModelSelection, Pipeline, Calibration]:
    """Return how the model was chosen, the model, unfitted, and its calibration.

    Parameters
    ----------
    features
        What the frames of the slices hold.
    slices
        Rows to fit on and rows to test on. If they cannot judge, the regression is
        chosen and nothing calibrates it.
    lead_classifier
        Chosen without a comparison, if not `None`.
    """
    if lead_classifier is not None:
        selection = ModelSelection(GIVEN)
        pipeline = classifier_pipeline(features, lead_classifier)
    elif slices.can_judge:
        selection, pipeline, raw = compare(features, slices)
        return finished(selection, pipeline, slices, raw)
    else:
        selection = ModelSelection(LOGISTIC)
        pipeline = lead_pipeline(features, selection.penalty)
    if not slices.can_judge:
        return selection, pipeline, Calibration()
    return finished(selection, pipeline, slices, slices.raw_logits(pipeline))


def finished(
    selection: ModelSelection, pipeline: Pipeline, slices: TimeSlices, raw: np.ndarray
) -> tuple[ModelSelection, Pipeline, Calibration]:
    """Return a selection with what each column contributes, the model and its line.

    Parameters
    ----------
    selection
        How the model was chosen.
    pipeline
        The model, fitted on the older rows; it is returned unfitted.
    slices
        The rows.
    raw
        The newer rows' log odds, (n_newer,).
    """
    line = slices.line(raw)
    parts = contributions(pipeline, line, slices.newer, slices.won_newer)
    return replace(selection, contributions=parts), clone(pipeline), line


def compare(
    features: Features, slices: TimeSlices
) -> tuple[ModelSelection, Pipeline, np.ndarray]:
    """Return how regression and boosted trees compared, the one to use, its log odds.

    The regression stays unless the trees' log loss is lower by more than one standard
    error. The raw log odds are those of the newer rows, (n_newer,).
    """
    pipelines = {penalty: lead_pipeline(features, penalty) for penalty in PENALTIES}
    logits = {penalty: slices.raw_logits(pipelines[penalty]) for penalty in PENALTIES}
    losses = {penalty: slices.losses(raw) for penalty, raw in logits.items()}
    best = min(PENALTIES, key=lambda penalty: slices.mean(losses[penalty]))
    boosted = boosted_pipeline(features)
    boosted_logits = slices.raw_logits(boosted)
    boosted_losses = slices.losses(boosted_logits)
    difference, error = slices.paired(losses[best] - boosted_losses)
    is_better = difference > error
    selection = ModelSelection(
        chosen=BOOSTED if is_better else LOGISTIC,
        penalty=best,
        log_losses={
            LOGISTIC: slices.mean(losses[best]),
            BOOSTED: slices.mean(boosted_losses),
        },
        difference=difference,
        standard_error=error,
        n_test=len(slices.newer),
    )
    if is_better:
        return selection, boosted, boosted_logits
    return selection, pipelines[best], logits[best]
