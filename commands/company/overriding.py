"""Managers' decisions who owns a lead."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.command import FILE, as_json, at, by, command, company_scenario
from commands.command.output import echo_record
from commands.company.deeds import deed_of

if TYPE_CHECKING:
    from runs.book.overriding import Overrides

NAMED = 10
"""Leads or reps that a note names."""


@command("rightrep override L-1042 R-7 --reason 'knows the customer'")
@click.argument("lead_id", metavar="[LEAD]", required=False)
@click.argument("rep_id", metavar="[REP]", required=False)
@click.option(
    "--from",
    "edited",
    type=FILE,
    help="An edited assignments.csv, or a workbook of `export --to excel`: rows with "
    "another rep are overrides.",
)
@click.option(
    "--run",
    "run_id",
    default="",
    help="Folder or id of the run that was edited; by default that of the file's "
    "folder. Without one, rows are held against the owners of now.",
)
@click.option(
    "--reason",
    default="",
    help="Why, in your own words; of a workbook, where override_reason is empty.",
)
@at
@by
@company_scenario
@as_json
def override(
    lead_id: str | None,
    rep_id: str | None,
    edited: Path | None,
    run_id: str,
    reason: str,
    at: date | None,
    by: str | None,
    scenario: Path | None,
    as_json: bool,
) -> None:
    """Give a lead to a rep, whom later runs keep: a lock.

    Of a file, all is done or nothing.
    """
    if (edited is None) == (lead_id is None) or (lead_id is None) != (rep_id is None):
        raise click.UsageError("name a lead and a rep, or a file with --from")
    if run_id and edited is None:
        raise click.UsageError("--run is for --from")
    if edited is None and not reason:
        raise click.UsageError("Missing option '--reason'.")
    from reporting import counted
    from runs.book.override_file import read_edited
    from runs.book.overriding import Wish
    from runs.book.overriding import override as give
    from runs.company.company import company

    with company(scenario) as here:
        deed = deed_of(here, at, by, reason)
        if edited is None:
            wish = Wish(lead_id or "", rep_id or "")
            return show_overrides(give(here, [wish], deed), [], as_json)
        file = read_edited(here, edited, run_id)
        unsaid = [wish for wish in file.wishes if not wish.reason]
        if unsaid and not (reason or file.faults):
            row = f"{unsaid[0].file}, row {unsaid[0].row} has none"
            raise click.UsageError(
                f"say why: --reason, or override_reason of each row; {row}"
            )
        done = give(here, file.wishes, deed, str(edited), file.faults)
        against = f"run {file.run_id}" if file.run_id else "the owners of now"
        same = f"{counted(file.n_same, 'row')} as before, by {against}"
        return show_overrides(done, [same], as_json)


def show_overrides(done: "Overrides", notes: list[str], as_json: bool) -> None:
    """Print what became of each lead, and what is outside the rules."""
    notes = [*notes, *_caveats(done)]
    if as_json:
        rows = [asdict(one) for one in done.made]
        return echo_record({"overrides": rows, "notes": notes})
    for one in done.made:
        text = f"from {one.before or 'nobody'}" if one.is_new else "already overridden"
        click.echo(f"{one.lead_id}: to {one.rep_id}, {text}")
    for note in notes:
        click.echo(f"note: {note}")
    return None


def _caveats(done: "Overrides") -> list[str]:
    from crm import listed

    outside = [
        f"lead {one.lead_id} with {one.rep_id} is outside {', '.join(one.outside)}"
        for one in done.made
        if one.outside
    ]
    closed = f"won or lost already, and still so: {listed(done.closed, NAMED)}"
    absent = f"not at work, though they have the leads: {listed(done.absent, NAMED)}"
    return [
        *outside,
        *([closed] if done.closed else []),
        *([absent] if done.absent else []),
        *(f"not looked at: {name}, by the columns it needs" for name in done.unseen),
    ]
