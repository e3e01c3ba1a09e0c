"""The lead model: log odds of a win with an average rep, from the lead's features."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from scoring.lead_features.features import Features
from scoring.lead_model.calibration import Calibration
from scoring.lead_model.pipelines import log_odds

USUAL_PENALTY = 10.0
LOGISTIC = "logistic regression"
BOOSTED = "boosted trees"
GIVEN = "given classifier"
BASE_RATE = "base rate"


@dataclass(frozen=True)
class ModelSelection:
    """How two lead models compared on newer leads than they were fitted on.

    Attributes
    ----------
    chosen
        Name of the model that is used.
    penalty
        The logistic regression's, the best of those tried.
    log_losses
        Name of the model -> its mean log loss; empty if none were compared.
    difference, standard_error
        How much lower the boosted trees' log loss is, with its paired standard
        error.
    n_test
        Newest rows it was measured on.
    contributions
        Feature -> how much the log loss of newer leads rises without it, the largest
        first; empty if there were too few to tell.
    """

    chosen: str
    penalty: float = USUAL_PENALTY
    log_losses: Mapping[str, float] = field(default_factory=dict)
    difference: float = 0.0
    standard_error: float = 0.0
    n_test: int = 0
    contributions: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class LeadModel:
    """A fitted pipeline and the line that calibrates it.

    Attributes
    ----------
    features
        The lead's features.
    pipeline
        Takes their frame; `None` where history is too small for one: then every
        lead has the base rate.
    calibration
        Calibrates the pipeline's log odds.
    selection
        How the pipeline was chosen.
    """

    features: Features
    pipeline: Pipeline | None
    calibration: Calibration
    selection: ModelSelection

    def logit(
        self, leads: pd.DataFrame, frame: pd.DataFrame | None = None
    ) -> np.ndarray:
        """Return calibrated log odds of a win with an average rep, (n_leads,).

        Parameters
        ----------
        leads
            Leads or history.
        frame
            Their features, if they are there already.
        """
        if self.pipeline is None or leads.empty:
            return self.calibration.apply(np.zeros(len(leads)))
        if frame is None:
            frame = self.features.frame(leads)
        return self.calibration.apply(log_odds(self.pipeline, frame))
