"""The daily job in partitions: score each, decide all at once, write each."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from crm import Calendar, DataError, Issue
from crm.files import PRIVATE_FOLDER, write_whole
from runs.job.daily_job import CheckFailedError
from runs.partitioned.assigned_partition import (
    ASSIGNMENTS,
    UNASSIGNED,
    AssignedPartition,
    Tables,
    assign_partition,
)
from runs.partitioned.decision import Decision, decided, problem_of
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition
from runs.partitioned.same_ids import same_id_issues
from runs.partitioned.scored_partition import (
    ENDING,
    score_partition,
    scored_partition,
)
from runs.partitioned.workers import LOCAL, Workers
from scenarios import ScenarioError
from solver import Status, Violation
from solver.problem.result import PROVEN
from solver.problem.solution import TINIEST

MADE_FROM = "made_from.json"
NUMBER = re.compile(r"[0-9][0-9,.]*")
Progress = Callable[[str, int, int], None]
"""Called with what is done, how many leads of it, and how many there are."""


@dataclass(frozen=True, eq=False)
class PartitionedRun:
    """A decided and verified day in partitions.

    Attributes
    ----------
    day
        What it was made of.
    decision
        Who gets which lead.
    assigned
        Of each partition.
    warnings
        Of the tables, each once.
    n_known
        Partitions that an interrupted run had scored.
    seconds
        Stage -> seconds.
    """

    day: PartitionedDay
    decision: Decision
    assigned: Sequence[AssignedPartition]
    warnings: Sequence[Issue]
    n_known: int
    seconds: dict[str, float]

    @property
    def as_of(self) -> pd.Timestamp:
        """The moment of the allocation, in the company's zone."""
        spec, calendar = self.day.file.scenario.data, self.day.file.scenario.calendar
        assert spec.as_of is not None
        return (calendar or Calendar()).span(spec.as_of)[1]

    @property
    def n_leads(self) -> int:
        """Number of leads."""
        return len(self.decision.rep_of)

    @property
    def n_assigned(self) -> int:
        """Number of leads with an owner."""
        return sum(each.n_assigned for each in self.assigned)

    @property
    def reasons(self) -> Counter[str]:
        """Code of each reason for leads without an owner -> how many."""
        return sum((each.reasons for each in self.assigned), Counter())


def allocate_in_partitions(
    day: PartitionedDay, work: Path, progress: Progress, workers: Workers = LOCAL
) -> PartitionedRun:
    """Return the day's allocation, each partition verified and its tables in `work`.

    Parameters
    ----------
    work
        Folder for what is done; an interrupted run goes on from there.
    progress
        Called as partitions are done.
    workers
        They read and score partitions; this process alone writes.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    CheckFailedError
        Where the allocation breaks a hard rule.
    """
    partitions, solve = day.partitions, day.file.scenario.solve
    clock = {"began": perf_counter()}
    assert day.trained, "a model that cannot be trusted is refused before all else"
    workers.check(day.read_by_partition)
    open_work(day, work)
    n_known = _score_all(day, partitions, work, progress, workers)
    clock["scored"] = perf_counter()
    scored = [scored_partition(partition, work) for partition in partitions]
    if not any(len(each.id_hash) for each in scored):
        leads = day.file.scenario.data.leads
        fault = "no row satisfies `where`" if leads.where else "the table has no rows"
        raise DataError([Issue(leads.file or "leads", f"leads: {fault}")])
    if same := list(same_id_issues(day, partitions, [s.id_hash for s in scored])):
        raise DataError(same)
    lengths = [len(each.id_hash) for each in scored]
    problem = problem_of(day, scored)
    del scored
    clock["built"] = perf_counter()
    decision = decided(problem, seed=solve.seed, time_limit=solve.time_limit)
    del problem
    clock["solved"] = perf_counter()
    assigned = _assign_all(day, partitions, lengths, decision, work, progress, workers)
    if over := list(_overloads(day, decision, assigned)):
        raise CheckFailedError(over)
    clock["assigned"] = perf_counter()
    decision = proven_again(decision, assigned)
    return PartitionedRun(
        day, decision, assigned, _merged(assigned), n_known, _between(clock)
    )


def proven_again(decision: Decision, assigned: Sequence[AssignedPartition]) -> Decision:
    """Return the decision with objective and bound as the partitions have them.

    They know nothing of the engine: each has built its stored pairs from the rules.
    Where gains and costs cancel, what is gained is what the gap is a part of.
    """
    objective = sum(each.objective for each in assigned)
    if not decision.status.has_solution:
        return replace(decision, objective=objective)
    bound = decision.price @ decision.capacity + sum(each.bound for each in assigned)
    gained = max(abs(objective), sum(each.value for each in assigned), TINIEST)
    is_proven = bound - objective <= PROVEN * gained
    status = Status.OPTIMAL if is_proven else Status.FEASIBLE
    return replace(decision, status=status, objective=objective, bound=float(bound))


def _overloads(
    day: PartitionedDay, decision: Decision, assigned: Sequence[AssignedPartition]
) -> Iterator[Violation]:
    """Yield each rep with too many leads, as the partitions count them together."""
    used = np.sum([each.slots_used for each in assigned], axis=0)
    for rep in np.flatnonzero(used > decision.capacity):
        rep_id = day.scored_reps.crm.reps["rep_id"].iloc[rep]
        detail = f"{used[rep]} leads, {decision.capacity[rep]} slots"
        yield Violation("capacity", rep_id=rep_id, detail=detail)


def open_work(day: PartitionedDay, work: Path) -> None:
    """Make the folder of what is done, empty unless it is of this very day."""
    made_from = day.origin
    file = work / MADE_FROM
    if file.is_file() and json.loads(file.read_text()) == made_from:
        return
    shutil.rmtree(work, ignore_errors=True)
    for folder in ASSIGNMENTS, UNASSIGNED:
        (work / folder).mkdir(parents=True, mode=PRIVATE_FOLDER)
    write_whole(file, json.dumps(made_from))


def _score_all(
    day: PartitionedDay,
    partitions: Sequence[Partition],
    work: Path,
    progress: Progress,
    workers: Workers,
) -> int:
    """Score the partitions that are not yet; return how many were."""
    waiting = [p for p in partitions if not (work / f"{p.name}{ENDING}").exists()]
    n_leads = sum(partition.n_leads for partition in waiting)
    n_done, issues = 0, list[Issue]()
    progress("scored", 0, n_leads)
    task = partial(_scored, day, workers.see_work)
    for number, packed, faults in workers.results_of(task, waiting):
        if packed:
            write_whole(work / f"{partitions[number].name}{ENDING}", packed)
        n_done += partitions[number].n_leads
        issues += faults
        progress("scored", n_done, n_leads)
    if issues:
        raise ScenarioError(list(dict.fromkeys(issues)))
    return len(partitions) - len(waiting)


def _scored(
    day: PartitionedDay, keep: bool, partition: Partition
) -> list[tuple[int, bytes, list[Issue]]]:
    try:
        packed = score_partition(day, partition, keep=keep)
    except DataError as error:
        return [(partition.number, b"", list(error.issues))]
    return [(partition.number, packed, [])]


def _assign_all(
    day: PartitionedDay,
    partitions: Sequence[Partition],
    lengths: Sequence[int],
    decision: Decision,
    work: Path,
    progress: Progress,
    workers: Workers,
) -> list[AssignedPartition]:
    """Write the tables of all partitions."""
    starts = accumulate(lengths, initial=0)
    tasks = [
        (partition, decision.of(start, length))
        for partition, start, length in zip(partitions, starts, lengths, strict=False)
    ]
    done: dict[int, AssignedPartition] = {}
    n_done, n_leads = 0, sum(lengths)
    progress("written", 0, n_leads)
    task = partial(_assigned, day, work if workers.see_work else None)
    for number, assigned, tables in workers.results_of(task, tasks):
        for name, content in tables.items():
            write_whole(work / name, content)
        done[number] = assigned
        n_done += lengths[number]
        progress("written", n_done, n_leads)
    broken = [each for assigned in done.values() for each in assigned.broken]
    if broken and decision.status.has_solution:
        raise CheckFailedError(broken)
    return [done[number] for number in range(len(partitions))]


def _assigned(
    day: PartitionedDay, work: Path | None, task: tuple[Partition, Decision]
) -> list[tuple[int, AssignedPartition, Tables]]:
    partition, decision = task
    return [(partition.number, *assign_partition(day, partition, decision, work))]


def _merged(assigned: Sequence[AssignedPartition]) -> list[Issue]:
    """Return the warnings, one of those that differ in numbers alone."""
    merged: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in (issue for each in assigned for issue in each.warnings):
        text = NUMBER.sub("#", issue.expected)
        merged.setdefault((issue.file, issue.column or "", text), []).append(issue)
    return [
        replace(alike[0], expected=f"{alike[0].expected} (one of {len(alike):,} such)")
        if len(alike) > 1
        else alike[0]
        for alike in merged.values()
    ]


def _between(clock: dict[str, float]) -> dict[str, float]:
    """Return the seconds of each stage."""
    names, times = list(clock)[1:], list(clock.values())
    steps = zip(names, times, times[1:], strict=False)
    return {name: end - start for name, start, end in steps}
