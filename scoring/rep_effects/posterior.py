"""Reps' coefficients under a normal prior of known covariance, in closed form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from scoring.rep_effects.inverse import inverse_root
from scoring.rep_effects.likelihood import (
    QuadraticLikelihood,
    Stack,
    of_information,
    root_of,
)
from scoring.rep_effects.sums_of_products import outer_squares, products, squares
from scoring.rep_effects.whitening import Whitening

T = TypeVar("T")

MEAN_PRECISION = 10.0
"""Weight of the squared coefficients that all reps share: an sd of about 0.3."""
LEAST_PRECISION = 0.1
"""The same for the first, the level of all reps."""


@dataclass(frozen=True)
class Posterior:
    """Posterior of each rep's coefficients under a prior covariance of the deviations.

    Coefficients of a rep are ``mean + deviation``, with deviations normal around 0.
    The reps' responses are normal around what the mean explains, and independent: all
    follows from products of those of each rep, once they are whitened.

    Attributes
    ----------
    likelihood
        Likelihood of the coefficients.
    prior
        Covariance of the deviations, (k, k), singular ones included.

    References
    ----------
    Breslow and Clayton (1993), Approximate inference in generalized linear mixed
    models, doi:10.1080/01621459.1993.10594284; Harville (1977), Maximum likelihood
    approaches to variance component estimation, doi:10.1080/01621459.1977.10480998.
    """

    likelihood: QuadraticLikelihood
    prior: np.ndarray

    @cached_property
    def whitenings(self) -> list[Whitening]:
        """What whitens the responses, by stack."""
        root = root_of(self.prior)
        return [Whitening(root, stack.columns) for stack in self.likelihood.stacks]

    @cached_property
    def columns(self) -> list[np.ndarray]:
        """The columns, whitened, by stack, (n, m, k)."""
        return [
            whitening.of(stack.columns)
            for stack, whitening in self._with(self.whitenings)
        ]

    @cached_property
    def responses(self) -> list[np.ndarray]:
        """The responses, whitened, by stack, (n, m)."""
        return [
            whitening.of(stack.response[:, :, None])[:, :, 0]
            for stack, whitening in self._with(self.whitenings)
        ]

    @cached_property
    def mean_prior(self) -> np.ndarray:
        """Prior precision of the mean, (k, k)."""
        precision = np.full(self.likelihood.n_columns, MEAN_PRECISION)
        precision[0] = LEAST_PRECISION
        return np.diag(precision)

    @cached_property
    def weight(self) -> np.ndarray:
        """All reps' information on the mean, (k, k)."""
        total = np.zeros_like(self.prior)
        for columns in self.columns:
            total += products(columns, columns)
        return total

    @cached_property
    def mean_precision(self) -> np.ndarray:
        """Posterior precision of the mean, (k, k)."""
        return self.weight + self.mean_prior

    @cached_property
    def mean_covariance(self) -> np.ndarray:
        """Posterior covariance of the mean, (k, k)."""
        return self.mean_root @ self.mean_root.T

    @cached_property
    def mean_root(self) -> np.ndarray:
        """A root of that, (k, k): times its transpose it is the covariance."""
        return inverse_root(self.mean_precision[None])[0].T

    @cached_property
    def shown(self) -> np.ndarray:
        """Each rep's contribution to the score of the mean, (n_reps, k)."""
        return self.scores(self.responses)

    @cached_property
    def mean(self) -> np.ndarray:
        """Coefficients of the average rep, (k,)."""
        return np.linalg.solve(self.mean_precision, self.shown.sum(axis=0))

    @cached_property
    def residual(self) -> list[np.ndarray]:
        """Responses less what the mean explains, whitened, by stack, (n, m)."""
        return [
            response - columns @ self.mean
            for response, columns in zip(self.responses, self.columns, strict=True)
        ]

    @cached_property
    def unexplained(self) -> np.ndarray:
        """Score of each rep at its deviation, (n_reps, k)."""
        return self.scores(self.residual)

    @cached_property
    def deviation(self) -> np.ndarray:
        """Most likely deviation of each rep, (n_reps, k)."""
        return self.unexplained @ self.prior

    @cached_property
    def expected_square(self) -> np.ndarray:
        """Mean products of :attr:`unexplained` in theory, their sum, (k, k)."""
        total = self.weight.copy()
        for columns in self.columns:
            total -= outer_squares(columns, columns @ self.mean_root)
        return total

    @cached_property
    def expected_diagonal(self) -> np.ndarray:
        """The diagonal of :attr:`expected_square`, (k,), in half the time."""
        total = np.diagonal(self.weight).copy()
        for columns in self.columns:
            total -= squares(columns, columns @ self.mean_root)
        return total

    @cached_property
    def average_information(self) -> np.ndarray:
        """Average of the observed and the expected information on variances, (k, k).

        Of the variances of the columns, at a prior that is diagonal.
        """
        within, with_mean = np.zeros_like(self.prior), np.zeros_like(self.prior)
        for stack, whitening, columns in zip(
            self.likelihood.stacks, self.whitenings, self.columns, strict=True
        ):
            drawn = stack.columns * self.unexplained[stack.rep][:, None, :]
            whitened = whitening.of(drawn)
            within += products(whitened, whitened)
            with_mean += products(columns, whitened)
        return (within - with_mean.T @ self.mean_covariance @ with_mean) / 2

    @property
    def second_moment(self) -> np.ndarray:
        """Mean products of each rep's deviation, their sum, (k, k)."""
        learnt = self.unexplained.T @ self.unexplained - self.expected_square
        return self.likelihood.n_reps * self.prior + self.prior @ learnt @ self.prior

    def expected_squares(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield reps and each one's part of :attr:`expected_square`, (n, k, k).

        That of reps without rows, who are not among them, is 0.
        """
        for stack, columns in self._with(self.columns):
            yield (
                stack.rep,
                columns.transpose(0, 2, 1) @ self.restricted(columns, columns),
            )

    def covariances(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield reps and the covariance of each deviation, (n, k, k).

        The mean's error is included; that of a rep without rows is the prior.
        """
        for stack, whitening, columns in zip(
            self.likelihood.stacks, self.whitenings, self.columns, strict=True
        ):
            drawn = columns @ self.prior
            if whitening.may_tell_all:
                by_mean = (columns @ self.mean_root).transpose(0, 2, 1) @ drawn
                yield stack.rep, whitening.left + by_mean.transpose(0, 2, 1) @ by_mean
            else:
                told = drawn.transpose(0, 2, 1) @ self.restricted(drawn, columns)
                yield stack.rep, self.prior - told

    @property
    def covariance(self) -> np.ndarray:
        """What :meth:`covariances` yields, of all reps, (n_reps, k, k)."""
        covariance = np.tile(self.prior, (self.likelihood.n_reps, 1, 1))
        for rep, own in self.covariances():
            covariance[rep] = own
        return covariance

    def restricted(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Return whitened rows less what the estimate of the mean explains of them.

        Parameters
        ----------
        rows, columns
            Of one stack, whitened, (n, m, k) each.
        """
        of_mean = columns @ self.mean_root
        return rows - of_mean @ (of_mean.transpose(0, 2, 1) @ rows)

    def weights(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield reps and each one's part of :attr:`weight`, (n, k, k)."""
        for stack, columns in self._with(self.columns):
            yield stack.rep, columns.transpose(0, 2, 1) @ columns

    def scores(self, response: Sequence[np.ndarray]) -> np.ndarray:
        """Return the score of the mean at whitened responses by stack, (n_reps, k)."""
        score = np.zeros((self.likelihood.n_reps, self.likelihood.n_columns))
        for stack, of_stack, columns in zip(
            self.likelihood.stacks, response, self.columns, strict=True
        ):
            score[stack.rep] = np.einsum("nm,nmk->nk", of_stack, columns)
        return score

    def by_group(self, group: np.ndarray, n_groups: int) -> QuadraticLikelihood:
        """Return the likelihood of the mean of each group of reps.

        Parameters
        ----------
        group
            Group of each rep, (n_reps,); -1 is the last.
        n_groups
            Number of groups.
        """
        k = self.likelihood.n_columns
        member = np.eye(n_groups)[group]
        information = np.zeros((n_groups, k * k))
        for rep, weight in self.weights():
            information += member[rep].T @ weight.reshape(len(rep), -1)
        return of_information(
            information.reshape(n_groups, k, k), member.T @ self.shown
        )

    @cached_property
    def log_marginal(self) -> float:
        """Restricted log likelihood of the prior, up to a constant."""
        misfit = self.mean @ self.mean_prior @ self.mean
        volume = np.linalg.slogdet(self.mean_precision)[1]
        for residual, whitening in zip(self.residual, self.whitenings, strict=True):
            misfit += np.sum(residual**2)
            volume -= whitening.log_determinant
        return float(-(misfit + volume) / 2)

    def _with(self, parts: Iterable[T]) -> Iterator[tuple[Stack, T]]:
        return zip(self.likelihood.stacks, parts, strict=True)
