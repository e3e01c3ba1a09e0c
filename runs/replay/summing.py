"""The days of each variant summed, and held against those of the base."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import t

from evaluation import Interval
from evaluation.fairness.inequality import gini, min_max_ratio
from evaluation.interval import LEVEL
from reporting.text.whatif.replay_figures import ReplayedVariant
from runs.replay.deciding import DecidedDay, ReplayTask
from runs.replay.telling import told_changes
from runs.whatif.differences import owner_changes

PAIRED = ("assigned", "unassigned", "conversions", "value", "objective")
"""Columns of days whose differences have an interval."""
MIN_DAYS = 5
"""Days below which an interval says nothing."""


def variant_figures(
    decided: Sequence[DecidedDay],
    tasks: Sequence[ReplayTask],
    sentences: Sequence[tuple[str, ...]],
) -> tuple[ReplayedVariant, ...]:
    """Return the figures of every variant, the base first.

    Parameters
    ----------
    decided
        Every day under every variant, in any order.
    tasks, sentences
        The variants, and what their changes do on the scenario's own day.
    """
    ordered = sorted(decided, key=lambda one: (one.place, one.day))
    of_variant = [
        [one for one in ordered if one.place == place] for place in range(len(tasks))
    ]
    base = of_variant[0]
    return tuple(
        _figures(days, base, task, told_changes(told, days), tasks[0])
        for days, task, told in zip(of_variant, tasks, sentences, strict=True)
    )


def _figures(
    days: Sequence[DecidedDay],
    base: Sequence[DecidedDay],
    task: ReplayTask,
    sentences: tuple[str, ...],
    base_task: ReplayTask,
) -> ReplayedVariant:
    loads = _loads(days)
    entitled = loads[loads["hours"] > 0]
    per_hour = (entitled["value"] / entitled["hours"]).to_numpy()
    unit = task.file.scenario.objective.maximise
    same_unit = unit == base_task.file.scenario.objective.maximise
    return ReplayedVariant(
        task.variant.name,
        sentences,
        unit,
        _table(days),
        sum((one.reasons for one in days), Counter()),
        loads,
        gini(per_hour),
        min_max_ratio(per_hour),
        _differences(days, base, same_unit) if days is not base else {},
        _moves(days, base),
        task.trained is not base_task.trained,
        task.ignored,
    )


def _table(days: Sequence[DecidedDay]) -> pd.DataFrame:
    return pd.DataFrame([{"day": one.day, **one.figures} for one in days])


def _loads(days: Sequence[DecidedDay]) -> pd.DataFrame:
    """Return what every rep got over all days."""
    rows = pd.concat([one.loads for one in days], ignore_index=True)
    grouped = rows.groupby("rep_id", sort=True)
    summed = grouped[["leads", "value", "hours"]].sum()
    most = grouped["leads"].agg(most="max", days="size")
    columns = ["rep_id", "leads", "most", "days", "value", "hours"]
    return summed.join(most).reset_index()[columns]


def _differences(
    days: Sequence[DecidedDay], base: Sequence[DecidedDay], same_unit: bool
) -> Mapping[str, Interval]:
    names = PAIRED if same_unit else PAIRED[:3]
    own, other = _table(days), _table(base)
    return {name: paired((own[name] - other[name]).to_numpy(float)) for name in names}


def paired(difference: np.ndarray) -> Interval:
    """Return the sum of daily differences with its 95 % interval over days.

    As if days were drawn independently; of fewer than `MIN_DAYS`, no end is known.

    Parameters
    ----------
    difference
        Of each day, shape (n_days,).
    """
    n_days, total = len(difference), float(difference.sum())
    if n_days < MIN_DAYS:
        return Interval(total, -np.inf, np.inf)
    reach = t.ppf((1 + LEVEL) / 2, n_days - 1) * difference.std(ddof=1) * n_days**0.5
    return Interval(total, total - float(reach), total + float(reach))


def _moves(days: Sequence[DecidedDay], base: Sequence[DecidedDay]) -> pd.DataFrame:
    """Return the leads that have another rep than under the base, or none."""
    rows = [
        (own.day, *change)
        for own, other in zip(days, base, strict=True)
        for change in owner_changes(other.owner, own.owner)
    ]
    return pd.DataFrame(rows, columns=["day", "lead_id", "before", "after"])
