"""A run folder: the same bytes for the same input, and found out when changed."""

import json
import shutil

import pandas as pd
import pytest

from runs import allocate, run_files, verify


@pytest.fixture(scope="module")
def company(demo):
    return demo / "demo" / "company"


@pytest.fixture(scope="module")
def files(demo):
    """Return the files of the demo's run: path inside its folder -> text."""
    paths = [path for path in demo.joinpath("demo").rglob("*") if path.is_file()]
    names = {path: path.relative_to(demo / "demo").as_posix() for path in paths}
    return {name: path.read_bytes().decode() for path, name in names.items()}


@pytest.fixture
def folder(demo, tmp_path):
    return shutil.copytree(demo / "demo", tmp_path / "run")


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_same_input_same_bytes(company, files):
    """Two runs differ in their timings at most."""
    beside = {name: text for name, text in files.items() if "company/" in name}
    again = run_files(allocate(company / "demo.yaml"), beside=beside)
    assert again.keys() == files.keys()
    for name in files.keys() - {"manifest.json"}:
        assert again[name] == files[name], name
    manifests = [json.loads(made["manifest.json"]) for made in (files, again)]
    for manifest in manifests:
        manifest.pop("timings")
    assert manifests[0] == manifests[1]


def test_row_order_does_not_matter(company, files, tmp_path):
    """Shuffled tables give every lead the same owner."""
    shutil.copytree(company, tmp_path / "shuffled")
    for path in tmp_path.joinpath("shuffled").glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table.sample(frac=1, random_state=5).to_csv(path, index=False)
    again = run_files(allocate(tmp_path / "shuffled" / "demo.yaml"))
    for name in ("assignments.csv", "unassigned.csv"):
        straight, other = (made[name].splitlines() for made in (files, again))
        assert owners(straight) == owners(other)


def owners(lines):
    return sorted(line.split(",")[:2] for line in lines)


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
def test_resolved_scenario_runs_again(files, company, tmp_path):
    """The scenario in the folder gives the same allocation."""
    shutil.copytree(company, tmp_path / "again")
    path = tmp_path / "again" / "resolved.yaml"
    path.write_text(files["scenario.yaml"], encoding="utf-8")
    assert run_files(allocate(path))["assignments.csv"] == files["assignments.csv"]


def test_names_from_data_are_escaped(files):
    """HTML in a scenario, an id or a name is text on the page."""
    assert "<b>Smith" not in files["report.html"]
