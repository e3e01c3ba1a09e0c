"""One lead of a day in partitions explained, from its folder and the day's files."""

from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from crm import DataError, Issue
from crm.rep_names import names_of
from runs.explaining import score_table
from runs.folder.manifest import Manifest, changed_files, read_manifest
from runs.job.scored import Scored, scored_day, scored_leads
from runs.partitioned.assigned_partition import ASSIGNMENTS, UNASSIGNED
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition
from runs.partitioned.verifying import day_of_run, input_problems
from scenarios import read_scenario
from solver import Explanation, Result, Solution, explain_by_prices

CHOSEN = ("rep_id", "backup_rep_id", "reason", "detail")


@dataclass(frozen=True, eq=False)
class ExplainedLead:
    """A lead explained, and what the words about it need.

    Attributes
    ----------
    explanation
        Its costs are the least that prices allow.
    scores
        As :func:`runs.explaining.score_table` returns them.
    names
        rep_id -> name, empty where none is known.
    unit
        What the objective counts.
    """

    explanation: Explanation
    scores: pd.DataFrame
    names: dict[str, str]
    unit: str


def explain_in_partitions(folder: Path, data: Path, lead_id: str) -> ExplainedLead:
    """Return why a lead of a day in partitions has its rep or none.

    The lead is read and scored again; what was decided, and why, is as the run wrote.

    Parameters
    ----------
    data
        The folder that holds the day's tables and the model.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        Where the folder is none or was changed, has no such lead, or the day's files
        are not those that the run has read.
    """
    manifest = read_manifest(folder)
    refuse_changed(folder, data, manifest)
    name, row = decided_lead(folder, lead_id)
    file = read_scenario(folder / "scenario.yaml")
    day = day_of_run(manifest, file, data)
    [partition] = (part for part in day.partitions if part.name == name)
    scored = scored_lead(day, partition, lead_id)
    result = result_of_lead(folder, manifest, scored, row["rep_id"])
    choice = row["rep_id"], row["backup_rep_id"], row["reason"], row["detail"]
    slack = 0.0 if manifest.bound is None else manifest.bound - manifest.objective
    explanation = explain_by_prices(
        scored.day, result, lead_id, choice, slack=max(slack, 0.0)
    )
    reps = scored.prepared.crm.reps
    return ExplainedLead(
        explanation,
        score_table(scored.scores, 0, reps["rep_id"]),
        names_of(reps),
        file.scenario.objective.maximise,
    )


def refuse_changed(folder: Path, data: Path, manifest: Manifest) -> None:
    """Raise where the folder or the day's files are not what the run had."""
    changes = [
        Issue(str(folder / name), f"{change}, so it cannot explain the run")
        for name, change in changed_files(folder, manifest).items()
    ]
    others = [Issue(str(data), problem) for problem in input_problems(manifest, data)]
    if issues := changes or others:
        raise DataError(issues)


def decided_lead(folder: Path, lead_id: str) -> tuple[str, dict[str, str]]:
    """Return the partition of a lead, by name, and its row in the run's tables.

    What a table does not have is ``""``, as the `rep_id` of a lead without an owner.
    """
    tables = (sorted((folder / name).iterdir()) for name in (ASSIGNMENTS, UNASSIGNED))
    for path in chain.from_iterable(tables):
        found = pd.read_parquet(path, filters=[("lead_id", "==", lead_id)])
        if len(found):
            row = {str(name): str(cell) for name, cell in found.iloc[0].items()}
            return path.stem, dict.fromkeys(CHOSEN, "") | row
    raise DataError([Issue(str(folder), "the run has no such lead", value=lead_id)])


def scored_lead(day: PartitionedDay, partition: Partition, lead_id: str) -> Scored:
    """Return the problem that a lead alone makes with the day's reps."""
    prepared = day.prepared(partition)
    leads = prepared.crm.leads
    own = leads[leads["lead_id"] == lead_id].reset_index(drop=True)
    prepared = replace(prepared, crm=replace(prepared.crm, leads=own))
    return scored_day(prepared, day.trained, scored_leads(prepared, day.trained))


def result_of_lead(
    folder: Path, manifest: Manifest, scored: Scored, rep_id: str
) -> Result:
    """Return how the day was solved, with the lead as all that was distributed."""
    problem, nothing = scored.day.problem, np.empty(0)
    place = pd.Index(problem.rep_ids).get_indexer([rep_id]).astype(np.int32)
    return Result(
        manifest.status,
        Solution.of_reps(problem, place),
        np.nan if manifest.bound is None else manifest.bound,
        pd.read_csv(folder / "prices.csv")["price"].to_numpy(dtype=float),
        nothing,
        manifest.engine,
    )
