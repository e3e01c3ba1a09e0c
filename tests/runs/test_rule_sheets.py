"""A run's scenario is compared without the rules that its morning made."""

from pathlib import Path

import pytest

from crm import DataError
from reporting.text.rules.rule_sheet import change_sentence
from runs.rule_sheets import changes_against, earlier_scenario
from scenarios import read_scenario
from tests.scenarios.small_scenarios import CAPACITY, prepared, written

PAIR = "pairs: [{lead_id: L1, rep_id: R1}]"
STICKY = f"{{kind: only_to, name: same rep as before, {PAIR}}}"
RECALLED = f"{{kind: exclude, name: recalled from, {PAIR}}}"


def told(folder: Path, *before: str, ledger: str):
    run = folder / "run"
    run.mkdir(exist_ok=True)
    written(run / "scenario.yaml", CAPACITY, *before, more=ledger)
    reach = prepared(folder, CAPACITY).reach
    return changes_against(reach, read_scenario(run / "scenario.yaml"))


def test_rules_of_a_morning_are_left_out_and_named(tmp_path):
    """They were of the leads of that day."""
    changes = told(tmp_path, STICKY, RECALLED, ledger="ledger: x.db\n")
    assert changes.changes == ()
    (note,) = changes.notes
    assert note.endswith("are left out: same rep as before, recalled from")


def test_without_a_ledger_a_rule_of_that_name_is_one(tmp_path):
    """Somebody wrote it."""
    (change,) = told(tmp_path, STICKY, ledger="").changes
    assert change_sentence(change).startswith("same rep as before: no longer: Named")


def test_a_run_whose_scenario_was_changed_is_refused(company):
    """Its rules are not those that the run had."""
    run = company / "run"
    assert earlier_scenario(run).scenario.rules
    with (run / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("# by hand\n")
    with pytest.raises(DataError, match="was changed after the run, so the rules"):
        earlier_scenario(run)
