"""The ledger itself: looked through, saved, moved, erased from, and its scenarios."""

import re
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from commands.command.command import (
    OUT_FILE,
    as_json,
    at,
    by,
    command,
    company_scenario,
)
from commands.command.output import echo_record
from commands.shell.groups import NamingGroup

PERIOD = re.compile(r"(\d+)([dwmy])")


class Period(click.ParamType):
    """A number of days, weeks, months or years, such as 3y."""

    name = "period"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, str]:
        """Return the number and the unit's letter."""
        parts = PERIOD.fullmatch(value)
        if parts is None or int(parts[1]) == 0:
            return self.fail(f"{value!r}: expected a period, such as 90d, 18m or 3y")
        return int(parts[1]), parts[2]


@click.group(cls=NamingGroup, epilog="Example: rightrep ledger check")
def ledger() -> None:
    """Look after the ledger: check, backup, copy, erase, log."""


@command("rightrep ledger check --scenario daily.yaml")
@company_scenario
@as_json
def check(scenario: Path | None, as_json: bool) -> None:
    """Look at every page and row of the ledger: is all true that it promises?

    Exit code 7 says that something is broken.
    """
    from ledger.integrity import faults
    from reporting import faults_text
    from runs import ExitCode
    from runs.company.company import company

    with company(scenario) as own, own.ledger.reading() as connection:
        name, found = own.ledger.name, faults(connection)
    rows = [(fault.promise, fault.count, fault.examples) for fault in found]
    if as_json:
        echo_record({"ok": not found, "broken": [asdict(fault) for fault in found]})
    else:
        click.echo(faults_text(name, rows))
    sys.exit(ExitCode.ATTENTION if found else 0)


@command("rightrep ledger backup backups/2026-09-07.db")
@click.argument("file", type=OUT_FILE)
@company_scenario
@as_json
def backup(file: Path, scenario: Path | None, as_json: bool) -> None:
    """Save a copy of the ledger's file, also while runs write to it.

    The copy is of one moment, every page of it is looked at, and only you can read it.
    A ledger on a server is saved by pg_dump.
    """
    from runs.company.company import company
    from runs.ledger_copy import backed_up

    with company(scenario) as own:
        n_bytes = backed_up(own.ledger, file)
        name = own.ledger.name
    if as_json:
        return echo_record({"ledger": name, "backup": str(file), "bytes": n_bytes})
    return click.echo(f"{file} is a whole copy of {name}, {n_bytes:,} bytes")


@command("rightrep ledger copy --to '${LEDGER_URL}'")
@click.option(
    "--to",
    required=True,
    help="A new SQLite file, or an empty database's URL, as '${LEDGER_URL}'.",
)
@company_scenario
@as_json
def copy(to: str, scenario: Path | None, as_json: bool) -> None:
    """Copy the ledger into another database, with all numbers, in one transaction.

    What is there afterwards is read again and compared. No run may write meanwhile.
    """
    from reporting import aligned, counted
    from runs.company.company import company
    from runs.ledger_copy import copied

    with company(scenario) as own:
        target, tables = copied(own.ledger, to)
        name = own.ledger.name
    if as_json:
        rows = [asdict(table) for table in tables]
        return echo_record({"from": name, "to": target, "tables": rows})
    click.echo(
        aligned([(table.table, counted(table.n_rows, "row")) for table in tables])
    )
    return click.echo(
        f"{target} holds all that {name} holds: counts and hashes of all rows are "
        "equal; name it as `ledger` in the scenario now"
    )


@command("rightrep ledger erase L-1042 --reason 'asked by mail'")
@click.argument("leads", nargs=-1)
@click.option("--older-than", type=Period(), help="Leads idle for so long, as in 3y.")
@click.option("--keep", multiple=True, help="A column that tells nothing of a person.")
@click.option("--reason", default="", help="Why; it stays in the ledger.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and stop.")
@at
@by
@company_scenario
@as_json
def erase(
    leads: tuple[str, ...],
    older_than: tuple[int, str] | None,
    keep: tuple[str, ...],
    reason: str,
    dry_run: bool,
    at: datetime | date | None,
    by: str | None,
    scenario: Path | None,
    as_json: bool,
) -> None:
    """Blank what the ledger knows of a person; what was decided stays.

    Of a lead's columns only territory, product, language, source, deal_value,
    effort_hours and priority stay, and those that --keep names.
    """
    from reporting import erasure_text
    from runs.company.company import company
    from runs.company.people import actor
    from runs.erasing import erased

    if bool(leads) == (older_than is not None):
        raise click.UsageError("name leads, or --older-than a period")
    with company(scenario) as own:
        done = erased(
            own,
            leads,
            older_than,
            moment=own.moment(at),
            actor=by or actor(),
            reason=reason,
            keep=keep,
            is_dry=dry_run,
        )
    if as_json:
        return echo_record({"dry_run": dry_run, **asdict(done)})
    return click.echo(erasure_text(asdict(done), is_dry=dry_run))


@command("rightrep ledger log --scenario daily.yaml")
@click.option("--name", default="", help="Of one scenario; by default all.")
@company_scenario
@as_json
def log(name: str, scenario: Path | None, as_json: bool) -> None:
    """Show every change of the scenario: who, when, what, and the runs around it."""
    from ledger.care.scenario_history import scenario_changes
    from reporting import scenario_log_text
    from runs.company.company import company

    with company(scenario) as own, own.ledger.reading() as connection:
        changes = [asdict(change) for change in scenario_changes(connection, name)]
    if as_json:
        return echo_record({"changes": changes})
    return click.echo(scenario_log_text(changes))


for subcommand in (check, backup, copy, erase, log):
    ledger.add_command(subcommand)
