"""Each rep's own sheet."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.command import (
    FILE,
    OUT_FILE,
    as_json,
    command,
    looked_at,
    replace,
)
from commands.command.output import echo_record

if TYPE_CHECKING:
    from runs.sheets.own_leads import OpenBook


@command("rightrep sheet runs/2026-09-07 R-7 --html R-7.html")
@click.argument("directory", metavar="RUN", type=FILE)
@click.argument("rep_id", metavar="[REP]", default="")
@click.option("--html", type=OUT_FILE, help="Write the sheet as a page.")
@click.option("--all", "everybody", is_flag=True, help="The sheets of all reps.")
@click.option("--out", type=FILE, help="Folder for all sheets and index.csv.")
@click.option(
    "--scenario",
    type=FILE,
    help="The scenario that names the ledger: adds clocks, and open leads of earlier "
    "days.",
)
@looked_at
@replace
@as_json
def sheet(
    directory: Path,
    rep_id: str,
    html: Path | None,
    everybody: bool,
    out: Path | None,
    scenario: Path | None,
    at: date | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Show a rep's own leads, strengths and share, and nobody else's.

    With --all --out: a page for each rep, for a mail merge by index.csv.
    """
    from crm import write_whole
    from reporting import (
        counted,
        render_sheet,
        sheet_json,
        sheet_text,
        write_folder,
    )
    from runs import rep_sheets, sheet_files

    _check(rep_id, html, everybody, out)
    if at is not None and scenario is None:
        raise click.UsageError("--at is of the ledger's clocks: name its --scenario")
    book = None if scenario is None else _book(scenario, at)
    if out is not None:
        files, n_sheets = sheet_files(directory, book)
        write_folder(out, files, replace, private=True)
        return click.echo(f"{counted(n_sheets, 'sheet')} in {out}, with index.csv")
    own = next(rep_sheets(directory, [rep_id], book))
    if html is not None:
        write_whole(html, render_sheet(own))
        click.echo(f"{html} is written", err=True)
    if as_json:
        return echo_record(sheet_json(own))
    return click.echo(sheet_text(own)) if html is None else None


def _check(rep_id: str, html: Path | None, everybody: bool, out: Path | None) -> None:
    if everybody and (rep_id or html):
        raise click.UsageError("--all is of every rep, and goes into a folder: --out")
    if everybody != (out is not None):
        raise click.UsageError("--all and --out go together")
    if not (everybody or rep_id):
        raise click.UsageError("name a rep, or add --all --out FOLDER")


def _book(scenario: Path, at: date | None) -> "OpenBook":
    from runs.company.company import company
    from runs.sheets.ledger_leads import open_book

    with company(scenario) as here:
        return open_book(here, here.moment(at))
