"""What reps, or groups of them, were assigned beside what they are entitled to."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from evaluation.fairness.entitlement import NEUTRAL, Entitlement
from evaluation.interval import LEVEL
from solver import Solution

HOURS, PER_HOUR, TIMES_FAIR = "hours", f"{NEUTRAL} per hour", "times fair share"
TOP = 0.9
"""Leads whose value is at least this quantile are the top decile."""


class Panel:
    """Sums over any grouping of the reps.

    Parameters
    ----------
    solution
        Who was assigned which lead.
    entitlement
        What reps are entitled to.
    value
        Rep-neutral value of each lead, shape (n_leads,).
    """

    def __init__(
        self,
        solution: Solution,
        entitlement: Entitlement,
        value: NDArray[np.float64],
    ) -> None:
        self.entitlement = entitlement
        self._solution = solution
        self._value = value

    def table(self, group: NDArray[np.integer], n_groups: int) -> pd.DataFrame:
        """Return one row per group.

        Parameters
        ----------
        group
            Shape (n_reps,); from 0 to `n_groups` - 1, or negative for none.

        Returns
        -------
        DataFrame
            ``hours``; ``leads`` and ``leads per hour``; their :data:`NEUTRAL` value
            and that per hour; ``times fair share``, that value over its mean under the
            fair assignment of the same leads (missing where that is nothing); ``top
            leads``, those of the top decile, their mean under the fair assignment,
            ``fair top leads``, and its 95 % band, ``top leads from`` and ``top leads
            to``.
        """
        hours = self._sum(group, n_groups, self.entitlement.hours)
        leads = self._assigned(group, n_groups, np.ones_like(self._value))
        value = self._assigned(group, n_groups, self._value)
        fair = self._fair(group, n_groups, self._value)
        return pd.DataFrame(
            {
                HOURS: hours,
                "leads": leads.astype(np.int64),
                "leads per hour": _over(leads, hours),
                NEUTRAL: value,
                PER_HOUR: _over(value, hours),
                TIMES_FAIR: _over(value, fair),
                **self._top(group, n_groups),
            }
        )

    def _top(
        self, group: NDArray[np.integer], n_groups: int
    ) -> dict[str, NDArray[np.number]]:
        """Return the top leads of each group, and the band of the fair assignment.

        Probabilities differ from lead to lead; a binomial distribution of their mean
        has no less spread, so that the band is never too narrow.
        """
        top = is_top(self._solution, self._value).astype(np.float64)
        fair = self._fair(group, n_groups, top)
        n_reached = self._reached(group, n_groups, top > 0)
        probability = np.clip(_over(fair, n_reached, empty=0.0), 0.0, 1.0)
        ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
        low, high = (binom.ppf(end, n_reached, probability) for end in ends)
        return {
            "top leads": self._assigned(group, n_groups, top).astype(np.int64),
            "fair top leads": fair,
            "top leads from": np.maximum(low, 0).astype(np.int64),
            "top leads to": np.maximum(high, 0).astype(np.int64),
        }

    def _assigned(
        self, group: NDArray[np.integer], n: int, of_lead: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the sum over the leads that each group was assigned, (n,)."""
        assigned, n_reps = self._solution.assigned, self._solution.problem.n_reps
        owners = self._solution.rep_of[assigned]
        return self._sum(group, n, np.bincount(owners, of_lead[assigned], n_reps))

    def _fair(
        self, group: NDArray[np.integer], n: int, of_lead: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the mean of the same sum under the fair assignment, (n,)."""
        problem = self._solution.problem
        amount = np.where(self._solution.assigned, of_lead, 0.0)[problem.lead]
        fair = amount * self.entitlement.probability
        return self._sum(group, n, np.bincount(problem.rep, fair, problem.n_reps))

    def _reached(
        self, group: NDArray[np.integer], n: int, leads: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Return how many of these leads someone in each group might have, (n,)."""
        problem = self._solution.problem
        of_pair = group[problem.rep].astype(np.int64)
        is_open = (self.entitlement.probability > 0) & (of_pair >= 0)
        counts = leads[problem.lead] & is_open
        couples = np.unique(problem.lead[counts] * n + of_pair[counts])
        return np.bincount(couples % n if n else couples, minlength=n)

    @staticmethod
    def _sum(
        group: NDArray[np.integer], n: int, of_rep: NDArray[np.number]
    ) -> NDArray[np.float64]:
        named = group >= 0
        return np.bincount(group[named], of_rep[named], n).astype(np.float64)


def is_top(solution: Solution, value: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which leads are of the top decile of those assigned, shape (n_leads,).

    Leads of the same value as the last of them are among them.

    Parameters
    ----------
    value
        Shape (n_leads,).
    """
    if not solution.n_assigned:
        return np.zeros(len(value), dtype=bool)
    least = np.quantile(value[solution.assigned], TOP, method="higher")
    return solution.assigned & (value >= least)


def _over(
    amount: NDArray[np.float64],
    whole: NDArray[np.float64] | NDArray[np.int64],
    empty: float = np.nan,
) -> NDArray[np.float64]:
    """Return amount / whole, same shape; `empty` where the whole is nothing."""
    return np.divide(amount, whole, out=np.full(len(amount), empty), where=whole > 0)
