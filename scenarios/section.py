"""What all parts of a scenario have in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A part of a scenario; unknown keys and wrong types are refused."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False
    )
