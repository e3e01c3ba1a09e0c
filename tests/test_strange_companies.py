"""What is strange but valid runs like any other day, whole and without a warning."""

import json

import pytest

from reporting import write_folder
from runs import allocate, run_files, verify
from tests.few import few
from tests.strange_companies import STRANGE_DAYS, STRANGE_PASTS, Company


@pytest.fixture(scope="module")
def model(small):
    """The model file of the small company, trained on its history."""
    return small / "daily.model"


def no_constant(name):
    raise AssertionError(f"{name} is not JSON")


@pytest.mark.slow
@pytest.mark.parametrize(
    "change", few(STRANGE_DAYS, 4), ids=lambda change: change.__name__
)
@pytest.mark.usefixtures("nothing_twice")
def test_a_strange_day_runs(change, model, tmp_path, capfd):
    """Every lead is there once, the optimum is proven, the folder is verified."""
    company = Company.small(tmp_path)
    change(company)
    check_run(company, tmp_path, model)
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("change", STRANGE_PASTS, ids=lambda change: change.__name__)
def test_a_strange_past_gives_a_model(change, tmp_path, capfd):
    """The same, with a model trained on the strange history."""
    company = Company.small(tmp_path)
    change(company)
    check_run(company, tmp_path)
    assert capfd.readouterr() == ("", "")


def check_run(company, folder, model=None):
    run = allocate(company.write(folder), model=model)
    files = run_files(run, model)
    write_folder(folder / "run", files)
    assert verify(folder / "run").problems == ()
    decided = [*run.assignments["lead_id"], *run.unassigned["lead_id"]]
    assert sorted(decided) == sorted(company.leads["lead_id"])
    assert run.result.status == "optimal"
    assert run.result.gap < 1e-6
    for name in ("manifest.json", "model_card.json"):
        json.loads(files[name], parse_constant=no_constant)


def test_leads_of_no_value_get_an_owner_where_there_is_room(model, tmp_path):
    """Nothing to gain is no reason to leave a lead without an owner."""
    company = Company.small(tmp_path)
    company.for_revenue(["0", "", "100"])
    company.scenario = company.scenario.replace("0.02", "0").replace("0.1", "0")
    company.reps["daily_capacity"] = "30"
    company.reps[["territories", "open_capacity", "seniority"]] = ["*", "", "3"]
    run = allocate(company.write(tmp_path), model=model)
    assert len(run.assignments) == 30
