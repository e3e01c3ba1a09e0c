"""Runs recorded in the ledger that their scenario names."""

import json
from pathlib import Path

import pandas as pd

from ledger import Ledger, LedgerError, RunEntry
from runs.folder.manifest import json_text, sha256
from runs.job.run import Run

KEPT = ["rep_id", "reason", "p_convert", "value", "arm", "propensity"]
"""What the ledger keeps of an assignment."""
UNASSIGNED = ["reason", "arm", "propensity"]
"""What it keeps of a lead that was left unassigned."""


def record(run: Run, manifest: str) -> Path | None:
    """Return the ledger that now has the run, None where the scenario names none.

    Parameters
    ----------
    manifest
        Text of the run folder's ``manifest.json``.

    Raises
    ------
    LedgerError
        Where the ledger cannot take the run, which is then not in it.
    """
    if run.file.scenario.ledger is None:
        return None
    path = run.file.path.parent / run.file.scenario.ledger
    try:
        with Ledger(path) as ledger:
            ledger.record(_entry(run, manifest), decisions(run))
    except LedgerError as error:
        raise LedgerError(f"{error}\nThe run is written but not recorded.") from error
    return path


def run_id(manifest: str) -> str:
    """Return 16 hexadecimal digits of the manifest without its timings."""
    content = json.loads(manifest)
    del content["timings"]
    return sha256(json_text(content))[:16]


def decisions(run: Run) -> pd.DataFrame:
    """Return one row per lead of the day, as :meth:`ledger.Ledger.record` takes it."""
    assigned = run.assignments.set_index("lead_id")[KEPT]
    unassigned = run.unassigned.set_index("lead_id")[UNASSIGNED].assign(rep_id="")
    decided = pd.concat([assigned, unassigned])
    return run.crm.leads[["lead_id", "created_at"]].join(decided, on="lead_id")


def _entry(run: Run, manifest: str) -> RunEntry:
    solution = run.result.solution
    return RunEntry(
        run_id=run_id(manifest),
        scenario=run.file.scenario.name,
        as_of=run.crm.as_of,
        status=str(run.result.status),
        engine=run.result.engine,
        objective=run.result.objective,
        n_leads=len(solution.pair),
        n_assigned=solution.n_assigned,
        n_unassigned=solution.n_unassigned,
        seed=run.file.scenario.solve.seed,
    )
