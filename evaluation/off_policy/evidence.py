"""What logged leads say of a policy, summed over clusters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.off_policy.log import Log
from evaluation.off_policy.outcome_model import OutcomeModel
from evaluation.off_policy.target import Target

COLUMNS = ("leads", "weight", "planned", "weighted", "modelled", "surprise")


@dataclass(frozen=True, eq=False)
class Evidence:
    """Every logged lead's part in the estimates of one policy's value.

    Attributes
    ----------
    weight
        How much more often the policy would have done what was done than the log
        did, (n_leads,).
    planned
        How likely the policy gives the lead to anyone, (n_leads,).
    weighted
        Weight times outcome, (n_leads,).
    modelled
        The model's mean outcome under the policy, (n_leads,).
    surprise
        Weight times the model's error where the outcome is known, (n_leads,).
    """

    weight: NDArray[np.float64]
    planned: NDArray[np.float64]
    weighted: NDArray[np.float64]
    modelled: NDArray[np.float64]
    surprise: NDArray[np.float64]

    def sums(self, cluster: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the sums of `COLUMNS` over clusters, (n_clusters, 6)."""
        rows = [np.ones(len(cluster)), *(getattr(self, of) for of in COLUMNS[1:])]
        return np.column_stack([np.bincount(cluster, row) for row in rows])


def gather(log: Log, target: Target, model: OutcomeModel) -> Evidence:
    """Return what the log says of a policy.

    References
    ----------
    Robins, Rotnitzky and Zhao (1994), doi:10.1080/01621459.1994.10476818, for the
    correction; Chernozhukov et al. (2018), doi:10.1111/ectj.12097, for models that
    have not seen the row they speak of.
    """
    weight = target.of_given(log) / log.propensity
    by_pair = target.probability * model.expected(target.pairs)
    modelled = target.pairs.sum_of_lead(by_pair)
    error = log.outcome - model.expected(log.given)
    return Evidence(
        weight=weight,
        planned=target.planned,
        weighted=weight * log.outcome,
        modelled=modelled,
        surprise=weight * error,
    )


def ips(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean outcome per lead by inverse propensities, (n,)."""
    leads, _, _, weighted, _, _ = sums.T
    return weighted / leads


def snips(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same with weights that sum to the leads planned, (n,).

    References
    ----------
    Swaminathan and Joachims (2015), The self-normalized estimator for counterfactual
    learning, NeurIPS 28.
    """
    leads, weight, planned, weighted, _, _ = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return weighted / weight * planned / leads


def doubly_robust(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the model's mean plus its mean error, self-normalised, (n,)."""
    leads, weight, planned, _, modelled, surprise = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return (modelled + surprise / weight * planned) / leads


ESTIMATORS = {"ips": ips, "snips": snips, "dr": doubly_robust}
