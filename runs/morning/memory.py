"""The ledger as a run sees it: as things were before it."""

from dataclasses import dataclass

from sqlalchemy import Select

from crm import listed
from ledger import Ledger
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
    """

    ledger: Ledger
    before: int | None = None

    def counted(self, query: Select) -> dict[str, int]:
        """Return rep -> count of the answer to a query."""
        with self.ledger.reading() as connection:
            rows = connection.execute(query).all()
        return {str(rep): int(n) for rep, n in rows}


def leads_named(lead_ids: list[str]) -> str:
    """Return how many leads these are, and their first ids."""
    return f"{counted(len(lead_ids), 'lead')}, {listed(lead_ids, NAMED)}"
