"""All figures of a window, from the ledger."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from ledger.measures.lives import days_of_runs
from reporting.text.company.kpi_figures import KpiFigures
from runs.company.company import Company
from runs.kpi import follow_up, lead_figures, override_costs
from runs.kpi.lift import lift_of
from runs.kpi.lives import Lives, lives_of
from runs.kpi.periods import throughput
from runs.kpi.reps import reps_of
from runs.kpi.shares import Shares, shares_of
from runs.kpi.slices import check_slices, columns_for, slices_of
from runs.kpi.window import Window


def kpi_figures(company: Company, window: Window, by: Sequence[str] = ()) -> KpiFigures:
    """Return the figures of a window.

    Parameters
    ----------
    by
        How leads are sliced: none, one or two ways.

    Raises
    ------
    DataError
        Where leads cannot be sliced so.
    """
    reps, fault = reps_of(company)
    with company.ledger.reading() as connection:
        check_slices(connection, by)
        lives = lives_of(connection, window, columns_for(by))
        return _figures(connection, company, lives, tuple(by), reps, fault)


def _figures(
    connection: Connection,
    company: Company,
    lives: Lives,
    by: tuple[str, ...],
    reps: pd.DataFrame,
    fault: str,
) -> KpiFigures:
    window, scenario = lives.window, company.file.scenario
    done = follow_up.clocked(connection, lives)
    late = follow_up.late_leads(done, len(lives.leads))
    measured = lead_figures.measured_leads(lives, late)
    slices = slices_of(lives, by, _column(reps, "team"))
    changed = override_costs.overrides_of(connection, window)
    shares = shares_of(connection, window, _active(reps))
    lift, doubt = lift_of(connection, lives, scenario)
    return KpiFigures(
        scenario=scenario.name,
        first=window.first,
        last=window.last,
        every=window.every,
        zone=company.calendar.time_zone,
        unit=scenario.objective.maximise,
        by=by,
        n_runs=len(lives.runs),
        n_leads=len(lives.leads),
        days_known=_days_known(connection),
        total=lead_figures.by_slice(measured, slices[[]]),
        slices=lead_figures.by_slice(measured, slices),
        periods=throughput(lives, measured),
        cohorts=lead_figures.cohorts(measured),
        horizons=lead_figures.within_horizons(measured),
        ages=lead_figures.ages(measured),
        waiting=lead_figures.waiting(measured),
        clocks=follow_up.by_clock(done),
        shares=shares.by_rep,
        shares_days=(shares.first, shares.last),
        evenness=_evenness(shares),
        actors=override_costs.by_actor(changed),
        directions=override_costs.by_direction(changed),
        lift=lift,
        lift_doubt=doubt,
        odd=_odd(lives),
        names={str(rep): str(name) for rep, name in _column(reps, "name").items()},
        reps_fault=fault,
    )


def _days_known(connection: Connection) -> tuple[date, date] | None:
    first, last = connection.execute(days_of_runs()).one()
    return None if first is None else (first, last)


def _odd(lives: Lives) -> dict[str, int]:
    """Return what could not be counted, and of how many leads."""
    leads = lives.leads
    found = {
        "created_unknown": leads["created"].isna(),
        "created_later": leads["created"] > leads["distributed"],
        "assigned_before": leads["is_earlier"],
        "merged": leads["state"] == "merged",
        "won_without_value": (leads["state"] == "won") & (leads["revenue"] == 0),
    }
    return {name: int(rows.sum()) for name, rows in found.items() if rows.any()}


def _evenness(shares: Shares) -> dict[str, float]:
    return {
        "gini": shares.gini,
        "min_max": shares.min_max,
        "gini_of_expectation": shares.gini_of_expectation,
    }


def _column(reps: pd.DataFrame, name: str) -> pd.Series:
    if name not in reps:
        return pd.Series(dtype=object)
    return reps.set_index("rep_id")[name]


def _active(reps: pd.DataFrame) -> list[str]:
    if "active" in reps:
        reps = reps[reps["active"].astype(bool)]
    return [str(rep) for rep in reps["rep_id"]]
