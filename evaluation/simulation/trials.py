"""All policies through all worlds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from time import perf_counter

import pandas as pd

from evaluation.simulation.arrivals import draw_arrivals
from evaluation.simulation.figures import Figures, figures_of
from evaluation.simulation.predictions import (
    ORACLE,
    first_predictions,
    predictions_of,
)
from evaluation.simulation.processes import results_of
from evaluation.simulation.record import through_days
from evaluation.simulation.simulation import Simulation
from evaluation.worlds import WorldSpec
from solver import POLICIES, Policy, is_value_blind, named_policies

BASELINE = "round_robin"
"""What lifts are measured against, where nothing else is named."""
Progress = Callable[[int, int], None]
"""Called with the trials of policies in worlds that are done, and their total."""


def simulate(
    spec: WorldSpec,
    policies: Sequence[str | Policy],
    *,
    days: int = 60,
    seeds: int = 10,
    leads_per_day: int | None = None,
    retrain_days: int = 45,
    n_history: int = 10_000,
    baseline: str | Policy = BASELINE,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Return what policies win in worlds of known ground truth, retrained as they go.

    In every world all policies meet the same leads day by day, with the same reps at
    work and common random numbers. A model of history serves all at first; then those
    that look at values have models of what they themselves logged, as far as it had
    closed.

    Parameters
    ----------
    spec
        What the worlds are like.
    policies
        Names of :data:`solver.POLICIES`; ``oracle``, which knows the truth; or
        callables ``(problem, rng) -> Solution``, also of a notebook.
    days
        Working days.
    seeds
        Number of worlds, from seed 0.
    leads_per_day
        Instead of the one in `spec`.
    retrain_days
        Working days between two trainings.
    n_history
        Leads of the past; where they are too few to train a model, all values are 0
        until the first training.
    baseline
        What lifts are measured against; it takes part even if not named.
    workers
        Processes; by default one per core.
    progress
        Called as trials are done.

    Raises
    ------
    ValueError
        If a policy is unknown, two have one name, or a number is too small.
    """
    if leads_per_day is not None:
        spec = replace(spec, leads_per_day=leads_per_day)
    known = {**POLICIES, ORACLE: POLICIES["optimal"]}
    chosen = named_policies([baseline, *policies], known)
    _check_counts(1, days=days, seeds=seeds, retrain_days=retrain_days)
    _check_counts(0, n_history=n_history)
    names = list(chosen)
    task = partial(
        trials_of,
        spec=spec,
        policies=chosen,
        days=days,
        retrain_days={
            name: None if is_value_blind(policy) else retrain_days
            for name, policy in chosen.items()
        },
        n_history=n_history,
    )
    trials: list[Figures] = []
    with closing(results_of(task, range(seeds), workers)) as results:
        for trial in results:
            trials.append(trial)
            if progress is not None:
                progress(len(trials), len(names) * seeds)
    trials.sort(key=lambda trial: (trial[0]["seed"], names.index(trial[0]["policy"])))
    figures = pd.DataFrame([figures for figures, _ in trials])
    months = pd.concat([months for _, months in trials], ignore_index=True)
    return Simulation(spec, days, tuple(names), names[0], figures, months)


def trials_of(
    seed: int,
    *,
    spec: WorldSpec,
    policies: Mapping[str, Policy],
    days: int,
    retrain_days: Mapping[str, int | None],
    n_history: int,
) -> Iterator[Figures]:
    """Yield the figures of each policy in the world of a seed.

    Parameters
    ----------
    seed, spec
        Of the world.
    policies
        Name -> policy.
    days, n_history
        As for :func:`simulate`.
    retrain_days
        Name -> working days between two trainings, None for a policy that looks at no
        value. Decided by who asks, since another process may have other policies.
    """
    arrivals = draw_arrivals(spec, seed, days, n_history)
    first = first_predictions(arrivals)
    for name, policy in policies.items():
        predictions = predictions_of(name, arrivals, first, retrain_days[name])
        began = perf_counter()
        record = through_days(arrivals, policy, predictions)
        yield figures_of(record, name, perf_counter() - began)


def _check_counts(least: int, **counts: int) -> None:
    for name, count in counts.items():
        if count < least:
            raise ValueError(f"{name} is {count}, expected at least {least}")
