"""A scenario's policies replayed on its own history, as production would have run."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from crm import DataError, Issue
from evaluation.backtest import (
    Backtest,
    PastDay,
    Queues,
    experiments,
    first_assignments,
    measure,
    past_days,
    queues_of,
    replay,
)
from evaluation.identification import Identification, identify
from evaluation.off_policy import Log, Pairs, read_log
from runs.job.prepared import Prepared
from runs.job.scored import score, untrained
from runs.job.stages import Stage, silent
from runs.measuring.propensities import check_propensities
from scoring import TrainedModel, train
from solver import Day
from solver.day.scored_columns import SCORED

DAY = pd.Timedelta(days=1)
TEACHING_SHARE = 1 / 3
"""Of the leads given out, how many teach the first model."""


def backtest(
    prepared: Prepared,
    policies: Sequence[str] = ("optimal", "round_robin"),
    *,
    baseline: str = "round_robin",
    since: pd.Timestamp | None = None,
    retrain_days: int = 28,
    half_width: float = 0.1,
    stage: Stage = silent,
    progress: Stage = silent,
) -> Backtest:
    """Return what each policy would have won, day by day, as far as history can tell.

    Parameters
    ----------
    prepared
        The scenario and its tables.
    policies, baseline
        Names of :data:`solver.POLICIES`; lifts are over the baseline.
    since
        First day to replay (UTC); by default a third of the leads teaches first, and
        no day before the first propensity is replayed.
    retrain_days
        Days that a model serves before it is trained again.
    half_width
        Precision asked of an experiment, as a relative lift, where history cannot
        tell.
    stage, progress
        Told of every stage, and of every day that is replayed.

    Raises
    ------
    DataError, ScenarioError
        With everything found wrong in the input; a history too short to teach and
        measure; propensities that cannot be.
    """
    crm, scenario = prepared.crm, prepared.file.scenario
    rows = first_assignments(crm.history)
    since = first_day(rows) if since is None else since
    check_window(rows, since)
    rows = rows[rows["assigned_at"] >= since]
    log, queues, identification = evidence(rows, since, prepared)
    stage("replaying")
    teacher = Teacher(prepared, retrain_days, progress)
    days = past_days(crm, since, crm.as_of + DAY)
    names = list(dict.fromkeys([*policies, baseline]))
    replayed = replay(days, teacher.decide, names, scenario.solve.seed)
    stage("measuring")
    seed = scenario.solve.seed
    measured = measure(replayed, log, names, baseline, seed) if log else ()
    reps_per_lead = replayed.n_pairs / max(len(replayed.expected), 1)
    return Backtest(
        since=since,
        until=rows["assigned_at"].max(),
        n_days=replayed.n_days,
        n_leads=len(rows),
        n_trained=teacher.n_trained,
        baseline=baseline,
        unit=scenario.objective.maximise,
        expected=replayed.expected[names].mean(),
        log=log,
        policies=measured,
        identification=identification,
        rules_not_followed={} if queues is None else queues.broken,
        needs=tuple(experiments(rows, reps_per_lead, half_width)),
    )


class Teacher:
    """Trains again every so many days, on what was known by then.

    Parameters
    ----------
    prepared
        The scenario and tables.
    retrain_days
        Days that a model serves.
    progress
        Told of every day.
    """

    def __init__(self, prepared: Prepared, retrain_days: int, progress: Stage) -> None:
        self.prepared = prepared
        self.progress = progress
        self.serves = pd.Timedelta(days=retrain_days)
        self.n_trained = 0
        self._until: pd.Timestamp | None = None
        self._trained: TrainedModel

    def decide(self, day: PastDay) -> Day:
        """Return the day's problem, scored by the model of its time."""
        self.progress(f"replaying {day.date:%Y-%m-%d}")
        if self._until is None or day.date >= self._until:
            known = replace(self.prepared.crm, as_of=day.date)
            self._trained = train(known, untrained(self.prepared.file.scenario))
            self._until = day.date + self.serves
            self.n_trained += 1
        return score(replace(self.prepared, crm=day.crm), self._trained).day


def first_day(rows: pd.DataFrame) -> pd.Timestamp:
    """Return the day before which leads teach, or have no propensity."""
    if rows.empty:
        raise DataError([Issue("history", "no lead was given out: nothing to replay")])
    start = rows["assigned_at"].iloc[int(len(rows) * TEACHING_SHARE)]
    logged = rows.loc[rows["propensity"].notna(), "assigned_at"]
    return max([start, *logged.iloc[:1]]).normalize()


def check_window(rows: pd.DataFrame, since: pd.Timestamp) -> None:
    """Raise where there is nothing to learn from before a day, or to replay since."""
    oldest, newest = rows["assigned_at"].min(), rows["assigned_at"].max()
    if not newest >= since:
        said = f"no lead was given out since {since:%Y-%m-%d}, the newest on "
        raise DataError([Issue("history", f"{said}{newest:%Y-%m-%d}")])
    if not oldest < since:
        said = (
            f"no lead was given out before {since:%Y-%m-%d}, the first day to replay: "
            "a backtest learns from earlier days; give more of them, or a later --from"
        )
        raise DataError([Issue("history", said)])


def evidence(
    rows: pd.DataFrame, since: pd.Timestamp, prepared: Prepared
) -> tuple[Log | None, Queues | None, Identification | None]:
    """Return the leads that can measure, and where queues look random without a log."""
    crm = prepared.crm
    value = prepared.file.scenario.objective.maximise
    if rows["propensity"].notna().any():
        check_propensities(prepared, rows)
        return read_log(rows, crm.as_of, value=value), None, None
    queues = past_queues(rows, since, prepared)
    eligible = eligible_reps(rows, queues.eligible, crm.reps["rep_id"].tolist())
    found = identify(rows, eligible)
    if not found.is_identified:
        capacity = crm.reps["daily_capacity"].to_numpy(np.float64)
        found = max(
            found, identify(rows, eligible, capacity), key=lambda of: of.is_identified
        )
    if not found.is_identified:
        return None, queues, found
    return found.read_log(rows, crm.as_of, value=value), queues, found


def past_queues(rows: pd.DataFrame, since: pd.Timestamp, prepared: Prepared) -> Queues:
    """Return who could have had each lead, by those of the rules that were followed.

    Rules that ask for a score are none of them: history had no such scores.
    """
    rules = [
        rule
        for rule in prepared.file.scenario.rules
        if rule.is_hard and not SCORED["leads"] & set(rule.where)
    ]
    days = past_days(prepared.crm, since, prepared.crm.as_of + DAY)
    return queues_of(
        days, dict(zip(rows["lead_id"], rows["rep_id"], strict=True)), rules
    )


def eligible_reps(
    rows: pd.DataFrame, eligible: pd.DataFrame, rep_ids: Sequence[str]
) -> Pairs:
    """Return the reps who may have had each row, by the rules of today."""
    lead = pd.Index(rows["lead_id"]).get_indexer(pd.Index(eligible["lead_id"]))
    rep = pd.Index(list(rep_ids)).get_indexer(pd.Index(eligible["rep_id"]))
    return Pairs.from_positions(lead, rep, len(rows), rep_ids)
