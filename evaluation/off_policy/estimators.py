"""IPS, SNIPS and doubly robust estimates, as functions of sums over clusters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.off_policy.bootstrap import Figure
from evaluation.off_policy.log import Log
from evaluation.off_policy.outcome_model import OutcomeModel
from evaluation.off_policy.target import Target

COLUMNS = ("leads", "weight", "planned", "weighted", "modelled", "residual")

Sums = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Contributions:
    """What every logged lead contributes to the estimates of one policy's value.

    Attributes
    ----------
    weight
        Importance weight: the policy's probability of the logged rep over the
        propensity, (n_leads,).
    planned
        Probability that the policy assigns the lead to anyone, (n_leads,).
    weighted
        Weight times outcome, (n_leads,).
    modelled
        The model's mean outcome under the policy, (n_leads,).
    residual
        Weight times the model's error where the outcome is known, (n_leads,).
    """

    weight: NDArray[np.float64]
    planned: NDArray[np.float64]
    weighted: NDArray[np.float64]
    modelled: NDArray[np.float64]
    residual: NDArray[np.float64]

    def sums(self, cluster: NDArray[np.intp]) -> Sums:
        """Return the sums of `COLUMNS` over clusters, (n_clusters, 6)."""
        columns = [getattr(self, name) for name in COLUMNS[1:]]
        rows = [np.ones(len(cluster)), *columns]
        return np.column_stack([np.bincount(cluster, row) for row in rows])


def contributions_of(log: Log, target: Target, model: OutcomeModel) -> Contributions:
    """Return what the log contributes to the value of a policy.

    References
    ----------
    Robins, Rotnitzky and Zhao (1994), doi:10.1080/01621459.1994.10476818, for the
    correction; Chernozhukov et al. (2018), doi:10.1111/ectj.12097, for models fitted
    to other rows.
    """
    weight = target.of_logged(log) / log.propensity
    by_pair = target.probability * model.expected(target.pairs)
    residual = log.outcome - model.expected(log.assigned)
    return Contributions(
        weight=weight,
        planned=target.planned,
        weighted=weight * log.outcome,
        modelled=target.pairs.sum_of_lead(by_pair),
        residual=weight * residual,
    )


def ips(sums: Sums) -> NDArray[np.float64]:
    """Return the mean outcome per lead by inverse propensity scores, (n,)."""
    leads, _, _, weighted, _, _ = sums.T
    return weighted / leads


def snips(sums: Sums) -> NDArray[np.float64]:
    """Return the same with weights that sum to the leads planned, (n,).

    References
    ----------
    Swaminathan and Joachims (2015), The self-normalized estimator for counterfactual
    learning, NeurIPS 28.
    """
    leads, weight, planned, weighted, _, _ = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return weighted / weight * planned / leads


def doubly_robust(sums: Sums) -> NDArray[np.float64]:
    """Return the model's mean plus its mean residual, self-normalised, (n,)."""
    leads, weight, planned, _, modelled, residual = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return (modelled + residual / weight * planned) / leads


ESTIMATORS = {"ips": ips, "snips": snips, "dr": doubly_robust}


def baseline_of(estimator: Figure) -> Figure:
    """Return the baseline's value as a figure of the sums of policy and baseline."""
    return lambda sums: estimator(_halves(sums)[1])


def ratio_of(estimator: Figure) -> Figure:
    """Return the relative lift as a figure of the sums of policy and baseline."""

    def lift(sums: Sums) -> Sums:
        first, second = map(estimator, _halves(sums))
        with np.errstate(invalid="ignore", divide="ignore"):
            return first / second - 1

    return lift


def difference_of(estimator: Figure) -> Figure:
    """Return the policy's value less the baseline's as a figure of the sums of both."""

    def difference(sums: Sums) -> Sums:
        first, second = map(estimator, _halves(sums))
        return first - second

    return difference


def _halves(sums: Sums) -> tuple[Sums, Sums]:
    """Return the sums of the policy and those of the baseline, (n, 6) each."""
    middle = sums.shape[1] // 2
    return sums[:, :middle], sums[:, middle:]
