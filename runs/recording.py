"""Runs recorded in the ledger that their scenario names."""

from pathlib import Path

import numpy as np
import pandas as pd

from ledger import Ledger, RunEntry
from runs.folder.files import lasting_scenario
from runs.job.run import Run
from runs.morning.lead_rows import columns_of
from runs.people import actor
from runs.prepared.identity import file_id
from runs.prepared.ledger_place import ledger_place

KEPT = ["rep_id", "reason", "p_convert", "value", "arm", "propensity"]
"""What the ledger keeps of an assignment."""
UNASSIGNED = ["reason", "arm", "propensity"]
"""What it keeps of a lead that was left unassigned."""


def record(run: Run, model: Path | None = None) -> str | None:
    """Return the ledger that now has the run, None where the scenario names none.

    Parameters
    ----------
    model
        The model file that was used, if any.

    Raises
    ------
    LedgerError
        Where the ledger cannot take the run, which is then not in it.
    """
    place = ledger_place(run.file)
    if place is None:
        return None
    with Ledger(place) as ledger:
        void = run.scored.prepared.earlier.supersedes
        ledger.record(_entry(run, model), decisions(run), supersedes=void)
        return ledger.name


def decisions(run: Run) -> pd.DataFrame:
    """Return one row per lead of the day, as :meth:`ledger.Ledger.record` takes it."""
    assigned = run.assignments.set_index("lead_id")[KEPT].assign(kind="assigned")
    unassigned = run.unassigned.set_index("lead_id")[UNASSIGNED]
    unassigned = unassigned.assign(rep_id="", kind="unassigned")
    decided = pd.concat([assigned, unassigned])
    leads = run.crm.leads[["lead_id", "created_at"]].join(decided, on="lead_id")
    leads["columns"] = pd.Series(columns_of(run.crm.leads), dtype=object)
    return pd.concat([leads, _kept(run)], ignore_index=True)


def _kept(run: Run) -> pd.DataFrame:
    """Return the decisions on leads that stay with the owner they have."""
    kept = run.kept[["lead_id", "rep_id"]]
    return kept.assign(
        kind="kept",
        reason="owned",
        arm="",
        p_convert=np.nan,
        value=np.nan,
        propensity=np.nan,
        created_at=pd.Series(pd.NaT, index=kept.index, dtype="datetime64[ns, UTC]"),
        columns=pd.Series([{} for _ in kept.index], dtype=object),
    )


def _entry(run: Run, model: Path | None) -> RunEntry:
    solution = run.result.solution
    return RunEntry(
        run_id=run.run_id,
        scenario=run.file.scenario.name,
        as_of=run.crm.as_of,
        status=str(run.result.status),
        engine=run.result.engine,
        objective=run.result.objective,
        n_leads=len(solution.pair) + len(run.kept),
        n_assigned=solution.n_assigned,
        n_unassigned=solution.n_unassigned,
        n_kept=len(run.kept),
        seed=run.file.scenario.solve.seed,
        day=run.crm.today,
        text=lasting_scenario(run),
        actor=actor(),
        model_id=file_id(model) if model else "",
    )
