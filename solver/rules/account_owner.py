"""Account owner: an existing customer's lead goes to the account's manager."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Row
from solver.day.availability import at_work
from solver.day.eligibility import Eligibility
from solver.rules.issue import Need
from solver.rules.lookup import Lookup
from solver.rules.pair_rules import PairRule


class AccountOwner(PairRule):
    """The rep is the one who owns the lead's account; other leads go anywhere."""

    reasons: ClassVar[Mapping[str, str]] = {
        "account_owner_not_a_rep": "the account's owner is not among the reps"
    }
    choices: ClassVar[Mapping[str, str]] = {"account_owner": "the account's owner"}

    kind: Literal["account_owner"] = "account_owner"

    uses_capacity: bool = Field(
        default=True,
        description="Whether a lead that goes to its account's owner takes a slot.",
    )
    owner_away: Literal["wait", "release"] = Field(
        default="wait",
        description="wait: the lead of an owner who is away stays unassigned. "
        "release: any eligible rep may have it.",
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """The lead's account, and who owns it."""
        return (("leads", "account_id"), ("accounts", "owner_rep_id"))

    @property
    def statement(self) -> str:
        """Who gets an existing customer's lead."""
        away = "waits" if self.owner_away == "wait" else "may go to any eligible rep"
        slot = "" if self.uses_capacity else " and takes no slot there"
        return (
            f"an existing customer's lead goes to the account's owner{slot} (where the "
            f"owner is away, it {away})"
        )

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return one row per rep: the leads of its accounts may go to it alone."""
        owner = self._owner(crm)
        reps = pd.Index(crm.reps["rep_id"])
        n_reps = len(reps)
        known = reps.get_indexer(owner)
        key = np.where(known >= 0, known + 1, n_reps + 1)
        key[(owner == "") | ~self.speaks_of(crm)] = 0
        if self.owner_away == "release":
            released = np.append(~at_work(crm), True)
            key[(key > 0) & released[key - 1]] = 0
        allowed = np.zeros((n_reps + 2, n_reps), dtype=bool)
        allowed[0] = True
        allowed[np.arange(n_reps) + 1, np.arange(n_reps)] = True
        return Eligibility(key.astype(np.int64), allowed)

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield the accounts of the leads, and those with an owner."""
        yield from super().lookups(crm)
        ours = Counter(crm.leads.loc[self.speaks_of(crm), "account_id"])
        del ours[""]
        owned = Counter(crm.accounts["account_id"])
        met = ours.keys() & owned.keys()
        yield Lookup(
            "account_id of leads",
            ours,
            met,
            list(owned),
            "among no accounts",
            should_meet=True,
            are_names=False,
        )
        yield Lookup(
            "account_id of accounts", owned, met, (), "of no lead", are_names=False
        )

    @property
    def reads(self) -> tuple[str, ...]:
        """The lead's account."""
        return ("account_id",)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep owns the lead's account, or nobody at work does."""
        owner = allocation.owner_of_account.get(lead["account_id"], "")
        if not owner or owner == rep["rep_id"]:
            return True
        is_there = owner in allocation.rep_rows and owner not in allocation.away
        return self.owner_away == "release" and not is_there

    def frees(
        self, allowed: Eligibility, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Tell for each pair whether it takes no slot, being the account owner's."""
        if self.uses_capacity:
            return np.zeros(len(rep), dtype=bool)
        return allowed.names(lead, rep)

    def without_slot(self, allocation: Allocation) -> set[str]:
        """Return the leads that take no slot, since they went to their owner."""
        if self.uses_capacity:
            return set()
        owners = allocation.owner_of_account

        def own(lead: Row, rep: Row) -> str | None:
            return "" if owners.get(lead["account_id"]) == rep["rep_id"] else None

        kept = allocation.verdicts(self.where, self.reads, own)
        return {lead_id for lead_id, *_ in kept}

    @staticmethod
    def _owner(crm: CrmData) -> np.ndarray:
        accounts = crm.accounts.set_index("account_id")["owner_rep_id"]
        owner = crm.leads["account_id"].map(accounts.to_dict()).astype(object)
        return owner.fillna("").to_numpy()
