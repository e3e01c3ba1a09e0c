"""What is strange but valid runs like any other day, whole and without a warning."""

import json

import pytest

from reporting import write_folder
from runs import allocate, find_model, prepare, run_files, verify
from scoring import save_model
from tests.strange_companies import STRANGE_DAYS, STRANGE_PASTS, Company


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A model fitted to the small company's history, as a file."""
    folder = tmp_path_factory.mktemp("small")
    prepared = prepare(Company.small(folder).write(folder))
    save_model(find_model(prepared, None), folder / "small.model")
    return folder / "small.model"


def no_constant(name):
    raise AssertionError(f"{name} is not JSON")


@pytest.mark.parametrize("change", STRANGE_DAYS, ids=lambda change: change.__name__)
def test_a_strange_day_runs(change, model, tmp_path, capfd):
    """Every lead is there once, the optimum is proven, the folder is verified."""
    company = Company.small(tmp_path)
    change(company)
    check_run(company, tmp_path, model)
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("change", STRANGE_PASTS, ids=lambda change: change.__name__)
def test_a_strange_past_teaches(change, tmp_path, capfd):
    """The same, with a model fitted to the strange history."""
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


def test_leads_of_no_value_get_an_owner_where_there_is_room(tmp_path):
    """Nothing to gain is no reason to leave a lead without an owner."""
    company = Company.small(tmp_path)
    company.for_revenue(["0", "", "100"])
    company.scenario = company.scenario.replace("0.02", "0").replace("0.1", "0")
    company.reps["daily_capacity"] = "30"
    company.reps[["territories", "open_capacity", "seniority"]] = ["*", "", "3"]
    assert len(allocate(company.write(tmp_path)).assignments) == 30
