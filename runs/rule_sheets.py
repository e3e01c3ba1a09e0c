"""The rules of a scenario and of an earlier one, both held against today's tables."""

import os
from dataclasses import replace
from pathlib import Path

from reporting.text.rules.rule_sheet import RuleChanges
from runs.job.scored import find_model, score
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from scenarios import ScenarioFile, read_scenario
from scenarios.reach import Reach
from scenarios.rule_sheet.difference import rule_changes
from solver.rules import Exclude, MustAssign, OnlyTo

KEPT = "scenario.yaml"
"""What a run folder calls its scenario."""


def reach_of(
    prepared: Prepared, model: Path | None = None, stage: Stage = silent
) -> Reach:
    """Return what the rules reach; with a model, those that ask for scores as well."""
    if model is None:
        return prepared.reach
    return score(prepared, find_model(prepared, model, stage), stage).reach


def changes_against(reach: Reach, before: ScenarioFile) -> RuleChanges:
    """Return what changed against an earlier scenario.

    Of a run, the rules that its morning made of the ledger are no part of the scenario:
    they are left out, and named.
    """
    own, left = _of_morning(before)
    changes = rule_changes(reach, own)
    if not left:
        return changes
    note = f"of the run, rules of that morning are left out: {', '.join(left)}"
    return replace(changes, notes=(*changes.notes, note))


def earlier_scenario(place: Path) -> ScenarioFile:
    """Return the scenario of a file, or the one that a run folder has kept.

    Raises
    ------
    DataError
        Where a run folder's is not what the run wrote, or a folder is none of a run.
    ScenarioError
        Where there is none, or it is not valid.
    """
    if not os.path.isdir(place):
        return read_scenario(place)
    # Imported here, since a scenario's rules alone need no run folder.
    from runs.folder.day import refuse_changed
    from runs.folder.reading import read_folder

    run = read_folder(place)
    refuse_changed(run, {KEPT}, "the rules of the run cannot be told again")
    return read_scenario(place / KEPT)


def _of_morning(file: ScenarioFile) -> tuple[ScenarioFile, list[str]]:
    """Return a run's scenario without the rules of its morning, and their names."""
    if file.path.name != KEPT or file.scenario.ledger is None:
        return file, []
    # Imported here, since only a ledger makes rules.
    from runs.morning.former_reps import STICKY
    from runs.morning.recalled_leads import EXCLUDED, FIRST

    made = {STICKY: OnlyTo, EXCLUDED: Exclude, FIRST: MustAssign}
    rules = file.scenario.rules
    own = [rule for rule in rules if made.get(rule.name) is not type(rule)]
    left = [rule.name for rule in rules if made.get(rule.name) is type(rule)]
    scenario = file.scenario.model_copy(update={"rules": own})
    return replace(file, scenario=scenario), left
