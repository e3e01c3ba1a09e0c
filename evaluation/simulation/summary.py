"""One row per policy: what it won, over all worlds."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.labels import EXPECTED, MEASURED, TRUE
from evaluation.simulation.result import CONVERSIONS, MATCHING
from evaluation.simulation.simulation import Simulation

LOW, HIGH = f"{MEASURED}: low", f"{MEASURED}: high"
"""The ends of its 95 % interval."""
LIFT = f"{TRUE}: lift"
"""The relative lift in known truth: that of matching plus that of utilisation."""
UTILISATION = f"{TRUE}: utilisation"
"""What serving other leads and other loads wins, relative to the baseline."""
_COUNTS = ("leads", "assigned", "left over", CONVERSIONS, TRUE)
_LAST = ("least load", "most load", "gini load", EXPECTED, "seconds")


def policy_table(simulation: Simulation) -> pd.DataFrame:
    """Return one row per policy: means over the worlds, and lifts over the baseline.

    Lifts are relative: 0.1 is a tenth more than the baseline won. The measured lift
    is missing where the baseline won nothing, its interval also where there is one
    world only.
    """
    rows = [_row(simulation, policy) for policy in simulation.policies]
    return pd.DataFrame(rows)


def _row(simulation: Simulation, policy: str) -> dict[str, Any]:
    def means(columns: tuple[str, ...]) -> dict[str, float]:
        return {name: float(simulation.of(policy, name).mean()) for name in columns}

    lift, interval = simulation.lift(policy), simulation.measured(policy)
    return {
        "policy": policy,
        **means(_COUNTS),
        MEASURED: np.nan if lift is None else lift.estimate,
        LOW: np.nan if interval is None else interval.low,
        HIGH: np.nan if interval is None else interval.high,
        **_true_lifts(simulation, policy),
        **means(_LAST),
    }


def _true_lifts(simulation: Simulation, policy: str) -> dict[str, float]:
    """Return the lift in known truth and its two parts, which add up to it."""
    base = simulation.of(simulation.baseline, TRUE).sum()

    def beyond(column: str) -> float:
        more = simulation.of(policy, column) - simulation.of(
            simulation.baseline, column
        )
        return float(more.sum() / base) if base else np.nan

    whole, matching = beyond(TRUE), beyond(MATCHING)
    return {LIFT: whole, MATCHING: matching, UTILISATION: whole - matching}
