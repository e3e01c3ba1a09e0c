"""What older rows foretell of newer ones, period by period."""

from itertools import pairwise

import numpy as np

from scoring.history import has_both
from scoring.rep_effects.estimate import estimate
from scoring.rep_effects.persistence import Persistence, fit_persistence
from scoring.rep_effects.timed_rows import TimedRows

N_PERIODS = 5
FIRST = 2
"""Periods that nothing is foretold of: too little is known before."""
MIN_ROWS = 100


def persistence_of(
    rows: TimedRows, feature: np.ndarray, level: np.ndarray, n_levels: int
) -> Persistence:
    """Return how much of what older rows say of reps holds on the newer ones.

    Each of the last three fifths is foretold by all rows before it.
    """
    if len(rows) < MIN_ROWS:
        return Persistence()
    edges = np.linspace(0, len(rows), N_PERIODS + 1).astype(int)
    offset, parts = rows.offset.copy(), np.zeros((len(rows), 2))
    for start, end in pairwise(edges[FIRST:]):
        older, newer = rows.part(slice(0, start)), rows.part(slice(start, end))
        if not has_both(older.won):
            continue
        found = estimate(older.by_rep(), feature, level, n_levels)
        own = newer.columns * found.deviation[newer.rep]
        parts[start:end, 0] = own[:, 0]
        parts[start:end, 1] = own[:, 1:].sum(axis=1)
        offset[start:end] += newer.columns @ found.shared
    first = edges[FIRST]
    later = np.arange(first, len(rows))
    period = np.searchsorted(edges[FIRST + 1 :], later, side="right")
    return fit_persistence(offset[first:], rows.won[first:], parts[first:], period)
