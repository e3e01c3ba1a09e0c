"""What logged outcomes measure of replayed policies, target policies and arms."""

from datetime import date, datetime
from pathlib import Path

import click

from commands.command.checks import check_policies
from commands.command.command import FILE, as_json, as_of, command, data, scenario
from commands.command.issues import show
from commands.command.output import echo_record

STAGES = 3
BASELINES = ("round_robin", "random", "weighted_round_robin", "load_balancing")
"""Policies that need no score."""


@command("rightrep backtest daily.yaml --from 2026-06-01")
@scenario
@data
@as_of
@click.option(
    "--policy",
    "policies",
    multiple=True,
    default=["optimal"],
    show_default=True,
    metavar="POLICY",
    help="One that `rightrep compare --help` names, or yours; repeat for more.",
)
@click.option(
    "--baseline",
    default="round_robin",
    show_default=True,
    metavar="POLICY",
    help="The policy to measure against.",
)
@click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="First day to replay; by default after a third of the leads, for training.",
)
@click.option(
    "--retrain-days",
    type=click.IntRange(min=1),
    default=28,
    show_default=True,
    help="Days that a model serves before it is trained again.",
)
@click.option(
    "--precision",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="Points of lift that an experiment should tell, if history cannot.",
)
@click.option(
    "--expectation",
    is_flag=True,
    help="Replay for the model expectation also where nothing can be measured.",
)
@as_json
def backtest(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    policies: tuple[str, ...],
    baseline: str,
    since: datetime | None,
    retrain_days: int,
    precision: float,
    expectation: bool,
    as_json: bool,
) -> None:
    """Replay history day by day: train on its past, allocate, measure.

    Every past day is allocated by each policy, with the reps, rules and capacity of
    the scenario and a model trained on earlier days only. What that would have won is
    estimated from logged outcomes: by propensities where history has them, else in
    queues that look random, else not at all: then nothing is replayed, unless
    --expectation asks for it.
    """
    from reporting import backtest_json, backtest_text, stages
    from runs import backtest, prepare, with_history

    check_policies([*policies, baseline])
    with stages(STAGES) as stage:
        prepared = with_history(prepare(scenario, data, stage, as_of=as_of))
        calendar = prepared.crm.calendar
        first = None if since is None else calendar.start_of(since.date())
        tested = backtest(
            prepared,
            policies,
            baseline=baseline,
            since=first,
            retrain_days=retrain_days,
            half_width=precision / 100,
            expectation=expectation,
            stage=stage,
            progress=stage.note,
        )
    show(prepared.warnings)
    if as_json:
        return echo_record(backtest_json(tested))
    return click.echo(backtest_text(tested))


@command("rightrep evaluate daily.yaml --target policy.csv")
@scenario
@data
@as_of
@click.option(
    "--target",
    type=FILE,
    help="Table of a policy: lead_id, rep_id and, unless it is 1, probability.",
)
@click.option(
    "--runs",
    multiple=True,
    type=FILE,
    help="A run folder of the experiment, or a folder of such; repeat for more. They "
    "know what each arm left unassigned.",
)
@click.option(
    "--baseline",
    type=click.Choice(BASELINES),
    default="round_robin",
    show_default=True,
    help="The policy to measure the target against.",
)
@as_json
def evaluate(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    target: Path | None,
    runs: tuple[Path, ...],
    baseline: str,
    as_json: bool,
) -> None:
    """Measure an experiment's arms, or any policy, by logged outcomes.

    History needs the propensity of every lead that was assigned, as the assignments
    of a run with an experiment have it; with their `arm`, too, the optimal arm is
    compared with control, per lead drawn: the run folders (--runs), or the ledger that
    the scenario names, know the leads that either arm left unassigned. Without them,
    the share of the scenario's experiment tells how many were drawn. A target says to
    whom a policy would have assigned leads of history.
    """
    from reporting import measurements_json, measurements_text, stages
    from runs import evaluate

    with stages(2) as stage:
        measured = evaluate(
            scenario,
            data,
            target,
            runs=runs,
            baseline=baseline,
            stage=stage,
            as_of=as_of,
        )
    show(measured.warnings)
    if as_json:
        return echo_record(measurements_json(measured))
    return click.echo(measurements_text(measured))
