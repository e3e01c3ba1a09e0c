"""Is this machine ready?"""

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.command import FILE, as_json, command
from commands.command.output import echo_record

if TYPE_CHECKING:
    from runs.machine.machine_part import MachinePart

PARTS = 11


@command("rightrep doctor --scenario daily.yaml")
@click.option(
    "--scenario", type=FILE, help="The scenario whose databases are to answer."
)
@click.option(
    "--folder",
    type=FILE,
    help="Where runs go; by default the scenario's folder, or this one.",
)
@as_json
def doctor(scenario: Path | None, folder: Path | None, as_json: bool) -> None:
    """Measure whether this machine is ready: packages, room, clock, engines, databases.

    Exit code 7 says that something needs a look, 1 that something does not work.
    """
    from reporting import aligned, stages
    from runs import ExitCode
    from runs.machine.examining import examined
    from runs.machine.machine_part import State
    from scenarios import read_scenario

    if folder is not None and not os.path.isdir(folder):
        raise click.UsageError(f"--folder: there is no folder {folder}")
    file = None if scenario is None else read_scenario(scenario)
    place = folder or (Path() if file is None else file.path.parent)
    with stages(PARTS) as stage:
        found = examined(place.resolve(), file, stage)
    states = {one.state for one in found}
    is_ready = not states & {State.ATTENTION, State.BROKEN}
    if as_json:
        echo_record({"ok": is_ready, "findings": [asdict(one) for one in found]})
    else:
        click.echo(aligned([(one.part, _line(one)) for one in found]))
    if State.BROKEN in states:
        sys.exit(ExitCode.INTERNAL)
    sys.exit(0 if is_ready else ExitCode.ATTENTION)


def _line(one: "MachinePart") -> str:
    """Return what was measured, its state before it unless all is well."""
    sign = "" if one.state == "ok" else f"{one.state.upper()}: "
    return f"{sign}{one.measured}" + (f"; {one.advice}" if one.advice else "")
