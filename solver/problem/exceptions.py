"""Pairs that differ from their segment's, and how stored pairs take them in."""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Exceptions:
    """Pairs that differ from their segment's: excluded, added, or of another value.

    Attributes
    ----------
    lead, rep
        Shape (k,); positions, lead-major and increasing, each pair named once.
    eligible
        Shape (k,); whether the pair may be chosen at all.
    value
        Shape (k,); the pair's value after charges.
    uses_slot
        Shape (k,); whether the pair takes one of the rep's slots.
    """

    lead: NDArray[np.int64]
    rep: NDArray[np.int32]
    eligible: NDArray[np.bool_]
    value: NDArray[np.float64]
    uses_slot: NDArray[np.bool_]

    @classmethod
    def none(cls) -> Self:
        """Return no exceptions."""
        whole, flag = np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
        return cls(whole, whole.astype(np.int32), flag, np.empty(0), flag)

    def __len__(self) -> int:
        return len(self.lead)

    def of(self, lo: int, hi: int) -> "Exceptions":
        """Return those of the leads `lo` to `hi` - 1, counted from `lo`."""
        own = slice(*np.searchsorted(self.lead, [lo, hi]))
        return Exceptions(
            self.lead[own] - lo,
            self.rep[own],
            self.eligible[own],
            self.value[own],
            self.uses_slot[own],
        )


class StoredPairs(NamedTuple):
    """Stored pairs of some leads, lead-major, as a problem has them.

    Attributes
    ----------
    indptr
        Shape (n_leads + 1,).
    rep, value, uses_slot
        Shape (n_pairs,).
    """

    indptr: NDArray[np.int64]
    rep: NDArray[np.int32]
    value: NDArray[np.float64]
    uses_slot: NDArray[np.bool_]


def with_exceptions(
    pairs: StoredPairs, exceptions: Exceptions, n_reps: int
) -> StoredPairs:
    """Return stored pairs in which these are excluded, added or of another value."""
    n_leads = len(pairs.indptr) - 1
    lead = np.repeat(np.arange(n_leads), np.diff(pairs.indptr))
    code = lead * n_reps + pairs.rep
    changed = exceptions.lead * n_reps + exceptions.rep
    kept, put = ~np.isin(code, changed), exceptions.eligible
    code = np.concatenate([code[kept], changed[put]])
    order = np.argsort(code, kind="stable")
    joined = (
        np.concatenate([old[kept], new[put]])[order]
        for old, new in (
            (pairs.rep, exceptions.rep),
            (pairs.value, exceptions.value),
            (pairs.uses_slot, exceptions.uses_slot),
        )
    )
    count = np.bincount(code // n_reps, minlength=n_leads)
    indptr = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return StoredPairs(indptr, *joined)
