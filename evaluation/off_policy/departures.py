"""Reps who got fewer, more or other leads than propensities and policy say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from evaluation.off_policy.evidence import Evidence
from evaluation.off_policy.gaps import Gap, planned_less_weighted
from evaluation.off_policy.log import Log
from evaluation.off_policy.target import Target
from scoring.diagnostics.multiplicity import holm

SIGNIFICANCE = 0.001


@dataclass(frozen=True)
class Departures:
    """Where weighted leads are not those the policy plans, beyond chance.

    Attributes
    ----------
    missing
        Share of the policy's choices that weights fall short of, in all or of reps
        with too little weight.
    misfit
        Reps with too much weight, or with leads of another quality.
    """

    missing: float
    misfit: tuple[str, ...]


def find_departures(log: Log, target: Target, evidence: Evidence) -> Departures:
    """Return the reps whose weighted leads are not those the policy plans for them.

    If the propensities are right and every choice has been tried, the weights of a
    rep's leads sum to what the policy plans for the rep, and so do the weights times
    any column of the leads; here their quality, as the outcome model sees it. Too
    little weight is tested by itself; too much, and quality, beside the other reps,
    since leads that were left over by lot raise the weights of all. All tests
    together are held to one level by Holm's method.
    """
    number = planned_less_weighted(log, target, evidence, np.ones(log.n_leads))
    quality = planned_less_weighted(log, target, evidence, centred_quality(evidence))
    own, beside = number.all_told(), number.beside_others(target)
    standing = quality.beside_others(target)
    lacks, exceeds, differs = significant([own, beside, standing], log.n_clusters - 1)
    lacking = np.where(lacks, np.maximum(own.gap, 0.0), 0.0)
    planned = max(float(evidence.planned.sum()), 1e-12)
    misfit = differs | (exceeds & (beside.gap < 0))
    are_tried = number.seen[lacking[:-1] > 0].all()
    is_shifted = misfit.any() and are_tried and not lacking[-1]
    missing = 0.0 if is_shifted else max(lacking[:-1].sum(), lacking[-1])
    return Departures(
        missing=float(missing) / planned,
        misfit=tuple(target.pairs.rep_ids[misfit].tolist()),
    )


def significant(gaps: list[Gap], freedom: int) -> list[NDArray[np.bool_]]:
    """Tell which gaps chance does not explain, held to one level by Holm's method."""
    p_values = [2 * t.sf(np.abs(of.z), freedom) for of in gaps]
    apart = holm(np.concatenate(p_values)) < SIGNIFICANCE
    return np.split(apart, np.cumsum([len(of) for of in p_values])[:-1])


def centred_quality(evidence: Evidence) -> NDArray[np.float64]:
    """Return what the model expects of each lead, mean 0 and variance 1, (n_leads,)."""
    planned = evidence.planned
    expected = np.divide(
        evidence.modelled, planned, out=np.zeros(len(planned)), where=planned > 0
    )
    mean = float(np.average(expected, weights=planned)) if planned.any() else 0.0
    centred = np.where(planned > 0, expected - mean, 0.0)
    spread = float(centred.std())
    return centred / spread if spread > 0 else centred
