"""New owners taken back to the system that the leads came from."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.command.checks import check_file
from commands.command.command import FILE, OUT_FILE, as_json, command
from commands.command.output import echo_record

if TYPE_CHECKING:
    from crm.databases.writing import WriteBack
    from runs.exporting.changes import OwnerChanges

SYSTEMS = ("salesforce", "hubspot", "pipedrive", "odoo", "dynamics", "zoho", "csv")
SQL, EXCEL = "sql", "excel"
NOTHING = "nothing is left to change"


@command("rightrep export runs/2026-09-07 --to hubspot --out owners.csv")
@click.argument("directory", metavar="RUN", type=FILE)
@click.option(
    "--to",
    type=click.Choice([*SYSTEMS, SQL, EXCEL]),
    required=True,
    help="The system that takes them.",
)
@click.option("--out", type=OUT_FILE, help="CSV file to write; by default to stdout.")
@click.option("--id", "id_name", help="Column of lead ids, in place of the importer's.")
@click.option("--owner", "owner_name", help="Column of owners, likewise.")
@click.option(
    "--owner-from",
    metavar="COLUMN",
    help="Column of the reps that has what the system calls them.",
)
@click.option("--url", help="sql: the database, as '${CRM_URL}' in single quotes.")
@click.option("--table", help="sql: the table of the leads.")
@click.option("--dry-run", is_flag=True, help="sql: show the statement, write nothing.")
@as_json
def export(
    directory: Path,
    to: str,
    out: Path | None,
    id_name: str | None,
    owner_name: str | None,
    owner_from: str | None,
    url: str | None,
    table: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write a run's new owners as the system's own importer takes them.

    Only leads whose owner is another than in the export; unassigned leads are left
    alone. To sql: in one transaction, and no lead whose owner changed meanwhile (exit
    code 6). To excel: the whole run as one workbook, which `rightrep override --from`
    takes back.
    """
    _check_options(to, out, url=url, table=table, id=id_name, owner=owner_name)
    if to == EXCEL:
        return _to_excel(directory, out, as_json)
    from runs.exporting.changes import owner_changes

    if to != SQL and dry_run:
        raise click.UsageError("--dry-run is for --to sql; leave out --out to look")
    changes = owner_changes(directory)
    if to == SQL:
        from crm.databases.owner_table import OwnerTable
        from runs.exporting.database import export_to_database

        target = OwnerTable(table or "", id_name or "", owner_name or "")
        outcome, column = export_to_database(
            changes, url or "", target, owner_from=owner_from, dry_run=dry_run
        )
        return _show_outcome(changes, outcome, column, dry_run, as_json)
    names = {"id_name": id_name, "owner_name": owner_name, "owner_from": owner_from}
    return _to_file(changes, to, out, names, as_json)


def _check_options(to: str, out: Path | None, **needed: str | None) -> None:
    """Raise where options do not belong together, before anything is read."""
    if to != SQL:
        if needed["url"] or needed["table"]:
            raise click.UsageError("--url and --table are for --to sql")
        return _check_file(to, out, needed)
    if out is not None:
        raise click.UsageError("--to sql writes to a database, not to --out")
    if lacking := [f"--{name}" for name, value in needed.items() if not value]:
        raise click.UsageError(f"--to sql needs {', '.join(lacking)}")
    return None


def _check_file(to: str, out: Path | None, said: dict[str, str | None]) -> None:
    if to == EXCEL and (said["id"] or said["owner"]):
        raise click.UsageError("--id and --owner are for importers, not --to excel")
    if to == EXCEL and (out is None or out.suffix.lower() != ".xlsx"):
        raise click.UsageError("--to excel needs --out FILE.xlsx")
    return check_file(out) if out is not None else None


def _to_excel(folder: Path, out: Path | None, as_json: bool) -> None:
    """Write the workbook of a run, and say what it could not hold."""
    from runs.exporting.workbook import run_workbook

    assert out is not None
    book = run_workbook(folder)
    is_new = _write_once(out, book.content)
    if as_json:
        record = {"out": str(out), "written": is_new, "notes": list(book.notes)}
        return echo_record(record)
    click.echo(f"written  {out}" if is_new else f"{NOTHING}: {out} is this workbook")
    for note in book.notes:
        click.echo(f"note: {note}")
    return None


def _to_file(
    changes: "OwnerChanges",
    to: str,
    out: Path | None,
    names: dict[str, str | None],
    as_json: bool,
) -> None:
    from crm import csv_text
    from crm.importers import IMPORTERS
    from reporting import counted
    from runs.exporting.import_file import import_file

    if changes.changed.empty:
        return _show(changes, [("written", NOTHING)], as_json, written=0)
    importer = IMPORTERS[to]
    file = import_file(importer, changes, **names)
    text = csv_text(file.table)
    lines = [
        ("columns", ", ".join(map(str, file.table.columns))),
        ("owners", f"{file.owner_column} of the reps"),
        ("next", f"{importer.system}: {importer.advice}"),
    ]
    if out is None:
        rows = file.table.to_dict("records")
        _show(changes, lines, as_json, err=True, rows=rows)
        return None if as_json else click.echo(text, nl=False)
    is_new = _write_once(out, text)
    owners = counted(len(file.table), "new owner")
    where = f"{out}, {owners}" if is_new else f"{NOTHING}: {out} has the {owners}"
    n_written = len(file.table) if is_new else 0
    lines = [("written", where), *lines]
    return _show(changes, lines, as_json, out=str(out), written=n_written)


def _write_once(out: Path, content: str | bytes) -> bool:
    """Write the file unless it is there already; other content is not replaced."""
    from crm import write_whole

    if os.path.isfile(out):
        raw = content if isinstance(content, bytes) else content.encode()
        if out.read_bytes() == raw:
            return False
        raise click.UsageError(f"{out} exists and has other content; name a new file")
    write_whole(out, content)
    return True


def _show_outcome(
    changes: "OwnerChanges",
    outcome: "WriteBack",
    column: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Print what became of each change, and exit."""
    from runs import ExitCode

    would = "would be written" if dry_run else "written"
    n_written = len(outcome.written)
    lines = [
        ("statement", outcome.statement) if dry_run else ("", ""),
        ("owners", f"{column} of the reps"),
        (would, f"{n_written:,}" if n_written else NOTHING),
        ("already", f"{len(outcome.already):,} have their new owner"),
        *(
            ("left alone", f"{lead}: its owner changed meanwhile, to {now or 'nobody'}")
            for lead, now in outcome.moved.items()
        ),
        *(("missing", f"{lead}: not in the table") for lead in outcome.missing),
    ]
    record: dict[str, Any] = {
        "written": outcome.written,
        "already": outcome.already,
        "left_alone": outcome.moved,
        "missing": outcome.missing,
        "dry_run": dry_run,
    }
    _show(changes, [line for line in lines if line[1]], as_json, **record)
    sys.exit(0 if outcome.is_whole else ExitCode.LEFT_ALONE)


def _show(
    changes: "OwnerChanges",
    lines: list[tuple[str, str]],
    as_json: bool,
    err: bool = False,
    **record: Any,
) -> None:
    """Print what the run changes and what was done, as text or JSON."""
    from reporting import aligned

    n_changed = len(changes.changed)
    if as_json:
        counts = {
            "changed": n_changed,
            "kept": changes.n_kept,
            "unassigned": changes.n_unassigned,
        }
        return echo_record({**counts, **record})
    unassigned = f"{changes.n_unassigned:,} unassigned, which are left alone"
    counts_line = f"{n_changed:,} get another owner, {changes.n_kept:,} keep theirs"
    shown = [("leads", f"{counts_line}; {unassigned}"), *lines]
    if n_changed and not changes.knows_owners:
        note = "current_rep_id is empty in all leads, so all count as changed"
        shown.append(("note", note))
    return click.echo(aligned(shown), err=err)
