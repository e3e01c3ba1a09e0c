"""A lead of a day in partitions is explained as that of the day in one piece."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from crm import DataError
from reporting import explanation_text, new_folder
from runs import allocate, explain_run, read_folder
from runs.folder.files import run_files
from runs.partitioned import partitions
from runs.partitioned.explaining import ExplainedLead, explain_in_partitions
from solver import Explanation
from tests.few import few
from tests.runs.partitioned.test_job import (
    SIZE,
    _small_partitions,
    company,
    company_in,
    folder_of_run,
    in_partitions,
)

__all__ = ["_small_partitions", "company"]

Explained = tuple[Path, dict[str, ExplainedLead]]


@pytest.fixture(params=few([1, 3], 1))
def folder(company: Path, request: pytest.FixtureRequest) -> Path:
    """Return a run folder, of a day on which slots are scarce or are not."""
    return run_of(company, str(request.param))


def run_of(company: Path, capacity: str) -> Path:
    reps = pd.read_csv(company / "reps.csv", dtype=str)
    reps.assign(daily_capacity=capacity).to_csv(company / "reps.csv", index=False)
    return folder_of_run(company, in_partitions(company))


@pytest.fixture(scope="module", params=few([1, 3], 1))
def explained(
    shared: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Explained:
    """Return such a folder, which no test changes, and each lead explained once."""
    company = company_in(tmp_path_factory.mktemp("explained") / "company", shared)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "LARGE", SIZE + 1)
        folder = run_of(company, str(request.param))
        lead_ids = pd.read_parquet(company / "leads.parquet")["lead_id"]
        return folder, {
            lead_id: explain_in_partitions(folder, company, lead_id)
            for lead_id in lead_ids
        }


def of_whole_day(company: Path) -> Path:
    model = company / "daily.model"
    run = allocate(company / "daily.yaml", model=model)
    with new_folder(company / "whole", run_files(run, model)):
        pass
    return company / "whole"


@pytest.mark.slow
def test_costs_are_least_ones_of_those_that_are_solved_again(
    explained: Explained,
) -> None:
    """Of every lead with every rep: none is too high, nor is all of them far below."""
    folder, leads = explained
    whole = read_folder(of_whole_day(folder.parent))
    told, solved_again = 0.0, 0.0
    for lead_id, known in leads.items():
        found = known.explanation
        solved = explain_run(whole, lead_id)
        assert found.losses_are_least
        assert not solved.losses_are_least
        least, true = losses(found), losses(solved)
        assert least.keys() == true.keys()
        for name, loss in least.items():
            assert loss <= true[name] + 1e-9
            told, solved_again = told + loss, solved_again + true[name]
        assert excluded(found) == excluded(solved)
        assert all(a.is_chosen for a in found.alternatives if a.is_proven)
    assert told > 0.6 * solved_again > 0


def losses(explained: Explanation) -> dict[str, float]:
    own = {a.rep_id: a.forced_cost for a in explained.alternatives if not a.excluded_by}
    skipping = explained.skipping if explained.rep_id else 0.0
    return {**own, "": 0.0 if math.isnan(skipping) else skipping}


def excluded(explained: Explanation) -> dict[str, tuple[str, ...]]:
    return {a.rep_id: a.excluded_by for a in explained.alternatives if a.excluded_by}


def test_what_was_decided_is_as_the_run_wrote_it(
    explained: Explained,
) -> None:
    """Owner, backup and reason are the tables'; the chosen rep costs nothing."""
    folder, leads = explained
    for name in ("assignments", "unassigned"):
        for path in (folder / name).iterdir():
            for row in pd.read_parquet(path).to_dict("records"):
                found = leads[row["lead_id"]]
                told = found.explanation
                assert told.rep_id == row.get("rep_id", "")
                assert told.reason == row["reason"]
                assert told.detail == row.get("detail", "")
                owner = [a.rep_id for a in told.alternatives if a.is_chosen]
                assert owner == ([told.rep_id] if told.rep_id else [])
                text = explanation_text(told, found.scores, found.names, found.unit)
                eligible = [a for a in told.alternatives if not a.excluded_by]
                assert ("forcing it loses at least" in text) == bool(eligible)
                assert "nan" not in text


def test_the_command_tells_it(folder: Path) -> None:
    """In text and as JSON; it asks for the day's folder, and solves nothing again."""
    lead_id = pd.read_parquet(folder / "assignments" / "part-00000.parquet").iloc[0, 0]
    asked = ["explain", str(folder), lead_id, "--data", str(folder.parent)]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0
    assert "leaving it unassigned  loses at least" in told.stdout
    record = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert record["losses_are_least"] is True
    assert record["lead_id"] == lead_id
    for arguments, said in (
        (asked[:3], "the day's folder: --data"),
        ([*asked, "--rep", "R1"], "nothing is solved again"),
    ):
        refused = CliRunner().invoke(main, arguments)
        assert refused.exit_code == 2
        assert said in refused.stderr


def test_other_leads_and_other_files_are_refused(folder: Path) -> None:
    with pytest.raises(DataError, match="the run has no such lead"):
        explain_in_partitions(folder, folder.parent, "nobody")
    reps = folder.parent / "reps.csv"
    reps.write_text(reps.read_text() + "\n")
    with pytest.raises(DataError, match=r"reps\.csv.* is another than the run read"):
        explain_in_partitions(folder, folder.parent, "L1")
    (folder / "prices.csv").write_text("what,key,price\n")
    with pytest.raises(DataError, match="was changed after the run"):
        explain_in_partitions(folder, folder.parent, "L1")


def test_a_run_in_one_piece_takes_no_data(folder: Path) -> None:
    whole = of_whole_day(folder.parent)
    asked = ["explain", str(whole), "L1", "--data", str(folder.parent)]
    refused = CliRunner().invoke(main, asked)
    assert refused.exit_code == 2
    assert "--data is for the run of a day in partitions" in refused.stderr
