"""Two run folders compared."""

from pathlib import Path

import click

from commands.command.command import FILE, as_json, command
from commands.command.output import echo_record


@command("rightrep diff runs/2026-09-07 runs/2026-09-08")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print the moved leads as CSV.")
def diff(before: Path, after: Path, as_json: bool, as_csv: bool) -> None:
    """Show what changed between two run folders, and what changed it.

    Which leads have another rep, which rules, tables, scores or seeds are others, and
    which of these moved each lead: the first run's day is changed step by step into the
    second's and solved after each step, within the time limit of the second scenario.
    """
    from crm import csv_text
    from reporting import difference_csv, difference_json, difference_text
    from runs import difference_of

    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    difference = difference_of(before, after)
    if as_json:
        return echo_record(difference_json(difference))
    if as_csv:
        return click.echo(csv_text(difference_csv(difference)), nl=False)
    return click.echo(difference_text(difference))
