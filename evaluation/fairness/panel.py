"""What reps, or groups of them, got beside what they are entitled to."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from evaluation.fairness.entitlement import Entitlement
from evaluation.fairness.lead_worth import NEUTRAL, is_top
from evaluation.interval import LEVEL
from solver import Solution

HOURS, PER_HOUR, TIMES_FAIR = "hours", f"{NEUTRAL} per hour", "times fair share"


@dataclass(frozen=True, eq=False)
class Panel:
    """Counts what any grouping of the reps got.

    Attributes
    ----------
    solution
        Who got which lead.
    entitlement
        What reps are entitled to.
    worth
        What each lead is worth whoever gets it, shape (n_leads,).
    """

    solution: Solution
    entitlement: Entitlement
    worth: NDArray[np.float64]

    def table(self, group: NDArray[np.integer], n_groups: int) -> pd.DataFrame:
        """Return one row per group.

        Parameters
        ----------
        group
            Shape (n_reps,); from 0 to `n_groups` - 1, or negative for none.

        Returns
        -------
        DataFrame
            ``hours``; ``leads`` and ``leads per hour``; their :data:`NEUTRAL` worth
            and that per hour; ``times fair share``, that worth over what dealing the
            same leads by hours among the eligible would give (missing where that is
            nothing); ``top leads``, those of the top decile, the ``fair top leads``
            that dealing would give, and the 95 % band of these, ``top leads from``
            and ``top leads to``.
        """
        hours = self._sum(group, n_groups, self.entitlement.hours)
        leads = self._given(group, n_groups, np.ones_like(self.worth))
        worth = self._given(group, n_groups, self.worth)
        fair = self._dealt(group, n_groups, self.worth)
        return pd.DataFrame(
            {
                HOURS: hours,
                "leads": leads.astype(np.int64),
                "leads per hour": _over(leads, hours),
                NEUTRAL: worth,
                PER_HOUR: _over(worth, hours),
                TIMES_FAIR: _over(worth, fair),
                **self._top(group, n_groups),
            }
        )

    def _top(
        self, group: NDArray[np.integer], n_groups: int
    ) -> dict[str, NDArray[np.number]]:
        """Return the top leads of each group, and the band that chance alone has.

        Chances differ from lead to lead; a binomial distribution of their mean has
        no less spread, so that the band is never too narrow.
        """
        top = is_top(self.solution, self.worth).astype(np.float64)
        fair = self._dealt(group, n_groups, top)
        n_reached = self._reached(group, n_groups, top > 0)
        chance = np.clip(_over(fair, n_reached, empty=0.0), 0.0, 1.0)
        ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
        low, high = (binom.ppf(end, n_reached, chance) for end in ends)
        return {
            "top leads": self._given(group, n_groups, top).astype(np.int64),
            "fair top leads": fair,
            "top leads from": np.maximum(low, 0).astype(np.int64),
            "top leads to": np.maximum(high, 0).astype(np.int64),
        }

    def _given(
        self, group: NDArray[np.integer], n: int, of_lead: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the sum over the leads that each group got, (n,)."""
        held = self.solution.assigned
        got = np.bincount(
            self.solution.rep_of[held], of_lead[held], self.solution.problem.n_reps
        )
        return self._sum(group, n, got)

    def _dealt(
        self, group: NDArray[np.integer], n: int, of_lead: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return what each group would get if the leads given out were dealt, (n,)."""
        problem = self.solution.problem
        given = np.where(self.solution.assigned, of_lead, 0.0)[problem.lead]
        dealt = np.bincount(
            problem.rep, given * self.entitlement.chance, problem.n_reps
        )
        return self._sum(group, n, dealt)

    def _reached(
        self, group: NDArray[np.integer], n: int, leads: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Return how many of these leads someone in each group might get, (n,)."""
        problem = self.solution.problem
        of_pair = group[problem.rep].astype(np.int64)
        counts = leads[problem.lead] & (self.entitlement.chance > 0) & (of_pair >= 0)
        couples = np.unique(problem.lead[counts] * n + of_pair[counts])
        return np.bincount(couples % n if n else couples, minlength=n)

    @staticmethod
    def _sum(
        group: NDArray[np.integer], n: int, of_rep: NDArray[np.number]
    ) -> NDArray[np.float64]:
        named = group >= 0
        return np.bincount(group[named], of_rep[named], n).astype(np.float64)


def _over(
    amount: NDArray[np.float64],
    whole: NDArray[np.float64] | NDArray[np.int64],
    empty: float = np.nan,
) -> NDArray[np.float64]:
    """Return amount / whole, same shape; `empty` where the whole is nothing."""
    return np.divide(amount, whole, out=np.full(len(amount), empty), where=whole > 0)
