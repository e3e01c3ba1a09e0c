"""The likelihood of each rep's coefficients, to second order, in stacks of reps."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

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
        What each rep's coefficients are multiplied by, (n, m, k).
    response
        What the products are near, (n, m).
    """

    rep: np.ndarray
    columns: np.ndarray
    response: np.ndarray

    def beyond(self, coefficient: np.ndarray) -> Self:
        """Return the rows less what the reps' coefficients explain, (n, k)."""
        explained = np.einsum("nmk,nk->nm", self.columns, coefficient)
        return replace(self, response=self.response - explained)

    def likeliest(self, covariance: np.ndarray) -> np.ndarray:
        """Return the reps' likeliest coefficients under a prior around 0, (n, k).

        Parameters
        ----------
        covariance
            Of each rep's coefficients, (n, k, k).
        """
        rows = self.columns
        signal = rows @ covariance @ rows.transpose(0, 2, 1)
        spread = np.eye(rows.shape[1]) + signal
        misfit = np.linalg.solve(spread, self.response[:, :, None])[:, :, 0]
        score = np.einsum("nm,nmk->nk", misfit, rows)
        return np.einsum("nkl,nl->nk", covariance, score)


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


def root_of(covariance: np.ndarray) -> np.ndarray:
    """Return a root, (k, r): times its transpose it is the covariance, of rank r."""
    values, vectors = np.linalg.eigh(covariance)
    positive = values > ROUNDING * max(values.max(), 0.0)
    return vectors[:, positive] * np.sqrt(values[positive])


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
    stack = Stack(np.arange(n_reps), columns, response)
    return QuadraticLikelihood((stack,), n_reps, k)
