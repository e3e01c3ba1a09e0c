"""Rows by rep, and the likelihood of each rep's coefficients, whatever the prior."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from scipy.special import expit


@dataclass(frozen=True)
class RepRows:
    """Closed distributed rows, in order of time or, by :meth:`by_rep`, of their rep.

    Attributes
    ----------
    offset
        Log odds of each row without its rep, from a model that has not seen it and at
        the level of its day, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    columns
        What the reps' coefficients are multiplied by, (n_rows, k); the first is 1
        everywhere.
    rep
        Position of each row's rep, (n_rows,).
    n_reps
        Number of reps, those without rows among them.
    """

    offset: np.ndarray
    won: np.ndarray
    columns: np.ndarray
    rep: np.ndarray
    n_reps: int

    def __len__(self) -> int:
        return len(self.won)

    def part(self, rows: slice | np.ndarray) -> Self:
        """Return these rows only."""
        names = ("offset", "won", "columns", "rep")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def by_rep(self) -> Self:
        """Return the rows in order of their rep."""
        return self.part(np.argsort(self.rep, kind="stable"))

    @cached_property
    def bounds(self) -> np.ndarray:
        """Rows of rep j are ``bounds[j]`` to ``bounds[j + 1]``, if in order of reps."""
        return np.searchsorted(self.rep, np.arange(self.n_reps + 1))

    def main_effect_only(self) -> Self:
        """Return the rows with the first column only."""
        return replace(self, columns=self.columns[:, :1])


@dataclass(frozen=True)
class QuadraticLikelihood:
    """The log likelihood of each rep's coefficients near some point, to second order.

    It is ``score @ b - b @ information @ b / 2``, up to a constant.

    Attributes
    ----------
    information
        (n_reps, k, k).
    score
        (n_reps, k).
    """

    information: np.ndarray
    score: np.ndarray

    @property
    def n_reps(self) -> int:
        """Number of reps."""
        return len(self.score)

    def beyond(self, coefficient: np.ndarray) -> "QuadraticLikelihood":
        """Return the likelihood of what is added to these coefficients, (n_reps, k)."""
        explained = np.einsum("jkl,jl->jk", self.information, coefficient)
        return QuadraticLikelihood(self.information, self.score - explained)


def expanded_near(rows: RepRows, coefficient: np.ndarray) -> QuadraticLikelihood:
    """Return the likelihood of rows by rep, expanded at coefficients, (n_reps, k)."""
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
    return QuadraticLikelihood(information, score)
