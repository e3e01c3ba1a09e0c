"""Seniority: the leads that matter most go to the senior reps."""

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from crm import CrmData
from solver.allocation import Allocation, Row
from solver.eligibility import Eligibility
from solver.reasons import Reason
from solver.rules.base import Need, PairRule


class Seniority(PairRule):
    """The rep's seniority is at least this; one without a seniority has none."""

    kind: Literal["seniority"]
    needs: ClassVar[tuple[Need, ...]] = (("reps", "seniority"),)
    reason: ClassVar[Reason] = Reason.NO_REP_WITH_SENIORITY

    min_seniority: int = Field(
        description="Least seniority of the rep, on the scale of the reps table."
    )

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the reps that are senior enough, for the leads it speaks of."""
        senior = crm.reps["seniority"].to_numpy(dtype=float) >= self.min_seniority
        allowed = np.vstack([np.ones_like(senior), senior])
        return Eligibility(self.speaks_of(crm).astype(np.int64), allowed)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep is senior enough."""
        return bool(rep["seniority"] >= self.min_seniority)
