"""Minimum per rep: at least so many leads of one kind for each rep at work."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from crm.where_words import count_words
from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.problem.constraints import Limit
from solver.rules.base import Rule
from solver.rules.max_per_rep import Count


class MinPerRep(Rule):
    """A rep at work gets at least so many of these leads; soft, each one missing
    costs the penalty. Where a hard one cannot hold, the day is infeasible.
    """

    breach: ClassVar[str] = "each lead missing"

    kind: Literal["min_per_rep"] = "min_per_rep"
    min_leads: Count = Field(description="Least of these leads that a rep must get.")

    @property
    def statement(self) -> str:
        """The least that a rep gets."""
        if not self.where:
            least = count_words(self.min_leads, "lead")
            return f"each rep at work gets at least {least}"
        return f"each rep at work gets at least {self.min_leads:,} of them"

    def limits(self, draft: Draft) -> Iterator[Limit]:
        """Yield a lower bound for each rep at work."""
        counts = self.speaks_of(draft.crm)[draft.lead]
        pairs = draft.pairs_by_rep(counts)
        rep_ids = draft.crm.reps["rep_id"].to_numpy()
        for rep in np.flatnonzero(draft.available):
            yield Limit(
                self.name,
                "rep_limit",
                rep_ids[rep],
                pairs[rep],
                np.ones(len(pairs[rep])),
                lower=float(self.min_leads),
                penalty=self.cost,
            )

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each rep at work with fewer of these leads."""
        held = allocation.held(self.where)
        for rep_id in allocation.rep_rows:
            if rep_id not in allocation.away and held[rep_id] < self.min_leads:
                detail = f"{held[rep_id]} leads, at least {self.min_leads}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)
