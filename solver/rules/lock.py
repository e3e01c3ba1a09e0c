"""Lock: named pairs that are required."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.day.eligibility import Eligibility
from solver.rules.named_pairs import NamedPairsRule, Pairs, named_leads


class Lock(NamedPairsRule):
    """These leads go to these reps; where another hard rule forbids it, the day is
    infeasible.
    """

    reasons: ClassVar[Mapping[str, str]] = {
        "locked_to_no_rep": "locked to a rep that is not there"
    }
    choices: ClassVar[Mapping[str, str]] = {"locked": "locked to this rep"}
    choice_rank: ClassVar[int] = 1

    kind: Literal["lock"] = "lock"
    pairs: Pairs = Field(description="The pairs that must be; a lead once.")

    @model_validator(mode="after")
    def _one_rep_per_lead(self) -> Self:
        seen: dict[str, str] = {}
        for pair in self.pairs:
            if seen.setdefault(pair.lead_id, pair.rep_id) != pair.rep_id:
                raise ValueError(f"lead {pair.lead_id} is locked to two reps")
        return self

    @property
    def statement(self) -> str:
        """How many pairs are required."""
        return f"named leads go to named reps ({self.counted_pairs})"

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the one rep of each locked lead."""
        key, named = named_leads(crm, self.pairs, self.speaks_of(crm))
        named[0] = True
        return Eligibility(key, named)

    def wants_owner(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether it is locked, shape (n_leads,)."""
        locked = crm.leads["lead_id"].isin([pair.lead_id for pair in self.pairs])
        return locked.to_numpy() & self.speaks_of(crm)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each locked lead of the day that went elsewhere."""
        spoken_of = allocation.leads_where(self.where)
        for pair in self.pairs:
            if pair.lead_id not in spoken_of:
                continue
            owner = allocation.owner.get(pair.lead_id, "")
            if owner != pair.rep_id:
                detail = f"locked to {pair.rep_id}"
                yield Violation(self.name, pair.lead_id, owner, detail)
