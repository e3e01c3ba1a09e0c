"""Turns given back to reps."""

from datetime import date
from pathlib import Path

import click

from commands.command.command import as_json, at, by, command, company_scenario
from commands.command.output import echo_record
from commands.company.deeds import deed_of, reason


@command("rightrep credit L-1042 --reason junk")
@click.argument("lead_id", metavar="LEAD")
@reason
@at
@by
@company_scenario
@as_json
def credit(
    lead_id: str,
    reason: str,
    at: date | None,
    by: str | None,
    scenario: Path | None,
    as_json: bool,
) -> None:
    """Give a rep the turn back that a lead took: junk, a duplicate, a no-show.

    It counts as one more slot on the day of the next run.
    """
    from dataclasses import asdict

    from runs.book.crediting import credit as give_back
    from runs.company.company import company

    with company(scenario) as here:
        done = give_back(here, lead_id, deed_of(here, at, by, reason))
    if as_json:
        return echo_record(asdict(done))
    if done.is_new:
        text = f"one slot more for {done.rep_id}, on the day of the next run"
    else:
        text = f"{done.rep_id} has had that turn back already"
    return click.echo(f"{lead_id}: {text}")
