"""The ledger as a run sees it: as things were before it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from crm import listed
from ledger import Ledger
from ledger.closed_leads import closed_among
from ledger.people.locks import LOCKS, locks
from ledger.vantage import Before, Redone
from reporting import counted

NAMED = 10
"""Leads and reps that a sentence names."""


@dataclass(frozen=True)
class Memory:
    """What a step of the morning asks.

    Attributes
    ----------
    ledger
        Of earlier runs.
    before
        A run that is made again: it is told what it was told. Or a day redone; `None`
        for a new run.
    """

    ledger: Ledger
    before: Before | None = None

    @cached_property
    def overridden_since(self) -> pd.DataFrame:
        """Leads that people gave to reps after the run that is made void; else none."""
        if not isinstance(self.before, Redone):
            return pd.DataFrame(columns=[*LOCKS])
        now = self.ledger.asked(locks(self.before), LOCKS)
        then = self.ledger.asked(locks(self.before.void), LOCKS)
        return now[~now["lead_id"].isin(then["lead_id"])]

    def closed(self, lead_ids: list[str]) -> set[str]:
        """Return those of the leads that are won or lost."""
        with self.ledger.reading() as connection:
            closed = connection.scalars(closed_among(lead_ids, self.before))
            return {str(lead_id) for lead_id in closed}


def leads_named(lead_ids: list[str]) -> str:
    """Return how many leads these are, and their first ids."""
    return f"{counted(len(lead_ids), 'lead')}, {listed(lead_ids, NAMED)}"
