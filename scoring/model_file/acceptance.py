"""Acceptance test of a loaded model: invented leads must have finite scores."""

import numpy as np
import pandas as pd

from scoring.conversion.conversion_model import TrainedModel
from scoring.lead_features.features import Features

MOMENT = pd.Timestamp("2026-01-01", tz="UTC")
STEP = pd.Timedelta(hours=31)
UNKNOWN_REP = "a rep without history"
MOST_DAYS = 36_500
"""Older times may lie before the first that pandas knows."""


def check_scores(trained: TrainedModel) -> None:
    """Raise unless invented leads have finite scores and values with every rep.

    Scored with every rep of history, an unknown one, and a new rep of every
    seniority; all leads together, and the first by itself.
    """
    reps = trained.model.rep_effects_
    leads = invented_leads(trained.model.lead_model_.features)
    new = [None, *reps.levels]
    seniority = pd.Series([None] * len(reps.rep_ids) + new, dtype="Int64")
    rep_ids = [*reps.rep_ids, *[UNKNOWN_REP] * len(new)]
    for part in (leads, leads.iloc[:1]):
        scores = trained.model.score(part, rep_ids, seniority)
        pair = np.arange(max(len(part), len(rep_ids)))
        log_odds = scores.logit(pair % len(part), pair % len(rep_ids))
        check_finite(log_odds, len(pair))
        check_finite(trained.value.predict(part), len(part))


def check_finite(numbers: np.ndarray, n: int) -> None:
    """Raise unless there are so many numbers, and all of them finite."""
    if numbers.shape != (n,) or not np.all(np.isfinite(numbers)):
        raise ValueError("it does not score leads that were invented")


def invented_leads(features: Features) -> pd.DataFrame:
    """Return leads with all levels and ranges of history, the first one empty.

    Every level of every column of texts occurs, and both ends of every range.
    """
    texts = {**features.categorical, **features.encoded}
    n_leads = max([2, *map(len, texts.values())])
    created_at = pd.Series(pd.date_range(MOMENT, periods=n_leads, freq=STEP))
    columns: dict[str, object] = {"deal_value": np.resize([1000.0, 0.0], n_leads)}
    columns |= {
        name: np.resize(np.array(levels, dtype=object), n_leads)
        for name, levels in texts.items()
    }
    for name, ends in features.numeric.items():
        numbers = np.resize(ends, n_leads)
        if name in features.ages:
            days = np.clip(numbers, -MOST_DAYS, MOST_DAYS)
            columns[features.ages[name]] = created_at - pd.to_timedelta(days, unit="D")
        else:
            columns[name] = numbers
    leads = pd.DataFrame({"created_at": created_at, **columns})
    return leads.reindex(range(-1, n_leads))
