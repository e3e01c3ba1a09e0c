"""What policies won in many worlds, with confidence intervals."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED, TRUTH
from evaluation.simulation.figures import CONVERSIONS, MATCHING
from evaluation.simulation.lift import Lift, paired_lift
from evaluation.simulation.predictions import ORACLE
from evaluation.worlds import WorldSpec
from scoring.statistics.multiplicity import holm

LOW, HIGH = f"{MEASURED}: low", f"{MEASURED}: high"
"""The ends of its 95 % interval."""
LIFT = f"{TRUTH}: lift"
"""The relative lift in ground truth: that of matching plus that of utilisation."""
UTILISATION = f"{TRUTH}: utilisation"
"""What serving other leads and other loads wins, relative to the baseline."""
_COUNTS = ("leads", "assigned", "unassigned", CONVERSIONS, TRUTH)
_LAST = ("least load", "most load", "gini load", EXPECTED, "seconds")


@dataclass(frozen=True, eq=False)
class Simulation:
    """What every policy did in every world.

    Attributes
    ----------
    spec
        Of the worlds.
    days
        Working days in each.
    policies
        Names, in the order of the tables.
    baseline
        The policy that lifts are measured against.
    results
        One row per seed and policy.
    months
        One row per seed, policy and month.
    """

    spec: WorldSpec
    days: int
    policies: tuple[str, ...]
    baseline: str
    results: pd.DataFrame
    months: pd.DataFrame

    @property
    def n_worlds(self) -> int:
        """Number of seeds."""
        return int(self.results["seed"].nunique())

    def per_world(self, policy: str, column: str = CONVERSIONS) -> NDArray[np.float64]:
        """Return a figure of a policy in every world, (n_worlds,), by seed."""
        rows = self.results[self.results["policy"] == policy]
        return rows[column].to_numpy(np.float64)

    def lift(
        self, policy: str, over: str = "", column: str = CONVERSIONS
    ) -> Lift | None:
        """Return what a policy wins beyond another one, None if that won nothing.

        Parameters
        ----------
        policy
            Its name.
        over
            The other's; the baseline by default.
        column
            What is won: outcomes as they were drawn, or their ground truth.
        """
        baseline = self.per_world(over or self.baseline, column)
        return paired_lift(self.per_world(policy, column), baseline)

    def measured(self, policy: str) -> Interval | None:
        """Return the measured lift over the baseline, None where it is unknown."""
        lift = self.lift(policy)
        return None if lift is None else lift.interval

    def comparisons(self) -> dict[tuple[str, str], float]:
        """Return (who won more, who won less) -> p-value, for every two policies.

        The p-values hold for all comparisons together. The oracle is in none.
        """
        names = [name for name in self.policies if name != ORACLE]
        names.sort(key=lambda name: -self.per_world(name).sum())
        pairs = list(combinations(names, 2))
        lifts = [self.lift(*pair) for pair in pairs]
        p_values = [1.0 if lift is None else lift.p_value for lift in lifts]
        return dict(zip(pairs, holm(p_values).tolist(), strict=True))


def policy_table(simulation: Simulation) -> pd.DataFrame:
    """Return one row per policy: means over the worlds, and lifts over the baseline.

    Lifts are relative: 0.1 is a tenth more than the baseline won. The measured lift
    is missing where the baseline won nothing, its interval also where there is one
    world only.
    """
    return pd.DataFrame([_row(simulation, policy) for policy in simulation.policies])


def _row(simulation: Simulation, policy: str) -> dict[str, Any]:
    def means(columns: tuple[str, ...]) -> dict[str, float]:
        return {
            name: float(simulation.per_world(policy, name).mean()) for name in columns
        }

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
    """Return the lift in ground truth and its two parts, which add up to it."""
    base = simulation.per_world(simulation.baseline, TRUTH).sum()

    def beyond(column: str) -> float:
        own = simulation.per_world(policy, column)
        more = own - simulation.per_world(simulation.baseline, column)
        return float(more.sum() / base) if base else np.nan

    whole, matching = beyond(TRUTH), beyond(MATCHING)
    return {LIFT: whole, MATCHING: matching, UTILISATION: whole - matching}
