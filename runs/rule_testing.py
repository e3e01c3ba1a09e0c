"""The tests of a prepared scenario, run with or without a model."""

from dataclasses import replace
from pathlib import Path

from crm import CrmData, Issue
from reporting.text.rules.rule_tests import TestReport
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from scenarios.rule_tests.testing import run_tests
from scenarios.rule_tests.words import unknown_words
from solver import Day


def words_nobody_has(prepared: Prepared) -> list[Issue]:
    """Return a warning for each word of the scenario's tests that nobody has."""
    return list(unknown_words(prepared.file, prepared.crm))


def tests_of(
    prepared: Prepared, model: Path | None = None, stage: Stage = silent
) -> TestReport | None:
    """Return what became of the scenario's tests; `None` where it has none.

    Raises
    ------
    ScenarioError
        Where a test names what there is not.
    ModelFileError
        Where the model cannot be used.
    """
    if not prepared.file.scenario.tests:
        return None
    if model is None:
        return run_tests(prepared.file, prepared.crm)
    # Imported here, since tests without a model need no scores.
    from runs.job.scored import find_model, score

    trained = find_model(prepared, model, stage)

    def scored(crm: CrmData) -> Day:
        return score(replace(prepared, crm=crm), trained).day

    return run_tests(prepared.file, prepared.crm, scored)
