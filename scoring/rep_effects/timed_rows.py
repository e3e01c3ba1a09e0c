"""The rows that teach the rep part, in order of time."""

from dataclasses import dataclass

import numpy as np

from scoring.rep_effects.rows import RepRows


@dataclass(frozen=True)
class TimedRows:
    """Closed distributed rows, oldest first.

    Attributes
    ----------
    offset
        Log odds of each lead from a model that has not seen it, at the level of its
        day, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    rep
        Position of each row's rep, (n_rows,).
    n_reps
        Number of reps.
    columns
        What the reps' coefficients are multiplied by, (n_rows, k), 1 first.
    """

    offset: np.ndarray
    won: np.ndarray
    rep: np.ndarray
    n_reps: int
    columns: np.ndarray

    def __len__(self) -> int:
        return len(self.won)

    def part(self, rows: slice | np.ndarray) -> "TimedRows":
        """Return these rows only."""
        return TimedRows(
            self.offset[rows],
            self.won[rows],
            self.rep[rows],
            self.n_reps,
            self.columns[rows],
        )

    def by_rep(self) -> RepRows:
        """Return the rows in order of their rep."""
        return RepRows.sorted(
            self.offset, self.won, self.columns, self.rep, self.n_reps
        )
