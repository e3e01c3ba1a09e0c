"""Where a column of ours comes from: one or several columns of the file."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from crm.condition import Where


class _Origin(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=True
    )


class Joined(_Origin):
    """The filled ones of several columns, one after the other."""

    join: list[str] = Field(min_length=1, description="Columns of the file, in order.")
    with_: str = Field(" ", alias="with", description="What stands between them.")


class RowNumber(_Origin):
    """The row's number in the file."""

    row_number: Literal[True] = Field(description="true: the row's number in the file.")


class RepColumn(_Origin):
    """A rep, found among the reps by any of these columns."""

    column: str | list[str] = Field(
        description="The file's column that names the rep; of several, the first that "
        "is filled."
    )
    match: list[str] = Field(
        min_length=1,
        description="Columns of the reps, ours or of their file, to find the rep by, "
        "in this order.",
    )


Conditions = dict[str, Where]
"""Word -> conditions on the file's columns; the first that holds decides."""


def _shape(origin: Any) -> str | None:
    if isinstance(origin, str):
        return "name"
    if isinstance(origin, list):
        return "several"
    if isinstance(origin, Joined):
        return "join"
    if isinstance(origin, RowNumber):
        return "row_number"
    if isinstance(origin, RepColumn):
        return "match"
    if not isinstance(origin, dict):
        return None
    told = [key for key in ("join", "row_number", "match") if key in origin]
    if not told and "column" in origin and not isinstance(origin["column"], dict):
        return "match"
    return told[0] if told else "conditions"


ColumnOrigin = Annotated[
    Annotated[str, Tag("name")]
    | Annotated[list[str], Tag("several"), Field(min_length=1)]
    | Annotated[Joined, Tag("join")]
    | Annotated[RowNumber, Tag("row_number")]
    | Annotated[RepColumn, Tag("match")]
    | Annotated[Conditions, Tag("conditions"), Field(min_length=1)],
    Discriminator(
        _shape,
        custom_error_type="origin",
        custom_error_message="expected a column of the file, a list of columns (the "
        "first that is filled), or an object with join, row_number, match or, for "
        "outcome, conditions such as won: {Stage: Won}",
    ),
]


def columns_of(origin: Any) -> list[str]:
    """Return the columns of the file that a column of ours is made of."""
    match origin:
        case str():
            return [origin]
        case list():
            return origin
        case Joined():
            return origin.join
        case RepColumn():
            return columns_of(origin.column)
        case dict():
            return list(
                dict.fromkeys(name for where in origin.values() for name in where)
            )
    return []
