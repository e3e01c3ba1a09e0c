"""An experiment from its runs to its figure: per lead drawn, whoever was assigned."""

import shutil

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from crm import DataError, csv_text
from evaluation import STARTS_AT
from reporting import write_folder
from reporting.text.evidence.arms import arm_json, arm_text
from runs import allocate, evaluate, record, run_files, verify
from tests.runs.synthetic_company import SCENARIO, company_in

DAYS, PER_DAY = 14, 40
EXPERIMENT = "experiment: {control_share: 0.4}\nledger: ledger.db\n"
AFTER_ALL = STARTS_AT + pd.Timedelta(days=400)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Three weeks of days with more leads than slots; the folder of their runs."""
    folder = tmp_path_factory.mktemp("company")
    path, world = company_in(folder, load=1.5)
    past = pd.read_csv(folder / "history.csv")
    path.write_text(SCENARIO.replace("  as_of: 2026-01-05\n", "") + EXPERIMENT)
    train = ["train", str(path), "--model", str(folder / "daily.model")]
    assert CliRunner().invoke(main, train).exit_code == 0
    rows = []
    for day in range(DAYS):
        leads = world.leads(PER_DAY, day)
        (folder / "leads.csv").write_text(csv_text(leads))
        run = allocate(path, model=folder / "daily.model")
        files = run_files(run)
        record(run)
        write_folder(folder / "runs" / str(day), files)
        drawn = run.assignments.set_index("lead_id")
        assigned = leads[leads["lead_id"].isin(drawn.index)].reset_index(drop=True)
        own = drawn.loc[assigned["lead_id"]].reset_index()
        served = world.served(assigned, own["rep_id"].tolist(), AFTER_ALL)
        rows.append(served.assign(arm=own["arm"], propensity=own["propensity"]))
    measured = pd.concat(rows, ignore_index=True)
    past = past.drop(columns="propensity")
    (folder / "history.csv").write_text(csv_text(pd.concat([past, measured])))
    later = f"  as_of: {AFTER_ALL:%Y-%m-%d}\nrules"
    path.write_text(path.read_text().replace("rules", later, 1))
    return path, measured


def changed(company, tmp_path, change):
    """Return the scenario beside a changed history, with the ledger."""
    path, _ = company
    for name in ("leads.csv", "reps.csv", "ledger.db", path.name):
        shutil.copy(path.parent / name, tmp_path / name)
    history = pd.read_csv(path.parent / "history.csv", keep_default_na=False)
    change(history).to_csv(tmp_path / "history.csv", index=False)
    return tmp_path / path.name


def test_run_folders_and_ledger_know_every_lead_that_was_drawn(company):
    """Those left unassigned count in their arm, as not won; older rows are left out."""
    path, measured = company
    by_runs = evaluate(path, runs=[path.parent / "runs"])
    by_ledger = evaluate(path)
    for found in (by_runs, by_ledger):
        [arm] = found.arms
        assert arm.leads.is_recorded
        assert arm.n_leads + arm.n_control == DAYS * PER_DAY > len(measured)
        assert arm.lift is not None and arm.difference is not None
        assert found.log.left_out["before_propensities"] == 1800
    assert by_runs.arms[0].n_won == by_ledger.arms[0].n_won
    assert verify(path.parent / "runs" / "0").problems == ()
    assert "per lead drawn" in arm_text(by_runs.arms[0])


def test_an_arm_or_a_rep_moved_after_the_draw_is_found(company, tmp_path):
    """A lost lead of the optimal arm becomes one of control; many get another rep."""

    def other_arm(history):
        lost = (history["arm"] == "optimal") & (history["outcome"] == "lost")
        history.loc[history.index[lost][0], "arm"] = "control"
        return history

    path = changed(company, tmp_path, other_arm)
    [arm] = evaluate(path).arms
    assert (arm.doubt, arm.lift) == ("arms_moved", None)
    assert "column arm: 1 leads have another arm" in arm_json(arm)["reason"]

    def other_rep(history):
        rows = history["arm"] != ""
        history.loc[rows, "rep_id"] = np.roll(history.loc[rows, "rep_id"], 1)
        return history

    [arm] = evaluate(changed(company, tmp_path, other_rep)).arms
    assert arm.doubt == "reps_moved"


def test_lost_leads_that_vanish_from_history_are_missed(company, tmp_path):
    """They were drawn and assigned."""

    def without(history):
        lost = (history["arm"] == "optimal") & (history["outcome"] == "lost")
        return history.drop(history.index[lost][:40])

    [arm] = evaluate(changed(company, tmp_path, without)).arms
    assert (arm.doubt, arm.leads.gaps.n_lost) == ("leads_lost", 40)


def test_the_record_fills_what_history_lacks(company, tmp_path):
    """Neither arm nor propensity is in history; the ledger has both."""
    path = changed(company, tmp_path, lambda h: h.drop(columns=["arm", "propensity"]))
    assert evaluate(path).arms[0].lift == evaluate(company[0]).arms[0].lift


def test_a_changed_run_folder_is_refused(company, tmp_path):
    """Its draw cannot be told again; a folder without an experiment has none."""
    path, _ = company
    folder = shutil.copytree(path.parent / "runs" / "0", tmp_path / "run")
    draws = folder / "propensities.csv"
    draws.write_text(draws.read_text().replace("optimal", "control", 1))
    with pytest.raises(DataError, match="changed after the run"):
        evaluate(path, runs=[folder])
    (tmp_path / "nothing").mkdir()
    with pytest.raises(DataError, match="holds no run with an experiment"):
        evaluate(path, runs=[tmp_path / "nothing"])
