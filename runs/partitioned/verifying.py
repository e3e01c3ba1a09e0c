"""The folder of a day in partitions audited, from its tables and the day's files."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from runs.folder.manifest import (
    InputFile,
    Manifest,
    changed_files,
    read_manifest,
)
from runs.partitioned.assigned_partition import ASSIGNMENTS, UNASSIGNED
from runs.partitioned.audited_partition import (
    CLOSE,
    AuditedPartition,
    audited_partition,
)
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.workers import LOCAL, Workers
from runs.verifying.folder_files import files_in
from runs.verifying.linked_inputs import change_since
from runs.verifying.verdict import Proof, Verdict
from scenarios import ScenarioFile, read_scenario
from solver.problem.result import PROVEN


def verify_partitions(
    folder: Path, data: Path | None, workers: Workers = LOCAL
) -> Verdict:
    """Return the verdict on the run folder of a day in partitions.

    Parameters
    ----------
    data
        The folder that holds the day's tables and the model, read again; without it
        only what the folder itself has is held together.
    workers
        They read the partitions, of the day and of the folder, again.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        Where the folder is none, or its files cannot be read.
    """
    manifest = read_manifest(folder)
    file = read_scenario(folder / "scenario.yaml")
    problems = list(_file_problems(folder, manifest))
    if not problems:
        problems += _count_problems(folder, manifest)
    rules = file.scenario.rules
    n_hard = sum(rule.is_hard for rule in rules)
    counts = manifest.n_assigned, manifest.n_unassigned
    if data is None:
        note = "rules, values and bound are read again with --data, the folder that "
        note += "holds the day's tables and the model"
        return Verdict(tuple(problems), *counts, 0, 0, Proof.NOT_PROVEN, (note,))
    problems += input_problems(manifest, data)
    if problems:
        return Verdict(tuple(problems), *counts, 0, 0, Proof.NOT_PROVEN)
    day = day_of_run(manifest, file, data)
    prices = pd.read_csv(folder / "prices.csv")["price"].to_numpy(dtype=float)
    day, folder = day.everywhere(), folder.absolute()
    workers.check([*day.read_by_partition, *(folder / name for name in manifest.files)])
    is_decided = manifest.status.has_solution
    known = day, folder, prices, manifest.n_leads, is_decided
    audit = partial(audited_partition, *known)
    audited = list(workers.results_of(audit, day.partitions))
    problems += [problem for part in audited for problem in part.problems]
    problems += _total_problems(manifest, audited)
    proof = _proof(manifest, audited, prices)
    if not is_decided and not manifest.n_assigned:
        return Verdict(tuple(problems), *counts, 0, 0, proof)
    n_soft = len(rules) - n_hard
    return Verdict(tuple(problems), *counts, n_hard, n_soft, proof)


def _file_problems(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, change in changed_files(folder, manifest).items():
        yield f"{name} {change}"
    for name in sorted(set(files_in(folder)) - manifest.files.keys()):
        yield f"{name} is in the folder, but no run wrote it"


def _count_problems(folder: Path, manifest: Manifest) -> Iterator[str]:
    ids = {name: _ids(folder / name) for name in (ASSIGNMENTS, UNASSIGNED)}
    expected = {ASSIGNMENTS: manifest.n_assigned, UNASSIGNED: manifest.n_unassigned}
    for name, own in ids.items():
        if len(own) != expected[name]:
            yield f"{name} has {len(own):,} rows, the manifest {expected[name]:,}"
    hashes = pd.util.hash_array(np.concatenate([*ids.values()]))
    if twice := len(hashes) - len(np.unique(hashes)):
        yield f"{twice:,} leads are in the tables more than once"


def _ids(folder: Path) -> NDArray[np.object_]:
    paths = sorted(folder.glob("*.parquet"))
    own = [pd.read_parquet(path, columns=["lead_id"])["lead_id"] for path in paths]
    return np.concatenate([np.empty(0, object), *(ids.to_numpy(object) for ids in own)])


def day_of_run(manifest: Manifest, file: ScenarioFile, data: Path) -> PartitionedDay:
    """Return the day that a run was of, in the same partitions.

    Parameters
    ----------
    file
        The scenario, as the run has kept it.
    data
        The folder that holds the day's tables and the model.
    """
    model = manifest.inputs["model"]
    assert isinstance(model, InputFile) and manifest.partition_size
    return PartitionedDay(file, data, data / model.file, manifest.partition_size)


def input_problems(manifest: Manifest, data: Path) -> Iterator[str]:
    """Yield which of the day's files are not what the run has read."""
    for name, read in manifest.inputs.items():
        if not isinstance(read, InputFile) or name == "scenario":
            continue
        if change := change_since(data, read):
            yield f"{name} ({read.file}) {change}"


def _total_problems(
    manifest: Manifest, audited: Sequence[AuditedPartition]
) -> Iterator[str]:
    objective = sum(part.objective for part in audited)
    if not np.isclose(objective, manifest.objective, rtol=CLOSE):
        said = f"the manifest has {manifest.objective:.9g}"
        yield f"the objective is {objective:.9g}, {said}"
    used = np.sum([part.slots_used for part in audited], axis=0)
    over = np.flatnonzero(used > audited[0].capacity)
    if len(over):
        yield f"{len(over):,} reps have more leads than slots"


def _proof(
    manifest: Manifest,
    audited: Sequence[AuditedPartition],
    prices: NDArray[np.float64],
) -> Proof:
    if manifest.bound is None:
        return Proof.NO_BOUND
    bound = sum(part.bound for part in audited) + prices @ audited[0].capacity
    is_proven = bound - manifest.bound <= PROVEN * abs(manifest.bound)
    return Proof.PROVEN if is_proven else Proof.NOT_PROVEN
