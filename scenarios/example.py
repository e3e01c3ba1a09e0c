"""Example leads with what the rules have to do with them: the tests of a scenario."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from crm.condition import ValueOrEmpty
from scenarios.section import Section

Named = Annotated[str, Field(min_length=1)]
Cell = ValueOrEmpty | list[ValueOrEmpty]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Reps = Annotated[list[Named], Field(min_length=1), BeforeValidator(_as_list)]
EXPECTED = ("owner", "team", "reason", "eligible", "not_eligible", "not_owner")
"""Keys that say what is expected."""


class Example(Section):
    """A lead, and what the rules have to do with it alone."""

    name: Named = Field(description="What messages call the example.")
    lead: dict[str, Cell] = Field(
        {},
        description="Column of the leads: its cell, as it is after mapping; a list for "
        "several entries. Columns that are not named are empty, or as `lead_id` has "
        "them.",
    )
    lead_id: Named | None = Field(
        None, description="A lead of the day, whose cells the example has."
    )
    reps: Literal["free", "today"] = Field(
        "free",
        description="free: nobody is absent or full, on whatever day. today: as they "
        "are on the day.",
    )
    owner: Named | None = Field(
        None,
        description="Rep who gets it, by id or name: the only eligible one, or the "
        "best one where scores are known.",
    )
    team: Named | None = Field(
        None,
        description="Team that gets it: that of every eligible rep, or of the "
        "best one where scores are known.",
    )
    reason: Named | None = Field(
        None,
        description="Why it stays unassigned, or has its rep, as a code such as "
        "no_rep_in_territory, or in words.",
    )
    eligible: Reps | None = Field(
        None, description="Reps, by id or name, who may have it; others may as well."
    )
    not_eligible: Reps | None = Field(None, description="Reps who may not have it.")
    not_owner: Reps | None = Field(None, description="Reps who do not get it.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.lead and self.lead_id is None:
            raise ValueError("an example needs the cells of a `lead`, or a `lead_id`")
        if all(getattr(self, key) is None for key in EXPECTED):
            raise ValueError(f"this tests nothing: say any of {', '.join(EXPECTED)}")
        return self

    @property
    def expected(self) -> dict[str, Any]:
        """Key -> what is expected, of the keys that are given."""
        values = {key: getattr(self, key) for key in EXPECTED}
        return {key: value for key, value in values.items() if value is not None}
