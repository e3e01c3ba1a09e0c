"""The ledger as a run sees it: as things were before it."""

from dataclasses import dataclass

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


def leads_named(lead_ids: list[str]) -> str:
    """Return how many leads these are, and their first ids."""
    return f"{counted(len(lead_ids), 'lead')}, {listed(lead_ids, NAMED)}"
