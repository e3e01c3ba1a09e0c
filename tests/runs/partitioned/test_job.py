"""A day in partitions is the day decided at once."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from reporting import new_folder
from runs import allocate
from runs.job.daily_job import CheckFailedError
from runs.partitioned import job, partitions
from runs.partitioned.assigned_partition import AssignedPartition
from runs.partitioned.decision import Decision
from runs.partitioned.job import (
    PartitionedRun,
    allocate_in_partitions,
    proven_again,
)
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitioned_files import files_of_run
from runs.partitioned.workers import OwnProcesses
from scenarios import read_scenario
from solver import Status
from tests.few import few

N_LEADS, SIZE = 30, 8


@pytest.fixture
def company(shared, tmp_path) -> Path:
    """Return the small company with its leads as Parquet, and a model."""
    return company_in(tmp_path / "company", shared)


def company_in(folder: Path, shared) -> Path:
    """Fill a folder with that company."""
    from tests.conftest import fill_small

    shutil.copytree(shared("small", fill_small), folder)
    write_leads(folder, pd.read_csv(folder / "leads.csv", dtype=str))
    scenario = (folder / "daily.yaml").read_text()
    scenario = scenario.replace("leads.csv", "leads.parquet")
    (folder / "daily.yaml").write_text(scenario)
    return folder


@pytest.fixture(autouse=True)
def _small_partitions(monkeypatch):
    monkeypatch.setattr(partitions, "LARGE", SIZE + 1)


def write_leads(folder: Path, leads: pd.DataFrame) -> None:
    leads.to_parquet(folder / "leads.parquet", index=False)


def day_of(folder: Path) -> PartitionedDay:
    file = read_scenario(folder / "daily.yaml")
    return PartitionedDay(file, folder, folder / "daily.model", SIZE)


def in_partitions(folder: Path, **kwargs) -> PartitionedRun:
    work = folder / "work"
    return allocate_in_partitions(
        day_of(folder), work, lambda *_: None, OwnProcesses(1), **kwargs
    )


def folder_of_run(company: Path, run: PartitionedRun) -> Path:
    """Write the folder of a run of the company."""
    with new_folder(company / "out", files_of_run(run, company / "work")):
        pass
    return company / "out"


def tables(folder: Path, name: str) -> pd.DataFrame:
    paths = sorted((folder / "work" / name).iterdir())
    return pd.concat(map(pd.read_parquet, paths), ignore_index=True)


@pytest.mark.slow
def test_owners_are_worth_what_those_of_the_whole_day_are(company: Path) -> None:
    """The sum is the same, and each lead is in one table once."""
    whole = allocate(company / "daily.yaml", model=company / "daily.model")
    run = in_partitions(company)
    assert run.decision.objective == pytest.approx(whole.result.objective, rel=1e-9)
    assert run.n_assigned == len(whole.assignments)
    assert len(run.assigned) == -(-N_LEADS // SIZE)
    assigned, unassigned = (
        tables(company, name) for name in ("assignments", "unassigned")
    )
    assert sorted([*assigned["lead_id"], *unassigned["lead_id"]]) == sorted(
        whole.crm.leads["lead_id"]
    )
    assert assigned["value"].sum() == pytest.approx(whole.result.objective)
    assert list(assigned.columns) == list(whole.assignments.columns)
    reasons = unassigned["reason"].value_counts().to_dict()
    assert reasons == dict(run.reasons)


def test_it_goes_on_where_it_was_interrupted(company: Path, monkeypatch) -> None:
    """Partitions that were scored are not scored again, and the result is the same."""
    first = in_partitions(company)
    (company / "work" / "part-00002.npz").unlink()
    scored = []
    original = job.score_partition
    monkeypatch.setattr(
        job,
        "score_partition",
        lambda day, partition, **how: (
            scored.append(partition.number) or original(day, partition, **how)
        ),
    )
    again = in_partitions(company)
    assert scored == [2]
    assert again.n_known == 3
    assert np.array_equal(again.decision.rep_of, first.decision.rep_of)


def test_more_leads_than_slots_are_found_by_counting(
    company: Path, monkeypatch
) -> None:
    """Partitions count together what none of them can know."""
    solved = job.decided

    def decided(problem, **how):
        decision = solved(problem, **how)
        return replace(decision, capacity=np.zeros_like(decision.capacity))

    monkeypatch.setattr(job, "decided", decided)
    with pytest.raises(CheckFailedError, match="leads, 0 slots"):
        in_partitions(company)


@pytest.mark.slow
def test_leads_that_were_not_kept_are_read_again(company: Path) -> None:
    """With the same result."""
    first = in_partitions(company)
    kept = company / "work" / "part-00002.npz"
    with np.load(kept) as arrays:
        own = {name: arrays[name] for name in arrays if name != "leads"}
    np.savez(kept, **own)
    (company / "work" / "assignments" / kept.with_suffix(".parquet").name).rename(
        company / "first.parquet"
    )
    again = in_partitions(company)
    assert again.assigned[2].value == first.assigned[2].value
    table = company / "work" / "assignments" / "part-00002.parquet"
    assert table.read_bytes() == (company / "first.parquet").read_bytes()


@pytest.mark.parametrize("changed", few(["daily.yaml", "reps.csv", "leads.parquet"], 1))
def test_another_day_begins_anew(company: Path, changed: str) -> None:
    """What was scored before its files changed is not used."""
    in_partitions(company)
    if changed == "leads.parquet":
        leads = pd.read_parquet(company / changed)
        write_leads(company, leads.assign(deal_value="123"))
    else:
        with (company / changed).open("a") as file:
            file.write("  rule_costs: false\n" if changed == "daily.yaml" else "\n")
    assert in_partitions(company).n_known == 0


def test_an_id_in_two_partitions_is_refused(company: Path) -> None:
    """As it is within one."""
    leads = pd.read_parquet(company / "leads.parquet")
    leads.loc[N_LEADS - 1, "lead_id"] = leads.loc[0, "lead_id"]
    write_leads(company, leads)
    with pytest.raises(DataError, match=r"lead_id: 'L000': rows 26 to 31 have it"):
        in_partitions(company)


def test_faults_of_all_partitions_are_told(company: Path) -> None:
    """By the row in the whole table."""
    leads = pd.read_parquet(company / "leads.parquet")
    leads.loc[[1, N_LEADS - 1], "deal_value"] = "much"
    write_leads(company, leads)
    with pytest.raises(DataError) as caught:
        in_partitions(company)
    told = " ".join(map(str, caught.value.issues))
    assert "row 3" in told
    assert "row 31" in told


def test_the_folder_has_every_table(company: Path) -> None:
    """With its hash in the manifest."""
    run = in_partitions(company)
    files = files_of_run(run, company / "work")
    assert {"manifest.json", "prices.csv", "scenario.yaml", "model_card.json"} < set(
        files
    )
    assert sum(name.startswith("assignments/") for name in files) == len(run.assigned)
    assert len(list(files)) == len(files)
    with pytest.raises(KeyError):
        files["../daily.model"]


@pytest.mark.slow
def test_a_partition_may_have_no_lead(company: Path) -> None:
    """Where none of its rows satisfies the source's condition."""
    leads = pd.read_parquet(company / "leads.parquet").sort_values("territory")
    write_leads(company, leads)
    text = (company / "daily.yaml").read_text()
    some = "leads: {file: leads.parquet, where: {territory: South}}"
    (company / "daily.yaml").write_text(text.replace("leads: leads.parquet", some))
    whole = allocate(company / "daily.yaml", model=company / "daily.model")
    run = in_partitions(company)
    assert run.n_leads == len(whole.crm.leads) < N_LEADS
    assert run.decision.objective == pytest.approx(whole.result.objective, rel=1e-9)


def test_a_day_without_leads_is_refused(company: Path) -> None:
    text = (company / "daily.yaml").read_text()
    none = "leads: {file: leads.parquet, where: {territory: Nowhere}}"
    (company / "daily.yaml").write_text(text.replace("leads: leads.parquet", none))
    with pytest.raises(DataError, match="no row satisfies `where`"):
        in_partitions(company)


@pytest.mark.parametrize(
    ("short", "status"), [(1e-7, Status.OPTIMAL), (1e-2, Status.FEASIBLE)]
)
def test_a_day_whose_gains_and_costs_cancel_is_proven(short, status):
    """A gap is a part of what is gained, not of the little that costs leave."""
    nobody, nothing = np.array([], dtype=np.int32), np.zeros(0)
    slots = np.zeros(0, dtype=np.int64)
    decision = Decision(
        Status.OPTIMAL, "price", nobody, nothing, slots, slots, 1e-8, 1e-8
    )
    parts = [
        AssignedPartition(5, Counter(), 5.0, 5.0, objective, 0.5 * short, slots, (), ())
        for objective in (3.0, 1e-9 - 3.0)
    ]
    again = proven_again(decision, parts)
    assert again.status == status
    assert again.objective == pytest.approx(1e-9)
