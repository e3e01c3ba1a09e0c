"""The ledger as a run sees it: as things were before it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from sqlalchemy import Select

from crm import listed
from ledger import Ledger
from ledger.locks import LOCKS, locks
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
        Number of a run that is made again: it is told what it was told; `None` for a
        new run.
    redoes
        Whether `before` is a run that this one makes void.
    own
        Number of the run itself, where it is there already.
    """

    ledger: Ledger
    before: int | None = None
    redoes: bool = False
    own: int | None = None

    @cached_property
    def overridden_since(self) -> pd.DataFrame:
        """Leads that people gave to reps after the run that is made void; else none.

        With lead_id, rep_id and started_at.
        """
        if not self.redoes:
            return pd.DataFrame(columns=["lead_id", "rep_id", "started_at"])
        held = self.ledger.asked(locks(self.own), LOCKS)
        held = held.drop_duplicates("lead_id", keep="last")
        return held.rename(columns={"at": "started_at"})

    def counted(self, query: Select) -> dict[str, int]:
        """Return rep -> count of the answer to a query."""
        with self.ledger.reading() as connection:
            rows = connection.execute(query).all()
        return {str(rep): int(n) for rep, n in rows}


def leads_named(lead_ids: list[str]) -> str:
    """Return how many leads these are, and their first ids."""
    return f"{counted(len(lead_ids), 'lead')}, {listed(lead_ids, NAMED)}"
