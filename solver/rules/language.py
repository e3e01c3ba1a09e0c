"""Language: a lead is served in its own."""

from typing import ClassVar, Literal

from solver.reasons import Reason
from solver.rules.base import Need
from solver.rules.coverage import CoverageRule


class Language(CoverageRule):
    """The lead's language is one of the rep's languages."""

    kind: Literal["language"]
    needs: ClassVar[tuple[Need, ...]] = (("leads", "language"), ("reps", "languages"))
    reason: ClassVar[Reason] = Reason.NO_REP_FOR_LANGUAGE
    lead_column: ClassVar[str] = "language"
    rep_column: ClassVar[str] = "languages"
