"""The draws of an experiment, read from run folders or the scenario's ledger."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

import numpy as np
import pandas as pd

from crm import DataError, Issue
from crm.zones import in_zone
from evaluation.experiment.recorded import DRAWN, until_assigned
from ledger import Ledger
from runs.experiment.recorded import RecordedRandomisation
from runs.folder.day import refuse_changed
from runs.folder.reading import RunFolder, read_folder
from runs.prepared.ledger_place import is_there, ledger_place
from runs.prepared.morning import DUPLICATE_OF
from runs.prepared.prepared import Prepared
from solver.randomised import CONTROL

PROPENSITIES = "propensities.csv"
MANIFEST = "manifest.json"


def recorded_draws(
    prepared: Prepared, runs: Sequence[Path] = ()
) -> pd.DataFrame | None:
    """Return every lead that was drawn, with its arm, also those left unassigned.

    From run folders if any are given, else from the ledger that the scenario names;
    `None` if neither has an experiment.

    Parameters
    ----------
    prepared
        The scenario.
    runs
        Run folders, or folders of such.

    Raises
    ------
    DataError
        Where a folder holds no run with an experiment, or was changed after the run.
    """
    draws = _of_folders(runs) if runs else _of_ledger(prepared)
    if draws is None or draws.empty:
        return None
    return until_assigned(in_zone(draws, prepared.crm.calendar.zone))


def _of_folders(runs: Sequence[Path]) -> pd.DataFrame:
    parts, issues = [], []
    for folder in runs:
        own = [_of_run(read_folder(path)) for path in _run_folders(folder)]
        own = [part for part in own if part is not None]
        if not own:
            expected = "holds no run with an experiment; name the folders of such runs"
            issues.append(Issue(str(folder), expected))
        parts += own
    if issues:
        raise DataError(issues)
    draws = pd.concat(parts, ignore_index=True).sort_values("as_of", kind="stable")
    _refuse_two_draws(draws)
    return draws


def _refuse_two_draws(draws: pd.DataFrame) -> None:
    """Raise where two runs of one moment drew a lead differently."""
    once = draws.drop_duplicates(["lead_id", "as_of", "rep_id", "arm"])
    again = once[once.duplicated(["lead_id", "as_of"])]
    if len(again):
        message = "was drawn twice at one moment, differently; name the run that counts"
        issues = [Issue("runs", message, value=lead) for lead in again["lead_id"][:3]]
        raise DataError(issues)


def _run_folders(folder: Path) -> Iterator[Path]:
    """Yield the run folder, or those that lie in the folder."""
    if os.path.isfile(folder / MANIFEST) or not os.path.isdir(folder):
        yield folder
        return
    yield from sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))


def _of_run(run: RunFolder) -> pd.DataFrame | None:
    """Return what one run drew beside what it knew of the leads."""
    recorded = run.manifest.experiment
    if not isinstance(recorded, RecordedRandomisation):
        return None
    files = {PROPENSITIES, "scenario.yaml"}
    refuse_changed(run, files, "the draw cannot be told again")
    columns = ["lead_id", "rep_id", "arm", "probability", "drawn"]
    options = pd.DataFrame(run.rows(PROPENSITIES, *columns), columns=columns)
    options["probability"] = options["probability"].astype(float)
    keys = ["lead_id", "rep_id"]
    options["propensity"] = options.groupby(keys)["probability"].transform("sum")
    drawn = options[options["drawn"] == "true"]
    draws = drawn[["lead_id", "rep_id", "arm", "propensity"]].assign(
        as_of=run.crm.as_of,
        control_share=recorded.control_share,
        is_capped=recorded.max_pair_probability is not None,
    )
    return in_zone(draws.merge(run.crm.leads, on="lead_id"), UTC)


def _of_ledger(prepared: Prepared) -> pd.DataFrame | None:
    scenario, place = prepared.file.scenario, ledger_place(prepared.file)
    if place is None or not is_there(place):
        return None
    with Ledger(place) as ledger:
        runs, decisions = ledger.runs(), ledger.decisions()
    is_alone = decisions["reason"] != DUPLICATE_OF
    decisions = decisions[(decisions["kind"] != "kept") & is_alone]
    runs = runs[runs["scenario"] == scenario.name]
    draws = decisions.merge(runs[["run_id", "as_of"]], on="run_id")
    is_drawn = (draws["arm"] == CONTROL) | (draws["propensity"] < 1)
    draws = draws[draws["run_id"].isin(draws["run_id"][is_drawn])]
    # Earlier versions kept no arm of leads that were left unassigned.
    draws = draws[~draws["run_id"].isin(draws["run_id"][draws["arm"] == ""])]
    spec = scenario.experiment
    return draws.assign(
        control_share=np.nan if spec is None else spec.control_share,
        is_capped=spec is not None and spec.max_pair_probability is not None,
    )[[*DRAWN, "created_at"]]
