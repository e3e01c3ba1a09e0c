"""Conditions on rows, as scenario files write them."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

Scalar = bool | int | float | str | date | datetime
Limit = int | float | date | datetime


def _one_value(value: Any) -> Any:
    if not isinstance(value, Scalar):
        raise PydanticCustomError(
            "value", "expected one value: text, a number, true, false or a date"
        )
    return value


def _one_limit(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, Limit):
        raise PydanticCustomError(
            "limit", "expected a number, or a date without quotes such as 2026-09-07"
        )
    return value


#: A scalar in a scenario file.
Value = Annotated[Scalar, BeforeValidator(_one_value)]
ValueOrEmpty = Annotated[Value, BeforeValidator(lambda v: "" if v is None else v)]
"""A scalar, or null for an empty cell."""
_Limit = Annotated[Limit, BeforeValidator(_one_limit)]


class Bounds(BaseModel):
    """A condition with limits; every one that is set must hold."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        populate_by_name=True,
        allow_inf_nan=False,
    )

    min: _Limit | None = Field(None, description="At least this; a date: its start.")
    max: _Limit | None = Field(None, description="At most this; a date: its end.")
    below: _Limit | None = Field(None, description="Less than this, or earlier.")
    above: _Limit | None = Field(None, description="More than this, or later.")
    not_: Value | list[Value] | None = Field(
        None, alias="not", description="Neither this value nor any of these."
    )
    missing: bool | None = Field(
        None, description="true: only empty cells; false: only filled cells."
    )

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        limits = self.model_fields_set
        if not limits or any(getattr(self, name) is None for name in limits):
            raise ValueError(
                "give at least one of min, max, below, above, not, missing"
            )
        return self


def _shape(condition: Any) -> str | None:
    if isinstance(condition, dict | Bounds):
        return "bounds"
    if isinstance(condition, list):
        return "list"
    return "value" if isinstance(condition, Scalar) else None


Condition = Annotated[
    Annotated[Value, Tag("value")]
    | Annotated[list[Value], Tag("list"), Field(min_length=1)]
    | Annotated[Bounds, Tag("bounds")],
    Discriminator(
        _shape,
        custom_error_type="condition",
        custom_error_message="expected a value, a list of values, or an object with "
        "any of min, max, below, above, not, missing",
    ),
    Field(
        description="A value (equals it), a list (is one of them), or an object with "
        "any of min, max, below, above, not, missing."
    ),
]

#: Column -> condition; a row matches where every condition holds.
Where = dict[str, Condition]

_IN_WORDS = {
    "min": "at least {}",
    "max": "at most {}",
    "below": "below {}",
    "above": "above {}",
    "not_": "other than {}",
}


def where_text(where: Where) -> str:
    """Return the conditions as words: ``deal_value at least 25000 and team Atlas``."""
    return " and ".join(
        f"{column} {_condition_text(condition)}" for column, condition in where.items()
    )


def _condition_text(condition: Any) -> str:
    if not isinstance(condition, Bounds):
        return _values_text(condition)
    parts = [
        words.format(_values_text(getattr(condition, name)))
        for name, words in _IN_WORDS.items()
        if getattr(condition, name) is not None
    ]
    if condition.missing is not None:
        parts.append("missing" if condition.missing else "given")
    return " and ".join(parts)


def _values_text(values: Any) -> str:
    listed = values if isinstance(values, list) else [values]
    return " or ".join(
        f"{value:g}" if isinstance(value, float) else str(value) for value in listed
    )
