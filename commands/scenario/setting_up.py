"""The demo, a starter folder, and the schema."""

import os
from pathlib import Path

import click

from commands.command.command import FILE, STAGES, as_json, command, replace
from commands.command.output import echo_record
from commands.scenario.first_scenario import (
    is_interactive,
    recognised_files,
    report_rows,
    show_recognised,
)

SCENARIO = "daily.yaml"
"""What `init` calls the scenario."""


@command("rightrep demo --out my-demo")
@click.option(
    "--out",
    type=FILE,
    default=Path("rightrep-demo"),
    show_default=True,
    help="Folder to write.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Another one draws another company.",
)
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
        if as_json or replace:
            option = "--json" if as_json else "--replace"
            message = f"--days shows commands in a new folder, and has no {option}"
            raise click.UsageError(message)
        return live_days(out, seed, days)
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


def live_days(out: Path, seed: int, days: int) -> None:
    """Live the demo company's days in a new folder."""
    from commands.scenario.demo_days import Week
    from reporting import check_free
    from runs.demo_days import DemoDays

    if os.path.isdir(out) and any(out.iterdir()):
        raise click.UsageError(f"{out} is not empty; name a new folder")
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
    if os.path.isfile(directory):
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


@command("rightrep schema > scenario.schema.json")
@as_json
def schema(as_json: bool) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from scenarios import json_schema

    echo_record(json_schema())
