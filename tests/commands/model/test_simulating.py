"""`rightrep simulate`: the table, the files, and what bad input leads to."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from time import sleep

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from commands.model.simulating import WORLDS
from evaluation import EXPECTED, MEASURED, PRESETS, TRUTH
from evaluation.simulation import processes
from scoring.processes import pool
from tests.processes import have_ended

SMALL = ("--set", "n_reps=6", "--leads-per-day", "24", "--days", "4", "--history", "0")


def simulate(*arguments):
    return CliRunner().invoke(main, ["simulate", *map(str, arguments)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("simulated") / "new"
    options = ("--policy", "random", "--policy", "oracle", "--seeds", 2, "--out", made)
    done = simulate(*SMALL, "--world", "strong", *options, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads((made / "simulation.json").read_text())
    return made


def test_worlds_are_those_there_are():
    """The choices of the option are the presets."""
    assert tuple(PRESETS) == WORLDS


@pytest.mark.slow
def test_the_folder_holds_tables_json_and_picture(folder):
    """Every file can be read back; the picture is one."""
    results = pd.read_csv(folder / "simulation.csv")
    assert results["policy"].tolist() == ["round_robin", "random", "oracle"] * 2
    summary = pd.read_csv(folder / "summary.csv")
    assert {EXPECTED, MEASURED, TRUTH} <= set(summary.columns)
    assert set(pd.read_csv(folder / "months.csv")["month"]) == {"2026-01"}
    assert ET.parse(folder / "simulation.svg").getroot().tag.endswith("svg")


@pytest.mark.slow
def test_the_folder_holds_the_first_company_and_its_truth(folder):
    """In the stable columns, with a probability for every eligible pair."""
    leads = pd.read_csv(folder / "company" / "leads.csv")
    truth = pd.read_csv(folder / "company" / "truth.csv")
    assert len(leads) == 24
    assert set(truth["lead_id"]) == set(leads["lead_id"])
    assert truth[TRUTH].between(0, 1).all()
    reps = pd.read_csv(folder / "company" / "reps.csv")
    assert set(truth["rep_id"]) == set(reps["rep_id"])


@pytest.mark.slow
def test_json_says_what_is_known_and_how(folder):
    """The world, each policy's figures, and the comparisons held together."""
    found = json.loads((folder / "simulation.json").read_text())
    assert found["world"]["n_reps"] == 6
    assert found["world"]["decay_half_life"] is None
    oracle = found["policies"][2]
    assert oracle[EXPECTED] is None
    assert oracle[f"{MEASURED}: low"] <= oracle[MEASURED] <= oracle[f"{MEASURED}: high"]
    assert len(found["comparisons"]) == 1


@pytest.mark.slow
def test_the_folder_is_not_overwritten(folder):
    """What is there stays."""
    done = simulate(*SMALL, "--out", folder)
    assert done.exit_code == 2
    assert "is not empty" in done.stderr


def test_one_world_says_nothing_of_who_is_better(tmp_path):
    """There is a table, a picture, and a sentence instead of intervals."""
    picture = tmp_path / "lift.png"
    done = simulate(*SMALL, "--policy", "random", "--seeds", 1, "--plot", picture)
    assert done.exit_code == 0, done.output
    assert "One world gives no interval" in done.stdout
    assert EXPECTED in done.stdout.splitlines()[0]
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--policy", "optmal"), "no policy 'optmal'; did you mean 'optimal'?"),
        (("--set", "rep_ds=1"), "a world has no 'rep_ds'; did you mean 'rep_sd'?"),
        (("--set", "rep_sd"), "'rep_sd': expected name=value"),
        (("--set", "rep_sd=high"), "rep_sd is 'high', expected a number"),
        (("--set", "n_reps=2.5"), "n_reps is '2.5', expected a whole number"),
        (("--set", "rep_sd=-1"), "rep_sd is -1, expected 0 to 5"),
        (("--set", "base_rate=nan"), "base_rate is nan, expected 0.001 to 0.999"),
        (("--plot", "lift.gif"), "lift.gif: expected a name in .png or .svg"),
        (("--days", "0"), "0 is not in the range"),
    ],
)
def test_bad_options_are_named(options, message):
    """Usage errors say what was expected, before any world is drawn."""
    done = simulate(*options)
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.slow
def test_an_interrupt_ends_all_processes(monkeypatch):
    """Exit code 130, and nobody goes on simulating."""
    made, pids = [], []

    def watched(*arguments, start=pool.ProcessPoolExecutor, **options):
        made.append(start(*arguments, **options))
        return made[-1]

    def interrupted(*_):
        sleep(1)  # Until the processes are at work.
        pids.extend(made[0]._processes)
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "ProcessPoolExecutor", watched)
    monkeypatch.setattr(processes, "n_cores", lambda: 2)
    monkeypatch.setattr(processes, "wait", interrupted)
    assert simulate(*SMALL, "--seeds", 2).exit_code == 130
    assert len(pids) == 2 and have_ended(pids)
