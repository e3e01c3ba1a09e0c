"""A run as the ledger knows it."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class RunEntry:
    """One run of a scenario, in a line.

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
