"""Closed rows and their reps."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np


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

    def main_effect_only(self) -> Self:
        """Return the rows with the first column only."""
        return replace(self, columns=self.columns[:, :1])
