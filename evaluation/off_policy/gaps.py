"""What a policy plans for each rep, less what the log's weights come to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.off_policy.evidence import Evidence
from evaluation.off_policy.log import Log
from evaluation.off_policy.target import Target


@dataclass(frozen=True, eq=False)
class Gap:
    """What is planned less what is weighted.

    Attributes
    ----------
    gap
        Of each of several groups, (n_groups,).
    error
        Its standard error, (n_groups,).
    """

    gap: NDArray[np.float64]
    error: NDArray[np.float64]

    @property
    def z(self) -> NDArray[np.float64]:
        """The gap in standard errors, (n_groups,)."""
        return self.gap / np.maximum(self.error, 1e-6)


@dataclass(frozen=True, eq=False)
class GapTable:
    """What is planned less what is weighted of a column of leads.

    Attributes
    ----------
    table
        By cluster and rep of the policy, (n_clusters, n_reps).
    drawn
        Variance of as many draws at the policy's mean weight, (n_reps,): the least
        there can be, and all there is of a rep who has no lead at all.
    seen
        Whether the rep has leads, (n_reps,).
    """

    table: NDArray[np.float64]
    drawn: NDArray[np.float64]
    seen: NDArray[np.bool_]

    def all_told(self) -> Gap:
        """Return the gap of each rep, and of all of them, (n_reps + 1,)."""
        table = np.column_stack([self.table, self.table.sum(axis=1)])
        drawn = np.append(self.drawn, self.drawn.sum())
        return self._gap(table, drawn, np.append(self.seen, self.seen.any()))

    def beside_others(self, target: Target) -> Gap:
        """Return the gap of each rep less the rep's part of that of all, (n_reps,)."""
        reps = target.pairs.rep
        planned = np.bincount(reps, target.probability, self.table.shape[1])
        part = planned / max(planned.sum(), 1e-12)
        table = self.table - self.table.sum(axis=1, keepdims=True) * part
        return self._gap(table, self.drawn, self.seen)

    def _gap(
        self,
        table: NDArray[np.float64],
        drawn: NDArray[np.float64],
        seen: NDArray[np.bool_],
    ) -> Gap:
        between = np.where(seen, (table**2).sum(axis=0), 0.0)
        return Gap(table.sum(axis=0), np.sqrt(np.maximum(between, drawn)))


def planned_less_weighted(
    log: Log, target: Target, evidence: Evidence, column: NDArray[np.float64]
) -> GapTable:
    """Return how far the sums of a column, (n_leads,), are from those planned."""
    weight, pairs = evidence.weight, target.pairs
    n_reps = len(pairs.rep_ids)
    given = log.given.places_in(pairs.rep_ids)
    got = given >= 0
    amount = target.probability * column[pairs.lead]
    table = np.zeros((log.n_clusters, n_reps))
    np.add.at(table, (log.cluster[pairs.lead], pairs.rep), amount)
    np.subtract.at(table, (log.cluster[got], given[got]), (weight * column)[got])
    mean_weight = float(np.sum(weight**2) / max(np.sum(weight), 1e-12))
    squares = mean_weight * amount * column[pairs.lead]
    drawn = np.zeros(n_reps)
    np.add.at(drawn, pairs.rep, squares)
    seen = np.bincount(given[got], minlength=n_reps) > 0
    return GapTable(table, drawn, seen)
