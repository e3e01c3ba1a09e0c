"""Reps' coefficients under a normal prior of known covariance, in closed form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.rep_effects.likelihood import (
    QuadraticLikelihood,
    Stack,
    of_information,
    root_of,
)

MEAN_PRECISION = 10.0
"""Weight of the squared coefficients that all reps share: an sd of about 0.3."""
LEAST_PRECISION = 0.1
"""The same for the first, the level of all reps."""


@dataclass(frozen=True)
class Posterior:
    """Posterior of each rep's coefficients under a prior covariance of the deviations.

    Coefficients of a rep are ``mean + deviation``, with deviations normal around 0.
    The reps' responses are normal around what the mean explains, and independent: all
    follows from the precision of those of each rep, a matrix of as many rows as the rep
    has in the likelihood.

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
    def precision(self) -> list[np.ndarray]:
        """Precision of the responses by stack, (n, m, m)."""
        root = root_of(self.prior)
        return [stack.precision_under(root) for stack in self.likelihood.stacks]

    @cached_property
    def weighted(self) -> list[np.ndarray]:
        """``precision @ columns`` by stack, (n, m, k)."""
        return [
            precision @ stack.columns for stack, precision in self._with(self.precision)
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
        for stack, weighted in self._with(self.weighted):
            total += products(stack.columns, weighted)
        return total

    @cached_property
    def mean_precision(self) -> np.ndarray:
        """Posterior precision of the mean, (k, k)."""
        return self.weight + self.mean_prior

    @cached_property
    def mean_covariance(self) -> np.ndarray:
        """Posterior covariance of the mean, (k, k)."""
        return np.linalg.inv(self.mean_precision)

    @cached_property
    def shown(self) -> np.ndarray:
        """Each rep's contribution to the score of the mean, (n_reps, k)."""
        return self.scores([stack.response for stack in self.likelihood.stacks])

    @cached_property
    def mean(self) -> np.ndarray:
        """Coefficients of the average rep, (k,)."""
        return np.linalg.solve(self.mean_precision, self.shown.sum(axis=0))

    @cached_property
    def residual(self) -> list[np.ndarray]:
        """Responses less what the mean explains, by stack, (n, m)."""
        stacks = self.likelihood.stacks
        return [stack.response - stack.columns @ self.mean for stack in stacks]

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
        total = np.zeros_like(self.prior)
        for stack, precision in self._with(self.restricted()):
            total += products(stack.columns, precision @ stack.columns)
        return total

    @cached_property
    def expected_diagonal(self) -> np.ndarray:
        """The diagonal of :attr:`expected_square`, (k,), in half the time."""
        root = np.linalg.cholesky(self.mean_covariance)
        total = np.diagonal(self.weight).copy()
        for stack, weighted in self._with(self.weighted):
            total -= squares(stack.columns, weighted @ root)
        return total

    @cached_property
    def average_information(self) -> np.ndarray:
        """Average of the observed and the expected information on variances, (k, k).

        Of the variances of the columns, at a prior that is diagonal.
        """
        within, with_mean = np.zeros_like(self.prior), np.zeros_like(self.prior)
        for stack, precision, weighted in zip(
            self.likelihood.stacks, self.precision, self.weighted, strict=True
        ):
            drawn = stack.columns * self.unexplained[stack.rep][:, None, :]
            within += products(drawn, precision @ drawn)
            with_mean += products(weighted, drawn)
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
        for stack, precision in self._with(self.restricted()):
            rows = stack.columns
            yield stack.rep, rows.transpose(0, 2, 1) @ (precision @ rows)

    def covariances(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield reps and the covariance of each deviation, (n, k, k).

        The mean's error is included; that of a rep without rows is the prior.
        """
        for rep, square in self.expected_squares():
            yield rep, self.prior - self.prior @ square @ self.prior

    @property
    def covariance(self) -> np.ndarray:
        """What :meth:`covariances` yields, of all reps, (n_reps, k, k)."""
        covariance = np.tile(self.prior, (self.likelihood.n_reps, 1, 1))
        for rep, own in self.covariances():
            covariance[rep] = own
        return covariance

    def restricted(self) -> Iterator[np.ndarray]:
        """Yield the precision of the residuals by stack, (n, m, m)."""
        for precision, weighted in zip(self.precision, self.weighted, strict=True):
            of_mean = weighted @ self.mean_covariance
            yield precision - of_mean @ weighted.transpose(0, 2, 1)

    def weights(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield reps and each one's part of :attr:`weight`, (n, k, k)."""
        for stack, weighted in self._with(self.weighted):
            yield stack.rep, stack.columns.transpose(0, 2, 1) @ weighted

    def scores(self, response: Sequence[np.ndarray]) -> np.ndarray:
        """Return the score of the mean at responses by stack, (n_reps, k)."""
        score = np.zeros((self.likelihood.n_reps, self.likelihood.n_columns))
        for stack, of_stack, weighted in zip(
            self.likelihood.stacks, response, self.weighted, strict=True
        ):
            score[stack.rep] = np.einsum("nm,nmk->nk", of_stack, weighted)
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
        for residual, precision in zip(self.residual, self.precision, strict=True):
            misfit += np.einsum("nm,nml,nl->", residual, precision, residual)
            volume -= np.linalg.slogdet(precision)[1].sum()
        return float(-(misfit + volume) / 2)

    def _with(self, arrays: Iterable[np.ndarray]) -> Iterator[tuple[Stack, np.ndarray]]:
        return zip(self.likelihood.stacks, arrays, strict=True)


def products(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the sum over reps of ``left.T @ right``, (k, k), of (n, m, k) each."""
    k = left.shape[2]
    return left.reshape(-1, k).T @ right.reshape(-1, k)


def squares(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the squares in ``left.T @ right``, summed over reps and columns, (k,).

    The products themselves cost more than those of rows where rows are few.

    Parameters
    ----------
    left, right
        (n, m, k) each.
    """
    if 2 * left.shape[1] < left.shape[2]:
        by_row = right @ right.transpose(0, 2, 1) @ left
        return np.einsum("nmk,nmk->k", by_row, left)
    product = left.transpose(0, 2, 1) @ right
    return np.einsum("nkl,nkl->k", product, product)
