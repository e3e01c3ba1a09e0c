"""The daily job on a day too large to be held at once."""

import json
import shutil
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from commands.command.checks import spare_paths
from commands.command.issues import show
from commands.command.output import echo_record
from commands.day.clusters import workers_at

if TYPE_CHECKING:
    from runs.partitioned.partitioned_day import PartitionedDay


def run_partitions(
    day: "PartitionedDay",
    out: Path,
    cluster: str | None,
    *,
    replace: bool,
    shared: bool,
    as_json: bool,
) -> None:
    """Decide a day in partitions, write its folder, and exit."""
    from reporting import aligned, new_folder
    from runs import EXIT_CODE, leak_warnings
    from runs.partitioned.job import allocate_in_partitions
    from runs.partitioned.partitioned_files import files_of_run
    from runs.partitioned.summary import notes_of_partitions, summary_of_partitions

    spare_paths(out, day.paths.values())
    work = out.with_name(f".{out.name}.partitions")
    with workers_at(cluster) as workers:
        day = day.everywhere() if cluster else day
        run = allocate_in_partitions(day, work, Pace(), workers)
    files = files_of_run(run, work)
    show([*run.warnings, *leak_warnings(day.trained.card)])
    with new_folder(out, files, replace, private=not shared):
        pass
    shutil.rmtree(work)
    if as_json:
        echo_record(json.loads(files["manifest.json"]))
    else:
        click.echo(aligned([*summary_of_partitions(run), ("written", str(out))]))
        for note in notes_of_partitions(run):
            click.echo(f"note: {note}")
    sys.exit(EXIT_CODE[run.decision.status])


class Pace:
    """How far a stage is, its rate, and the time that remains, on stderr."""

    def __init__(self) -> None:
        self.began = perf_counter()

    def __call__(self, what: str, n_done: int, n_leads: int) -> None:
        """Tell how many leads of a stage are done."""
        if not n_done:
            self.began = perf_counter()
            return
        rate = n_done / max(perf_counter() - self.began, 1e-9)
        left = (n_leads - n_done) / rate
        click.echo(
            f"{what} {n_done:,} of {n_leads:,} leads, {rate:,.0f} a second, "
            f"{left:,.0f} s left",
            err=True,
        )


def explain_partition(
    directory: Path,
    lead_id: str,
    reps: tuple[str, ...],
    data: Path | None,
    as_json: bool,
) -> None:
    """Show why a lead of a day in partitions has its rep, by its prices."""
    from reporting import explanation_json, explanation_text
    from runs.partitioned.explaining import explain_in_partitions

    if data is None:
        raise click.UsageError("a run in partitions needs the day's folder: --data")
    if reps:
        raise click.UsageError("--rep: nothing is solved again for a run in partitions")
    found = explain_in_partitions(directory, data, lead_id)
    words = found.explanation, found.scores, found.names, found.unit
    if as_json:
        return echo_record(explanation_json(*words))
    return click.echo(explanation_text(*words))
