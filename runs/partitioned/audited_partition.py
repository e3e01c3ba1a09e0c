"""The tables of a partition held against the day's files, read again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from runs.experiment.recorded import Rows
from runs.job.scored import score
from runs.partitioned.assigned_partition import ASSIGNMENTS, UNASSIGNED, bound_of_leads
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition
from runs.verifying.coverage import coverage_problems
from solver import Solution, violations
from solver.building.demands import slots_of_reps

CLOSE = 1e-9
"""Relative difference of two sums that is rounding."""


@dataclass(frozen=True, eq=False)
class AuditedPartition:
    """What the tables of a partition say once their day is read again.

    Attributes
    ----------
    problems
        A sentence each.
    objective, bound
        Its part of both; the bound without the price of slots.
    slots_used
        Shape (n_reps,).
    capacity
        Shape (n_reps,); slots for the leads of all partitions.
    """

    problems: tuple[str, ...]
    objective: float
    bound: float
    slots_used: NDArray[np.int64]
    capacity: NDArray[np.int64]


def audited_partition(
    day: PartitionedDay,
    folder: Path,
    prices: NDArray[np.float64],
    n_leads: int,
    is_decided: bool,
    partition: Partition,
) -> Iterator[AuditedPartition]:
    """Yield what the tables of a partition say, once.

    Parameters
    ----------
    folder
        The run folder.
    prices
        Shape (n_reps,); of slots.
    n_leads
        Of all partitions.
    is_decided
        Whether rules are to hold: not where no allocation was found.
    """
    scored = score(day.prepared(partition), day.trained)
    problem, rules = scored.day.problem, day.file.scenario.rules
    assigned, unassigned = (
        pd.read_parquet(folder / name / f"{partition.name}.parquet")
        for name in (ASSIGNMENTS, UNASSIGNED)
    )
    problems = list(
        coverage_problems(scored.prepared.crm, _rows(assigned), _rows(unassigned))
    )
    owner = dict(zip(assigned["lead_id"], assigned["rep_id"], strict=True))
    if owner or is_decided:
        problems += map(str, violations(scored.prepared.crm, rules, owner))
    if not problems:
        rep = pd.Series(owner).reindex(problem.lead_ids)
        place = pd.Index(problem.rep_ids).get_indexer(rep).astype(np.int32)
        solution = Solution.of_reps(problem, place)
        if not np.allclose(solution.value, assigned["value"].sum(), rtol=CLOSE):
            problems.append(f"{partition.name}: values differ from the model's")
    else:
        solution = Solution.unassigned(problem)
    yield AuditedPartition(
        tuple(problems),
        solution.objective,
        bound_of_leads(problem, prices),
        solution.slots_used,
        slots_of_reps(scored.prepared.crm, rules, n_leads),
    )


def _rows(table: pd.DataFrame) -> Rows:
    columns = table.columns.intersection(["lead_id", "reason"])
    return [
        {str(name): str(cell) for name, cell in row.items()}
        for row in table[columns].to_dict("records")
    ]
