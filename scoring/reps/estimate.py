"""Reps' coefficients and how far they differ, from rows in order of their rep."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.reps.posterior import Posterior, posterior_of
from scoring.reps.rows import Evidence, RepRows, evidence_near
from scoring.reps.spread import refined, second_moments, split, target_reps, variances

EXPANSIONS = 3
FARTHEST = 5.0
"""No coefficient is larger while the evidence is expanded, in logits."""
LEVEL_RATIOS = (0.0, 0.25, 1.0, 4.0)


@dataclass(frozen=True)
class Estimate:
    """Reps' coefficients under the likeliest covariance of their deviations.

    Attributes
    ----------
    evidence
        What the rows say, expanded near the coefficients.
    feature
        Feature of each column, (k,): 0 for the first, then 1, 2, ...
    alike, apart
        Variance of each column if all features have the same, and if each has its
        own, (k,).
    level
        Position of each rep's seniority, (n_reps,), -1 where unknown.
    n_levels
        Number of seniorities.
    """

    evidence: Evidence
    feature: np.ndarray
    alike: np.ndarray
    apart: np.ndarray
    level: np.ndarray
    n_levels: int

    @cached_property
    def target(self) -> np.ndarray:
        """What the covariance is shrunk towards, (k, k).

        Columns of a feature share a variance; it lies halfway between the one that
        suits this feature best and the one that suits all.
        """
        variance = (self.alike + self.apart) / 2
        variance[0] = self.apart[0]
        return np.diag(variance)

    @cached_property
    def covariance(self) -> np.ndarray:
        """Prior covariance of the deviations, (k, k)."""
        return refined(self.evidence, self.target)

    @cached_property
    def posterior(self) -> Posterior:
        """The reps' deviations around the average rep, seniority left aside."""
        return posterior_of(self.evidence, self.covariance)

    @cached_property
    def upper(self) -> Posterior:
        """The deviations of the average rep of each seniority; unknown comes last."""
        k = len(self.feature)
        score = np.zeros((self.n_levels + 1, k))
        information = np.zeros((self.n_levels + 1, k, k))
        np.add.at(score, self.level, self.posterior.shown)
        np.add.at(information, self.level, self.posterior.weight)
        between = Evidence(information, score)
        ratios = LEVEL_RATIOS if self.n_levels > 1 else (0.0,)
        made = [posterior_of(between, ratio * self.covariance) for ratio in ratios]
        return max(made, key=lambda posterior: posterior.log_evidence)

    @property
    def shared(self) -> np.ndarray:
        """Coefficients of the average rep, (k,)."""
        return self.upper.mean

    @property
    def level_deviation(self) -> np.ndarray:
        """Deviation of the average rep of each seniority, (n_levels, k)."""
        return self.upper.deviation[: self.n_levels]

    @cached_property
    def deviation(self) -> np.ndarray:
        """Deviation of each rep from the average rep, (n_reps, k).

        How far a rep may differ is judged by the other reps, lest one's own noise
        make itself believed.
        """
        level = self.upper.deviation[self.level]
        information = self.evidence.information
        explained = np.einsum("jkl,jl->jk", information, self.shared + level)
        residual = self.evidence.score - explained
        others = self.covariance_of_others
        own = np.linalg.solve(
            np.eye(len(self.feature)) + others @ information,
            others @ residual[..., None],
        )
        return level + own[..., 0]

    @property
    def covariance_of_others(self) -> np.ndarray:
        """The prior covariance without each rep's own share in it, (n_reps, k, k)."""
        n_others = target_reps(self.target) + self.evidence.n_reps - 1
        total = (n_others + 1) * self.covariance - second_moments(self.posterior)
        return split(total / n_others, self.target)


def estimate(
    rows: RepRows, feature: np.ndarray, level: np.ndarray, n_levels: int
) -> Estimate:
    """Return the likeliest coefficients; the evidence is expanded near them.

    Parameters
    ----------
    rows
        Closed rows in order of their rep.
    feature, level, n_levels
        As for :class:`Estimate`.
    """
    coefficient = np.zeros((rows.n_reps, len(feature)))
    groups = np.minimum(feature, 1)
    alike = None
    for _ in range(EXPANSIONS):
        evidence = evidence_near(rows, coefficient)
        alike = variances(evidence, groups, alike)
        rough = posterior_of(evidence, np.diag(alike))
        coefficient = np.clip(rough.mean + rough.deviation, -FARTHEST, FARTHEST)
    evidence = evidence_near(rows, coefficient)
    alike = variances(evidence, groups)
    apart = variances(evidence, feature)
    return Estimate(evidence, feature, alike, apart, level, n_levels)
