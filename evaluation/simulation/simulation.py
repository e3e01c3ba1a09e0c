"""What policies won in many worlds, and how sure that is."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.interval import Interval
from evaluation.simulation.beliefs import ORACLE
from evaluation.simulation.lift import Lift, paired_lift
from evaluation.simulation.result import CONVERSIONS
from evaluation.worlds.spec import WorldSpec
from scoring.diagnostics.multiplicity import holm


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

    def of(self, policy: str, column: str = CONVERSIONS) -> NDArray[np.float64]:
        """Return a figure of a policy in every world, (n_worlds,), by seed."""
        rows = self.results[self.results["policy"] == policy]
        return rows[column].to_numpy(np.float64)

    def lift(
        self, policy: str, over: str = "", column: str = CONVERSIONS
    ) -> Lift | None:
        """Return what a policy wins beyond another one, nothing if that won nothing.

        Parameters
        ----------
        policy
            Its name.
        over
            The other's; the baseline by default.
        column
            What is won: outcomes as they were drawn, or their known truth.
        """
        baseline = self.of(over or self.baseline, column)
        return paired_lift(self.of(policy, column), baseline)

    def measured(self, policy: str) -> Interval | None:
        """Return the measured lift over the baseline, nothing where it is unknown."""
        lift = self.lift(policy)
        return None if lift is None else lift.interval

    def contests(self) -> dict[tuple[str, str], float]:
        """Return (who won more, who won less) -> p-value, for every two policies.

        The p-values hold for all contests together. The oracle does not compete.
        """
        names = [name for name in self.policies if name != ORACLE]
        names.sort(key=lambda name: -self.of(name).sum())
        pairs = list(combinations(names, 2))
        lifts = [self.lift(*pair) for pair in pairs]
        p_values = [1.0 if lift is None else lift.p_value for lift in lifts]
        return dict(zip(pairs, holm(p_values).tolist(), strict=True))
