"""Leads of a person or company that return to the rep who had them before."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.section import Section

StickyKey = Literal["email", "phone", "company", "account_id"]


class Sticky(Section):
    """The same person or company returns to the same rep, within a window."""

    days: Annotated[int, Field(gt=0, le=3650)] = Field(
        90, description="Days since a rep last owned a lead of theirs."
    )
    by: Annotated[list[StickyKey], Field(min_length=1)] = Field(
        ["email", "account_id"],
        description="Columns in which leads of one person or company are alike; the "
        "first that finds an earlier rep decides.",
    )
    penalty: Annotated[float, Field(gt=0)] | None = Field(
        None,
        description="What it costs to assign one to another rep, in the objective's "
        "unit. By default none goes to another: it waits where the rep is full.",
    )
