"""Seniority: some leads go to senior reps only."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Row
from solver.day.eligibility import Eligibility
from solver.rules.issue import Need
from solver.rules.pair_rules import PairRule


class Seniority(PairRule):
    """The rep's seniority is at least this; one without a seniority has none."""

    reasons: ClassVar[Mapping[str, str]] = {
        "no_rep_with_seniority": "no rep is senior enough"
    }

    kind: Literal["seniority"] = "seniority"
    min_seniority: int = Field(
        description="Least seniority of the rep, on the scale of the reps table."
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """How senior reps are."""
        return (("reps", "seniority"),)

    @property
    def statement(self) -> str:
        """Who may have these leads."""
        return f"the rep is of seniority {self.min_seniority} or more"

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the reps that are senior enough, for the leads it speaks of."""
        senior = crm.reps["seniority"].to_numpy(dtype=float) >= self.min_seniority
        return Eligibility.only(self.speaks_of(crm), senior)

    @property
    def reads(self) -> tuple[str, ...]:
        """Nothing of a lead."""
        return ()

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep is senior enough."""
        return bool(rep["seniority"] >= self.min_seniority)
