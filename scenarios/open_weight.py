"""How much work that waits counts in a rep's open book."""

from typing import Annotated

from pydantic import Field

from scenarios.section import Section

Weight = Annotated[float, Field(ge=0, le=1)]


class OpenWeight(Section):
    """How much open leads count, by what a column of theirs holds."""

    column: Annotated[str, Field(min_length=1)] = Field(
        description="Column of the leads, such as status, as the ledger last saw it."
    )
    weights: Annotated[dict[str, Weight], Field(min_length=1)] = Field(
        description="Word in that column: what such a lead counts, from 0 to 1, such "
        "as {Paused: 0.3}. Others count 1; a rep's sum is rounded up."
    )
