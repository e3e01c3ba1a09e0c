"""Balance of weighted leads with what a policy plans, rep by rep."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from evaluation.off_policy.estimators import Contributions
from evaluation.off_policy.log import Log
from evaluation.off_policy.target import Target
from scoring.statistics.multiplicity import holm

SIGNIFICANCE = 0.001
Gap = tuple[NDArray[np.float64], NDArray[np.float64]]
"""What is planned less what is weighted, and the same in standard errors."""


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

    def in_all(self) -> Gap:
        """Return the gap of each rep, and of all of them, (n_reps + 1,) each."""
        table = np.column_stack([self.table, self.table.sum(axis=1)])
        drawn = np.append(self.drawn, self.drawn.sum())
        return _gap(table, drawn, np.append(self.seen, self.seen.any()))

    def beside_others(self, target: Target) -> Gap:
        """Return the gap of each rep less its share of that of all, (n_reps,) each."""
        reps = target.pairs.rep
        planned = np.bincount(reps, target.probability, self.table.shape[1])
        share = planned / max(planned.sum(), 1e-12)
        table = self.table - self.table.sum(axis=1, keepdims=True) * share
        return _gap(table, self.drawn, self.seen)


def departures(
    log: Log, target: Target, contributions: Contributions
) -> tuple[float, tuple[str, ...]]:
    """Return the share of choices that the log lacks, and reps who do not fit.

    If the propensities are right and every choice has been tried, the weights of a
    rep's leads sum to what the policy plans for the rep, and so do the weights times
    any column of the leads; here their quality by the outcome model. Too little weight
    is tested by itself; too much, and quality, beside the other reps, since leads left
    unassigned at random raise the weights of all. All tests together are held to one
    level by Holm's method.

    Returns
    -------
    Share of the policy's choices that weights fall short of, in all or of reps with
    too little weight; ids of reps with too much weight, or with leads of another
    quality.
    """
    ones, quality = np.ones(log.n_leads), _standard_quality(contributions)
    number = planned_less_weighted(log, target, contributions, ones)
    of_quality = planned_less_weighted(log, target, contributions, quality)
    (gap, own), (relative_gap, relative) = number.in_all(), number.beside_others(target)
    _, standing = of_quality.beside_others(target)
    tests = [own, relative, standing]
    lacks, exceeds, differs = _significant(tests, log.n_clusters - 1)
    lacking = np.where(lacks, np.maximum(gap, 0.0), 0.0)
    planned = max(float(contributions.planned.sum()), 1e-12)
    misfit = differs | (exceeds & (relative_gap < 0))
    are_tried = number.seen[lacking[:-1] > 0].all()
    is_shifted = misfit.any() and are_tried and not lacking[-1]
    missing = 0.0 if is_shifted else max(lacking[:-1].sum(), lacking[-1])
    return float(missing) / planned, tuple(target.pairs.rep_ids[misfit].tolist())


def planned_less_weighted(
    log: Log,
    target: Target,
    contributions: Contributions,
    column: NDArray[np.float64],
) -> GapTable:
    """Return how far the sums of a column, (n_leads,), are from those planned."""
    weight, pairs = contributions.weight, target.pairs
    n_reps = len(pairs.rep_ids)
    logged = log.assigned.positions_in(pairs.rep_ids)
    known = logged >= 0
    amount = target.probability * column[pairs.lead]
    table = np.zeros((log.n_clusters, n_reps))
    np.add.at(table, (log.cluster[pairs.lead], pairs.rep), amount)
    weighted = (weight * column)[known]
    np.subtract.at(table, (log.cluster[known], logged[known]), weighted)
    mean_weight = float(np.sum(weight**2) / max(np.sum(weight), 1e-12))
    drawn = np.zeros(n_reps)
    np.add.at(drawn, pairs.rep, mean_weight * amount * column[pairs.lead])
    seen = np.bincount(logged[known], minlength=n_reps) > 0
    return GapTable(table, drawn, seen)


def _gap(
    table: NDArray[np.float64], drawn: NDArray[np.float64], seen: NDArray[np.bool_]
) -> Gap:
    between = np.where(seen, (table**2).sum(axis=0), 0.0)
    gap, error = table.sum(axis=0), np.sqrt(np.maximum(between, drawn))
    return gap, gap / np.maximum(error, 1e-6)


def _significant(z: list[NDArray[np.float64]], freedom: int) -> list[NDArray[np.bool_]]:
    """Tell which gaps are significant, all tests together (Holm)."""
    p_values = [2 * t.sf(np.abs(scores), freedom) for scores in z]
    apart = holm(np.concatenate(p_values)) < SIGNIFICANCE
    return np.split(apart, np.cumsum([len(part) for part in p_values])[:-1])


def _standard_quality(contributions: Contributions) -> NDArray[np.float64]:
    """Return the expected outcome of each lead, mean 0 and variance 1, (n_leads,)."""
    planned = contributions.planned
    zeros = np.zeros(len(planned))
    expected = np.divide(contributions.modelled, planned, out=zeros, where=planned > 0)
    mean = float(np.average(expected, weights=planned)) if planned.any() else 0.0
    centred = np.where(planned > 0, expected - mean, 0.0)
    spread = float(centred.std())
    return centred / spread if spread > 0 else centred
