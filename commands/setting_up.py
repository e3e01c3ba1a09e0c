"""The demo, a starter folder, checks, and the schema."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.checks import check_file, spare_inputs
from commands.command import (
    FILE,
    OUT_FILE,
    STAGES,
    as_json,
    as_of,
    command,
    data,
    replace,
    scenario,
)
from commands.first_scenario import (
    is_interactive,
    recognised_files,
    report_rows,
    show_recognised,
)
from commands.issues import show
from commands.output import echo_record

if TYPE_CHECKING:
    from runs import Prepared

SCENARIO = "daily.yaml"
"""What `init` calls the scenario."""


@command("rightrep demo --out my-demo")
@click.option("--out", type=FILE, default=Path("rightrep-demo"), show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--days",
    type=click.IntRange(1, 20),
    help="Live so many days on a ledger of its own, each command as one types it.",
)
@replace
@as_json
def demo(out: Path, seed: int, days: int | None, replace: bool, as_json: bool) -> None:
    """Make a small company, run its day, and compare with round robin."""
    if days is not None:
        return live_days(out, seed, days, as_json)
    from reporting import (
        aligned,
        check_free,
        comparison_json,
        comparison_text,
        stages,
        write_folder,
    )
    from runs import make_demo, summary

    check_free(out, replace=True)
    with stages(STAGES + 1) as stage:
        example = make_demo(seed, stage)
    write_folder(out, example.files, replace or example.is_company_in(out))
    if as_json:
        compared = comparison_json(example.comparison)
        return echo_record({"summary": dict(summary(example.run)), **compared})
    click.echo(aligned(summary(example.run)))
    click.echo(f"\n{comparison_text(example.comparison)}\n")
    click.echo(f"report      {out / 'report.html'}")
    return click.echo(f"scenario    {out / 'company' / 'demo.yaml'}")


def live_days(out: Path, seed: int, days: int, as_json: bool) -> None:
    """Live the demo company's days in a new folder."""
    from commands.demo_days import Week
    from reporting import check_free
    from runs.demo_days import DemoDays

    if as_json:
        raise click.UsageError("--days shows other commands, and has no --json")
    check_free(out, replace=False)
    Week(out, DemoDays(seed, days)).live()
    click.echo(f"\npage        {out / 'kpi.html'}")
    click.echo(f"scenario    {out / 'company' / 'demo_days.yaml'}")


@command("rightrep init my-company --from leads.csv users.csv")
@click.argument("directory", type=FILE)
@click.argument("more", type=FILE, nargs=-1, metavar="")
@click.option(
    "--from",
    "first",
    type=FILE,
    multiple=True,
    metavar="FILE...",
    help="Exports of a CRM: leads, history, reps, accounts, absences, in any order.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; take what is proposed.")
@as_json
def init(
    directory: Path,
    more: tuple[Path, ...],
    first: tuple[Path, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Write a first scenario into a new folder: a starter, or one for your exports."""
    from reporting import check_free, write_folder
    from scenarios import proposed_scenario, starter_files

    if more and not first:
        raise click.UsageError(f"to read {more[0]}, say --from {more[0]}")
    if not first:
        files = starter_files()
        write_folder(directory, files)
        return click.echo("\n".join(str(directory / name) for name in files))
    if directory.is_file():
        raise click.UsageError(f"{directory} is a file; name the new folder first")
    check_free(directory, replace=False)
    asks = not (yes or as_json) and is_interactive()
    recognised = recognised_files([*first, *more], asks=asks)
    scenario = directory / SCENARIO
    write_folder(directory, {SCENARIO: proposed_scenario(recognised, directory)})
    if as_json:
        return echo_record({"scenario": str(scenario), **report_rows(recognised)})
    show_recognised(recognised)
    return click.echo(str(scenario))


@command("rightrep check daily.yaml")
@scenario
@data
@as_of
@click.option("--html", type=OUT_FILE, help="HTML file to write the reading to, too.")
@as_json
def check(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    html: Path | None,
    as_json: bool,
) -> None:
    """Show how the tables are read, and every problem in them at once."""
    from reporting import (
        counted,
        day_json,
        day_text,
        issue_rows,
        reach_text,
        reading_json,
        reading_text,
        stages,
        window_text,
    )
    from reporting.text.json_record import record_of
    from runs import prepare, remembering
    from runs.service_levels.described import clock_lines

    if html is not None:
        check_file(html)
    with stages(1) as stage:
        prepared = remembering(
            prepare(scenario, data, stage, as_of=as_of, records=True)
        )
        warnings = [*prepared.warnings, *prepared.reach.issues()]
    crm, reach = prepared.crm, prepared.reach.table
    if html is not None:
        write_reading(html, prepared)
    if as_json:
        issues = issue_rows(warnings)
        rows = record_of(reach.to_dict("records"))
        told = {"ok": True, "day": day_json(crm), "issues": issues, "reach": rows}
        told["notes"] = list(prepared.earlier.notes)
        return echo_record({**told, "reading": reading_json(crm)})
    click.echo(f"{reading_text(crm)}\n")
    if len(reach):
        click.echo(f"{reach_text(reach)}\n")
    show(warnings, err=False)
    for note in prepared.earlier.notes:
        click.echo(f"note: {note}")
    is_given = prepared.file.scenario.calendar is not None
    click.echo(f"day: {day_text(crm, is_given=is_given)}")
    click.echo(f"window: {window_text(crm)}")
    for line in clock_lines(prepared.file.scenario, crm):
        click.echo(line)
    return click.echo(
        f"ok: {counted(len(crm.leads), 'lead')}, {counted(len(crm.reps), 'rep')}, "
        f"{len(crm.history):,} rows of history, "
        f"{counted(len(prepared.file.scenario.rules), 'rule')}, "
        f"{counted(len(warnings), 'warning')}"
    )


def write_reading(path: Path, prepared: "Prepared") -> None:
    """Write the page of how the tables were read."""
    from crm import write_whole
    from reporting import render_reading

    spare_inputs(path, prepared)
    scenario, reach = prepared.file.scenario, prepared.reach
    page = render_reading(
        prepared.crm,
        reach.table,
        [issue.in_one_line for issue in [*prepared.warnings, *reach.issues()]],
        f"How the tables of {scenario.name} are read",
        has_calendar=scenario.calendar is not None,
    )
    write_whole(path, page)


@command("rightrep schema > scenario.schema.json")
@as_json
def schema(as_json: bool) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from scenarios import json_schema

    echo_record(json_schema())
