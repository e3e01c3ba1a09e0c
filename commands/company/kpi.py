"""What the ledger says of many days, for managers."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from commands.command.checks import check_file, spare_files
from commands.command.command import OUT_FILE, as_json, command, company_scenario
from commands.command.output import echo_record

DAY = click.DateTime(["%Y-%m-%d"])
MOST_WAYS = 2


@command("rightrep kpi --from 2026-09-01 --by team --html kpi.html")
@company_scenario
@click.option(
    "--from",
    "first",
    type=DAY,
    metavar="DAY",
    help="First day; by default a year before the last.",
)
@click.option(
    "--to", "last", type=DAY, metavar="DAY", help="Last day; by default today."
)
@click.option(
    "--by",
    multiple=True,
    help="Slice by a column of leads, or by team, owner, score_band, value_slab or "
    "period; give it twice for both.",
)
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month"]),
    help="Length of a period; by default one that fits.",
)
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print the slices as CSV.")
@click.option("--html", type=OUT_FILE, help="Write a page with plots.")
def kpi(
    scenario: Path | None,
    first: datetime | None,
    last: datetime | None,
    by: tuple[str, ...],
    every: Any,
    as_json: bool,
    as_csv: bool,
    html: Path | None,
) -> None:
    """Show what became of the leads that the runs of some days met.

    How many were distributed and how fast, who waits, responses, conversion and
    revenue by cohort, the experiment's measured lift, how evenly reps were served, and
    what people overrode. Runs that were superseded do not count.
    """
    from crm import write_whole
    from reporting import kpi_csv, kpi_json, kpi_text, render_kpi
    from runs.company.company import company
    from runs.kpi.figures import kpi_figures
    from runs.kpi.window import Window

    if len(set(by)) < len(by) or len(by) > MOST_WAYS:
        raise click.UsageError("--by takes one or two different ways to slice")
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    if html is not None:
        check_file(html)
    with company(scenario) as here:
        place = here.ledger.place
        ledger = place if isinstance(place, Path) else None
        spare_files(html, [here.file.path, ledger])
        window = Window.of(here.calendar, here.moment(), _day(first), _day(last), every)
        if window.first > window.last:
            raise click.UsageError(
                f"no day lies between {window.first} and {window.last}"
            )
        figures = kpi_figures(here, window, by)
    if html is not None:
        write_whole(html, render_kpi(figures).encode())
    if as_json:
        return echo_record(kpi_json(figures))
    if as_csv:
        return click.echo(kpi_csv(figures).to_csv(index=False), nl=False)
    return click.echo(kpi_text(figures))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
