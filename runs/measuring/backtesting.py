"""A scenario's policies replayed on its own history, as production would have run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import logit

from crm import CrmData, DataError, Issue
from crm.zones import DAY, first_moment, start_of_day
from evaluation.backtest import (
    Backtest,
    eligibility_of,
    first_assignments,
    measure,
    past_days,
    replayed,
)
from evaluation.experiment import plans
from evaluation.identification import Identification, identify
from evaluation.off_policy import LeftOut, Log, Pairs, read_log
from evaluation.off_policy.log_checks import outside_propensities
from runs.job.scored import score, untrained
from runs.measuring.experiment_rows import check_propensities
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from scoring import TrainedModel, train
from scoring.card.figures import Level
from scoring.censoring.delays import days_between
from scoring.diagnostics.metrics import level
from scoring.history.rows import is_won
from solver import Day, Policy, named_policies
from solver.day.scored_columns import SCORED

TRAINING_SHARE = 1 / 3
"""Share of the leads assigned that train the first model."""
CLOSED_SHARE = 0.95
MIN_OF_LEVEL = 50
"""Leads below which expected and observed wins are not compared."""


def backtest(
    prepared: Prepared,
    policies: Sequence[str | Policy] = ("optimal", "round_robin"),
    *,
    baseline: str | Policy = "round_robin",
    since: pd.Timestamp | None = None,
    retrain_days: int = 28,
    half_width: float = 0.1,
    part: float = 1.0,
    expectation: bool = True,
    stage: Stage = silent,
    progress: Stage = silent,
) -> Backtest:
    """Return what each policy would have won, day by day, as far as history tells.

    Parameters
    ----------
    prepared
        The scenario and its tables.
    policies, baseline
        Names of :data:`solver.POLICIES`, or callables ``(problem, rng) -> Solution``;
        lifts are over the baseline.
    since
        First moment to replay; by default a third of the leads trains the first
        model, and no day before the first propensity is replayed.
    retrain_days
        Days that a model serves before it is trained again.
    half_width
        Precision of an experiment to plan, as a relative lift, where history cannot
        tell.
    part
        Part of the scenario's time limit that the policies may take.
    expectation
        Replay for the model expectation also where no log can measure; otherwise the
        answer that nothing is identifiable comes at once.
    stage, progress
        Called at every stage, and at every day that is replayed.

    Raises
    ------
    DataError, ScenarioError
        With everything found wrong in the input; a history too short to train and
        measure; propensities that cannot be.
    ValueError
        If a policy is unknown, or two have one name.
    """
    chosen = named_policies([*policies, baseline])
    (base,) = named_policies([baseline])
    crm, scenario = prepared.crm, prepared.file.scenario
    rows = first_assignments(crm.history)
    since = first_day(rows) if since is None else since
    check_window(rows, since)
    before, _ = outside_propensities(rows, np.arange(len(rows)))
    rows = rows[rows["assigned_at"] >= since]
    found, n_pairs = evidence(rows, since, prepared)
    log, not_followed, identification = found
    if log is not None and before.any():
        counts: dict[LeftOut, int] = {"before_propensities": int(before.sum())}
        log = replace(log, left_out=counts | dict(log.left_out))
    stage("replaying")
    trainer, seed = Trainer(prepared, retrain_days, progress), scenario.solve.seed
    is_replayed = log is not None or expectation
    days = past_days(crm, since, crm.as_of + DAY) if is_replayed else ()
    limit = part * scenario.solve.time_limit
    replay = replayed(days, trainer.build, chosen, seed, limit)
    stage("measuring")
    measured = measure(replay, log, list(chosen), base, seed) if log else ()
    n_pairs = replay.n_pairs if is_replayed else n_pairs
    return Backtest(
        since=since,
        until=rows["assigned_at"].max(),
        n_days=replay.n_days,
        n_leads=len(rows),
        n_trained=trainer.n_trained,
        baseline=base,
        unit=scenario.objective.maximise,
        expected=replay.expected[list(chosen)].mean() if is_replayed else pd.Series(),
        log=log,
        policies=measured,
        identification=identification,
        rules_not_followed=not_followed,
        plans=tuple(plans(rows, n_pairs / max(len(rows), 1), half_width)),
        cut_short=replay.cut_short,
        level=level_of(rows, trainer.p_convert, crm.as_of),
    )


class Trainer:
    """Trains a model again every so many days, on what was known by then.

    Parameters
    ----------
    prepared
        The scenario and tables.
    retrain_days
        Days that a model serves.
    progress
        Called at every day.
    """

    def __init__(self, prepared: Prepared, retrain_days: int, progress: Stage) -> None:
        self.prepared = prepared
        self.progress = progress
        self.serves = timedelta(days=retrain_days)
        self.n_trained = 0
        self.p_convert: dict[str, float] = {}
        self._until: date | None = None
        self._trained: TrainedModel

    def build(self, crm: CrmData) -> Day:
        """Return a past day's problem, scored by the model of its time."""
        today = crm.today
        self.progress(f"replaying {today}")
        if self._until is None or today >= self._until:
            began = crm.calendar.start_of(today)
            known = replace(self.prepared.crm, as_of=began)
            self._trained = train(known, untrained(self.prepared.file.scenario))
            self._until = today + self.serves
            self.n_trained += 1
        scored = score(replace(self.prepared, crm=crm), self._trained)
        p_convert = scored.scores.with_average_rep().tolist()
        self.p_convert.update(zip(crm.leads["lead_id"], p_convert, strict=True))
        return scored.day


def level_of(
    rows: pd.DataFrame, p_convert: Mapping[str, float], as_of: pd.Timestamp
) -> Level | None:
    """Return how many of the leads replayed were expected to be won, and were.

    By leads old enough to have closed; `None` where there are few.

    Parameters
    ----------
    rows
        First assignments of the leads, (n_rows,).
    p_convert
        Lead -> P(convert) with an average rep, by a model of its time.
    as_of
        Moment up to which outcomes are known.
    """
    delay = days_between(rows["assigned_at"], rows["closed_at"])
    closed = delay[np.isfinite(delay)]
    wait = np.quantile(closed, CLOSED_SHARE) if len(closed) else 0.0
    old = days_between(rows["assigned_at"], as_of) >= wait
    p = rows.loc[old, "lead_id"].map(p_convert).to_numpy(dtype=np.float64)
    known = np.isfinite(p)
    if known.sum() < MIN_OF_LEVEL:
        return None
    won = is_won(rows[old])[known]
    return level(logit(p[known]), won, np.ones(len(won)))


def first_day(rows: pd.DataFrame) -> pd.Timestamp:
    """Return the day before which leads train the first model, or lack propensities.

    A day on which propensities began later than the leads is such a day.
    """
    if rows.empty:
        raise DataError([Issue("history", "no lead was assigned: nothing to replay")])
    start = start_of_day(rows["assigned_at"].iloc[int(len(rows) * TRAINING_SHARE)])
    before, _ = outside_propensities(rows, np.arange(len(rows)))
    logged = rows.loc[rows["propensity"].notna(), "assigned_at"].iloc[:1]
    first = [start_of_day(moment) for moment in logged]
    if first and (rows["assigned_at"][before] >= first[0]).any():
        first = [first_moment(day.date() + DAY, day.tzinfo or UTC) for day in first]
    return max([start, *first])


def check_window(rows: pd.DataFrame, since: pd.Timestamp) -> None:
    """Raise where there is nothing to train on before a day, or to replay since."""
    oldest, newest = rows["assigned_at"].min(), rows["assigned_at"].max()
    if not newest >= since:
        message = f"no lead was assigned since {since:%Y-%m-%d}, the newest on "
        raise DataError([Issue("history", f"{message}{newest:%Y-%m-%d}")])
    if not oldest < since:
        message = (
            f"no lead was assigned before {since:%Y-%m-%d}, the first day to replay: "
            "a backtest trains on earlier days; give more of them, or a later --from"
        )
        raise DataError([Issue("history", message)])


def evidence(
    rows: pd.DataFrame, since: pd.Timestamp, prepared: Prepared
) -> tuple[tuple[Log | None, dict[str, float], Identification | None], int]:
    """Return the leads that can measure; without propensities, also the rules that
    were not followed, and where queues look random. Beside them, how many pairs the
    rules allowed, 0 where that was not looked at.
    """
    crm = prepared.crm
    value = prepared.file.scenario.objective.maximise
    if rows["propensity"].notna().any():
        check_propensities(prepared, rows)
        return (read_log(rows, crm.as_of, value=value), {}, None), 0
    if rows["rep_id"].nunique() < 2:
        nothing = np.full(len(rows), np.nan)
        return (None, {}, Identification((), nothing)), len(rows)
    pairs, not_followed = past_eligibility(rows, since, prepared)
    eligible = eligible_reps(rows, pairs, crm.reps["rep_id"].tolist())
    identified = first_identified(rows, eligible, crm.reps)
    if not identified.is_identified:
        return (None, not_followed, identified), len(pairs)
    log = identified.read_log(rows, crm.as_of, value=value)
    return (log, not_followed, identified), len(pairs)


def first_identified(
    rows: pd.DataFrame, eligible: Pairs, reps: pd.DataFrame
) -> Identification:
    """Return how leads seem to have been assigned, the simplest manner that fits.

    Evenly, by turns in proportion to capacity, or by round robin; where none fits, why
    they were not assigned evenly.
    """
    capacity = reps["daily_capacity"].to_numpy(np.float64)
    manners: list[dict[str, Any]] = [
        {},
        {"capacity": capacity},
        {"manner": "rotation"},
        {"manner": "own_rotation"},
    ]
    tried = []
    for manner in manners:
        tried.append(identify(rows, eligible, **manner))
        if tried[-1].is_identified:
            return tried[-1]
    return tried[0]


def past_eligibility(
    rows: pd.DataFrame, since: pd.Timestamp, prepared: Prepared
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return the pairs that rules of history allowed, and the rules not followed.

    Rules that need a score are not among them: history had no such scores.
    """
    rules = [
        rule
        for rule in prepared.file.scenario.rules
        if rule.is_hard and not SCORED["leads"] & set(rule.where)
    ]
    days = past_days(prepared.crm, since, prepared.crm.as_of + DAY)
    owner = dict(zip(rows["lead_id"], rows["rep_id"], strict=True))
    return eligibility_of(days, owner, rules)


def eligible_reps(
    rows: pd.DataFrame, eligible: pd.DataFrame, rep_ids: Sequence[str]
) -> Pairs:
    """Return the reps who may have had each row, by the rules of today."""
    lead = pd.Index(rows["lead_id"]).get_indexer(pd.Index(eligible["lead_id"]))
    rep = pd.Index(list(rep_ids)).get_indexer(pd.Index(eligible["rep_id"]))
    return Pairs.from_positions(lead, rep, len(rows), rep_ids)
