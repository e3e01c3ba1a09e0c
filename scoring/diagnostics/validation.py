"""How good the model is on leads newer than any it has learnt from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import logit
from sklearn.base import clone

from scoring.censoring.weights import Maturity
from scoring.conversion_model import ConversionModel, seniority_of
from scoring.diagnostics.measures import (
    Bin,
    Figures,
    Gain,
    figures,
    losses,
    paired_gain,
    reliability,
)
from scoring.history import closed_history, is_distributed, is_won, known_history
from scoring.named_columns import ColumnError

TEST_SHARE = 0.2
MIN_TESTED = 20
MIN_TAUGHT = 30


@dataclass(frozen=True)
class Measures:
    """Figures on the newest rows.

    Attributes
    ----------
    whole, lead_only, constant
        Of the model, of its lead part alone, and of the older rows' win rate.
    over_constant, over_lead_only
        Gain of the whole model over those two.
    reliability
        Predicted beside observed, by tenths.
    """

    whole: Figures
    lead_only: Figures
    constant: Figures
    over_constant: Gain
    over_lead_only: Gain
    reliability: tuple[Bin, ...]


@dataclass(frozen=True)
class Validation:
    """Taught by what was known at a moment, tested on the leads given out after it.

    Attributes
    ----------
    n_taught, n_tested, n_tested_won
        Closed rows on either side of the line; only distributed rows test.
    tested_from
        First assignment among the tested rows, ISO 8601; empty if there is none.
    measures
        What was measured; `None` if that was not possible.
    problem
        Why not; empty if it was.
    """

    n_taught: int
    n_tested: int
    n_tested_won: int
    tested_from: str
    measures: Measures | None
    problem: str


def validate(
    model: ConversionModel,
    history: pd.DataFrame,
    leads: pd.DataFrame | None = None,
    reps: pd.DataFrame | None = None,
    maturity: Maturity | None = None,
) -> Validation:
    """Return how an unfitted copy of the model, taught the past, does on the new.

    Parameters
    ----------
    model
        Only its parameters are used.
    history, leads, reps
        As for :meth:`scoring.conversion_model.ConversionModel.fit`.
    maturity
        What the tested rows stand for; each for itself by default.
    """
    rows = closed_history(history)
    cut = rows["assigned_at"].iloc[round(len(rows) * (1 - TEST_SHARE))]
    past = known_history(history[history["assigned_at"] < cut], cut)
    taught = closed_history(past)
    tested = rows[(rows["assigned_at"] >= cut) & is_distributed(rows)]
    if maturity is not None:
        tested = tested[maturity.weight(tested) > 0]
    problem = why_not_validated(taught, tested)
    measures = None
    if not problem:
        weight = np.ones(len(tested)) if maturity is None else maturity.weight(tested)
        try:
            fitted = clone(model).fit(past, leads, reps, cut)
            measures = measure(fitted, taught, tested, weight, reps)
        except ColumnError as error:
            problem = f"the older rows alone cannot teach: {error}"
    return Validation(
        n_taught=len(taught),
        n_tested=len(tested),
        n_tested_won=int(is_won(tested).sum()),
        tested_from="" if tested.empty else tested["assigned_at"].iloc[0].isoformat(),
        measures=measures,
        problem=problem,
    )


def why_not_validated(taught: pd.DataFrame, tested: pd.DataFrame) -> str:
    """Return why these rows cannot validate, empty if they can."""
    if len(tested) < MIN_TESTED:
        return f"only {len(tested)} newest rows to test on, {MIN_TESTED} are needed"
    if len(taught) < MIN_TAUGHT:
        return f"only {len(taught)} leads had closed before the newest were given out"
    if taught["outcome"].nunique() < 2:
        return "the older rows are all won or all lost"
    return ""


def measure(
    model: ConversionModel,
    taught: pd.DataFrame,
    tested: pd.DataFrame,
    weight: np.ndarray,
    reps: pd.DataFrame | None = None,
) -> Measures:
    """Return the fitted model's figures on the tested rows, (n_tested,) weights."""
    won = is_won(tested)
    rep_ids, rep = np.unique(tested["rep_id"].to_numpy(object), return_inverse=True)
    seniority = seniority_of(reps)
    known = None if seniority is None else seniority.reindex(rep_ids)
    scores = model.score(tested, rep_ids.tolist(), known)
    whole = scores.logit(np.arange(len(tested)), rep)
    lead_only = model.lead_part_.logit(tested)
    past = np.average(is_won(taught), weights=model.maturity_.weight(taught))
    constant = np.full(len(won), logit(np.clip(past, 1e-6, 1 - 1e-6)))
    of_whole = losses(whole, won)
    return Measures(
        whole=figures(whole, won, weight),
        lead_only=figures(lead_only, won, weight),
        constant=figures(constant, won, weight),
        over_constant=paired_gain(losses(constant, won), of_whole, weight),
        over_lead_only=paired_gain(losses(lead_only, won), of_whole, weight),
        reliability=reliability(whole, won, weight),
    )
