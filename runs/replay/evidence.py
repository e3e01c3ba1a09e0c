"""What logged outcomes of the replayed days measure of the variants."""

from collections.abc import Sequence

import pandas as pd

from evaluation.backtest import Backtest, Replay, first_assignments, measure
from evaluation.experiment import plans
from reporting.text.whatif.replay_figures import BASE
from runs.measuring.backtesting import evidence
from runs.prepared.prepared import Prepared
from runs.replay.deciding import DecidedDay, ReplayTask
from runs.replay.replayed_days import ReplayedDays

HALF_WIDTH = 0.1
"""Precision of an experiment to plan, as a relative lift, where history cannot tell."""


def evidence_of(
    prepared: Prepared,
    window: ReplayedDays,
    tasks: Sequence[ReplayTask],
    decided: Sequence[DecidedDay],
) -> Backtest:
    """Return what the log measures of each variant, as a backtest has it.

    Leads are those of history that were replayed; the baseline is the scenario as it
    is. Without propensities, and with queues that do not look random, nothing is.

    Parameters
    ----------
    decided
        Every day under every variant.
    """
    crm, scenario = prepared.crm, prepared.file.scenario
    replayed = pd.Index([i for day in window.days for i in day.leads["lead_id"]])
    rows = first_assignments(crm.history)
    rows = rows[(rows["assigned_at"] >= window.since) & rows["lead_id"].isin(replayed)]
    (log, not_followed, identification), n_pairs = evidence(
        rows, window.since, prepared
    )
    names = [task.variant.name for task in tasks]
    pairs = {name: _pairs(decided, place) for place, name in enumerate(names)}
    expected = _expected(pairs, rows)
    replay = Replay(pairs, expected, n_pairs, len(window.days))
    measured = measure(replay, log, names, BASE, scenario.solve.seed) if log else ()
    return Backtest(
        since=window.since,
        until=rows["assigned_at"].max(),
        n_days=len(window.days),
        n_leads=len(rows),
        n_trained=len({id(task.trained) for task in tasks}),
        baseline=BASE,
        unit=scenario.objective.maximise,
        expected=expected[names].mean(),
        log=log,
        policies=measured,
        identification=identification,
        rules_not_followed=not_followed,
        plans=tuple(plans(rows, n_pairs / max(len(rows), 1), HALF_WIDTH)),
    )


def _pairs(decided: Sequence[DecidedDay], place: int) -> pd.DataFrame:
    """Return the pairs that a variant chose: lead_id, rep_id, probability, expected."""
    days = sorted((one for one in decided if one.place == place), key=lambda d: d.day)
    pairs = pd.concat([one.pairs for one in days], ignore_index=True)
    last = pairs.drop_duplicates("lead_id", keep="last", ignore_index=True)
    return last.assign(probability=1.0)


def _expected(pairs: dict[str, pd.DataFrame], rows: pd.DataFrame) -> pd.DataFrame:
    """Return the model expectation of each lead under each variant, 0 for none."""
    columns = {
        name: rows["lead_id"].map(table.set_index("lead_id")["expected"]).fillna(0.0)
        for name, table in pairs.items()
    }
    return pd.DataFrame({"lead_id": rows["lead_id"], **columns})
