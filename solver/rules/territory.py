"""Territory: a lead stays where it is sold."""

from typing import ClassVar, Literal

from solver.reasons import Reason
from solver.rules.base import Need
from solver.rules.coverage import CoverageRule


class Territory(CoverageRule):
    """The lead's territory is one of the rep's territories."""

    kind: Literal["territory"]
    needs: ClassVar[tuple[Need, ...]] = (
        ("leads", "territory"),
        ("reps", "territories"),
    )
    reason: ClassVar[Reason] = Reason.NO_REP_IN_TERRITORY
    lead_column: ClassVar[str] = "territory"
    rep_column: ClassVar[str] = "territories"
