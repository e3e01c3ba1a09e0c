"""What the rows of each rep say of their coefficients, whatever the prior."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import expit


@dataclass(frozen=True)
class RepRows:
    """Closed rows in order of their rep.

    Attributes
    ----------
    offset
        Log odds of each row without its rep, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    columns
        What the reps' coefficients are multiplied by, (n_rows, n_columns); the
        first is 1 everywhere.
    bounds
        Rows of rep j are ``bounds[j]`` to ``bounds[j + 1]``, (n_reps + 1,).
    """

    offset: np.ndarray
    won: np.ndarray
    columns: np.ndarray
    bounds: np.ndarray

    @classmethod
    def sorted(
        cls,
        offset: np.ndarray,
        won: np.ndarray,
        columns: np.ndarray,
        rep: np.ndarray,
        n_reps: int,
    ) -> Self:
        """Return the rows in order of `rep`, (n_rows,), positions below `n_reps`."""
        order = np.argsort(rep, kind="stable")
        bounds = np.searchsorted(rep[order], np.arange(n_reps + 1))
        return cls(offset[order], won[order], columns[order], bounds)

    @property
    def n_reps(self) -> int:
        """Number of reps, those without rows among them."""
        return len(self.bounds) - 1

    def without_match(self) -> "RepRows":
        """Return the rows with the first column only."""
        first = self.columns[:, :1]
        return RepRows(self.offset, self.won, first, self.bounds)


@dataclass(frozen=True)
class Evidence:
    """The log likelihood of each rep's coefficients near some point, to second order.

    It is ``score @ b - b @ information @ b / 2``, up to a constant.

    Attributes
    ----------
    information
        (n_reps, n_columns, n_columns).
    score
        (n_reps, n_columns).
    """

    information: np.ndarray
    score: np.ndarray

    @property
    def n_reps(self) -> int:
        """Number of reps."""
        return len(self.score)

    def beyond(self, coefficient: np.ndarray) -> "Evidence":
        """Return what the rows say beyond these coefficients, (n_reps, n_columns)."""
        explained = np.einsum("jkl,jl->jk", self.information, coefficient)
        return Evidence(self.information, self.score - explained)


def evidence_near(rows: RepRows, coefficient: np.ndarray) -> Evidence:
    """Return the evidence expanded at these coefficients, (n_reps, n_columns)."""
    n_columns = rows.columns.shape[1]
    information = np.zeros((rows.n_reps, n_columns, n_columns))
    score = np.zeros((rows.n_reps, n_columns))
    for rep in range(rows.n_reps):
        own = slice(rows.bounds[rep], rows.bounds[rep + 1])
        columns = rows.columns[own]
        p = expit(rows.offset[own] + columns @ coefficient[rep])
        information[rep] = columns.T @ (columns * (p * (1 - p))[:, None])
        gradient = columns.T @ (rows.won[own] - p)
        score[rep] = gradient + information[rep] @ coefficient[rep]
    return Evidence(information, score)
