"""The tables of a partition once the day is decided, verified without the solver."""

from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue
from runs.experiment.experiment import DayExperiment
from runs.job.run import Run
from runs.job.scored import Scored, scored_day
from runs.partitioned.decision import Decision
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition
from runs.partitioned.scored_partition import leads_of_partition
from solver import Result, Solution, Violation, violations
from solver.engines import dual_bound
from solver.problem.problem import Problem

ASSIGNMENTS, UNASSIGNED = "assignments", "unassigned"
Tables = dict[str, bytes]
"""Path inside the run folder -> content."""


@dataclass(frozen=True, eq=False)
class AssignedPartition:
    """What became of the leads of a partition.

    Attributes
    ----------
    n_assigned
        Leads with an owner.
    reasons
        Code of each reason for leads without one -> how many.
    p_convert, value
        Sums over the assigned leads.
    objective, bound
        Its part of both, computed again from stored pairs; the bound without what
        slots are worth.
    slots_used
        Shape (n_reps,).
    broken
        Where a hard rule is broken.
    warnings
        Of the tables, and of what the rules reached.
    """

    n_assigned: int
    reasons: Counter[str]
    p_convert: float
    value: float
    objective: float
    bound: float
    slots_used: NDArray[np.int64]
    broken: tuple[Violation, ...]
    warnings: tuple[Issue, ...]


def assign_partition(
    day: PartitionedDay, partition: Partition, decision: Decision, work: Path | None
) -> tuple[AssignedPartition, Tables]:
    """Return who gets the leads of a partition, in figures and as tables.

    Parameters
    ----------
    decision
        Its `rep_of` is of the partition's leads alone.
    work
        Where its leads were kept; None: they are read and scored again.

    Raises
    ------
    DataError, ScenarioError
        Where the tables have changed and are at fault now.
    """
    prepared, leads = leads_of_partition(day, partition, work)
    scored = scored_day(prepared, day.trained, leads)
    run = _run(scored, decision)
    assignments, unassigned = run.assignments, run.unassigned
    tables = {
        f"{folder}/{partition.name}.parquet": _parquet(table)
        for folder, table in ((ASSIGNMENTS, assignments), (UNASSIGNED, unassigned))
    }
    broken = violations(run.crm, run.file.scenario.rules, run.owner)
    figures = AssignedPartition(
        len(assignments),
        Counter(unassigned["reason"]),
        float(assignments["p_convert"].sum()),
        float(assignments["value"].sum()),
        run.result.solution.objective,
        bound_of_leads(scored.day.problem, decision.price),
        run.result.solution.slots_used,
        tuple(broken),
        scored.prepared.warnings,
    )
    return figures, tables


def _run(scored: Scored, decision: Decision) -> Run:
    """Return the run of the partition's leads as a part of the day.

    Reps have the slots that these leads took of them, and those that nobody took.
    """
    solution = Solution.of_reps(scored.day.problem, decision.rep_of)
    problem = scored.day.problem.replace(capacity=solution.slots_used + decision.left)
    solution = Solution(problem, solution.pair)
    scored = replace(scored, day=replace(scored.day, problem=problem))
    nothing: NDArray[np.float64] = np.empty(0)
    result = Result(
        decision.status,
        solution,
        decision.bound,
        decision.price,
        nothing,
        decision.engine,
    )
    return Run(scored, DayExperiment(result), pd.DataFrame(), None, {})


def bound_of_leads(problem: Problem, price: NDArray[np.float64]) -> float:
    """Return what no allocation of these leads exceeds once they pay for slots."""
    return dual_bound(problem, price, capacity=np.zeros_like(problem.capacity))


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    table.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()
