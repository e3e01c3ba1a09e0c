"""A rep's book distributed again."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.command.command import as_json, at, by, command, company_scenario, model
from commands.command.output import echo_record
from commands.company.deeds import deed_of, why

if TYPE_CHECKING:
    from runs.book.reassigning import Reassignment

STAGES = 4


@command("rightrep reassign --from R-7 --model daily.model --dry-run")
@click.option("--from", "rep_id", required=True, help="The rep whose open leads go.")
@click.option(
    "--to", multiple=True, help="A rep who may get them; repeat. By default all others."
)
@click.option("--ignore-capacity", is_flag=True, help="Let slots limit nobody.")
@click.option(
    "--locked",
    "with_locked",
    is_flag=True,
    help="Move leads, too, that a person gave to the rep by override.",
)
@click.option("--dry-run", is_flag=True, help="Show what would move; change nothing.")
@model
@why
@at
@by
@company_scenario
@as_json
def reassign(
    rep_id: str,
    to: tuple[str, ...],
    ignore_capacity: bool,
    with_locked: bool,
    dry_run: bool,
    model: Path | None,
    reason: str,
    at: date | None,
    by: str | None,
    scenario: Path | None,
    as_json: bool,
) -> None:
    """Distribute a rep's whole open book again, under the scenario's rules.

    No other lead moves. Leads that nobody can take come again in the next run.
    Exit code 7 where leads wait, are locked, or were left alone.
    """
    from reporting import stages
    from runs import ExitCode
    from runs.book.reassigning import reassign as move
    from runs.book.reassigning import reassignment
    from runs.company.company import company

    with company(scenario) as here:
        deed = deed_of(here, at, by, reason)
        with stages(STAGES) as stage:
            made = reassignment(
                here,
                rep_id,
                deed,
                to,
                model,
                ignore_capacity=ignore_capacity,
                with_locked=with_locked,
                stage=stage,
            )
        missed = [] if dry_run else move(here, made, deed)
    show_reassignment(made, missed, dry_run, as_json)
    sys.exit(ExitCode.ATTENTION if made.needs_a_person or missed else 0)


def show_reassignment(
    made: "Reassignment", missed: list[str], dry_run: bool, as_json: bool
) -> None:
    """Print where each lead goes, and which stay or wait."""
    from reporting import counted, reason_text
    from reporting.text.layout.json_record import record_of

    day = made.day
    if as_json:
        return echo_record(_record(made, missed, dry_run, record_of))
    would = "would be reassigned" if dry_run else "reassigned"
    n_moved = len(day.placed) - sum(day.placed["lead_id"].isin(missed))
    click.echo(f"{counted(n_moved, 'lead')} of {made.rep_id} {would}")
    for lead, rep in day.placed[["lead_id", "rep_id"]].values:
        if lead not in missed:
            click.echo(f"{lead}: to {rep}")
    waits = "waits for the next run" if made.queues else f"stays with {made.rep_id}"
    for lead, reason in day.unplaced[["lead_id", "reason"]].values:
        click.echo(f"{lead}: {waits}, {reason_text(str(reason))}")
    for lead, actor, reason in made.locked[["lead_id", "actor", "reason"]].values:
        given = f"given to {made.rep_id} by {actor}: {reason}"
        click.echo(f"{lead}: stays, {given} (--locked moves it)")
    for lead in missed:
        click.echo(f"{lead}: changed hands meanwhile, left alone")
    for note in day.notes:
        click.echo(f"note: {note}")
    return None


def _record(
    made: "Reassignment", missed: list[str], dry_run: bool, record_of: Any
) -> Any:
    locked = made.locked[["lead_id", "actor", "reason"]]
    return record_of(
        {
            "from": made.rep_id,
            "dry_run": dry_run,
            "reassigned": made.day.placed.to_dict("records"),
            "unplaced": made.day.unplaced[["lead_id", "reason"]].to_dict("records"),
            "unplaced_come_again": made.queues,
            "locked": locked.to_dict("records"),
            "left_alone": missed,
            "notes": list(made.day.notes),
        }
    )
