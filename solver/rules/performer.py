"""Performer: the leads that matter most go to the reps who convert best."""

from collections.abc import Iterator
from math import ceil
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.allocation import Allocation, Violation
from solver.eligibility import Eligibility
from solver.reasons import Reason
from solver.rules.base import PairRule

GIVEN = "given_conversion"
"""Column of a rep's shrunken conversion of leads given to them, added by scoring."""
ROUNDING = 1e-9
"""Of a share of the reps: a tenth of 30 is 3."""


class Performer(PairRule):
    """The rep is one of the top performers, those tied with the last of them included.

    Reps are ranked by the conversion of the leads they were given, shrunken to the
    mean; what they found themselves does not count. The share is one of all active
    reps: that a top performer is absent makes none of another.
    """

    kind: Literal["performer"]
    reason: ClassVar[Reason] = Reason.NO_TOP_PERFORMER

    top_share: Annotated[float, Field(gt=0, le=1)] = Field(
        description="Share of the active reps that counts as top performers, such as "
        "0.2; at least one, and all who tie with the last one."
    )

    def top(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each rep whether it is a top performer, shape (n_reps,)."""
        active = crm.reps["active"].to_numpy(dtype=bool)
        given = crm.reps[GIVEN].to_numpy().astype(float)
        ranked = np.sort(given[active])[::-1]
        n_top = ceil(self.top_share * len(ranked) - ROUNDING)
        return active & (given >= ranked[:n_top].min(initial=np.inf))

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the top performers, for the leads it speaks of."""
        top = self.top(crm)
        allowed = np.vstack([np.ones_like(top), top])
        return Eligibility(self.speaks_of(crm).astype(np.int64), allowed)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each lead whose rep too many others surpass."""
        given = [float(r[GIVEN]) for r in allocation.rep_rows.values() if r["active"]]
        surpassed_by: dict[float, int] = {}
        for lead, rep in allocation.pairs(self.where):
            own = float(rep[GIVEN])
            if own not in surpassed_by:
                surpassed_by[own] = sum(other > own for other in given)
            if surpassed_by[own] >= self.top_share * len(given) - ROUNDING:
                detail = f"{surpassed_by[own]} of {len(given)} active reps are better"
                yield Violation(self.name, lead["lead_id"], rep["rep_id"], detail)
