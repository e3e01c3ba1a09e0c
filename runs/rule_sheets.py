"""The rules of a scenario and of an earlier one, both held against today's tables."""

from pathlib import Path

from runs.job.scored import find_model, score
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from scenarios import ScenarioFile, read_scenario
from scenarios.reach import Reach

KEPT = "scenario.yaml"
"""What a run folder calls its scenario."""


def reach_of(
    prepared: Prepared, model: Path | None = None, stage: Stage = silent
) -> Reach:
    """Return what the rules reach; with a model, those that ask for scores as well."""
    if model is None:
        return prepared.reach
    return score(prepared, find_model(prepared, model, stage), stage).reach


def earlier_scenario(place: Path) -> ScenarioFile:
    """Return the scenario of a file, or the one that a run folder has kept.

    Raises
    ------
    ScenarioError
        Where there is none, or it is not valid.
    """
    return read_scenario(place / KEPT if place.is_dir() else place)
