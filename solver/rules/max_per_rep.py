"""Maximum per rep: at most so many leads of one kind."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from crm.where_words import count_words
from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.problem.constraints import Limit
from solver.rules.base import Rule

Count = Annotated[int, Field(ge=0, le=10**9)]


class MaxPerRep(Rule):
    """A rep gets at most so many of these leads; soft, each one above costs the
    penalty. Leads that take no slot count as well.
    """

    breach: ClassVar[str] = "each lead above it"

    kind: Literal["max_per_rep"] = "max_per_rep"
    max_leads: Count = Field(description="Most of these leads that a rep may get.")

    @property
    def statement(self) -> str:
        """The most that a rep gets."""
        if not self.where:
            most = count_words(self.max_leads, "lead")
            return f"a rep gets at most {most}"
        return f"a rep gets at most {self.max_leads:,} of them"

    def limits(self, draft: Draft) -> Iterator[Limit]:
        """Yield an upper bound for each rep."""
        counts = self.speaks_of(draft.crm)[draft.lead]
        pairs = draft.pairs_by_rep(counts)
        for rep_id, pair in zip(draft.crm.reps["rep_id"], pairs, strict=True):
            yield Limit(
                self.name,
                "rep_limit",
                rep_id,
                pair,
                np.ones(len(pair)),
                upper=float(self.max_leads),
                penalty=self.cost,
            )

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each rep with more of these leads."""
        held = allocation.held(self.where)
        for rep_id, count in sorted(held.items()):
            if count > self.max_leads:
                detail = f"{count} leads, at most {self.max_leads}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)
