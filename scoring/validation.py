"""How good the model is on leads newer than any it has learnt from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from sklearn.base import clone
from sklearn.metrics import average_precision_score, roc_auc_score

from scoring.history import closed_history, is_distributed, is_won
from scoring.model import ConversionModel

TEST_SHARE = 0.2
MIN_TESTED = 20
LOSS_Z = 2.0


@dataclass(frozen=True)
class Gain:
    """How much lower one log loss is than another, on the same rows.

    Attributes
    ----------
    mean
        Mean difference per row; positive is better.
    standard_error
        Paired standard error of `mean`.
    """

    mean: float
    standard_error: float

    @property
    def is_loss(self) -> bool:
        """Tell whether it is worse by more than two standard errors."""
        return self.mean < -LOSS_Z * self.standard_error


@dataclass(frozen=True)
class Measures:
    """Figures on the newest rows; `None` where the rows cannot give them.

    Attributes
    ----------
    auc, average_precision
        How well the model ranks; `None` if all rows ended alike.
    brier, log_loss
        How far its probabilities are off, per row.
    log_loss_constant
        The same for the win rate of the older rows.
    log_loss_lead_only
        The same without the rep part.
    over_constant, over_lead_only
        Gain of the whole model over those two.
    """

    auc: float | None
    average_precision: float | None
    brier: float
    log_loss: float
    log_loss_constant: float
    log_loss_lead_only: float
    over_constant: Gain
    over_lead_only: Gain


@dataclass(frozen=True)
class Validation:
    """Taught by the oldest rows, tested on the newest, never on random ones.

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
    model: ConversionModel, history: pd.DataFrame, leads: pd.DataFrame | None = None
) -> Validation:
    """Return how an unfitted copy of the model, taught the past, does on the new.

    Parameters
    ----------
    model
        Only its parameters are used.
    history, leads
        As for :meth:`scoring.model.ConversionModel.fit`.
    """
    rows = closed_history(history)
    n_taught = round(len(rows) * (1 - TEST_SHARE))
    taught, tested = rows.iloc[:n_taught], rows.iloc[n_taught:]
    tested = tested[is_distributed(tested)]
    problem = why_not_validated(taught, tested)
    measures = None
    if not problem:
        measures = measure(clone(model).fit(taught, leads), taught, tested)
    return Validation(
        n_taught=n_taught,
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
    if taught["outcome"].nunique() < 2:
        return "the older rows are all won or all lost"
    return ""


def measure(
    model: ConversionModel, taught: pd.DataFrame, tested: pd.DataFrame
) -> Measures:
    """Return the fitted model's figures on the tested rows."""
    won = is_won(tested)
    scores = model.score(tested, tested["rep_id"].tolist())
    log_odds = scores.lead + scores.rep
    p = expit(log_odds)
    whole = losses(log_odds, won)
    constant = losses(np.full(len(won), logit(is_won(taught).mean())), won)
    lead_only = losses(scores.lead, won)
    ranked = 0 < won.sum() < len(won)
    return Measures(
        auc=float(roc_auc_score(won, p)) if ranked else None,
        average_precision=float(average_precision_score(won, p)) if ranked else None,
        brier=float(np.mean((p - won) ** 2)),
        log_loss=float(whole.mean()),
        log_loss_constant=float(constant.mean()),
        log_loss_lead_only=float(lead_only.mean()),
        over_constant=paired_gain(constant, whole),
        over_lead_only=paired_gain(lead_only, whole),
    )


def losses(log_odds: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return each row's log loss in nats, (n_rows,)."""
    return np.logaddexp(0, log_odds) - won * log_odds


def paired_gain(before: np.ndarray, after: np.ndarray) -> Gain:
    """Return how much lower the losses after are, row by row."""
    difference = before - after
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    return Gain(mean=float(difference.mean()), standard_error=float(error))
