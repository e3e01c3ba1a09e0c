"""Qualify: leads that are not ready for a rep are kept for nurturing."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from crm import CrmData
from crm.where_words import column_words, number_words
from solver.day.allocation import Allocation, Row, Violation
from solver.day.eligibility import Eligibility
from solver.day.scored_columns import P_CONVERT
from solver.rules.base import Rule
from solver.rules.issue import Need

Floor = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Qualify(Rule):
    """Leads below a floor, or matching `where` where there is none, are kept.

    Soft, they are distributed at a penalty.
    """

    reasons: ClassVar[Mapping[str, str]] = {
        "below_floor": "below the floor for distribution",
        "kept_for_nurturing": "kept for nurturing",
    }

    breach: ClassVar[str] = "each of them that is assigned"

    kind: Literal["qualify"] = "qualify"
    min_score: Floor | None = Field(
        default=None,
        le=1,
        description="Keep leads whose P(convert) with an average rep is below this.",
    )
    min_value: Floor | None = Field(
        default=None, description="Keep leads whose deal_value is below this."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.min_score is None and self.min_value is None and not self.where:
            raise ValueError("qualify needs min_score, min_value or where")
        return self

    @property
    def floors(self) -> dict[str, float]:
        """Column -> least value to be distributed."""
        floors = {P_CONVERT: self.min_score, "deal_value": self.min_value}
        return {column: least for column, least in floors.items() if least is not None}

    @property
    def needs(self) -> tuple[Need, ...]:
        """The columns its floors speak of."""
        return tuple(("leads", column) for column in self.floors)

    @property
    def reason(self) -> str:
        """Why a lead is kept."""
        return "below_floor" if self.floors else "kept_for_nurturing"

    @property
    def statement(self) -> str:
        """Which leads are kept."""
        if not self.floors:
            return "no rep gets them: they are kept for nurturing"
        below = " or a ".join(
            f"{column_words(column)} below {number_words(least)}"
            for column, least in self.floors.items()
        )
        one = "one of them" if self.where else "a lead"
        return f"no rep gets {one} with a {below}: it is kept for nurturing"

    def detail(self, lead: Row) -> str:
        """Return the rule, and every floor that the lead is below."""
        below = [
            f"{column} {lead[column]:g} is below {least:g}"
            for column, least in self.floors.items()
            if lead[column] < least
        ]
        return "; ".join([f"rule {self.name}", *below])

    def keeps(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether it is kept, shape (n_leads,)."""
        speaks = self.speaks_of(crm)
        if not self.floors:
            return speaks
        below = np.zeros(len(crm.leads), dtype=bool)
        for column, least in self.floors.items():
            below |= crm.leads[column].to_numpy(dtype=float) < least
        return speaks & below

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return no rep for the leads that are kept."""
        return Eligibility.only(self.keeps(crm), np.zeros(len(crm.reps), dtype=bool))

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each lead that was to be kept and has an owner."""

        def kept(lead: Row, rep: Row) -> str | None:
            broken = self._broken_floor(lead)
            return broken if broken or not self.floors else None

        for place in allocation.verdicts(self.where, tuple(self.floors), kept):
            yield Violation(self.name, *place)

    def _broken_floor(self, lead: Row) -> str:
        for column, least in self.floors.items():
            if lead[column] < least:
                return f"{column} {lead[column]:g} is below {least:g}"
        return ""
