"""All policies through all worlds."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace

import pandas as pd

from crm import suggestion
from evaluation.simulation.beliefs import ORACLE
from evaluation.simulation.result import Result
from evaluation.simulation.simulation import Simulation
from evaluation.simulation.task import Task
from evaluation.simulation.workers import simulated
from evaluation.worlds.spec import WorldSpec
from solver import POLICIES

BASELINE = "round_robin"
"""What lifts are measured against, where nothing else is named."""
Progress = Callable[[int, int], None]
"""Told how many policies have been through how many worlds, and how many will."""


def simulate(
    spec: WorldSpec,
    policies: Sequence[str],
    *,
    days: int = 60,
    seeds: int = 10,
    leads_per_day: int | None = None,
    retrain_days: int = 45,
    n_history: int = 10_000,
    baseline: str = BASELINE,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Return what policies win in worlds of known truth, learning as they go.

    In every world all policies get the same leads day by day, with the same reps at
    work and the same chances. A model taught by history serves all at first; then
    those that look at values learn from what they themselves logged, as far as it
    had closed.

    Parameters
    ----------
    spec
        What the worlds are like.
    policies
        Names of :data:`solver.POLICIES`, or ``oracle``, which knows the truth.
    days
        Working days.
    seeds
        Number of worlds, from seed 0.
    leads_per_day
        Instead of the one in `spec`.
    retrain_days
        Working days between two lessons.
    n_history
        Leads of the past; where they teach too little, all pairs are worth the same
        until the first lesson.
    baseline
        What lifts are measured against; it takes part even if not named.
    workers
        Processes; by default one per core.
    progress
        Told whenever a policy has been through a world.

    Raises
    ------
    ValueError
        If a policy is unknown, or a number too small.
    """
    if leads_per_day is not None:
        spec = replace(spec, leads_per_day=leads_per_day)
    names = tuple(dict.fromkeys([baseline, *policies]))
    _check(names)
    _check_counts(1, days=days, seeds=seeds, retrain_days=retrain_days)
    _check_counts(0, n_history=n_history)
    tasks = [
        Task(spec, seed, names, days, retrain_days, n_history) for seed in range(seeds)
    ]
    found: list[Result] = []
    with closing(simulated(tasks, workers)) as results:
        for each in results:
            found.append(each)
            if progress is not None:
                progress(len(found), len(names) * seeds)
    found.sort(key=lambda one: (one.seed, names.index(one.policy)))
    figures = pd.DataFrame([one.figures for one in found])
    months = pd.concat([one.months for one in found], ignore_index=True)
    return Simulation(spec, days, names, baseline, figures, months)


def _check(policies: Sequence[str]) -> None:
    known = (*POLICIES, ORACLE)
    for policy in policies:
        if policy not in known:
            hint = suggestion(policy, known) or f"; there are {', '.join(known)}"
            raise ValueError(f"no policy {policy!r}{hint}")


def _check_counts(least: int, **counts: int) -> None:
    for name, count in counts.items():
        if count < least:
            raise ValueError(f"{name} is {count}, expected at least {least}")
