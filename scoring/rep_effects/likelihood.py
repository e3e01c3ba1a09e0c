"""The likelihood of each rep's coefficients, to second order, in stacks of reps."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from scoring.rep_effects.inverse import inverse

ROUNDING = 1e-14
"""An eigenvalue smaller than this times the largest counts as 0."""


@dataclass(frozen=True)
class Stack:
    """Working responses of reps with about as many rows each, of unit noise.

    A rep with fewer rows than others of the stack has rows of zeros, which say nothing.

    Attributes
    ----------
    rep
        Positions of the reps, (n,), each once.
    columns
        What each rep's coefficients are multiplied by, (n, m, k). Rows of one rep are
        orthogonal in all columns but the first.
    response
        What the products are near, (n, m).
    """

    rep: np.ndarray
    columns: np.ndarray
    response: np.ndarray

    @cached_property
    def rest(self) -> np.ndarray:
        """Sum of the squares of each row in all columns but the first, (n, m)."""
        rest = self.columns[:, :, 1:]
        return np.einsum("nmk,nmk->nm", rest, rest)

    def beyond(self, coefficient: np.ndarray) -> Self:
        """Return the rows less what the reps' coefficients explain, (n, k)."""
        explained = np.einsum("nmk,nk->nm", self.columns, coefficient)
        return replace(self, response=self.response - explained)

    def precision(self, covariance: np.ndarray) -> np.ndarray:
        """Return the precision of the responses under a prior, (n, m, m).

        It is the inverse of ``1 + columns @ covariance @ columns.T``.

        Parameters
        ----------
        covariance
            Of the coefficients, (k, k) or (n, k, k).
        """
        if has_one_variance(covariance):
            return self._precision_by_formula(*np.diagonal(covariance)[[0, -1]])
        rows = self.columns
        signal = rows @ covariance @ rows.transpose(0, 2, 1)
        return inverse(np.eye(rows.shape[1]) + signal)

    def likeliest(self, covariance: np.ndarray) -> np.ndarray:
        """Return the reps' likeliest coefficients under a prior around 0, (n, k).

        Parameters
        ----------
        covariance
            Of each rep's coefficients, (n, k, k).
        """
        precision = self.precision(covariance)
        misfit = np.einsum("nml,nl->nm", precision, self.response)
        score = np.einsum("nm,nmk->nk", misfit, self.columns)
        return np.einsum("nkl,nl->nk", covariance, score)

    def _precision_by_formula(self, first: float, rest: float) -> np.ndarray:
        """Return the same for two variances: a diagonal matrix less one of rank one.

        References
        ----------
        Sherman and Morrison (1950), doi:10.1214/aoms/1177729893.
        """
        own = 1 / (1 + rest * self.rest) if self.columns.shape[2] > 1 else 1.0
        seen = self.columns[:, :, 0]
        drawn = seen * own
        share = first / (1 + first * np.einsum("nm,nm->n", seen, drawn))
        inverse = (-share[:, None] * drawn)[:, :, None] * drawn[:, None, :]
        place = np.arange(seen.shape[1])
        inverse[:, place, place] += own
        return inverse


def has_one_variance(covariance: np.ndarray) -> bool:
    """Tell whether columns are independent, all but the first of one variance."""
    if covariance.ndim > 2:
        return False
    variance = np.diagonal(covariance)
    rest = variance[1:]
    return not np.any(covariance - np.diag(variance)) and bool(np.all(rest == rest[:1]))


@dataclass(frozen=True)
class QuadraticLikelihood:
    """The log likelihood of each rep's coefficients near some point, to second order.

    That of coefficients b is ``-sum((response - columns @ b) ** 2) / 2`` over the rep's
    rows, up to a constant. Rows of a rep are no more than the coefficients: a rep
    with few leads costs little, and one without none.

    Attributes
    ----------
    stacks
        The rows of all reps that have any.
    n_reps
        Number of reps.
    n_columns
        Number of coefficients of a rep, k.

    References
    ----------
    McCullagh and Nelder (1989), Generalized linear models, section 2.5, on working
    responses.
    """

    stacks: tuple[Stack, ...]
    n_reps: int
    n_columns: int

    def beyond(self, coefficient: np.ndarray) -> Self:
        """Return the likelihood of what is added to these coefficients, (n_reps, k)."""
        stacks = tuple(stack.beyond(coefficient[stack.rep]) for stack in self.stacks)
        return replace(self, stacks=stacks)


def of_information(information: np.ndarray, score: np.ndarray) -> QuadraticLikelihood:
    """Return the likelihood ``score @ b - b @ information @ b / 2`` of each rep.

    Parameters
    ----------
    information
        (n_reps, k, k), positive semidefinite.
    score
        (n_reps, k), in the range of the information.
    """
    n_reps, k = score.shape
    values, vectors = np.linalg.eigh(information)
    least = ROUNDING * values.max(axis=1, keepdims=True, initial=0.0)
    root = np.sqrt(np.where(values > least, values, 0.0))
    along = np.einsum("nk,nkm->nm", score, vectors)
    response = np.divide(along, root, out=np.zeros_like(along), where=root > 0)
    columns = (vectors * root[:, None, :]).transpose(0, 2, 1)
    return QuadraticLikelihood(
        (turned(np.arange(n_reps), columns, response),), n_reps, k
    )


def turned(rep: np.ndarray, columns: np.ndarray, response: np.ndarray) -> Stack:
    """Return a stack that says the same, its rows orthogonal as a `Stack` has them.

    Parameters
    ----------
    rep, columns, response
        As in a :class:`Stack`, but not orthogonal.
    """
    if columns.shape[1] > 1 and columns.shape[2] > 1:
        rest = columns[:, :, 1:]
        _, turn = np.linalg.eigh(rest @ rest.transpose(0, 2, 1))
        columns = turn.transpose(0, 2, 1) @ columns
        response = np.einsum("nm,nmi->ni", response, turn)
    return Stack(rep, columns, response)
