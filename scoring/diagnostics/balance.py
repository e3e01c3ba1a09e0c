"""Covariate balance: whether reps were assigned leads of like quality."""

import numpy as np
import pandas as pd

from scoring.card.figures import SIGNIFICANCE, LowOverlapRep, StratumBalance
from scoring.diagnostics.multiplicity import holm
from scoring.diagnostics.quality_overlap import QualityOverlap, measure_overlap
from scoring.diagnostics.strata import Stratum, each_stratum, less_mean
from scoring.history.rows import is_distributed

ROWS_PER_PERIOD = 250
MIN_EFFECTIVE_SHARE = 0.5


def check_balance(
    rows: pd.DataFrame, quality: np.ndarray
) -> tuple[StratumBalance, ...]:
    """Return the balance of every territory, product and large enough pair of them.

    Parameters
    ----------
    rows
        Assigned leads in order of time, (n_rows,); those that reps found
        themselves are left out.
    quality
        Log odds of each, whoever gets it, from models that have not seen it,
        (n_rows,). What drifts from period to period is taken off, since not
        every rep was there all the time.
    """
    distributed = is_distributed(rows)
    rows = rows[distributed]
    level = less_mean_of_period(quality[distributed])
    measured = [
        (
            one,
            measure_overlap(level[one.rows], one.rep, one.cell, len(one.rep_ids)),
        )
        for one in each_stratum(rows)
    ]
    adjusted = holm(np.array([overlap.p_value for _, overlap in measured]))
    pairs = zip(measured, adjusted.tolist(), strict=True)
    return tuple(balance_of(*one, adjusted_p) for one, adjusted_p in pairs)


def less_mean_of_period(quality: np.ndarray) -> np.ndarray:
    """Return the quality less the mean of its period, (n_rows,)."""
    n_periods = max(1, len(quality) // ROWS_PER_PERIOD)
    period = np.arange(len(quality)) * n_periods // max(1, len(quality))
    return less_mean(quality, period)


def balance_of(
    stratum: Stratum, overlap: QualityOverlap, adjusted_p: float
) -> StratumBalance:
    """Return the balance of one stratum."""
    share = overlap.effective_leads / overlap.n_leads
    uneven = adjusted_p <= SIGNIFICANCE
    low = np.flatnonzero(uneven & (share < MIN_EFFECTIVE_SHARE)).tolist()
    return StratumBalance(
        name=stratum.name,
        n_rows=len(stratum.rows),
        n_reps=len(stratum.rep_ids),
        p_value=overlap.p_value,
        adjusted_p=adjusted_p,
        share_between=overlap.share_between,
        detectable_share=overlap.detectable_share,
        effective_share=float(overlap.effective_leads.sum() / len(stratum.rows)),
        low_overlap=tuple(
            LowOverlapRep(
                rep_id=stratum.rep_ids[j],
                better=bool(overlap.mean_quality[j] > 0),
                n_leads=int(overlap.n_leads[j]),
                effective_leads=float(overlap.effective_leads[j]),
            )
            for j in low
        ),
    )
