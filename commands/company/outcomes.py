"""Outcomes back from the CRM."""

import sys
from datetime import date
from pathlib import Path

import click

from commands.command.command import (
    FILE,
    Moment,
    as_json,
    by,
    command,
    company_scenario,
)
from commands.command.issues import show
from commands.command.output import echo_record


@command("rightrep outcomes closed.csv --at 2026-09-07T18:00")
@click.argument("file", type=FILE, required=False)
@company_scenario
@click.option(
    "--at",
    type=Moment(),
    help="When the export was made, in the company's time zone; by default the latest "
    "time it names.",
)
@by
@click.option(
    "--owners",
    is_flag=True,
    help="Take over the owners that the CRM shows, as overrides.",
)
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@as_json
def outcomes(
    file: Path | None,
    scenario: Path | None,
    at: date | None,
    by: str | None,
    owners: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take responses, next steps and outcomes of a CRM's export into the ledger.

    FILE is read as the scenario's `data: {outcomes: ..}` says, by default with our
    names of columns: lead_id, outcome (won, lost, open), closed_at, won_value,
    first_response_at, next_step_at, rep_id, status. Rows that are unknown or contradict
    what is known are left out, each with its reason. The exit code is 7 where a person
    has to look at something.
    """
    from reporting import outcomes_json, outcomes_text
    from runs import ExitCode, take_outcomes
    from runs.company.company import company

    with company(scenario) as here:
        figures, issues = take_outcomes(
            here, file, at=at, by=by or "", owners=owners, is_dry=dry_run
        )
    show(issues)
    if as_json:
        echo_record(outcomes_json(figures))
    else:
        click.echo(outcomes_text(figures))
    sys.exit(ExitCode.ATTENTION if figures.needs_attention else 0)
