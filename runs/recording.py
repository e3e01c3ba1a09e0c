"""Runs recorded in the ledger that their scenario names."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from runs.company.people import actor
from runs.job.run import Run
from runs.job.scenario_text import lasting_scenario
from runs.morning.lead_rows import columns_of
from runs.prepared.identity import file_id
from runs.prepared.ledger_place import ledger_place
from runs.prepared.morning import DUPLICATE_OF
from scenarios.duplicate_checks import key_reader

if TYPE_CHECKING:
    from ledger import RunEntry

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
    from ledger import Ledger

    with Ledger(place) as ledger:
        earlier = run.scored.prepared.earlier
        void, seen = earlier.supersedes, earlier.seen
        ledger.record(_entry(run, model), decisions(run), supersedes=void, seen=seen)
        return ledger.name


def decisions(run: Run) -> pd.DataFrame:
    """Return one row per lead of the day, as :meth:`ledger.Ledger.record` takes it."""
    assigned = run.assignments.set_index("lead_id")[KEPT].assign(kind="assigned")
    unassigned = run.unassigned.set_index("lead_id")[UNASSIGNED]
    unassigned = unassigned.assign(rep_id="", kind="unassigned")
    decided = pd.concat([assigned, unassigned])
    leads = run.crm.leads[["lead_id"]].join(decided, on="lead_id")
    everyone = pd.concat(
        [leads.assign(other="", why=""), _kept(run)], ignore_index=True
    )
    return everyone.join(_known(run), on="lead_id").pipe(_filled)


def _kept(run: Run) -> pd.DataFrame:
    """Return the decisions on leads that take no slot."""
    kept = run.kept
    kinds = np.where(kept["rep_id"] == "", "unassigned", "kept")
    shares = zip(kept[DUPLICATE_OF], kept["same"], kept["score"], strict=True)
    why = [
        f"same {same}, score {score:.2g}" if of else "" for of, same, score in shares
    ]
    return kept[["lead_id", "rep_id", "reason"]].assign(
        kind=kinds,
        arm="",
        p_convert=np.nan,
        value=np.nan,
        propensity=np.nan,
        other=kept[DUPLICATE_OF],
        why=pd.Series(why, kept.index, object),
    )


def _known(run: Run) -> pd.DataFrame:
    """Return what today's table has of its leads: created_at, columns and keys."""
    earlier = run.scored.prepared.earlier
    met = earlier.met if len(earlier.met) else run.crm.leads
    keys = key_reader(run.file.scenario.duplicates).keys(met)
    pairs = pd.Series(
        [*zip(keys["kind"], keys["key"], strict=True)], keys.index, object
    )
    return pd.DataFrame(
        {
            "created_at": met["created_at"].to_numpy(),
            "columns": pd.Series(columns_of(met), dtype=object).to_numpy(),
            "keys": met["lead_id"]
            .map(pairs.groupby(keys["lead_id"]).agg(list))
            .to_numpy(),
        },
        index=met["lead_id"],
    )


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Return leads that come again from the ledger as ones of which nothing is new."""
    columns = [c if isinstance(c, dict) else {} for c in table["columns"]]
    keys = [c if isinstance(c, list) else [] for c in table["keys"]]
    times = pd.to_datetime(table["created_at"], utc=True)
    own = {"columns": columns, "keys": keys}
    objects = {k: pd.Series(v, table.index, object) for k, v in own.items()}
    return table.assign(created_at=times, **objects)


def _entry(run: Run, model: Path | None) -> "RunEntry":
    from ledger import RunEntry

    solution = run.result.solution
    n_waiting = int((run.kept["rep_id"] == "").sum())
    return RunEntry(
        run_id=run.run_id,
        scenario=run.file.scenario.name,
        as_of=run.crm.as_of,
        status=str(run.result.status),
        engine=run.result.engine,
        objective=run.result.objective,
        n_leads=len(solution.pair) + len(run.kept),
        n_assigned=solution.n_assigned,
        n_unassigned=solution.n_unassigned + n_waiting,
        n_kept=len(run.kept) - n_waiting,
        seed=run.file.scenario.solve.seed,
        day=run.crm.today,
        text=lasting_scenario(run),
        actor=actor(),
        model_id=file_id(model) if model else "",
    )
