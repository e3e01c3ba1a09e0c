"""How much less a lead counts the longer it waits."""

from typing import Literal

from pydantic import Field

from crm import Where
from scenarios.duration import Duration
from scenarios.section import Section

FITTED = "fitted"
"""A half-life as history shows."""


class AgeingGroup(Section):
    """Leads that age at a pace of their own."""

    where: Where = Field(description="Which leads: column -> condition.")
    half_life: Duration = Field(
        description="After so long without an owner a lead counts half."
    )


class Ageing(Section):
    """How much less a lead counts the longer it waits."""

    half_life: Duration | Literal["fitted"] | None = Field(
        None,
        description="After so long without an owner a lead counts half, such as 5d of "
        "24 hours; fitted: as history shows, where it can. Without it, leads of no "
        "group do not age.",
    )
    groups: list[AgeingGroup] = Field(
        [], description="Leads that age otherwise; the first group of a lead counts."
    )
