"""Covariate balance: whether reps were assigned leads of like quality."""

import numpy as np
import pandas as pd

from scoring.card.figures import SIGNIFICANCE, LowOverlapRep, StratumBalance
from scoring.diagnostics.quality_overlap import QualityOverlap, measure_overlap
from scoring.diagnostics.strata import Stratum, less_mean, strata_of
from scoring.history.rows import is_assigned
from scoring.statistics.multiplicity import holm

ROWS_PER_PERIOD = 250
MIN_EFFECTIVE_SHARE = 0.5


def check_balance(
    rows: pd.DataFrame, quality: np.ndarray
) -> tuple[StratumBalance, ...]:
    """Return the balance of every territory, product and large enough pair of them.

    Parameters
    ----------
    rows
        Assigned leads in order of time, (n_rows,); self-generated ones are left
        out.
    quality
        Cross-fitted log odds of each lead with an average rep, (n_rows,). The mean
        of each period is subtracted, since not every rep was there all the time.
    """
    distributed = is_assigned(rows)
    rows = rows[distributed]
    level = less_mean_of_period(quality[distributed])
    strata = list(strata_of(rows))
    overlaps = [
        measure_overlap(level[s.rows], s.rep, s.cell, len(s.rep_ids)) for s in strata
    ]
    adjusted = holm([overlap.p_value for overlap in overlaps]).tolist()
    return tuple(map(balance_of, strata, overlaps, adjusted))


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
