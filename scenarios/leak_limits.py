"""From where on `rightrep morning` says that something leaks."""

from typing import Annotated

from pydantic import Field

from scenarios.section import Section


class LeakLimits(Section):
    """From where on something leaks; options of the command go over these."""

    waiting_days: Annotated[int, Field(ge=0)] = Field(
        3, description="Days that a lead may be unassigned."
    )
    pile: Annotated[float, Field(gt=1)] = Field(
        3.0, description="Times the mean of open leads that one rep may have."
    )
    model_weeks: Annotated[int, Field(ge=1)] = Field(
        8, description="Weeks that the model may be old."
    )
    outcome_days: Annotated[int, Field(ge=1)] = Field(
        7, description="Days that may pass without a response or outcome."
    )
