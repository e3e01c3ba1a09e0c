"""What each rep would make of each logged lead, by models of other days."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from evaluation.off_policy.lead_matrix import lead_matrix
from evaluation.off_policy.log import Log
from evaluation.off_policy.pairs import Pairs
from evaluation.off_policy.regression import fit_logistic, pooled_effects

N_FOLDS = 5


class OutcomeModel(Protocol):
    """What to expect of pairs; it must not have learnt from these leads' outcomes."""

    def expected(self, pairs: Pairs) -> NDArray[np.float64]:
        """Return the mean outcome of each pair, (n_pairs,), in the log's unit."""


@dataclass(frozen=True, eq=False)
class CrossFitted:
    """A logistic model of lead and rep, each lead by rows of other days.

    Attributes
    ----------
    rep_ids
        The reps of the log, (n_reps,).
    logit
        Log odds of each lead with an average rep, (n_leads,).
    fold
        Which model speaks of each lead, (n_leads,).
    effect
        What each model's reps add to log odds, (n_folds, n_reps).
    worth
        What each lead would bring if won, (n_leads,).
    """

    rep_ids: NDArray[np.object_]
    logit: NDArray[np.float64]
    fold: NDArray[np.intp]
    effect: NDArray[np.float64]
    worth: NDArray[np.float64]

    def expected(self, pairs: Pairs) -> NDArray[np.float64]:
        """Return the mean outcome of each pair, (n_pairs,); new reps are average."""
        rep = pairs.places_in(self.rep_ids)
        known = np.hstack([self.effect, np.zeros((len(self.effect), 1))])
        lead = pairs.lead
        chance = expit(self.logit[lead] + known[self.fold[lead], rep])
        return self.worth[lead] * chance


def cross_fit(log: Log, n_folds: int = N_FOLDS) -> CrossFitted:
    """Return a model of the log's outcomes that has not seen what it speaks of.

    Folds are blocks of days, so that leads which share their luck are never apart.
    """
    matrix = lead_matrix(log.table).to_numpy()
    won = (log.table["outcome"] == "won").to_numpy(dtype=np.float64)
    rep = log.given.rep
    fold = log.day * min(n_folds, log.n_days) // log.n_days
    logit = np.empty(log.n_leads)
    worth = np.empty(log.n_leads)
    effect = np.empty((int(fold[-1]) + 1, len(log.rep_ids)))
    for place in range(len(effect)):
        seen, asked = fold != place, fold == place
        weights = fit_logistic(matrix[seen], won[seen])
        logit[asked] = matrix[asked] @ weights
        chance = expit(matrix[seen] @ weights)
        effect[place] = pooled_effects(
            won[seen] - chance, chance * (1 - chance), rep[seen], len(log.rep_ids)
        )
        worth[asked] = worth_if_won(log, seen)[asked]
    return CrossFitted(log.rep_ids, logit, fold, effect, worth)


def worth_if_won(log: Log, seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what each lead would bring if won, (n_leads,), learnt from rows `seen`.

    One where conversions count. Else won leads brought so much per unit of their
    deal value; leads that have none count as the average won lead.
    """
    if log.value == "conversions":
        return np.ones(log.n_leads)
    won = seen & (log.table["outcome"] == "won").to_numpy()
    mean = float(log.outcome[won].mean()) if won.any() else 0.0
    deal = np.full(log.n_leads, np.nan)
    if "deal_value" in log.table:
        deal = log.table["deal_value"].to_numpy(dtype=np.float64)
    priced = won & (deal > 0)
    if not priced.any():
        return np.full(log.n_leads, mean)
    per_unit = float(log.outcome[priced].sum() / deal[priced].sum())
    return np.where(deal > 0, deal * per_unit, mean)
