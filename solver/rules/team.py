"""Team: groups of leads go to the teams made for them."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from crm import CrmData
from solver.allocation import Allocation, Row
from solver.eligibility import Eligibility
from solver.reasons import Reason
from solver.rules.base import Need, PairRule


class Team(PairRule):
    """The rep belongs to one of these teams."""

    kind: Literal["team"]
    needs: ClassVar[tuple[Need, ...]] = (("reps", "team"),)
    reason: ClassVar[Reason] = Reason.NO_REP_IN_TEAM

    teams: Annotated[list[str], Field(min_length=1)] = Field(
        description="Teams of the reps table that may serve the leads."
    )

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the reps of the teams, for the leads it speaks of."""
        member = crm.reps["team"].isin(self.teams).to_numpy()
        allowed = np.vstack([np.ones_like(member), member])
        return Eligibility(self.speaks_of(crm).astype(np.int64), allowed)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep is in one of the teams."""
        return rep["team"] in self.teams
