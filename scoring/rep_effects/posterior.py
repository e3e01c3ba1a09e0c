"""Reps' coefficients under a normal prior of known covariance, in closed form."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.rep_effects.rows import QuadraticLikelihood

MEAN_PRECISION = 10.0
"""Weight of the squared coefficients that all reps share: an sd of about 0.3."""
LEAST_PRECISION = 0.1
"""The same for the first, the level of all reps."""


@dataclass(frozen=True)
class Posterior:
    """Posterior of each rep's coefficients under a prior covariance of the deviations.

    Coefficients of a rep are ``mean + deviation``, with deviations normal around 0.

    Attributes
    ----------
    likelihood
        Likelihood of the coefficients.
    root
        A square root of the prior covariance: ``root @ root.T``, (k, k).

    References
    ----------
    Breslow and Clayton (1993), Approximate inference in generalized linear mixed
    models, doi:10.1080/01621459.1993.10594284; Harville (1977), Maximum likelihood
    approaches to variance component estimation, doi:10.1080/01621459.1977.10480998.
    """

    likelihood: QuadraticLikelihood
    root: np.ndarray

    @cached_property
    def seen(self) -> np.ndarray:
        """``information @ root``, (n_reps, k, k)."""
        return self.likelihood.information @ self.root

    @cached_property
    def inner(self) -> np.ndarray:
        """``root.T @ information @ root`` plus the identity, (n_reps, k, k)."""
        return np.eye(len(self.root)) + self.root.T @ self.seen

    @cached_property
    def inverse(self) -> np.ndarray:
        """Inverse of :attr:`inner`."""
        return np.linalg.inv(self.inner)

    @cached_property
    def weight(self) -> np.ndarray:
        """Each rep's information on the mean, (n_reps, k, k)."""
        explained = self.seen @ self.inverse @ self.seen.transpose(0, 2, 1)
        return self.likelihood.information - explained

    @cached_property
    def mean_prior(self) -> np.ndarray:
        """Prior precision of the mean, (k, k)."""
        return mean_prior(len(self.root))

    @cached_property
    def mean_precision(self) -> np.ndarray:
        """Posterior precision of the mean, (k, k)."""
        return self.weight.sum(axis=0) + self.mean_prior

    @cached_property
    def mean_covariance(self) -> np.ndarray:
        """Posterior covariance of the mean, (k, k)."""
        return np.linalg.inv(self.mean_precision)

    @cached_property
    def shown(self) -> np.ndarray:
        """Each rep's contribution to the score of the mean, (n_reps, k)."""
        drawn = _times(self.inverse, self.likelihood.score @ self.root)
        return self.likelihood.score - _times(self.seen, drawn)

    @cached_property
    def mean(self) -> np.ndarray:
        """Coefficients of the average rep, (k,)."""
        return np.linalg.solve(self.mean_precision, self.shown.sum(axis=0))

    @cached_property
    def residual(self) -> np.ndarray:
        """Score of each rep less what the mean explains, (n_reps, k)."""
        return self.likelihood.score - self.likelihood.information @ self.mean

    @cached_property
    def deviation(self) -> np.ndarray:
        """Most likely deviation of each rep, (n_reps, k)."""
        drawn = _times(self.inverse, self.residual @ self.root)
        return drawn @ self.root.T

    @cached_property
    def covariance(self) -> np.ndarray:
        """Posterior covariance of each deviation, the mean's error included."""
        own = self.root @ self.inverse @ self.root.T
        shared = self.root @ self.root.T @ self.weight
        return own + shared @ (self.mean_covariance @ shared.transpose(0, 2, 1))

    @cached_property
    def unexplained(self) -> np.ndarray:
        """Score of each rep at its deviation, (n_reps, k)."""
        return self.residual - _times(self.likelihood.information, self.deviation)

    @cached_property
    def expected_square(self) -> np.ndarray:
        """What the squares of :attr:`unexplained` would be on average, a matrix each.

        (n_reps, k, k); restricted, for the mean is estimated, too.
        """
        return self.weight - self.weight @ (self.mean_covariance @ self.weight)

    @cached_property
    def log_marginal(self) -> float:
        """Restricted log likelihood of the prior, up to a constant."""
        fit = self.mean @ self.likelihood.score.sum(axis=0)
        precision = self.likelihood.information.sum(axis=0) + self.mean_prior
        fit -= self.mean @ precision @ self.mean / 2
        fit += np.sum(self.residual * self.deviation) / 2
        volume = np.linalg.slogdet(self.inner)[1].sum()
        volume += np.linalg.slogdet(self.mean_precision)[1]
        return float(fit - volume / 2)


def posterior_of(likelihood: QuadraticLikelihood, covariance: np.ndarray) -> Posterior:
    """Return the posterior under a prior covariance, (k, k), singular ones included."""
    values, vectors = np.linalg.eigh(covariance)
    return Posterior(likelihood, vectors * np.sqrt(np.maximum(values, 0.0)))


def squared_scores(
    likelihood: QuadraticLikelihood, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the squares of the reps' scores, and what they are on average, (k,) each.

    Both are sums over the reps: of the squares of :attr:`Posterior.unexplained` and of
    the diagonals of :attr:`Posterior.expected_square`. A diagonal prior covariance
    needs one system of equations per rep, and half the time.

    Parameters
    ----------
    likelihood
        Likelihood of the coefficients.
    variance
        The diagonal of the prior covariance, (k,).
    """
    information, k = likelihood.information, len(variance)
    known = np.concatenate([information, likelihood.score[..., None]], axis=2)
    solved = np.linalg.solve(np.eye(k) + information * variance, known)
    weight, shown = solved[..., :k], solved[..., k]
    mean_covariance = np.linalg.inv(weight.sum(axis=0) + mean_prior(k))
    unexplained = shown - weight @ (mean_covariance @ shown.sum(axis=0))
    of_mean = (weight.reshape(-1, k) @ mean_covariance).reshape(weight.shape)
    expected = np.diagonal(weight.sum(axis=0)) - np.sum(of_mean * weight, axis=(0, 2))
    return np.sum(unexplained**2, axis=0), expected


def mean_prior(k: int) -> np.ndarray:
    """Return the prior precision of the mean, (k, k)."""
    prior = np.full(k, MEAN_PRECISION)
    prior[0] = LEAST_PRECISION
    return np.diag(prior)


def _times(matrices: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    return np.einsum("jkl,jl->jk", matrices, vectors)
