"""Past days replayed: the scenario as it is, and changed, on the same days."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from crm import CrmData, DataError, Issue
from crm.rep_names import names_of
from evaluation.simulation.processes import results_of
from reporting import counted
from reporting.text.whatif.replay_figures import BASE, ModelOrigin, ReplayFigures
from runs.job.ageing import aged
from runs.morning.past_leads import with_history
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from runs.replay.deciding import DecidedDay, ReplayTask, decided_days
from runs.replay.evidence import evidence_of
from runs.replay.models import Models
from runs.replay.replayed_days import ReplayedDays, window_of
from runs.replay.summing import variant_figures
from scenarios import ScenarioFile
from scenarios.changes import Changed, Variant
from solver.day.scored_columns import ASSIGNED_CONVERSION
from solver.engines.processes.process import n_cores

PART = 0.9
"""Part of the time limit that solves may take."""
WORTH_PROCESSES = 10.0
"""Seconds of work from which other processes are started."""
CHUNKS = 4
"""Parts of the days for each process."""


def replay_days(
    prepared: Prepared,
    variants: Sequence[Variant],
    n_days: int,
    model: str | Path | None = None,
    workers: int | None = None,
    stage: Stage = silent,
    measure: bool = False,
) -> tuple[ReplayFigures, list[Issue]]:
    """Return what past days would have been, and what is odd of the changes.

    Every day stands by itself, with the leads and the open books that it had: what a
    variant leaves unassigned does not wait, and what it assigns does not fill books.

    Parameters
    ----------
    prepared
        The scenario and its tables.
    variants
        Changes of it; the scenario as it is comes first in any case.
    n_days
        The last so many days with leads, before the scenario's own.
    model
        A trained model; without one it is trained on what was known before.
    workers
        Processes; by default one per core, where the work is worth it.
    stage
        Called at every stage.
    measure
        Whether logged outcomes are to say what the variants would have won.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input and in the changes.
    """
    prepared = with_history(prepared)
    file, crm = prepared.file, prepared.crm
    applied = [variant.applied(file, crm) for variant in variants]
    window = window_of(prepared, n_days)
    stage("training")
    models = Models(prepared, window, model)
    base = models.of(file.scenario)
    origin = models.origin(base)
    if measure and origin.n_days_known:
        raise DataError([_judged_by_itself(origin, model)])
    tasks = [ReplayTask(Variant(BASE), file, base)]
    tasks += [
        ReplayTask(
            variant, day.file, models.of(day.file.scenario), _ignored(file, day, model)
        )
        for variant, day in zip(variants, applied, strict=True)
    ]
    tasks = [_with_half_life(task, prepared, window) for task in tasks]
    stage("replaying")
    decided, n_processes = _decided(prepared, window, tasks, workers)
    sentences: list[tuple[str, ...]] = [(), *(day.sentences for day in applied)]
    figures = ReplayFigures(
        file.scenario.name,
        window.source,
        window.days[0].today,
        window.days[-1].today,
        len(window.days),
        sum(len(day.leads) for day in window.days),
        window.n_unassigned,
        origin,
        variant_figures(decided, tasks, sentences),
        names_of(crm.reps),
        file.scenario.experiment is not None,
        n_processes,
        evidence_of(prepared, window, tasks, decided) if measure else None,
    )
    return figures, [issue for day in applied for issue in day.warnings]


def _ignored(
    file: ScenarioFile, day: Changed, model: str | Path | None
) -> tuple[str, ...]:
    """Return what a variant changes that a replay does not look at."""
    is_scoring = day.file.scenario.scoring != file.scenario.scoring
    unused = {
        "scoring": model is not None and is_scoring,
        "history": "history" in day.tables,
    }
    return tuple(name for name, is_ignored in unused.items() if is_ignored)


def _judged_by_itself(origin: ModelOrigin, model: str | Path | None) -> Issue:
    expected = (
        f"it was fitted on history known at {origin.as_of:%Y-%m-%d %H:%M} and may know "
        f"outcomes of {counted(origin.n_days_known, 'day')} of the replay, which then "
        "measure nothing; leave the model out, or give one that was fitted before"
    )
    return Issue(str(model), expected)


def _with_half_life(
    task: ReplayTask, prepared: Prepared, window: ReplayedDays
) -> ReplayTask:
    """Return a task whose leads age as was fitted before the window."""
    ageing = task.file.scenario.ageing
    if ageing is None:
        return task
    before = replace(prepared.crm, as_of=window.since)
    rule = aged(before, ageing, task.trained).rule
    scenario = task.file.scenario.model_copy(update={"ageing": rule})
    return replace(task, file=replace(task.file, scenario=scenario))


def _decided(
    prepared: Prepared,
    window: ReplayedDays,
    tasks: Sequence[ReplayTask],
    workers: int | None,
) -> tuple[list[DecidedDay], int]:
    """Return every day under every variant, and how many processes solved.

    The first day tells whether the others are worth more processes.
    """
    days = [_light(crm, tasks) for crm in window.days]
    plain = replace(prepared, crm=days[0])
    count = min(n_cores() if workers is None else workers, len(days))
    limit = PART * prepared.file.scenario.solve.time_limit
    seconds = limit * count / (len(days) * len(tasks))
    began = perf_counter()
    first = list(decided_days(days[:1], plain, tasks, seconds))
    work = (perf_counter() - began) * (len(days) - 1)
    if workers is None and work < WORTH_PROCESSES:
        count = 1
    rest = days[1:]
    n_chunks = max(1, min(len(rest), CHUNKS * count if count > 1 else 1))
    chunks = [rest[place::n_chunks] for place in range(n_chunks)]
    task = partial(decided_days, prepared=plain, tasks=tasks, seconds=seconds)
    with closing(results_of(task, chunks, count)) as results:
        return [*first, *results], min(count, n_chunks)


def _light(crm: CrmData, tasks: Sequence[ReplayTask]) -> CrmData:
    """Return a day with no more history than its rules ask for."""
    rules = (rule for task in tasks for rule in task.file.scenario.rules)
    if any(("reps", ASSIGNED_CONVERSION) in rule.needs for rule in rules):
        return crm
    return replace(crm, history=crm.history.iloc[:0])
