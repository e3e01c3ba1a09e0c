"""Lead-rep pairs of logged leads, lead after lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Pairs:
    """Some reps of each lead, such as those eligible for it.

    Attributes
    ----------
    rep_ids
        Unique ids, (n_reps,) object.
    indptr
        The pairs of lead i are ``indptr[i]:indptr[i + 1]``, (n_leads + 1,) int64.
    rep
        Position among `rep_ids` of each pair's rep, (n_pairs,) int32.
    """

    rep_ids: NDArray[np.object_]
    indptr: NDArray[np.int64]
    rep: NDArray[np.int32]

    @classmethod
    def from_matrix(cls, chosen: NDArray[np.bool_], rep_ids: Sequence[str]) -> Self:
        """Return the pairs that are true in a table, (n_leads, n_reps) bool."""
        indptr = np.append(0, chosen.sum(axis=1).cumsum())
        rep = np.nonzero(chosen)[1].astype(np.int32)
        return cls(np.asarray(rep_ids, dtype=object), indptr, rep)

    @classmethod
    def from_positions(
        cls, lead: NDArray[Any], rep: NDArray[Any], n_leads: int, rep_ids: Sequence[str]
    ) -> Self:
        """Return pairs given by positions of lead and rep, (n_pairs,) in any order.

        Those of one lead keep their order.
        """
        order = np.argsort(lead, kind="stable")
        indptr = np.append(0, np.bincount(lead, minlength=n_leads).cumsum())
        ids = np.asarray(rep_ids, dtype=object)
        return cls(ids, indptr, rep[order].astype(np.int32))

    @property
    def n_leads(self) -> int:
        """How many leads."""
        return len(self.indptr) - 1

    @property
    def n_of_lead(self) -> NDArray[np.int64]:
        """How many reps each lead has, (n_leads,)."""
        return np.diff(self.indptr)

    @property
    def lead(self) -> NDArray[np.int64]:
        """Position of each pair's lead, (n_pairs,)."""
        return np.repeat(np.arange(self.n_leads), self.n_of_lead)

    def positions_in(self, rep_ids: NDArray[np.object_]) -> NDArray[np.intp]:
        """Return each pair's rep as a position among other ids, -1 where unknown."""
        known = pd.Index(rep_ids, dtype=object)
        return known.get_indexer(pd.Index(self.rep_ids, dtype=object))[self.rep]

    def with_rep(self, rep_id: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Tell which pairs have the rep that is named for their lead.

        Parameters
        ----------
        rep_id
            Ids, (n_leads,).
        """
        known = pd.Index(self.rep_ids, dtype=object)
        named = known.get_indexer(pd.Index(rep_id, dtype=object))
        same: NDArray[np.bool_] = self.rep == named[self.lead]
        return same

    def of_leads(self, leads: NDArray[np.intp]) -> Self:
        """Return the pairs of these leads only, (n_chosen,) positions."""
        n_of_lead = self.n_of_lead[leads]
        indptr = np.append(0, n_of_lead.cumsum())
        shift = np.repeat(self.indptr[leads] - indptr[:-1], n_of_lead)
        return type(self)(self.rep_ids, indptr, self.rep[np.arange(indptr[-1]) + shift])

    def sum_of_lead(self, amount: NDArray[Any]) -> NDArray[np.float64]:
        """Return the sum over each lead's pairs, (n_leads,), of (n_pairs,) amounts."""
        total: NDArray[np.float64] = np.zeros(self.n_leads)
        np.add.at(total, self.lead, amount)
        return total
