"""The leak check for a scheduler."""

import sys
from datetime import date
from pathlib import Path

import click

from commands.command.command import as_json, command, company_scenario, looked_at
from commands.command.output import echo_record


@command("rightrep morning --waiting-days 2")
@company_scenario
@looked_at
@click.option(
    "--waiting-days",
    type=click.IntRange(min=0),
    help="Days that a lead may be unassigned.",
)
@click.option(
    "--pile",
    type=click.FloatRange(min=1, min_open=True),
    help="Times the mean of open leads that one rep may have.",
)
@click.option(
    "--model-weeks",
    type=click.IntRange(min=1),
    help="Weeks that the model may be old.",
)
@click.option(
    "--outcome-days",
    type=click.IntRange(min=1),
    help="Days that may pass without a response or outcome.",
)
@as_json
def morning(
    scenario: Path | None,
    at: date | None,
    as_json: bool,
    **limits: float | None,
) -> None:
    """Look for what leaks, and exit 7 where a person has to look at something.

    Owners who are not active, queues without people, late leads, piles on one rep,
    leads that wait too long, an old or drifted model, no run today, no outcomes.
    From where on, the scenario's section `morning` says, and these options go over it:
    by default 3 days of waiting, 3 times the mean, 8 weeks, 7 days without outcomes.
    Nothing is changed; exit code 0 means that nothing leaks.
    """
    from reporting import leaks_json, leaks_text
    from runs import ExitCode
    from runs.company.company import company
    from runs.leaks.morning_check import check_morning
    from scenarios.leak_limits import LeakLimits

    given = {name: limit for name, limit in limits.items() if limit is not None}
    with company(scenario) as here:
        own = here.file.scenario.morning or LeakLimits()
        moment = None if at is None else here.moment(at)
        check = check_morning(here, own.model_copy(update=given), moment)
    if as_json:
        echo_record(leaks_json(check))
    else:
        click.echo(leaks_text(check))
    if check.leaks or check.unknown:
        sys.exit(ExitCode.ATTENTION)
