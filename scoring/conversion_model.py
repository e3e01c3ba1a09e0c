"""History in, P(convert given lead and rep) out."""

from collections.abc import Collection, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from scoring.censoring.weights import Maturity, fit_maturity
from scoring.history import closed_history, is_distributed, is_won
from scoring.lead_features.selection import choose_features
from scoring.lead_model.lead_model import LeadPart, fit_lead_part, held_out_logits
from scoring.named_columns import check_known, check_match_features
from scoring.pair_scores import PairScores
from scoring.rep_effects import RepPart, choose_columns, fit_rep_part

ONE_THREAD = 1
"""The same bits for any number of cores, and faster on matrices this small."""


class ConversionModel(BaseEstimator):
    """Calibrated log odds of a win: the lead's own, the rep's, and their match.

    Parameters
    ----------
    lead_classifier
        Unfitted scikit-learn classifier with `predict_proba` for the lead part;
        `None`: logistic regression or boosted trees, whichever predicts newer leads
        better.
    keep
        Columns known to be filled in time, though they look as if they knew the
        future.
    leave_out
        Columns not to learn from.
    match_features
        Columns of the lead that may suit one rep better than another; `None`: those
        that tell reps apart.
    seed
        Decides which rows are held out together.

    Attributes
    ----------
    maturity_
        How young closed rows stand for those still open.
    lead_part_
        Log odds from the lead's features.
    held_out_
        Log odds of each closed row from lead parts that have not seen it, (n_closed,).
    rep_part_
        What each rep adds, and whether there is anything to add.
    """

    maturity_: Maturity
    lead_part_: LeadPart
    held_out_: NDArray[np.float64]
    rep_part_: RepPart

    def __init__(
        self,
        lead_classifier: Any = None,
        keep: Collection[str] = (),
        leave_out: Collection[str] = (),
        match_features: Sequence[str] | None = None,
        seed: int = 0,
    ) -> None:
        self.lead_classifier = lead_classifier
        self.keep = keep
        self.leave_out = leave_out
        self.match_features = match_features
        self.seed = seed

    def fit(
        self,
        history: pd.DataFrame,
        leads: pd.DataFrame | None = None,
        reps: pd.DataFrame | None = None,
        as_of: pd.Timestamp | None = None,
    ) -> Self:
        """Learn from history; return the model itself.

        Parameters
        ----------
        history
            Table of assigned leads, in any order; open ones tell how far their day
            has closed.
        leads
            Leads to be scored: a column they lack is not learnt from.
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
            If a column is named that is not there, or, of `match_features`, one
            that is not learnt from.
        """
        asked = self.match_features or ()
        named = {"keep": self.keep, "leave_out": self.leave_out}
        check_known({**named, "match_features": asked}, history, leads)
        rows = closed_history(history)
        if rows["outcome"].nunique() < 2:
            raise ValueError("history must hold both won and lost rows")
        open_rows = history[history["outcome"] == "open"]
        features = choose_features(
            rows, leads, open_rows=open_rows, keep=self.keep, leave_out=self.leave_out
        )
        check_match_features(asked, features)
        self.maturity_ = fit_maturity(history, as_of or last_moment(history))
        weight = self.maturity_.weight(rows)
        with threadpool_limits(ONE_THREAD):
            self.lead_part_ = fit_lead_part(
                rows,
                features,
                weight=weight,
                lead_classifier=self.lead_classifier,
                follow_drift=not self.maturity_.misled,
            )
            self.held_out_ = held_out_logits(rows, self.lead_part_, self.seed, weight)
            self.rep_part_ = self._rep_part(rows, weight, reps)
        return self

    def treat_reps_alike(self) -> Self:
        """Make every rep average, as no difference lasts; return the model itself."""
        check_is_fitted(self)
        self.rep_part_ = self.rep_part_.withdrawn()
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
        part = self.rep_part_
        with threadpool_limits(ONE_THREAD):
            logit = self.lead_part_.logit(leads)
            coefficient = part.of(rep_ids, seniority)
            if not part.used:
                return PairScores(logit, coefficient[:, 0])
            frame = self.lead_part_.features.frame(leads)
            matrix = part.columns.matrix(frame, logit)
            lead = logit + part.shared[0] + matrix @ part.shared[1:]
        return PairScores(lead, coefficient[:, 0], matrix, coefficient[:, 1:])

    def _rep_part(
        self, rows: pd.DataFrame, weight: np.ndarray, reps: pd.DataFrame | None
    ) -> RepPart:
        counts = is_distributed(rows) & (weight > 0)
        given, logit = rows[counts], self.held_out_[counts]
        features = self.lead_part_.features
        frame = features.frame(given)
        return fit_rep_part(
            logit,
            is_won(given),
            given["rep_id"].tolist(),
            choose_columns(features, frame, logit, self.match_features),
            frame,
            seniority_of(reps),
        )


def seniority_of(reps: pd.DataFrame | None) -> pd.Series | None:
    """Return seniority by rep id; None where the table has none."""
    if reps is None or "seniority" not in reps.columns:
        return None
    return reps.set_index("rep_id")["seniority"]


def last_moment(history: pd.DataFrame) -> pd.Timestamp:
    """Return the newest time that history mentions."""
    return max(history["assigned_at"].max(), history["closed_at"].max())
