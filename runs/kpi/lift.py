"""The measured lift of the scenario's experiment so far, from the ledger alone."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from crm import DataError
from evaluation.experiment import CONTROL, ArmLift, compare_arms
from evaluation.experiment.recorded import drawn_of_record, until_assigned
from evaluation.off_policy import read_log
from ledger.measures.numbers import columns_of
from ledger.measures.people import drawn
from runs.kpi.lives import LOST, MERGED, WON, Lives
from scenarios import Scenario
from solver.randomised import OPTIMAL

OUTCOMES = {WON: "won", LOST: "lost"}


def lift_of(
    connection: Connection, lives: Lives, scenario: Scenario
) -> tuple[ArmLift | None, str]:
    """Return what the optimal arm won beyond control, or why that is not known.

    Both are empty where no lead was drawn for a control arm. Leads are compared per
    lead drawn in the window, also those that their arm left unassigned.
    """
    draws = _draws(connection, lives, scenario)
    if draws.empty:
        return None, ""
    rows = _rows(lives, draws)
    try:
        as_of = pd.Timestamp(lives.window.now)
        log = read_log(rows, as_of, value=scenario.objective.maximise)
    except DataError as error:
        return None, "; ".join(issue.expected for issue in error.issues)
    leads = drawn_of_record(draws, rows, log, as_of)
    if leads is None or CONTROL not in leads.names or OPTIMAL not in leads.names:
        return None, "no lead of both arms is old enough to tell"
    return compare_arms(leads, OPTIMAL, seed=scenario.solve.seed), ""


def _draws(connection: Connection, lives: Lives, scenario: Scenario) -> pd.DataFrame:
    window, spec = lives.window, scenario.experiment
    columns = columns_of(connection, drawn(window.first, window.last))
    names = "lead_id", "run", "rep_id", "arm", "propensity"
    cells = zip(names, columns, strict=True)
    table = pd.DataFrame({n: pd.Series(list(c), dtype=object) for n, c in cells})
    if table.empty:
        return table
    as_of = table["run"].map(lives.runs.set_index("number")["as_of"])
    draws = table.drop(columns="run").assign(
        as_of=_times(as_of, lives),
        propensity=table["propensity"].astype(float),
        control_share=np.nan if spec is None else spec.control_share,
        is_capped=spec is not None and spec.max_pair_probability is not None,
    )
    return until_assigned(draws)


def _rows(lives: Lives, draws: pd.DataFrame) -> pd.DataFrame:
    """Return drawn leads that were assigned, as rows of history."""
    own = draws[draws["rep_id"] != ""].set_index("lead_id")
    leads = lives.leads.reindex(own.index)
    leads, own = leads[leads["state"] != MERGED], own[leads["state"] != MERGED]
    state = leads["state"].map(OUTCOMES).fillna("open")
    return pd.DataFrame(
        {
            "lead_id": own.index.to_numpy(dtype=object),
            "rep_id": own["rep_id"].to_numpy(dtype=object),
            "assigned_at": own["as_of"].array,
            "outcome": state.to_numpy(dtype=object),
            "closed_at": _times(leads["closed"], lives).array,
            "won_value": leads["revenue"].where(state == "won").to_numpy(),
            "propensity": own["propensity"].to_numpy(),
            "arm": own["arm"].to_numpy(dtype=object),
        }
    )


def _times(moments: pd.Series, lives: Lives) -> pd.Series:
    times = pd.to_datetime(moments.astype(float), unit="ms", utc=True)
    zone = lives.window.calendar.zone
    return times.dt.tz_convert(zone).dt.as_unit("ns")
