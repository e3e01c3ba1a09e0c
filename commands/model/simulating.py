"""Policies in synthetic worlds of known ground truth."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.checks import check_picture, check_policies
from commands.command.command import FILE, OUT_FILE, as_json, command
from commands.command.output import echo_record

if TYPE_CHECKING:
    from evaluation import WorldSpec
    from evaluation.simulation import Simulation

WORLDS = ("null", "mild", "strong", "confounded", "overloaded", "cold_start", "demo")
_COUNT = click.IntRange(min=1)


@command("rightrep simulate --world strong --policy optimal --plot lift.svg")
@click.option(
    "--world",
    type=click.Choice(WORLDS),
    default="mild",
    show_default=True,
    help="The kind of company.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="POLICY",
    help="One that `rightrep compare --help` names, oracle, or yours; repeat for more. "
    "By default all.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 2600),
    default=60,
    show_default=True,
    help="Working days.",
)
@click.option("--seeds", type=_COUNT, default=10, show_default=True, help="Worlds.")
@click.option(
    "--leads-per-day", type=_COUNT, help="On average; by default the world's."
)
@click.option(
    "--retrain-days",
    type=_COUNT,
    default=45,
    show_default=True,
    help="Working days between two trainings.",
)
@click.option(
    "--history",
    type=click.IntRange(min=0),
    default=10_000,
    show_default=True,
    help="Leads of the past, which train the first model.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Change the world, such as rep_sd=0.4; repeat for more.",
)
@click.option(
    "--out",
    type=FILE,
    help="A new folder for tables, JSON, plot and the first company.",
)
@click.option("--plot", type=OUT_FILE, help="A picture, .png or .svg.")
@as_json
def simulate(
    world: str,
    policies: tuple[str, ...],
    days: int,
    seeds: int,
    leads_per_day: int | None,
    retrain_days: int,
    history: int,
    settings: tuple[str, ...],
    out: Path | None,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Show what policies win in synthetic worlds of known ground truth.

    In the null world it does not matter which rep has a lead; in mild and strong it
    does, by a quarter and half a logit; in confounded, history assigned hot leads to
    favoured reps; overloaded has more leads than slots; in cold_start a third of the
    reps are new; demo is the company of rightrep demo. All policies meet the same leads
    and random numbers; their models are trained again as they go.
    """
    from evaluation import simulate
    from evaluation.simulation import BASELINE, ORACLE
    from reporting import stages
    from reporting.text.evidence.simulation import simulation_json, simulation_text
    from solver import POLICIES

    spec = _spec(world, leads_per_day, settings)
    check_policies(policies, also=[ORACLE])
    _check_outputs(out, plot)
    chosen = dict.fromkeys([BASELINE, *(policies or (*POLICIES, ORACLE))])
    with stages(seeds * len(chosen) + 1) as stage:
        stage("drawing worlds")
        simulated = simulate(
            spec,
            list(chosen),
            days=days,
            seeds=seeds,
            retrain_days=retrain_days,
            n_history=history,
            progress=lambda done, total: stage(f"{done} of {total} trials"),
        )
    _write(simulated, _title(simulated, world, settings), history, out, plot)
    if as_json:
        return echo_record(simulation_json(simulated))
    return click.echo(simulation_text(simulated))


def _spec(
    world: str, leads_per_day: int | None, settings: tuple[str, ...]
) -> "WorldSpec":
    from evaluation import PRESETS
    from evaluation.worlds import SettingError, changed

    daily = () if leads_per_day is None else (f"leads_per_day={leads_per_day}",)
    try:
        return changed(PRESETS[world], (*settings, *daily))
    except SettingError as error:
        raise click.UsageError(str(error)) from None


def _title(simulated: "Simulation", world: str, settings: tuple[str, ...]) -> str:
    from reporting import counted

    worlds = counted(simulated.n_worlds, f"{world} world")
    changes = f" ({', '.join(settings)})" if settings else ""
    days = counted(simulated.days, "working day")
    return f"Policies in {worlds}{changes}, {days} each"


def _check_outputs(out: Path | None, plot: Path | None) -> None:
    """Raise where something cannot be written, before time is spent on it."""
    from reporting import check_free

    if out is not None:
        if os.path.isdir(out) and any(out.iterdir()):
            raise click.UsageError(f"{out} is not empty; name a new folder")
        check_free(out, replace=False)
    if plot is not None:
        check_picture(plot)


def _write(
    simulated: "Simulation",
    title: str,
    history: int,
    out: Path | None,
    plot: Path | None,
) -> None:
    from crm import write_whole
    from evaluation import draw_world
    from reporting import write_folder
    from reporting.plots.pictures import picture_of
    from reporting.plots.simulation import simulation_figure
    from reporting.simulation_folder import company_files, simulation_files

    if plot is not None:
        picture = picture_of(simulation_figure(simulated, title), title, plot)
        write_whole(plot, picture)
    if out is not None:
        company = company_files(draw_world(simulated.spec, seed=0), history)
        files = {f"company/{name}": text for name, text in company.items()}
        write_folder(out, {**simulation_files(simulated, title), **files})
