"""Only to: leads that go to named reps, or wait."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.day.eligibility import Eligibility
from solver.rules.named_pairs import NamedPairsRule, Pairs, named_leads


class OnlyTo(NamedPairsRule):
    """These leads go to no other reps than these; where those are full, they wait."""

    reasons: ClassVar[Mapping[str, str]] = {
        "only_to_others": "goes to no rep but one who is not there"
    }
    choices: ClassVar[Mapping[str, str]] = {"only_to": "goes to no other rep"}

    kind: Literal["only_to"] = "only_to"
    pairs: Pairs = Field(description="The pairs that may be, of the leads they name.")

    @property
    def statement(self) -> str:
        """How many pairs are named."""
        return f"named leads go to named reps, or wait ({self.counted_pairs})"

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the named reps of each lead that is named, else all."""
        key, named = named_leads(crm, self.pairs, self.speaks_of(crm))
        named[0] = True
        return Eligibility(key, named)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each of these leads that went elsewhere."""
        spoken_of = allocation.leads_where(self.where)
        allowed: dict[str, list[str]] = {}
        for pair in self.pairs:
            allowed.setdefault(pair.lead_id, []).append(pair.rep_id)
        for lead_id, rep_ids in allowed.items():
            owner = allocation.owner.get(lead_id, "")
            if owner and lead_id in spoken_of and owner not in rep_ids:
                detail = f"only to {', '.join(rep_ids)}"
                yield Violation(self.name, lead_id, owner, detail)
