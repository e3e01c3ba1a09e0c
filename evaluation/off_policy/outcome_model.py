"""Expected outcomes of each logged lead with each rep, cross-fitted over days."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from evaluation.off_policy.lead_regression import N_FOLDS, fit_logistic, lead_matrix
from evaluation.off_policy.log import Log
from evaluation.off_policy.pairs import Pairs


class OutcomeModel(Protocol):
    """Expected outcomes of pairs; not fitted to the outcomes of these leads."""

    def expected(self, pairs: Pairs) -> NDArray[np.float64]:
        """Return the mean outcome of each pair, (n_pairs,), in the log's unit."""


@dataclass(frozen=True, eq=False)
class CrossFitted:
    """A logistic model of lead and rep, for each lead fitted to rows of other days.

    Attributes
    ----------
    rep_ids
        The reps of the log, (n_reps,).
    logit
        Log odds of each lead with an average rep, (n_leads,).
    fold
        Which model serves each lead, (n_leads,).
    effect
        Rep effects of each model, (n_folds, n_reps) logits.
    value_if_won
        What each lead would bring if won, (n_leads,).
    """

    rep_ids: NDArray[np.object_]
    logit: NDArray[np.float64]
    fold: NDArray[np.intp]
    effect: NDArray[np.float64]
    value_if_won: NDArray[np.float64]

    def expected(self, pairs: Pairs) -> NDArray[np.float64]:
        """Return the mean outcome of each pair, (n_pairs,); new reps are average."""
        rep = pairs.positions_in(self.rep_ids)
        effect = np.hstack([self.effect, np.zeros((len(self.effect), 1))])
        lead = pairs.lead
        probability = expit(self.logit[lead] + effect[self.fold[lead], rep])
        return self.value_if_won[lead] * probability


def cross_fit(log: Log, n_folds: int = N_FOLDS) -> CrossFitted:
    """Return a model of the log's outcomes, for each lead fitted to other folds.

    Folds are blocks of days, so that the leads of one day are never in two.
    """
    matrix = lead_matrix(log.table).to_numpy()
    won = (log.table["outcome"] == "won").to_numpy(dtype=np.float64)
    rep, n_reps = log.assigned.rep, len(log.rep_ids)
    fold = log.day * min(n_folds, log.n_days) // log.n_days
    logit = np.empty(log.n_leads)
    value = np.empty(log.n_leads)
    effect = np.empty((int(fold[-1]) + 1, n_reps))
    for place in range(len(effect)):
        training, held_out = fold != place, fold == place
        weights = fit_logistic(matrix[training], won[training])
        logit[held_out] = matrix[held_out] @ weights
        fitted = expit(matrix[training] @ weights)
        residual, variance = won[training] - fitted, fitted * (1 - fitted)
        effect[place] = shrunken_effects(residual, variance, rep[training], n_reps)
        value[held_out] = value_if_won(log, training)[held_out]
    return CrossFitted(log.rep_ids, logit, fold, effect, value)


def shrunken_effects(
    residual: NDArray[np.float64],
    variance: NDArray[np.float64],
    rep: NDArray[np.integer],
    n_reps: int,
) -> NDArray[np.float64]:
    """Return the empirical-Bayes effect of each rep on log odds, (n_reps,).

    One Newton step from zero under a normal prior, whose variance component is
    estimated by moments: what the residuals vary by beyond chance.

    Parameters
    ----------
    residual
        Outcome less its fitted probability, (n_rows,).
    variance
        Of each outcome, (n_rows,).
    rep
        Position of each row's rep, (n_rows,).
    """
    score = np.bincount(rep, residual, n_reps)
    information = np.bincount(rep, variance, n_reps)
    beyond = np.sum(score**2 - information) / max(np.sum(information**2), 1e-12)
    component = max(0.0, float(beyond))
    return score * component / (1 + information * component)


def value_if_won(log: Log, training: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what each lead would bring if won, (n_leads,), by the training rows.

    One where conversions count. Else won leads brought so much per unit of their
    deal value; leads that have none count as the average won lead.
    """
    if log.value == "conversions":
        return np.ones(log.n_leads)
    won = training & (log.table["outcome"] == "won").to_numpy()
    mean = float(log.outcome[won].mean()) if won.any() else 0.0
    deal = np.full(log.n_leads, np.nan)
    if "deal_value" in log.table:
        deal = log.table["deal_value"].to_numpy(dtype=np.float64)
    priced = won & (deal > 0)
    if not priced.any():
        return np.full(log.n_leads, mean)
    per_unit = float(log.outcome[priced].sum() / deal[priced].sum())
    return np.where(deal > 0, deal * per_unit, mean)
