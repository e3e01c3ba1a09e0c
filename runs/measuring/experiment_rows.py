"""The rows of history that an experiment left: checked, and its arms compared."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from crm import DataError, Issue, listed
from evaluation.experiment import CONTROL, ArmLift, DrawnLeads, compare_arms
from evaluation.experiment.recorded import drawn_of_record
from evaluation.off_policy import Log
from evaluation.off_policy.log_checks import outside_propensities, propensity_issues
from runs.prepared.prepared import Prepared
from solver.randomised import OPTIMAL

MOST_NAMED = 5


def arms_of(
    prepared: Prepared, rows: pd.DataFrame, log: Log, draws: pd.DataFrame | None
) -> tuple[ArmLift, ...]:
    """Return the optimal arm against control, if history has both.

    Parameters
    ----------
    prepared, rows, log
        The scenario, first assignments of its history, and those that measure.
    draws
        As :func:`recorded_draws` gives them.
    """
    crm, spec = prepared.crm, prepared.file.scenario.experiment
    drawn = None if draws is None else drawn_of_record(draws, rows, log, crm.as_of)
    if drawn is None:
        share = None if spec is None else spec.control_share
        is_capped = spec is not None and spec.max_pair_probability is not None
        drawn = DrawnLeads.of_log(log, share, is_capped=is_capped)
    if CONTROL not in drawn.names or OPTIMAL not in drawn.names:
        return ()
    leads = None if drawn.is_recorded else crm.leads
    seed = prepared.file.scenario.solve.seed
    return (compare_arms(drawn, OPTIMAL, seed=seed, leads=leads),)


def check_propensities(prepared: Prepared, rows: pd.DataFrame) -> None:
    """Raise where an assigned lead has no propensity, or an impossible one.

    Parameters
    ----------
    prepared
        The scenario; its history is as it was read, in file order.
    rows
        The rows of it that are to be read as a log.

    Raises
    ------
    DataError
        Naming row, value and fix.
    """
    history = prepared.crm.history.copy(deep=False)
    if "propensity" in rows:
        history.loc[rows.index, "propensity"] = rows["propensity"]
    places = np.sort(rows.index.to_numpy())
    before, after = outside_propensities(history, places)
    issues = list(propensity_issues(history, places[~(before | after)]))
    if issues:
        file = file_of_history(prepared)
        raise DataError([replace(issue, file=file) for issue in issues])


def check_arms(prepared: Prepared, rows: pd.DataFrame, *, needs_control: bool) -> None:
    """Raise where history names arms otherwise, or has one arm only.

    Parameters
    ----------
    prepared
        The scenario.
    rows
        Assigned leads of its history.
    needs_control
        Whether there is nothing to measure but arms.

    Raises
    ------
    DataError
        With the names there are, and how to map them.
    """
    arms = rows.get("arm", pd.Series(dtype=object)).fillna("")
    names = sorted(set(arms) - {""})
    others = [name for name in names if name not in (CONTROL, OPTIMAL)]
    if not others and not (needs_control and len(names) == 1):
        return
    message = f"arms there are: {listed(names, MOST_NAMED)}; " + (
        _how_to_map(names, others)
        if others
        else "nothing to compare: an experiment has leads of both, control and optimal"
    )
    value = others[0] if others else names[0]
    raise DataError(
        [Issue(file_of_history(prepared), message, column="arm", value=value)]
    )


def _how_to_map(names: Sequence[str], others: Sequence[str]) -> str:
    lacking = [name for name in (CONTROL, OPTIMAL) if name not in names]
    pairs = ", ".join(f"{a}: {b}" for a, b in zip(others, lacking, strict=False))
    either = ", or the other way round" if len(lacking) > 1 < len(others) else ""
    return (
        f"known are {CONTROL} and {OPTIMAL}. Say which is which in the scenario, as "
        f"data: {{history: {{..., values: {{arm: {{{pairs}}}}}}}}}{either}"
    )


def file_of_history(prepared: Prepared) -> str:
    """Return what messages call the table of history."""
    source = prepared.file.scenario.data.history
    return "history" if source is None else source.file or "data.history.sql"
