"""A day's eligible pairs, before the rules on sums over them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm import CrmData


@dataclass(frozen=True, eq=False)
class Draft:
    """Eligible pairs of a day, for the rules that bound sums over them.

    Attributes
    ----------
    crm
        The tables.
    available
        Shape (n_reps,); reps at work.
    lead, rep
        Shape (n_pairs,); positions, lead-major.
    uses_slot
        Shape (n_pairs,); whether the pair takes one of the rep's slots.
    """

    crm: CrmData
    available: NDArray[np.bool_]
    lead: NDArray[np.int64]
    rep: NDArray[np.int32]
    uses_slot: NDArray[np.bool_]

    def pairs_by_rep(self, counts: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
        """Return the pairs of each rep, one array per rep, increasing.

        Parameters
        ----------
        counts
            Shape (n_pairs,); the pairs to return.
        """
        return self.pairs_by(self.rep, len(self.available), counts)

    def pairs_by(
        self, code: NDArray[np.integer], n_codes: int, counts: NDArray[np.bool_]
    ) -> list[NDArray[np.int64]]:
        """Return the pairs of each code, one array per code, increasing.

        Parameters
        ----------
        code
            Shape (n_pairs,); from 0 to `n_codes` - 1, or negative for none.
        counts
            Shape (n_pairs,); the pairs to return.
        """
        pairs = np.flatnonzero(counts & (code >= 0))
        ordered = pairs[np.argsort(code[pairs], kind="stable")]
        ends = np.cumsum(np.bincount(code[pairs], minlength=n_codes))
        return np.split(ordered, ends[:-1])
