"""Responses whitened: what a prior adds to their noise is taken off."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.rep_effects.inverse import inverse_root


@dataclass(frozen=True)
class Whitening:
    """What turns responses of a stack into numbers whose squares are their misfit.

    Under the prior they have the covariance ``1 + signal @ signal.T``: products of what
    :meth:`of` returns are products with its inverse. They keep their digits where the
    evidence is strong, since no nearly equal numbers are subtracted.

    Attributes
    ----------
    root
        Of the prior covariance, (k, r): times its transpose it is the covariance.
    columns
        Those of the stack, (n, m, k); the signal is ``columns @ root``.
    """

    root: np.ndarray
    columns: np.ndarray

    @property
    def signal(self) -> np.ndarray:
        """What varies in the responses, (n, m, r): it is not kept."""
        return self.columns @ self.root

    @property
    def is_narrow(self) -> bool:
        """Tell whether so few combinations of the columns vary that they cost less."""
        return 2 * self.root.shape[1] <= self.columns.shape[1]

    @property
    def may_tell_all(self) -> bool:
        """Tell whether there are rows enough for all combinations that vary."""
        return self.root.shape[1] <= self.columns.shape[1]

    @cached_property
    def factor(self) -> np.ndarray:
        """Inverse of a Cholesky factor, of as many rows as is cheaper."""
        return self.factor_by_rank if self.is_narrow else self.factor_by_rows

    @property
    def factor_by_rows(self) -> np.ndarray:
        """Inverse of the Cholesky factor of the responses' covariance, (n, m, m)."""
        signal = self.signal
        product = signal @ signal.transpose(0, 2, 1)
        return inverse_root(np.eye(product.shape[1]) + product)

    @property
    def factor_by_rank(self) -> np.ndarray:
        """The same of the precision of what varies, (n, r, r)."""
        signal = self.signal
        product = signal.transpose(0, 2, 1) @ signal
        return inverse_root(np.eye(product.shape[1]) + product)

    @property
    def log_determinant(self) -> float:
        """Log determinant of the responses' precision, summed over reps."""
        diagonal = np.diagonal(self.factor, axis1=1, axis2=2)
        return 2 * float(np.log(diagonal).sum())

    @property
    def left(self) -> np.ndarray:
        """Covariance of the coefficients given the responses, (n, k, k)."""
        factor = self.factor if self.is_narrow else self.factor_by_rank
        whitened = factor @ self.root.T
        return whitened.transpose(0, 2, 1) @ whitened

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
        signal = self.signal
        shown = self.factor @ (signal.transpose(0, 2, 1) @ rows)
        fitted = self.factor.transpose(0, 2, 1) @ shown
        return np.concatenate([rows - signal @ fitted, fitted], axis=1)
