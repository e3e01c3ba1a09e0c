"""The daily job, its verification, and its explanation."""

import json
import sys
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.checks import spare_folder
from commands.command.command import (
    FILE,
    STAGES,
    as_json,
    as_of,
    command,
    data,
    model,
    replace,
    scenario,
)
from commands.command.issues import show
from commands.command.output import echo_record
from commands.day.clusters import FOR_LARGE_DAYS, cluster, workers_at
from commands.day.partitions import explain_partition, run_partitions

if TYPE_CHECKING:
    from runs import Run


@command("rightrep run daily.yaml --out runs/2026-09-07")
@scenario
@data
@as_of
@model
@click.option("--out", type=FILE, help="Folder to write; needed unless --dry-run.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option(
    "--redo",
    is_flag=True,
    help="Make the day's last run of this scenario in the ledger void, and this one "
    "take its place.",
)
@click.option(
    "--shared",
    is_flag=True,
    help="Let others read the folder as the umask allows; by default only you can.",
)
@cluster
@replace
@as_json
def run(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    out: Path | None,
    dry_run: bool,
    redo: bool,
    shared: bool,
    cluster: str | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Do the daily job: read, train, score, solve, check, write."""
    from reporting import check_free, new_folder, stages
    from runs import (
        EXIT_CODE,
        allocate,
        is_of,
        leak_warnings,
        record,
        recorded_run,
        run_files,
    )
    from runs.partitioned.choosing import partitioned_day

    if out is None and not dry_run:
        raise click.UsageError("name a folder with --out, or add --dry-run")
    if out is not None and not dry_run and not recorded_run(out):
        check_free(out, replace)
    if large := partitioned_day(scenario, data, model, as_of):
        if out is None or dry_run or redo:
            raise click.UsageError(
                "a day in partitions needs --out, and takes no --dry-run or --redo"
            )
        return run_partitions(
            large, out, cluster, replace=replace, shared=shared, as_json=as_json
        )
    if cluster:
        raise click.UsageError(FOR_LARGE_DAYS)
    with stages(STAGES) as stage:
        spared = partial(spare_folder, out, model)
        job = allocate(
            scenario,
            data,
            model,
            stage,
            stage.gap,
            as_of=as_of,
            check=spared,
            redo=redo,
        )
        files = run_files(job, model)
    show([*job.warnings, *leak_warnings(job.scored.trained.card)])
    ledger = None
    if out is not None and not dry_run:
        if is_of(out, job):
            click.echo(f"{out} holds this run, which is recorded", err=True)
            sys.exit(EXIT_CODE[job.result.status])
        with new_folder(out, files, replace, private=not shared):
            ledger = record(job, model)
    manifest = str(files["manifest.json"])
    show_run(job, None if dry_run else out, ledger, manifest, as_json)
    sys.exit(EXIT_CODE[job.result.status])


data_of_run = click.option(
    "--data",
    type=FILE,
    help="Folder of the files that the run has read: they are held against its hashes, "
    "and read again as reading.json says.",
)


@command("rightrep verify runs/2026-09-07")
@click.argument("directory", metavar="RUN", type=FILE)
@data_of_run
@cluster
@as_json
def verify(
    directory: Path, data: Path | None, cluster: str | None, as_json: bool
) -> None:
    """Audit a run folder: rules, values, figures and bound, from its inputs."""
    from reporting import counted
    from runs import ExitCode, verify
    from runs.folder.manifest import is_of_partitions

    if is_of_partitions(directory):
        from runs.partitioned.verifying import verify_partitions

        if cluster and data is None:
            raise click.UsageError("with --cluster, name the day's folder with --data")
        with workers_at(cluster) as workers:
            verdict = verify_partitions(directory, data, workers)
    elif cluster:
        raise click.UsageError(FOR_LARGE_DAYS)
    else:
        verdict = verify(directory, data)
    if as_json:
        echo_record({"ok": not verdict.problems, **asdict(verdict)})
    elif not verdict.problems:
        click.echo(
            f"verified: {verdict.n_assigned:,} assigned, {verdict.n_unassigned:,} "
            f"unassigned; {counted(verdict.n_hard, 'hard rule')} held, penalties of "
            f"{counted(verdict.n_soft, 'soft rule')} and all values computed again; "
            f"{verdict.proof}; no file was changed"
        )
    for problem in verdict.problems if not as_json else ():
        click.echo(f"problem: {problem}")
    for note in verdict.notes if not as_json else ():
        click.echo(f"note: {note}")
    sys.exit(ExitCode.BAD_INPUT if verdict.problems else 0)


@command("rightrep explain runs/2026-09-07 L-1042 --rep R-7")
@click.argument("directory", metavar="RUN", type=FILE)
@click.argument("lead_id", metavar="LEAD")
@click.option(
    "--rep",
    "reps",
    multiple=True,
    help="Solve first what forcing this rep costs; repeat for more.",
)
@data_of_run
@as_json
def explain(
    directory: Path,
    lead_id: str,
    reps: tuple[str, ...],
    data: Path | None,
    as_json: bool,
) -> None:
    """Show why a lead has its rep, why not the others, and what forcing one costs."""
    from reporting import (
        explanation_json,
        explanation_text,
        kept_json,
        kept_text,
    )
    from runs import explain_run, kept_lead, read_folder, score_parts
    from runs.folder.manifest import is_of_partitions

    if is_of_partitions(directory):
        return explain_partition(directory, lead_id, reps, data, as_json)
    if data is not None:
        raise click.UsageError("--data is for the run of a day in partitions")
    folder = read_folder(directory)
    names, unit = folder.names, folder.unit
    if kept := kept_lead(folder, lead_id):
        if as_json:
            return echo_record(kept_json(kept, names))
        return click.echo(kept_text(kept, names))
    explained = explain_run(folder, lead_id, reps)
    scores = score_parts(folder, lead_id)
    if as_json:
        return echo_record(explanation_json(explained, scores, names, unit))
    return click.echo(explanation_text(explained, scores, names, unit))


def show_run(
    job: "Run", out: Path | None, ledger: str | None, manifest: str, as_json: bool
) -> None:
    """Print a run's summary and its caveats."""
    from reporting import aligned
    from runs import notes, summary

    if as_json:
        return echo_record(json.loads(manifest))
    where = "nothing (dry run)" if out is None else str(out)
    recorded = [] if ledger is None else [("ledger", ledger)]
    click.echo(aligned([*summary(job), ("written", where), *recorded]))
    for note in notes(job):
        click.echo(f"note: {note}")
    return None
