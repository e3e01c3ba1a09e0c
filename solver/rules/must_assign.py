"""Must assign: leads that have to get a rep."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.rules.base import Rule


class MustAssign(Rule):
    """These leads get a rep; soft, each unassigned one costs the penalty: they come
    first at that price. Where a hard one cannot hold, the day is infeasible.
    """

    penalty_is_per_lead: ClassVar[bool] = False
    breach: ClassVar[str] = "each that stays unassigned"

    kind: Literal["must_assign"] = "must_assign"

    @property
    def statement(self) -> str:
        """Which leads come first."""
        if self.is_hard:
            return "every lead must get a rep" if not self.where else "each gets a rep"
        return "leads come first" if not self.where else "they come before all others"

    def wants_owner(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether the rule speaks of it, shape (n_leads,)."""
        return self.speaks_of(crm)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each of these leads without an owner."""
        for lead_id in sorted(allocation.leads_where(self.where)):
            if not allocation.owner.get(lead_id):
                yield Violation(self.name, lead_id, detail="has no owner")
