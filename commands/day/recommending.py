"""The best reps for one lead."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import click

from commands.command.command import FILE, STAGES, as_json, as_of, command, data, model
from commands.command.output import echo_record


class Cell(click.ParamType):
    """A column and what a lead has there."""

    name = "column=value"

    def convert(
        self,
        value: str | tuple[str, str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Return both."""
        if isinstance(value, tuple):
            return value
        column, sign, cell = value.partition("=")
        if not sign or not column.strip():
            self.fail(f"{value!r}: expected column=value, as in product=Cloud")
        return column.strip(), cell.strip()


@command("rightrep recommend runs/2026-09-07 L-1042")
@click.argument("path", type=FILE)
@click.argument("lead_id", metavar="[LEAD]", default="")
@click.option("--n", type=click.IntRange(min=1), default=5, help="How many reps.")
@click.option(
    "--lead",
    "cells",
    type=Cell(),
    multiple=True,
    help="A lead that came in since, by its columns; repeat for each.",
)
@click.option("--lead-file", type=FILE, help="A file with a lead that came in since.")
@data
@as_of
@model
@as_json
def recommend(
    path: Path,
    lead_id: str,
    n: int,
    cells: tuple[tuple[str, str], ...],
    lead_file: Path | None,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    as_json: bool,
) -> None:
    """Name the best reps for a lead: what each would break, cost, and how sure that is.

    PATH is a run folder, or a scenario, whose day is then solved. The lead is one of
    that day, or one that came in since: --lead product=Cloud --lead territory=North,
    or --lead-file.
    """
    from reporting import recommendation_json, recommendation_text, stages
    from runs import LeadAsked, recommend_of_run, recommend_of_scenario

    twice = [
        name for name, n_times in Counter(n for n, _ in cells).items() if n_times > 1
    ]
    if twice:
        raise click.UsageError(
            f"--lead {twice[0]}=... stands twice: a lead has one cell"
        )
    lead = LeadAsked(lead_id, dict(cells), lead_file, n)
    if cells and lead_file:
        raise click.UsageError("describe the lead by --lead or by --lead-file")
    if not lead_id and not lead.is_new:
        raise click.UsageError("name a lead, or describe one by --lead or --lead-file")
    if os.path.isdir(path):
        if data or as_of or (model and not lead.is_new):
            raise click.UsageError("a run folder has its own data, day and scores")
        asked = recommend_of_run(path, lead, model)
    else:
        with stages(STAGES) as stage:
            asked = recommend_of_scenario(path, lead, data, model, stage, as_of)
    if as_json:
        return echo_record(recommendation_json(asked))
    return click.echo(recommendation_text(asked))
