"""Service levels: within which time something has to happen to a lead."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from crm import Calendar, Where
from scenarios.duration import Duration, open_time, plain_time
from scenarios.section import Section

Part = Annotated[float, Field(gt=0, le=100)]


class ServiceClock(Section):
    """A clock that runs for each lead from one event to another."""

    start: Literal["assigned", "created"] = Field(
        "assigned",
        alias="from",
        description="assigned: it runs from when the present owner got the lead, again "
        "for each owner. created: from created_at, owned or not.",
    )
    to: Literal["responded", "progressed", "closed"] = Field(
        description="What stops it: a first response, a next step, or that the lead is "
        "won or lost. What comes later in this order stops it, too."
    )
    within: Duration = Field(
        description="How long it may run, such as 30m, 4h or 2d. Of business time a "
        "day is as long as the average open day."
    )
    clock: Literal["business", "calendar"] = Field(
        "business",
        description="business: it runs in the calendar's hours on its working days. "
        "calendar: day and night.",
    )
    hours_of: Literal["company", "rep", "lead"] = Field(
        "company",
        description="In whose time zone business hours are: the company's, or that in "
        "the column time_zone of reps or of leads, where that is filled.",
    )
    where: Where = Field(
        {}, description="The leads it runs for: column -> condition; all by default."
    )
    warn_at: Part | None = Field(
        None,
        description="Part of `within` after which the owner is warned, such as 0.75.",
    )
    escalate_at: Part | None = Field(
        None,
        description="Part of `within` after which it goes to the rep's manager; 1 is "
        "when it is due, 2 is when as much time has passed again.",
    )
    recall_at: Part | None = Field(
        None,
        description="Part of `within` after which the lead is taken from its owner, "
        "and is distributed again by the next run, to others.",
    )
    max_recalls: Annotated[int, Field(ge=1)] = Field(
        1, description="Recalls of a lead after which it stays where it is."
    )

    @model_validator(mode="after")
    def _early_first(self) -> Self:
        if self.warn_at is not None and self.warn_at >= 1:
            raise ValueError("warn_at is a part below 1: a warning comes before time")
        for name in ("escalate_at", "recall_at"):
            part = getattr(self, name)
            if part is not None and part < 1:
                raise ValueError(
                    f"{name} is 1 or more: nothing is late before it is due"
                )
        if self.clock == "calendar" and self.hours_of != "company":
            raise ValueError("hours_of is of business time; leave it out")
        return self

    def length(self, calendar: Calendar) -> int:
        """Return how long it may run, in nanoseconds of its own time."""
        if self.clock == "calendar":
            return plain_time(self.within)
        return open_time(self.within, calendar)


class Sla(Section):
    """Service levels of the company."""

    clocks: dict[str, ServiceClock] = Field(
        {}, description="Name -> clock; `rightrep sla` looks at them between runs."
    )
    recalled_penalty: Annotated[float, Field(gt=0)] | None = Field(
        None,
        description="Recalled leads are assigned before others: what it costs to leave "
        "one unassigned, in the objective's unit. By default they compete as all do.",
    )
    long_wait: Duration = Field(
        "3d",
        description="Days after which the summary of a run counts a lead without an "
        "owner as waiting long.",
    )
