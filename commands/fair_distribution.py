"""Who gets what, and what fairness would cost."""

import sys
from pathlib import Path

import click

from commands.command import FILE, OUT_FILE, STAGES, as_json, command, data, model
from commands.outputs import check_picture


@command("rightrep fairness runs/2026-09-07")
@click.argument("path", type=FILE)
@data
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
    model: Path | None,
    frontier: bool,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Show what each rep, team and seniority gets of a run folder or a scenario."""
    from crm import write_whole
    from reporting import echo_json, fairness_json, fairness_text, stages
    from reporting.fairness_charts import fairness_figure
    from reporting.pictures import picture_of
    from runs import EXIT_CODE, distribution_of

    if path.is_dir() and (data or model):
        raise click.UsageError("a run folder has its own data and model")
    if plot is not None:
        check_picture(plot)
    with stages(STAGES + frontier) as stage:
        found = distribution_of(path, data, model, stage)
        if frontier:
            stage("making it fairer")
        curve = found.frontier if frontier else None
    if not found.status.has_solution:
        click.echo(f"nothing was given out: the day is {found.status}", err=True)
        sys.exit(EXIT_CODE[found.status])
    if plot is not None:
        figure = fairness_figure(found.fairness, curve)
        write_whole(plot, picture_of(figure, "Who gets what", plot))
    if as_json:
        return echo_json(fairness_json(found.fairness, curve))
    return click.echo(fairness_text(found.fairness, curve))
