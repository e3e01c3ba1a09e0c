"""The folder of a day in partitions is held against its tables and the day's files."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from runs import read_folder
from runs.folder.manifest import is_of_partitions
from runs.partitioned.summary import summary_of_partitions
from runs.partitioned.verifying import verify_partitions
from runs.partitioned.workers import OwnProcesses
from runs.verifying.verdict import Proof
from solver import Status
from tests.conftest import Shared
from tests.runs.partitioned.test_job import (
    N_LEADS,
    _small_partitions,
    company,
    company_in,
    folder_of_run,
    in_partitions,
)

__all__ = ["_small_partitions", "company"]


@pytest.fixture
def folder(shared: Shared, tmp_path: Path) -> Path:
    """Return a run folder, beside a copy of its data, to be changed."""

    def fill(base: Path) -> None:
        company = company_in(base / "company", shared)
        folder_of_run(company, in_partitions(company))

    company = shared("in partitions", fill) / "company"
    return Path(shutil.copytree(company, tmp_path / "company")) / "out"


def verdict_of(folder: Path):
    return verify_partitions(folder, folder.parent, OwnProcesses(1))


def rewritten(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write a table anew, with its hash in the manifest, as a forger would."""
    from crm.files import hash_of

    table.to_parquet(folder / name, index=False)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = hash_of(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_an_honest_folder_is_proven_again(folder: Path) -> None:
    verdict = verdict_of(folder)
    assert verdict.problems == ()
    assert verdict.proof == Proof.PROVEN
    assert verdict.n_hard == 3
    assert is_of_partitions(folder)


@pytest.mark.slow
def test_a_day_that_cannot_be_is_told_and_verified(company: Path) -> None:
    """Nothing is assigned, so that no rule is broken and no bound is claimed."""
    scenario = (company / "daily.yaml").read_text()
    every = "rules:\n  - {kind: must_assign}\n"
    every += "  - {kind: must_assign, name: first, strength: soft, penalty: 2}\n"
    (company / "daily.yaml").write_text(scenario.replace("rules:\n", every, 1))
    reps = pd.read_csv(company / "reps.csv", dtype=str)
    reps.assign(daily_capacity="1").to_csv(company / "reps.csv", index=False)
    run = in_partitions(company)
    assert run.decision.status == Status.INFEASIBLE
    assert run.n_assigned == 0
    assert "infeasible" in dict(summary_of_partitions(run))["proof"]
    folder_of_run(company, run)
    manifest = json.loads((company / "out" / "manifest.json").read_text())
    objective, *others = (manifest[key] for key in ("objective", "bound", "gap"))
    assert objective == -2.0 * N_LEADS
    assert others == [None, None]
    verdict = verdict_of(company / "out")
    assert verdict.problems == ()
    assert verdict.proof == Proof.NO_BOUND
    assert (verdict.n_hard, verdict.n_soft) == (0, 0)


def test_without_the_data_it_says_what_it_did_not_look_at(folder: Path) -> None:
    verdict = verify_partitions(folder, None)
    assert verdict.problems == ()
    assert verdict.proof == Proof.NOT_PROVEN
    assert "--data" in verdict.notes[0]


@pytest.mark.parametrize("name", ["prices.csv", "assignments/part-00001.parquet"])
def test_a_changed_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    assert any(f"{name} was changed" in each for each in verdict_of(folder).problems)


def test_owners_that_were_exchanged_are_found(folder: Path) -> None:
    """Even where the manifest knows the file."""
    name = "assignments/part-00000.parquet"
    table = pd.read_parquet(folder / name)
    table["rep_id"] = np.roll(table["rep_id"], 1)
    rewritten(folder, name, table)
    assert verdict_of(folder).problems


def test_a_lead_in_both_tables_is_found(folder: Path) -> None:
    name = "unassigned/part-00000.parquet"
    lead_id = pd.read_parquet(folder / "assignments/part-00000.parquet")["lead_id"][0]
    row = pd.DataFrame({"lead_id": [lead_id], "reason": "reps_full", "detail": ""})
    rewritten(folder, name, pd.concat([pd.read_parquet(folder / name), row]))
    assert any("more than once" in each for each in verdict_of(folder).problems)


@pytest.mark.parametrize("name", ["leads.parquet", "daily.model", "reps.csv"])
def test_another_input_is_named(folder: Path, name: str) -> None:
    path = folder.parent / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert any("is another than" in each for each in verdict_of(folder).problems)


def test_other_commands_say_that_they_do_not_read_it(folder: Path) -> None:
    with pytest.raises(DataError, match="a run in partitions"):
        read_folder(folder)
