"""Leads that share one owner."""

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Group:
    """Leads of which the assigned ones have the same rep.

    Attributes
    ----------
    rule
        Name of the rule.
    key
        What the leads have in common: an account, a company.
    lead
        Shape (k,); positions of the leads, at least two.
    penalty
        What each owner beyond the first costs; infinite if hard.
    """

    rule: str
    key: str
    lead: NDArray[np.int64]
    penalty: float = inf

    @property
    def is_hard(self) -> bool:
        """Whether there must be one owner only."""
        return not isfinite(self.penalty)

    def outside(self, rep_of: NDArray[np.int32]) -> int:
        """Return the owners beyond the first.

        Parameters
        ----------
        rep_of
            Shape (n_leads,); position of each lead's rep, or -1.
        """
        owners = rep_of[self.lead]
        return max(len(np.unique(owners[owners >= 0])) - 1, 0)
