"""The parts of the conversion model, fitted one after the other."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scoring.censoring.weights import CensoringWeights, fit_censoring
from scoring.history.rows import closed_history, is_assigned, is_won, with_losses
from scoring.lead_features.compatibility import (
    check_interaction_features,
    check_known,
)
from scoring.lead_features.features import Features
from scoring.lead_features.selection import choose_features
from scoring.lead_model.fitting import fit_lead_model, held_out_logits
from scoring.lead_model.lead_model import LeadModel
from scoring.leakage.owner import why_owner_tells
from scoring.rep_effects import RepEffects, choose_columns, fit_rep_effects

Parts = tuple[CensoringWeights, LeadModel, np.ndarray, RepEffects]


def fit_parts(
    history: pd.DataFrame,
    leads: pd.DataFrame | None,
    reps: pd.DataFrame | None,
    as_of: pd.Timestamp | None,
    *,
    lead_classifier: Any,
    keep: Collection[str],
    leave_out: Collection[str],
    interaction_features: Sequence[str] | None,
    seed: int,
    lost_after_days: int | None,
) -> Parts:
    """Return censoring weights, lead model, its held-out log odds and rep effects.

    Parameters
    ----------
    history, leads, reps, as_of
        As for :meth:`scoring.conversion.conversion_model.ConversionModel.fit`.
    lead_classifier, keep, leave_out, interaction_features, seed, lost_after_days
        As for :class:`scoring.conversion.conversion_model.ConversionModel`.
    """
    as_of = as_of or last_moment(history)
    history = with_losses(history, lost_after_days, as_of)
    named = {"keep": keep, "leave_out": leave_out}
    named_features = interaction_features or ()
    rows, features = usable_features(history, leads, reps, named, named_features)
    censoring = fit_censoring(history, as_of)
    weight = censoring.weight(rows)
    lead_model = fit_lead_model(
        rows,
        features,
        weight=weight,
        lead_classifier=lead_classifier,
        follow_drift=not censoring.is_misleading,
    )
    held_out = held_out_logits(rows, lead_model, seed, weight)
    counts = is_assigned(rows) & (weight > 0)
    distributed, logit = rows[counts], held_out[counts]
    frame = features.frame(distributed)
    rep_effects = fit_rep_effects(
        logit,
        is_won(distributed),
        distributed["rep_id"].tolist(),
        choose_columns(features, frame, logit, interaction_features),
        frame,
        seniority_of(reps),
        distributed["assigned_at"],
        doubt=why_owner_tells(rows, held_out, rep_ids_of(reps)),
    )
    return censoring, lead_model, held_out, rep_effects.hidden_by(features.tells_rep)


def usable_features(
    history: pd.DataFrame,
    leads: pd.DataFrame | None,
    reps: pd.DataFrame | None,
    named: Mapping[str, Collection[str]],
    interaction_features: Collection[str],
) -> tuple[pd.DataFrame, Features]:
    """Return the closed rows of history, and its features.

    Parameters
    ----------
    history, leads, reps
        As for :func:`fit_parts`.
    named
        The columns to keep and to leave out.
    interaction_features
        Columns that must be among the usable ones.
    """
    columns = {**named, "interaction_features": interaction_features}
    check_known(columns, history, leads)
    rows = closed_history(history)
    if rows["outcome"].nunique() < 2:
        raise ValueError("history must hold both won and lost rows")
    open_rows = history[history["outcome"] == "open"]
    features = choose_features(rows, leads, open_rows=open_rows, reps=reps, **named)
    check_interaction_features(interaction_features, features)
    return rows, features


def rep_ids_of(reps: pd.DataFrame | None) -> pd.Series | None:
    """Return the ids of the day's reps; None where there are none."""
    return None if reps is None or reps.empty else reps["rep_id"]


def seniority_of(reps: pd.DataFrame | None) -> pd.Series | None:
    """Return seniority by rep id; None where the table has none."""
    if reps is None or "seniority" not in reps.columns:
        return None
    return reps.set_index("rep_id")["seniority"]


def last_moment(history: pd.DataFrame) -> pd.Timestamp:
    """Return the newest time that history mentions."""
    return max(history["assigned_at"].max(), history["closed_at"].max())
