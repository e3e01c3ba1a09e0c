"""The mixed model of the reps: fixed and random coefficients, and their covariance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from scipy.special import expit

from scoring.rep_effects.covariance import (
    START,
    common_and_separate,
    refined,
    split,
    target_reps,
    variances,
)
from scoring.rep_effects.expansion import expanded_near
from scoring.rep_effects.likelihood import QuadraticLikelihood
from scoring.rep_effects.posterior import Posterior
from scoring.rep_effects.rows import RepRows

EXPANSIONS = 3
FARTHEST = 5.0
"""No coefficient is larger while the likelihood is expanded, in logits."""
PENALTY_OF_A_VARIANCE = 0.8
"""Log likelihood that one more variance must bring to be as likely as not."""
LEVEL_RATIOS = (0.0, 0.25, 1.0, 4.0)


@dataclass(frozen=True)
class MixedModel:
    """Reps' coefficients under the likeliest covariance of their deviations.

    Attributes
    ----------
    likelihood
        Of the coefficients, expanded near them.
    feature
        Feature of each column, (k,): 0 for the first, then 1, 2, ...
    common, separate
        Variance of each column if all features have the same, and if each has its
        own, (k,).
    level
        Position of each rep's seniority, (n_reps,), -1 where unknown.
    n_levels
        Number of seniorities.
    centre
        What is known of each rep by their seniority, (n_reps, k): the covariance is
        that of the deviations from it.
    between
        Covariance of the deviations where seniority is left aside, (k, k).
    """

    likelihood: QuadraticLikelihood
    feature: np.ndarray
    common: np.ndarray
    separate: np.ndarray
    level: np.ndarray
    n_levels: int
    centre: np.ndarray | None = None
    between: np.ndarray | None = None

    @cached_property
    def target(self) -> np.ndarray:
        """What the covariance is shrunk towards, (k, k).

        Columns of a feature share a variance: a mean of the feature's own and the
        common one, with more weight on its own the likelier separate variances are.
        """
        own = (1 + self.probability_separate) / 2
        variance = own * self.separate + (1 - own) * self.common
        variance[0] = self.separate[0]
        return np.diag(variance)

    @property
    def probability_separate(self) -> float:
        """Probability that features differ in their variance."""
        separate, common = (
            Posterior(self.own_likelihood, np.diag(variance)).log_marginal
            for variance in (self.separate, self.common)
        )
        n_more = max(0, int(self.feature.max()) - 1)
        return float(expit(separate - common - PENALTY_OF_A_VARIANCE * n_more))

    @cached_property
    def covariance(self) -> np.ndarray:
        """Prior covariance of the deviations, (k, k)."""
        return refined(self.own_likelihood, self.target)

    @cached_property
    def own_likelihood(self) -> QuadraticLikelihood:
        """The likelihood of the deviations from the centre."""
        if self.centre is None:
            return self.likelihood
        return self.likelihood.beyond(self.centre)

    @cached_property
    def posterior(self) -> Posterior:
        """The reps' deviations around the average rep and their centre."""
        return Posterior(self.own_likelihood, self.covariance)

    @cached_property
    def by_level(self) -> Posterior:
        """The deviations of the average rep of each seniority; unknown comes last."""
        reps = Posterior(self.likelihood, self.covariance)
        of_level = reps.by_group(self.level, self.n_levels + 1)
        between = self.covariance if self.between is None else self.between
        ratios = LEVEL_RATIOS if self.n_levels > 1 else (0.0,)
        posteriors = [Posterior(of_level, ratio * between) for ratio in ratios]
        return max(posteriors, key=lambda posterior: posterior.log_marginal)

    def within_levels(self) -> Self:
        """Return the same, how far reps differ judged within their seniority."""
        centre = self.by_level.deviation[self.level]
        if not centre.any():
            return self
        likelihood = self.likelihood.beyond(centre)
        common, separate = common_and_separate(likelihood, self.feature, self.common)
        between = self.covariance
        return replace(
            self, common=common, separate=separate, centre=centre, between=between
        )

    @property
    def whole_covariance(self) -> np.ndarray:
        """Covariance of the reps' deviations, seniority's among them, (k, k)."""
        if self.centre is None:
            return self.covariance
        return self.covariance + self.centre.T @ self.centre / len(self.centre)

    @property
    def error(self) -> np.ndarray:
        """Standard error of each rep's deviations, (n_reps, k)."""
        variance = np.tile(np.diagonal(self.covariance), (self.likelihood.n_reps, 1))
        for rep, covariance in self.posterior.covariances():
            variance[rep] = np.diagonal(covariance, axis1=1, axis2=2)
        if self.centre is not None:
            variance += self.error_of_level
        return np.sqrt(variance)

    @property
    def error_of_level(self) -> np.ndarray:
        """What the error of their seniority adds to the reps' variance, (n_reps, k)."""
        of_level = self.by_level.covariance
        variance = np.diagonal(of_level, axis1=1, axis2=2)[self.level]
        for rep, weight in self.posterior.weights():
            kept = np.eye(len(self.feature)) - self.covariance @ weight
            variance[rep] = np.sum((kept @ of_level[self.level[rep]]) * kept, axis=2)
        return variance

    @property
    def shared(self) -> np.ndarray:
        """Coefficients of the average rep, (k,)."""
        return self.by_level.mean

    @property
    def level_deviation(self) -> np.ndarray:
        """Deviation of the average rep of each seniority, (n_levels, k)."""
        return self.by_level.deviation[: self.n_levels]

    @cached_property
    def deviation(self) -> np.ndarray:
        """Deviation of each rep from the average rep, (n_reps, k).

        The covariance of a rep's deviation is that of the other reps, lest a rep's
        own noise widen it.
        """
        level = self.by_level.deviation[self.level]
        residual = self.likelihood.beyond(self.shared + level)
        own = np.zeros_like(level)
        others = self.covariances_of_others()
        for stack, (rep, covariance) in zip(residual.stacks, others, strict=True):
            own[rep] = stack.likeliest(covariance)
        return level + own

    def covariances_of_others(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield reps and the prior covariance without each one's share, (n, k, k)."""
        n_others = target_reps(self.target) + self.likelihood.n_reps - 1
        for rep, covariance in self.posterior.covariances():
            deviation = self.posterior.deviation[rep]
            moment = deviation[:, :, None] * deviation[:, None, :] + covariance
            total = (n_others + 1) * self.covariance - moment
            yield rep, split(total / n_others, self.target)


def fit_mixed_model(
    rows: RepRows, feature: np.ndarray, level: np.ndarray, n_levels: int
) -> MixedModel:
    """Return the likeliest coefficients; the likelihood is expanded near them.

    Parameters
    ----------
    rows
        Closed rows in order of their rep.
    feature, level, n_levels
        As for :class:`MixedModel`.
    """
    coefficient = np.zeros((rows.n_reps, len(feature)))
    groups = np.minimum(feature, 1)
    common = np.full(len(feature), START)
    for _ in range(EXPANSIONS):
        likelihood = expanded_near(rows, coefficient)
        common = variances(likelihood, groups, common)
        rough = Posterior(likelihood, np.diag(common))
        coefficient = np.clip(rough.mean + rough.deviation, -FARTHEST, FARTHEST)
    likelihood = expanded_near(rows, coefficient)
    common, separate = common_and_separate(likelihood, feature, common)
    model = MixedModel(likelihood, feature, common, separate, level, n_levels)
    return model.within_levels()
