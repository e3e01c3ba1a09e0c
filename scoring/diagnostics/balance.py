"""Whether reps were given leads of like quality."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm import listed
from scoring.diagnostics.multiplicity import holm
from scoring.diagnostics.overlap import measure_overlap
from scoring.diagnostics.strata import less_mean, strata
from scoring.diagnostics.stratum import MAX_NAMED, StratumBalance, balance_of
from scoring.history import is_distributed

ROWS_PER_PERIOD = 250


@dataclass(frozen=True)
class Balance:
    """Whether reps were given leads of like quality.

    Attributes
    ----------
    strata
        One row per territory, product and large enough pair of them.
    """

    strata: tuple[StratumBalance, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return one sentence for each stratum where reps cannot be compared."""
        return tuple(of.warning for of in self.strata if of.warning)

    @property
    def caveat(self) -> str:
        """Return why a difference between reps may be one of leads; empty if not.

        Where reps got leads that look better, they may have got leads that are
        better in ways no column tells: nothing here can take that off.
        """
        n_thin = len(self.warnings)
        if n_thin <= len(self.strata) / 2:
            return ""
        return (
            f"But in {n_thin} of {len(self.strata)} groups leads were not given out at "
            "random: some reps may owe part of this to leads that are better in ways "
            "no column tells."
        )

    @property
    def sentence(self) -> str:
        """Return where assignment looks random, and where it was not."""
        if not self.strata:
            return "Too few leads to tell whether reps were given like leads."
        random = [of.name for of in self.strata if of.looks_random]
        uneven = [of.name for of in self.strata if of.is_uneven]
        n_unclear = len(self.strata) - len(random) - len(uneven)
        told = [
            ("assignment looks random in", random),
            ("leads were not given out at random in", uneven),
        ]
        parts = [f"{what} {listed(of, MAX_NAMED)}" for what, of in told if of]
        if n_unclear:
            parts.append(f"{n_unclear} of {len(self.strata)} groups cannot tell")
        said = "; ".join(parts)
        return f"{said[0].upper()}{said[1:]}."


def check_balance(rows: pd.DataFrame, quality: np.ndarray) -> Balance:
    """Return whether who got what hangs on lead quality, wherever that can be told.

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
    given = is_distributed(rows)
    rows = rows[given]
    level = without_drift(quality[given])
    found = [
        (of, measure_overlap(level[of.rows], of.rep, of.cell, len(of.rep_ids)))
        for of in strata(rows)
    ]
    adjusted = holm(np.array([overlap.p_value for _, overlap in found]))
    pairs = zip(found, adjusted.tolist(), strict=True)
    return Balance(tuple(balance_of(*of, adjusted_p) for of, adjusted_p in pairs))


def without_drift(quality: np.ndarray) -> np.ndarray:
    """Return the quality less the mean of its period, (n_rows,)."""
    n_periods = max(1, len(quality) // ROWS_PER_PERIOD)
    period = np.arange(len(quality)) * n_periods // max(1, len(quality))
    return less_mean(quality, period)
