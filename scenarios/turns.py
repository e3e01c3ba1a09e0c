"""What takes one of a rep's slots of the day, and what gives one back."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.section import Section


class Turns(Section):
    """What counts as a turn, besides the leads that runs assign."""

    also_count: list[Literal["overridden", "reassigned"]] = Field(
        ["reassigned"],
        description="Leads that take a slot of their day though no run of it assigned "
        "them: those that people gave (overridden), and those of a book that was "
        "distributed again (reassigned). Leads that stay with their owner never do.",
    )
    most_credits: Annotated[int, Field(ge=0)] | None = Field(
        None,
        description="Slots that credits give a rep back on one day at most; by default "
        "all. A credit counts on the day of the next run, and on no other.",
    )
