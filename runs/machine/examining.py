"""Everything that is looked at of a machine."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from runs.machine import packages, places, processes, resources, solvers
from runs.machine.machine_part import Look, MachinePart, looked
from scenarios import ScenarioFile


def examined(
    folder: Path, scenario: ScenarioFile | None, stage: Callable[[str], None]
) -> list[MachinePart]:
    """Return what was measured of the machine, nothing of it secret.

    Parameters
    ----------
    folder
        Where runs go.
    scenario
        Whose databases are to answer.
    stage
        Called with the name of each part as its look begins.
    """
    looks: dict[str, Look] = {
        "python": packages.python,
        "packages": packages.packages,
        "foreign packages": packages.shadows,
        "cores": resources.cores,
        "memory": resources.memory,
        "clock": resources.clock,
        "letters": resources.letters,
        "disk": partial(places.folder, folder),
        "processes": processes.processes,
        "engines": solvers.engines,
    }
    if scenario is not None:
        looks["databases"] = partial(places.databases, scenario)
    found = []
    for part, look in looks.items():
        stage(part)
        found += looked(part, look)
    return found
