"""Runs as callers know them, and their rows."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ledger.errors import LedgerError


@dataclass(frozen=True)
class RunEntry:
    """One run of a scenario.

    Attributes
    ----------
    run_id
        Tells the run from every other; the same run again has the same id.
    scenario
        Name of the scenario.
    as_of
        The moment of the allocation (UTC).
    status
        How the solve ended: optimal, feasible, infeasible or no_solution.
    engine
        Name of the engine.
    objective
        Value of the allocation, in the scenario's unit; NaN where there is none.
    n_leads, n_assigned, n_unassigned
        Leads of the day, those assigned to a rep, and those unassigned.
    seed
        Seed of the run.
    n_kept
        Leads that stay with the owner they have.
    day
        The company's day; by default that of `as_of` in UTC.
    text
        The scenario, `extends` resolved; empty if not known.
    actor
        Who ran it.
    model_id
        Hash of the model file that was used; empty where the run trained its own.
    """

    run_id: str
    scenario: str
    as_of: pd.Timestamp
    status: str
    engine: str
    objective: float
    n_leads: int
    n_assigned: int
    n_unassigned: int
    seed: int
    n_kept: int = 0
    day: date | None = None
    text: str = ""
    actor: str = ""
    model_id: str = ""

    @property
    def company_day(self) -> date:
        """The company's day, that of `as_of` in UTC where none is given."""
        return self.as_of.date() if self.day is None else self.day

    def check(self, decisions: pd.DataFrame) -> None:
        """Raise where these decisions are not those of the run.

        Raises
        ------
        LedgerError
            With both numbers.
        """
        counts = kinds_of(decisions).value_counts()
        counted = len(decisions), int(counts.get("assigned", 0))
        stated = self.n_leads, self.n_assigned
        if counted != stated or counts.get("kept", 0) != self.n_kept:
            raise LedgerError(
                f"run {self.run_id} speaks of {stated[0]} leads, {stated[1]} assigned; "
                f"its decisions of {counted[0]}, {counted[1]} assigned"
            )


def kinds_of(decisions: pd.DataFrame) -> pd.Series:
    """Return whether each lead was assigned, kept or unassigned."""
    kinds = decisions["rep_id"].map(lambda rep: "assigned" if rep else "unassigned")
    return decisions.get("kind", kinds)
