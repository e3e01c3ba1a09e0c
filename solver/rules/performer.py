"""Performer: some leads go to the reps who convert best."""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Row, Violation
from solver.day.eligibility import Eligibility
from solver.day.scored_columns import ASSIGNED_CONVERSION
from solver.rules.base import Rule, Unit
from solver.rules.issue import Need, RuleIssue

ROUNDING = 1e-9
"""Of a share of the reps: a tenth of 30 is 3."""


class Performer(Rule):
    """The rep is one of the top performers, those tied with the last of them included.

    Reps are ranked by the conversion of the leads they were assigned, shrunken to the
    mean; leads they found themselves do not count. The share is one of all active
    reps: the absence of a top performer promotes nobody.
    """

    reasons: ClassVar[Mapping[str, str]] = {
        "no_top_performer": "no active rep is a top performer"
    }

    kind: Literal["performer"] = "performer"
    top_share: Annotated[float, Field(gt=0, le=1)] = Field(
        description="Share of the active reps that counts as top performers, such as "
        "0.2; at least one, and all who tie with the last one."
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """How well each rep converts the leads assigned to them."""
        return (("reps", ASSIGNED_CONVERSION),)

    @property
    def statement(self) -> str:
        """Which reps get these leads."""
        return (
            f"the rep is among the top {100 * self.top_share:.4g} % of active reps, by "
            "the conversion of the leads they were assigned"
        )

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield an error where there is no history to rank reps by."""
        if not crm.file_columns.get("history"):
            yield RuleIssue(
                f"rule {self.name} ranks reps by history: give one, model or not"
            )

    def top(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each rep whether it is a top performer, shape (n_reps,)."""
        active = crm.reps["active"].to_numpy(dtype=bool)
        conversion = crm.reps[ASSIGNED_CONVERSION].to_numpy().astype(float)
        ranked = np.sort(conversion[active])[::-1]
        n_top = ceil(self.top_share * len(ranked) - ROUNDING)
        return active & (conversion >= ranked[:n_top].min(initial=np.inf))

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the top performers, for the leads it speaks of."""
        return Eligibility.only(self.speaks_of(crm), self.top(crm))

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each lead whose rep is no top performer."""
        conversion = [
            float(r[ASSIGNED_CONVERSION])
            for r in allocation.rep_rows.values()
            if r["active"]
        ]

        def surpassed(lead: Row, rep: Row) -> str | None:
            better = sum(
                other > float(rep[ASSIGNED_CONVERSION]) for other in conversion
            )
            if better < self.top_share * len(conversion) - ROUNDING:
                return None
            return f"{better} of {len(conversion)} active reps are better"

        for place in allocation.verdicts(self.where, (), surpassed):
            yield Violation(self.name, *place)
