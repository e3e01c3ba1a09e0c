"""Exclude: named pairs that are not allowed."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.day.eligibility import Eligibility
from solver.rules.named_pairs import NamedPairsRule, Pairs, named_leads


class Exclude(NamedPairsRule):
    """These leads never go to these reps."""

    reasons: ClassVar[Mapping[str, str]] = {"excluded": "excluded from every rep"}

    kind: Literal["exclude"] = "exclude"
    pairs: Pairs = Field(description="The pairs that must not be.")

    @property
    def statement(self) -> str:
        """How many pairs are excluded."""
        return f"named leads do not go to named reps ({self.counted_pairs})"

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return every rep but the excluded ones, for the leads named."""
        key, named = named_leads(crm, self.pairs, self.speaks_of(crm))
        return Eligibility(key, ~named)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each excluded pair that is assigned."""
        spoken_of = allocation.leads_where(self.where)
        for pair in self.pairs:
            is_assigned = allocation.owner.get(pair.lead_id) == pair.rep_id
            if is_assigned and pair.lead_id in spoken_of:
                yield Violation(self.name, pair.lead_id, pair.rep_id)
