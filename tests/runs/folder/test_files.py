"""A run folder: the same bytes for the same input, and found out when changed."""

import json
import random
import shutil

import pytest

from reporting import write_folder
from runs import allocate, run_files, verify


@pytest.fixture(scope="module")
def made(demo):
    """Return the folder of the demo's run, which has its company as well."""
    return demo / "demo"


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "run")


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_same_input_same_bytes(made, tmp_path):
    """Two runs, both with training, differ in their timings at most."""
    before = contents(made)
    company = {name: text for name, text in before.items() if "company/" in name}
    files = run_files(allocate(made / "company" / "demo.yaml"), beside=company)
    write_folder(tmp_path / "run", files)
    again = contents(tmp_path / "run")
    assert again.keys() == before.keys()
    for name in again.keys() - {"manifest.json"}:
        assert again[name] == before[name], name
    manifests = [json.loads(each["manifest.json"]) for each in (before, again)]
    for manifest in manifests:
        manifest.pop("timings")
    assert manifests[0] == manifests[1]


@pytest.mark.slow
def test_row_order_does_not_matter(company):
    """Shuffled tables, that of history too, give every lead the same owner."""
    for path in company.glob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        random.Random(5).shuffle(rows)
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    again = run_files(allocate(company / "daily.yaml"))
    for name in ("assignments.csv", "unassigned.csv"):
        straight = (company / "run" / name).read_text(encoding="utf-8")
        assert owners(straight) == owners(str(again[name]))


def contents(folder):
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def owners(text):
    return sorted(line.split(",")[:2] for line in text.splitlines())


def test_a_good_folder_is_verified(folder):
    """Nothing is wrong with a folder as it was written."""
    assert verify(folder).problems == ()


def test_a_swapped_owner_is_found(folder):
    """An edit is named, and so is the rule that it breaks."""
    rows = folder.joinpath("assignments.csv").read_text().splitlines()
    row = next(line for line in rows if line.split(",")[1] == "R001")
    changed(folder / "assignments.csv", row, row.replace(",R001,", ",R003,", 1))
    problems = "\n".join(verify(folder).problems)
    assert "assignments.csv was changed after the run" in problems
    assert "availability" in problems


def test_a_lost_lead_is_found(folder):
    """A row that is deleted is a lead that is lost."""
    lines = folder.joinpath("assignments.csv").read_text().splitlines(keepends=True)
    folder.joinpath("assignments.csv").write_text("".join(lines[:-1]))
    assert any("is lost" in problem for problem in verify(folder).problems)


def test_a_doubled_lead_is_found(folder):
    """One lead, two owners: named."""
    lines = folder.joinpath("assignments.csv").read_text().splitlines(keepends=True)
    folder.joinpath("assignments.csv").write_text("".join([*lines, lines[1]]))
    assert any("listed 2 times" in problem for problem in verify(folder).problems)


def test_a_tightened_rule_is_found(folder):
    """The rules are read from the folder, so a stricter one is broken."""
    changed(folder / "scenario.yaml", "min_seniority: 3", "min_seniority: 5")
    problems = "\n".join(verify(folder).problems)
    assert "large deals to senior reps" in problems


@pytest.mark.slow
def test_resolved_scenario_runs_again(folder):
    """The scenario in the folder gives the same allocation."""
    path = folder / "company" / "resolved.yaml"
    shutil.copy(folder / "scenario.yaml", path)
    again = str(run_files(allocate(path))["assignments.csv"])
    assert again.encode() == (folder / "assignments.csv").read_bytes()


def test_names_from_data_are_escaped(made):
    """HTML in a scenario, an id or a name is text on the page."""
    assert "<b>Smith" not in (made / "report.html").read_text(encoding="utf-8")
