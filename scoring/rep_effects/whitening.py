"""Responses whitened: what a prior adds to their noise is taken off."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from scoring.rep_effects.inverse import inverse, inverse_root
from scoring.rep_effects.likelihood import Stack


@dataclass(frozen=True)
class Whitening:
    """What turns responses of a stack into numbers whose squares are their misfit.

    Under the prior they have the covariance ``1 + signal @ signal.T``: products
    of what :meth:`of` returns are products with its inverse. They keep their digits
    where the evidence is strong, since no nearly equal numbers are subtracted.

    Attributes
    ----------
    root
        Of the prior covariance, (k, r): times its transpose it is the covariance.
    signal
        ``columns @ root``, (n, m, r).
    """

    root: np.ndarray
    signal: np.ndarray

    @classmethod
    def under(cls, root: np.ndarray, stack: Stack) -> Self:
        """Return that of a stack under a prior of this root, (k, r)."""
        return cls(root, stack.columns @ root)

    @property
    def is_narrow(self) -> bool:
        """Tell whether so few combinations of the columns vary that they cost less."""
        _, n_rows, rank = self.signal.shape
        return 2 * rank <= n_rows

    @cached_property
    def factor(self) -> np.ndarray:
        """Inverse of a Cholesky factor, of as many rows as is cheaper."""
        signal, across = self.signal, self.signal.transpose(0, 2, 1)
        product = across @ signal if self.is_narrow else signal @ across
        return inverse_root(np.eye(product.shape[1]) + product)

    @property
    def log_determinant(self) -> float:
        """Log determinant of the responses' precision, summed over reps."""
        diagonal = np.diagonal(self.factor, axis1=1, axis2=2)
        return 2 * float(np.log(diagonal).sum())

    def of(self, rows: np.ndarray) -> np.ndarray:
        """Return the rows whitened, (n, m, j) or, of narrow signals, (n, m + r, j).

        Those are what is left of a penalised least-squares fit, and its coefficients.

        Parameters
        ----------
        rows
            (n, m, j).
        """
        if not self.is_narrow:
            return self.factor @ rows
        shown = self.factor @ (self.signal.transpose(0, 2, 1) @ rows)
        fitted = self.factor.transpose(0, 2, 1) @ shown
        return np.concatenate([rows - self.signal @ fitted, fitted], axis=1)

    @property
    def may_tell_all(self) -> bool:
        """Tell whether there are rows enough for all combinations that vary."""
        return self.signal.shape[2] <= self.signal.shape[1]

    @property
    def left(self) -> np.ndarray:
        """Covariance of the coefficients given the responses, (n, k, k)."""
        product = self.signal.transpose(0, 2, 1) @ self.signal
        return self.root @ inverse(np.eye(len(self.root.T)) + product) @ self.root.T
