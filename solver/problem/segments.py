"""Segments: which reps their leads may go to, and what each pair adds and pays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.problem.problem import ProblemError


@dataclass(frozen=True, eq=False)
class Segments:
    """Which reps each segment's leads may go to, and what each pair adds and pays.

    Attributes
    ----------
    start
        Shape (n_segments + 1,); first entry of each segment, and the end.
    rep
        Shape (n_entries,); position of the rep, increasing within a segment.
    added
        Shape (n_entries,); what the rep adds to the log odds of the segment's leads.
    charge
        Shape (n_entries,); what soft rules charge each pair, in the objective's unit.
    """

    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    added: NDArray[np.float64]
    charge: NDArray[np.float64]

    def __post_init__(self) -> None:
        if {len(self.rep)} != {len(self.added), len(self.charge), int(self.start[-1])}:
            raise ProblemError("segments: one rep, addition and charge for each entry")
        within = np.ones(len(self.rep), dtype=bool)
        within[self.start[:-1][np.diff(self.start) > 0]] = False
        if np.any(np.diff(self.rep)[within[1:]] <= 0):
            raise ProblemError("reps of a segment must increase, each named once")

    def __len__(self) -> int:
        return len(self.start) - 1

    def only(self, some: NDArray[np.integer[Any]]) -> "Segments":
        """Return these segments by themselves, in this order."""
        count = np.diff(self.start)[some]
        start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        entry = np.arange(start[-1]) + np.repeat(self.start[some] - start[:-1], count)
        return Segments(start, self.rep[entry], self.added[entry], self.charge[entry])
