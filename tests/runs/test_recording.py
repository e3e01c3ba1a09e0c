"""Runs of a scenario that names a ledger are in it, once each."""

import json
import shutil
from hashlib import sha256

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger, LedgerError
from runs import allocate, record, run_files
from runs.recording import decisions
from scenarios import read_scenario
from tests.small_company import SCENARIO


@pytest.fixture(scope="module")
def scenario(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("recording") / "company"
    shutil.copytree(small, folder)
    path = folder / "recorded.yaml"
    path.write_text(f"{SCENARIO}ledger: ledger.db\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(small):
    return small / "daily.model"


@pytest.fixture(scope="module")
def run(scenario, model):
    return allocate(scenario, model=model)


@pytest.fixture(scope="module")
def manifest(run):
    return run_files(run)["manifest.json"]


@pytest.fixture
def path(scenario):
    path = scenario.with_name("ledger.db")
    yield path
    path.unlink(missing_ok=True)


def test_the_ledger_has_what_the_run_folder_has(run, manifest, path):
    """The manifest's totals, and each lead of the day once with its decision."""
    assert record(run) == str(path)
    with Ledger(path) as ledger:
        [entry] = ledger.runs().to_dict("records")
        made = ledger.decisions(run.run_id)
    told = json.loads(manifest)
    del entry["run_id"]
    assert entry.pop("as_of").isoformat() == told["as_of"]
    assert entry.pop("day").isoformat() == told["as_of"][:10]
    assert entry.pop("n_kept") == 0
    assert entry.pop("actor") and entry.pop("model_id") == ""
    assert entry == {name: told[name] for name in entry}
    assert sorted(run.crm.leads["lead_id"]) == made["lead_id"].tolist()
    given = made[made["rep_id"] != ""]
    columns = ["lead_id", "rep_id", "reason", "p_convert", "value", "propensity"]
    expected = run.assignments.sort_values("lead_id")[columns].reset_index(drop=True)
    found = given[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    left = made[made["rep_id"] == ""].set_index("lead_id")
    assert left["reason"].to_dict() == dict(
        run.unassigned[["lead_id", "reason"]].values
    )
    assert left[["p_convert", "value"]].isna().all(axis=None)
    assert left["arm"].eq("optimal").all() and left["propensity"].eq(1).all()
    assert len(given) and len(left)


def test_the_same_day_again_is_the_same_run(scenario, model, run, path):
    """It is told what it was told before, though its leads have owners by now."""
    record(run)
    again = allocate(scenario, model=model)
    record(again)
    assert again.run_id == run.run_id
    pd.testing.assert_frame_equal(again.assignments, run.assignments)
    with Ledger(path) as ledger:
        assert len(ledger.runs()) == 1


def test_values_tell_runs_apart_not_how_they_are_written(scenario, model, run, path):
    """A comment and CRLF change nothing; a seed does."""
    text = scenario.read_text()
    leads = scenario.with_name("leads.csv")
    before = leads.read_bytes()
    try:
        leads.write_bytes(before.replace(b"\n", b"\r\n"))
        scenario.write_text(f"# a comment\n{text}")
        assert allocate(scenario, model=model).run_id == run.run_id
        scenario.write_text(text.replace("seed: 1", "seed: 5"))
        assert allocate(scenario, model=model).run_id != run.run_id
    finally:
        scenario.write_text(text)
        leads.write_bytes(before)


def test_no_folder_is_left_of_a_run_that_cannot_be_recorded(run, path):
    path.write_text("no ledger\n" * 100)
    with pytest.raises(LedgerError, match="is not a ledger"):
        record(run)


def test_an_extended_scenario_keeps_its_ledger(scenario, tmp_path):
    """The ledger of a base stays where it is, seen from another folder."""
    over = tmp_path / "over.yaml"
    over.write_text(f"extends: {scenario.as_posix()}\nname: over\n", encoding="utf-8")
    ledger = read_scenario(over).scenario.ledger
    assert (tmp_path / ledger).resolve() == scenario.with_name("ledger.db").resolve()


def rightrep_run(scenario, model, *arguments):
    arguments = "run", scenario, "--model", model, *arguments
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.slow
def test_the_command_records_what_it_writes(scenario, model, path, tmp_path):
    """Not on a dry run, and not at all where the file is no ledger."""
    dry = rightrep_run(scenario, model, "--dry-run")
    assert (dry.exit_code, path.exists()) == (0, False)
    wet = rightrep_run(scenario, model, "--out", tmp_path / "a")
    assert wet.exit_code == 0
    assert wet.stdout.split("\nledger ")[1].split("\n")[0].strip() == str(path)
    path.write_text("no ledger\n" * 100)
    bad = rightrep_run(scenario, model, "--out", tmp_path / "b")
    assert (bad.exit_code, (tmp_path / "b").exists()) == (3, False)
    assert "is not a ledger" in bad.stderr


def test_a_run_that_cannot_be_recorded_is_not_written(
    scenario, model, tmp_path, monkeypatch
):
    """Neither is there without the other."""

    def refuse(*_, **__):
        raise LedgerError("the ledger is in use")

    monkeypatch.setattr(Ledger, "record", refuse)
    failed = rightrep_run(scenario, model, "--out", tmp_path / "a")
    assert failed.exit_code == 1
    assert "the ledger is in use" in failed.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_command_again_succeeds(scenario, model, path, tmp_path):
    """As a scheduler gives it: what is there stays; what was cut off is finished."""
    first = rightrep_run(scenario, model, "--out", tmp_path / "a")
    before = (tmp_path / "a" / "manifest.json").read_bytes()
    again = rightrep_run(scenario, model, "--out", tmp_path / "a")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "holds this run, which is recorded" in again.stderr
    assert (tmp_path / "a" / "manifest.json").read_bytes() == before
    shutil.rmtree(tmp_path / "a")
    assert rightrep_run(scenario, model, "--out", tmp_path / "a").exit_code == 0
    assignments = (tmp_path / "a" / "assignments.csv").read_bytes()
    told = json.loads(before)["files"]["assignments.csv"]
    assert sha256(assignments).hexdigest() == told
    with Ledger(path) as ledger:
        assert len(ledger.runs()) == 1


def test_a_day_without_slots_is_recorded(company, model):
    """Every lead is unassigned with its reason where no rep has a slot."""
    reps = pd.read_csv(company / "reps.csv", dtype=str, keep_default_na=False)
    reps.assign(daily_capacity="0").to_csv(company / "reps.csv", index=False)
    made = decisions(allocate(company / "daily.yaml", model=model))
    assert set(made["rep_id"]) == {""}
    assert "" not in set(made["reason"])
