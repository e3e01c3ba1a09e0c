"""Variants of a day side by side: nothing is written, no table edited."""

import sys
from datetime import date
from pathlib import Path

import click

from commands.command.checks import check_file, check_picture, spare_files
from commands.command.command import (
    FILE,
    OUT_FILE,
    as_json,
    as_of,
    command,
    data,
    model,
)
from commands.command.issues import show
from commands.command.output import echo_record
from commands.day.replaying import measured, past_days, refuse_unfit, replay

STAGES = 5


@command("rightrep whatif daily.yaml --set rules.capacity.factor=0.8:1.2:0.1")
@click.argument("scenarios", type=FILE, nargs=-1, required=True)
@data
@as_of
@model
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change a key, such as rules.capacity.factor=1.2, or a column, such as "
    "reps.daily_capacity='*1.2'. *1.2, +5 and -5 change what is there; 0.8:1.2:0.1 "
    "and a,b make one variant each; repeat for more.",
)
@click.option(
    "--where",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="The rows whose columns are set, such as team=Atlas or seniority>=3.",
)
@click.option("--off", multiple=True, metavar="RULE", help="Leave a rule out.")
@click.option(
    "--rep",
    "reps",
    multiple=True,
    metavar="ID: COLUMNS",
    help="One more rep, such as 'R9: like=R3' or 'R9: daily_capacity=8, team=Atlas'.",
)
@click.option("--away", multiple=True, metavar="REP", help="A rep who is away.")
@click.option(
    "--overlay",
    "overlays",
    type=FILE,
    multiple=True,
    help="A file of changes, or of several named scenarios.",
)
@click.option(
    "--costs/--no-costs",
    default=True,
    help="Whether to say what rules cost, and where the next hire or skill pays.",
)
@past_days
@measured
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print one row per variant.")
@click.option("--html", type=OUT_FILE, help="Write a page.")
@click.option("--plot", type=OUT_FILE, help="Write a picture, .png or .svg.")
def whatif(
    scenarios: tuple[Path, ...],
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    sets: tuple[str, ...],
    where: tuple[str, ...],
    off: tuple[str, ...],
    reps: tuple[str, ...],
    away: tuple[str, ...],
    overlays: tuple[Path, ...],
    costs: bool,
    n_days: int | None,
    measure: bool,
    as_json: bool,
    as_csv: bool,
    html: Path | None,
    plot: Path | None,
) -> None:
    """Compare variants of a day: several scenarios, or one with changes.

    The tables are read, the model is trained and the leads are scored once wherever no
    change touches them. Nothing is written but what you name, and no ledger is changed.
    With --days past days are replayed instead of today, by a model of what was known
    before them.
    """
    from crm import write_whole
    from reporting import (
        render_whatif,
        stages,
        variants_csv,
        whatif_json,
        whatif_text,
    )
    from runs import EXIT_CODE
    from runs.whatif.asked import WhatIf
    from runs.whatif.comparing import compare_variants
    from scenarios.changes import asked_variants, read_changes

    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    if html is not None:
        check_file(html)
    if plot is not None:
        check_picture(plot)
    for page in html, plot:
        spare_files(page, [*scenarios, *overlays, model])
    if len({path.resolve() for path in scenarios}) < len(scenarios):
        raise click.UsageError("a scenario is named twice: compare different ones")
    more = [variant for path in overlays for variant in read_changes(path)]
    variants = asked_variants(sets, where, off, reps, away, more)
    if variants and len(scenarios) > 1:
        raise click.UsageError("several scenarios, or one with changes, not both")
    if n_days is not None:
        refuse_unfit(scenarios, html, plot)
        where_from = data, as_of, model
        form = as_json, as_csv, measure
        return replay(scenarios[0], variants, n_days, *where_from, *form)
    if measure:
        raise click.UsageError("--measure is about past days: add --days 30, say")
    asked = WhatIf(scenarios, variants, data, as_of, model, costs, costs)
    with stages(STAGES) as stage:
        figures = compare_variants(asked, stage)
    show(figures.warnings)
    if html is not None:
        write_whole(html, render_whatif(figures).encode())
    if plot is not None:
        from reporting.plots.pictures import picture_of
        from reporting.plots.whatif import TITLE, whatif_figure

        write_whole(plot, picture_of(whatif_figure(figures), TITLE, plot))
    if as_json:
        echo_record(whatif_json(figures))
    elif as_csv:
        click.echo(variants_csv(figures).to_csv(index=False), nl=False)
    else:
        click.echo(whatif_text(figures))
    sys.exit(EXIT_CODE[figures.variants[0].status])
