"""How evenly leads are shared, and what fairness would cost."""

import os
import sys
from datetime import date
from pathlib import Path

import click

from commands.command.checks import check_picture
from commands.command.command import (
    FILE,
    OUT_FILE,
    STAGES,
    as_json,
    as_of,
    command,
    data,
    model,
)
from commands.command.issues import show
from commands.command.output import echo_record


@command("rightrep fairness runs/2026-09-07")
@click.argument("path", type=FILE)
@data
@as_of
@model
@click.option(
    "--frontier",
    is_flag=True,
    help="Solve again under ever fairer shares; half a minute.",
)
@click.option("--plot", type=OUT_FILE, help="A picture, .png or .svg.")
@as_json
def fairness(
    path: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    frontier: bool,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Show what a run, or a scenario, assigns to each rep, team and seniority."""
    from crm import write_whole
    from reporting import fairness_json, fairness_text, stages
    from reporting.plots.fairness import fairness_figure
    from reporting.plots.pictures import picture_of
    from runs import EXIT_CODE, distribution_of

    if os.path.isdir(path) and (data or model or as_of):
        raise click.UsageError("a run folder has its own data, day and model")
    if plot is not None:
        check_picture(plot)
    with stages(STAGES + frontier) as stage:
        shared = distribution_of(
            path, data, model, stage, with_frontier=frontier, as_of=as_of
        )
        if frontier:
            stage("making it fairer")
        curve = shared.frontier if frontier else None
    show(shared.warnings)
    if not shared.status.has_solution:
        click.echo(f"no lead was assigned: the day is {shared.status}", err=True)
        sys.exit(EXIT_CODE[shared.status])
    if plot is not None:
        figure = fairness_figure(shared.fairness, curve)
        write_whole(plot, picture_of(figure, "Leads by rep", plot))
    if as_json:
        return echo_record(fairness_json(shared.fairness, curve))
    return click.echo(fairness_text(shared.fairness, curve))
