"""History in, P(convert given lead and rep) out."""

from collections.abc import Sequence
from typing import Self

import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from scoring.history import closed_history, is_distributed, is_won
from scoring.lead_part import LeadPart, fit_lead_part, unseen_logits
from scoring.pair_scores import PairScores
from scoring.rep_effect import RepEffect, fit_rep_effect
from scoring.selection import choose_features

ONE_THREAD = 1
"""The same bits for any number of cores, and faster on matrices this small."""


class ConversionModel(BaseEstimator):
    """Calibrated log odds of a win: the lead's own, plus the rep's shrunken effect.

    Parameters
    ----------
    penalty
        Weight of the squared coefficients of the lead's features.
    calibration_share
        Share of closed history, the newest, that calibrates the lead part.
    seed
        Decides which rows are held out together for the rep part.

    Attributes
    ----------
    lead_part_
        Log odds from the lead's features.
    rep_effect_
        Effect of each rep, and whether there is any.
    """

    lead_part_: LeadPart
    rep_effect_: RepEffect

    def __init__(
        self, penalty: float = 10.0, calibration_share: float = 0.25, seed: int = 0
    ) -> None:
        self.penalty = penalty
        self.calibration_share = calibration_share
        self.seed = seed

    def fit(self, history: pd.DataFrame, leads: pd.DataFrame | None = None) -> Self:
        """Learn from the closed rows of history; return the model itself.

        Parameters
        ----------
        history
            Table of assigned leads, in any order; open rows are left out.
        leads
            Leads to be scored: a column they lack is not learnt from.

        Raises
        ------
        ValueError
            If the closed rows are not both won and lost.
        """
        rows = closed_history(history)
        if rows["outcome"].nunique() < 2:
            raise ValueError("history must hold both won and lost rows")
        features = choose_features(rows, leads)
        given = is_distributed(rows)
        with threadpool_limits(ONE_THREAD):
            self.lead_part_ = fit_lead_part(
                rows, features, self.penalty, self.calibration_share
            )
            offset = unseen_logits(rows, features, self.penalty, self.seed)
            self.rep_effect_ = fit_rep_effect(
                offset[given], is_won(rows)[given], rows["rep_id"][given].tolist()
            )
        return self

    def treat_reps_alike(self) -> Self:
        """Set every rep's effect to 0, as it does not last; return the model itself."""
        check_is_fitted(self)
        self.rep_effect_ = self.rep_effect_.withdrawn()
        return self

    def score(self, leads: pd.DataFrame, rep_ids: Sequence[str]) -> PairScores:
        """Return the log odds of every lead and rep, not of every pair.

        Parameters
        ----------
        leads
            Leads or history, (n_leads,).
        rep_ids
            Reps, (n_reps,); one without history counts as average.
        """
        check_is_fitted(self)
        with threadpool_limits(ONE_THREAD):
            lead = self.lead_part_.logit(leads)
        return PairScores(lead=lead, rep=self.rep_effect_.of(rep_ids))
