"""The whole life of one lead."""

from pathlib import Path

import click

from commands.command.command import as_json, command, company_scenario
from commands.command.output import echo_record


@command("rightrep lead 00Q5g00000aBcDe")
@click.argument("lead_id", metavar="LEAD")
@company_scenario
@as_json
def lead(lead_id: str, scenario: Path | None, as_json: bool) -> None:
    """Tell the whole life of a lead: who had it, when, why, and what came of it.

    Times are in the company's zone. Runs that were superseded are told as such.
    """
    from reporting import life_json, life_text
    from runs.company.company import company
    from runs.kpi.lead_life import lead_life

    with company(scenario) as here:
        life = lead_life(here, lead_id)
    if as_json:
        return echo_record(life_json(life))
    return click.echo(life_text(life))
