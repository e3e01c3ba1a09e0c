"""Tests of teams that share a ledger, and of reps who changed altogether."""

import pytest

from runs import allocate, record
from scenarios import ScenarioError
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

NAMES = "none of whom is in today's table of reps: R1, R2"


@pytest.fixture
def company(after_monday):
    return after_monday(Company, "L1 North", "L2 South")


def renamed(company, prefix, moment=TUESDAY):
    """Write a day in which all reps have other ids; return its scenario."""
    company.write(moment, "L3 North", "L4 South")
    for name in ("reps.csv", "history.csv"):
        table = company.folder / name
        text = table.read_text().replace("R1,", f"{prefix}1,")
        table.write_text(text.replace("R2,", f"{prefix}2,"))
    return company.folder / "days.yaml"


def test_a_team_of_other_reps_is_refused(company):
    path = renamed(company, "S")
    with pytest.raises(ScenarioError) as caught:
        allocate(path)
    (issue,) = caught.value.issues
    assert NAMES in str(issue) and "07 September 2026" in str(issue)
    with company.ledger as ledger:
        assert len(ledger.owners()) == 2


@pytest.mark.slow
def test_whose_rows_stay_as_inactive_is_no_other_team(company):
    path = renamed(company, "S")
    reps = company.folder / "reps.csv"
    reps.write_text(reps.read_text() + "R1,3,North,false\nR2,2,South,false\n")
    record(run := allocate(path))
    assert set(run.owner) == {"L3", "L4"}


@pytest.mark.slow
def test_a_mistaken_table_of_reps_can_be_made_void(company, tmp_path):
    (tmp_path / "again").mkdir()
    other = Company(tmp_path / "again")
    path = renamed(other, "S", MONDAY)
    record(allocate(path))
    other.write("2026-09-07T09:00:00Z", "L3 North", "L4 South")
    (other.folder / "history.csv").write_text(
        (company.folder / "history.csv").read_text()
    )
    run = allocate(path, redo=True)
    assert set(run.owner.values()) == {"R1", "R2"}


def test_an_old_run_is_of_no_team_that_still_works(company):
    path = renamed(company, "S", "2026-10-20T08:00:00Z")
    assert set(allocate(path).owner) == {"L3", "L4"}
