"""Workload: the hours of a rep's leads fit into their day."""

from collections import defaultdict
from collections.abc import Iterator
from math import fsum
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.problem.constraints import Limit
from solver.rules.base import Rule, Unit
from solver.rules.issue import Need, RuleIssue

Hours = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]


class Workload(Rule):
    """The hours of a rep's leads fit into hours_per_day; soft, each hour above costs
    the penalty. A rep without hours_per_day has no limit.
    """

    penalty_is_per_lead: ClassVar[bool] = False
    breach: ClassVar[str] = "each hour above it"
    counted_in: ClassVar[str] = "hours"

    kind: Literal["workload"] = "workload"
    default_hours: Hours = Field(
        default=1.0, description="Hours of a lead without effort_hours."
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """How many hours each rep has."""
        return (("reps", "hours_per_day"),)

    @property
    def statement(self) -> str:
        """What fits into a day."""
        these = "those of a rep" if self.where else "a rep's leads"
        return f"the hours that {these} take fit into the hours of the rep's day"

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield a warning where no lead tells its effort."""
        if not crm.has("leads", "effort_hours"):
            hours = f"{self.default_hours:g} hours"
            expected = f"leads have no effort_hours: each counts {hours}"
            yield RuleIssue(expected, severity="warning")

    def limits(self, draft: Draft) -> Iterator[Limit]:
        """Yield an upper bound in hours for each rep who has one."""
        effort = self._effort(draft.crm)[draft.lead]
        pairs = draft.pairs_by_rep(self.speaks_of(draft.crm)[draft.lead])
        rep_ids = draft.crm.reps["rep_id"].to_numpy()
        room = draft.crm.reps["hours_per_day"].to_numpy(dtype=float)
        for rep in np.flatnonzero(~np.isnan(room)):
            yield Limit(
                self.name,
                "rep_hours",
                rep_ids[rep],
                pairs[rep],
                effort[pairs[rep]],
                upper=float(room[rep]),
                penalty=self.cost,
            )

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each rep with more hours of leads than hours."""
        efforts = defaultdict[str, list[float]](list)
        for lead, rep in allocation.pairs(self.where):
            hours = lead["effort_hours"]
            effort = self.default_hours if np.isnan(hours) else hours
            efforts[rep["rep_id"]].append(effort)
        for rep_id, hours_of_leads in sorted(efforts.items()):
            total = fsum(hours_of_leads)
            room = allocation.rep_rows[rep_id]["hours_per_day"]
            if total - room > 1e-9 * max(1.0, total):
                detail = f"{total:g} hours of leads, room for {room:g}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)

    def _effort(self, crm: CrmData) -> NDArray[np.float64]:
        """Return the hours of each lead, shape (n_leads,)."""
        hours = crm.leads["effort_hours"].fillna(self.default_hours)
        return hours.to_numpy(dtype=float)
