"""Which model of the lead predicts newer leads best; the simpler one if in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from scoring.lead_features.features import Features
from scoring.lead_model.calibration import Calibration
from scoring.lead_model.pipeline import (
    boosted_pipeline,
    classifier_pipeline,
    lead_pipeline,
)
from scoring.lead_model.slices import Slices

PENALTIES = (1.0, 10.0, 100.0)
USUAL_PENALTY = 10.0
LOGISTIC = "logistic regression"
BOOSTED = "boosted trees"
GIVEN = "given classifier"
BASE_RATE = "base rate"


@dataclass(frozen=True)
class Contest:
    """How two models of the lead did on leads newer than those they learnt from.

    Attributes
    ----------
    chosen
        Name of the model that is used.
    penalty
        The logistic regression's, the best of `PENALTIES`.
    log_losses
        Name of the model -> its mean log loss; empty if there was no contest.
    difference, standard_error
        How much lower the boosted trees' log loss is, with its paired standard
        error.
    n_tested
        Newest rows it was measured on.
    """

    chosen: str
    penalty: float = USUAL_PENALTY
    log_losses: Mapping[str, float] = field(default_factory=dict)
    difference: float = 0.0
    standard_error: float = 0.0
    n_tested: int = 0


@dataclass(frozen=True)
class Entry:
    """A model in the contest.

    Attributes
    ----------
    pipeline
        Taught the older rows.
    raw
        Its log odds of the newer rows, (n_newer,).
    losses
        Their log losses once calibrated, (n_newer,).
    """

    pipeline: Pipeline
    raw: np.ndarray
    losses: np.ndarray


def choose_model(
    features: Features, slices: Slices, lead_classifier: Any
) -> tuple[Contest, Pipeline, Calibration]:
    """Return how the model was chosen, the model, unfitted, and its calibration.

    Parameters
    ----------
    features
        What the frames of the slices hold.
    slices
        Rows to learn from and rows to be tested on. If they cannot judge, the
        regression is chosen and nothing calibrates it.
    lead_classifier
        Chosen without a contest, if not `None`.
    """
    if lead_classifier is not None:
        contest = Contest(GIVEN)
        pipeline = classifier_pipeline(features, lead_classifier)
    elif slices.can_judge:
        contest, entry = hold_contest(features, slices)
        return contest, clone(entry.pipeline), slices.line(entry.raw)
    else:
        contest = Contest(LOGISTIC)
        pipeline = lead_pipeline(features, contest.penalty)
    if not slices.can_judge:
        return contest, pipeline, Calibration()
    return contest, pipeline, slices.line(slices.raw_logits(clone(pipeline)))


def hold_contest(features: Features, slices: Slices) -> tuple[Contest, Entry]:
    """Return how logistic regression and boosted trees did, and the one to use.

    The regression stays unless the trees beat it by more than one standard error.
    """
    tried = {p: enter(lead_pipeline(features, p), slices) for p in PENALTIES}
    loss = {p: slices.mean(entry.losses) for p, entry in tried.items()}
    best = min(loss, key=lambda p: loss[p])
    simple, boosted = tried[best], enter(boosted_pipeline(features), slices)
    gain = simple.losses - boosted.losses
    difference, error = slices.paired(gain)
    wins = difference > error
    contest = Contest(
        chosen=BOOSTED if wins else LOGISTIC,
        penalty=best,
        log_losses={LOGISTIC: loss[best], BOOSTED: slices.mean(boosted.losses)},
        difference=difference,
        standard_error=error,
        n_tested=len(slices.newer),
    )
    return contest, boosted if wins else simple


def enter(pipeline: Pipeline, slices: Slices) -> Entry:
    """Return the pipeline taught the older rows and tried on the newer."""
    raw = slices.raw_logits(pipeline)
    return Entry(pipeline, raw, slices.losses(raw))
