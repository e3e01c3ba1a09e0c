"""P(convert given lead and rep): an empirical-Bayes logistic mixed model."""

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import ThreadpoolController

from crm import CrmData
from crm.past_columns import PastColumns
from scoring.card.model_card import ModelCard
from scoring.censoring.weights import CensoringWeights
from scoring.conversion.pair_scores import PairScores
from scoring.deal_value.estimates import DealValue
from scoring.lead_model.lead_model import LeadModel
from scoring.rep_effects import RepEffects

ONE_THREAD = 1
"""The same bits for any number of cores, and faster on matrices this small."""


@lru_cache(maxsize=1)
def thread_pools(n_modules: int) -> ThreadpoolController:
    """Return the libraries with threads, looked for again once modules are loaded."""
    return ThreadpoolController()


class ConversionModel(BaseEstimator):
    """Calibrated log odds of a win: the lead's own, the rep's, and their interaction.

    Parameters
    ----------
    lead_classifier
        Unfitted scikit-learn classifier with `predict_proba` for the lead model;
        `None`: logistic regression or boosted trees, whichever predicts newer leads
        better.
    keep
        Columns known to be filled in time, though they look like target leakage.
    leave_out
        Columns not to be used.
    interaction_features
        Columns of the lead that may interact with the rep; `None`: those in which
        reps differ.
    seed
        Decides which rows are held out together.
    lost_after_days
        Days after which a lead that is still open counts as lost; `None`: never.

    Attributes
    ----------
    censoring_
        How recent closed rows stand for those still open.
    lead_model_
        Log odds from the lead's features.
    held_out_
        Log odds of each closed row from lead models that have not seen it, (n_closed,).
    rep_effects_
        What each rep adds, and the tests of it.
    """

    censoring_: CensoringWeights
    lead_model_: LeadModel
    held_out_: NDArray[np.float64]
    rep_effects_: RepEffects

    def __init__(
        self,
        lead_classifier: Any = None,
        keep: Collection[str] = (),
        leave_out: Collection[str] = (),
        interaction_features: Sequence[str] | None = None,
        seed: int = 0,
        lost_after_days: int | None = None,
    ) -> None:
        self.lead_classifier = lead_classifier
        self.keep = keep
        self.leave_out = leave_out
        self.interaction_features = interaction_features
        self.seed = seed
        self.lost_after_days = lost_after_days

    def fit(
        self,
        history: pd.DataFrame,
        leads: pd.DataFrame | None = None,
        reps: pd.DataFrame | None = None,
        as_of: pd.Timestamp | None = None,
    ) -> Self:
        """Fit the model on history; return the model itself.

        Parameters
        ----------
        history
            Table of assigned leads, in any order; open ones tell how far their day
            has closed.
        leads
            Leads to be scored: a column they lack is not used.
        reps
            Table of reps: those without history count as the average of their
            seniority.
        as_of
            Moment (UTC) up to which history is known; the newest time in it by
            default.

        Raises
        ------
        ValueError
            If the closed rows are not both won and lost.
        ColumnError
            If a column is named that is not there, or, of `interaction_features`, one
            that is not used.
        """
        # Scoring with a loaded model must not import what fits one.
        from scoring.conversion.fitting import fit_parts

        with thread_pools(len(sys.modules)).limit(limits=ONE_THREAD):
            parts = fit_parts(
                history, leads, reps, as_of, **self.get_params(deep=False)
            )
        self.censoring_, self.lead_model_, self.held_out_, self.rep_effects_ = parts
        return self

    def treat_reps_alike(self) -> Self:
        """Make every rep average, as no difference lasts; return the model itself."""
        check_is_fitted(self)
        self.rep_effects_ = self.rep_effects_.withdrawn()
        return self

    def score(
        self,
        leads: pd.DataFrame,
        rep_ids: Sequence[str],
        seniority: pd.Series | None = None,
    ) -> PairScores:
        """Return the log odds of every pair, as a few numbers per lead and rep.

        Parameters
        ----------
        leads
            Leads or history, (n_leads,).
        rep_ids
            Reps, (n_reps,).
        seniority
            Their seniorities, (n_reps,): a rep without history counts as the average
            of theirs.
        """
        check_is_fitted(self)
        effects = self.rep_effects_
        with thread_pools(len(sys.modules)).limit(limits=ONE_THREAD):
            frame = self.lead_model_.features.frame(leads) if effects.used else None
            logit = self.lead_model_.logit(leads, frame)
            coefficient = effects.deviations(rep_ids, seniority)
            error = effects.uncertainties(rep_ids)
            if frame is None:
                return PairScores(logit, coefficient[:, 0], rep_error=error[:, :1])
            matrix = effects.columns.matrix(frame, logit)
            lead = logit + effects.shared[0] + matrix @ effects.shared[1:]
        return PairScores(lead, coefficient[:, 0], matrix, coefficient[:, 1:], error)


@dataclass(frozen=True)
class TrainedModel:
    """A fitted model and what a reader should know of it.

    Attributes
    ----------
    model
        Scores any leads and reps; those of a day by :meth:`score`.
    value
        What a won lead brings, by its `predict`.
    card
        How it was trained, and what was found.
    past
        The columns of its history, which leads of later days are read beside.
    """

    model: ConversionModel
    value: DealValue
    card: ModelCard
    past: PastColumns

    def score(self, crm: CrmData) -> PairScores:
        """Return the scores of every pair of a lead and a rep of the day."""
        reps = crm.reps
        return self.model.score(crm.leads, reps["rep_id"].tolist(), reps["seniority"])
