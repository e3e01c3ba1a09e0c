"""The sample and both public data sets run, and say what is true of them."""

import json
from pathlib import Path

import pandas as pd
import pytest

from crm import csv_text
from runs import allocate, notes, run_files, summary
from scenarios.files import scenario_text

SHARED = Path(__file__).parents[2] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared data")


@pytest.fixture(scope="module")
def sample():
    return allocate(SHARED / "sample" / "daily.yaml")


def test_sample_obeys_every_rule_by_an_independent_check(sample):
    """Held against the CSV files alone, with none of our code."""
    leads = pd.read_csv(SHARED / "sample" / "leads.csv", dtype=str)
    reps = pd.read_csv(SHARED / "sample" / "reps.csv", dtype=str)
    made = sample.assignments.merge(leads, on="lead_id")
    made = made.drop(columns="team").merge(reps, on="rep_id")
    both = [*sample.assignments["lead_id"], *sample.unassigned["lead_id"]]
    assert sorted(both) == sorted(leads["lead_id"])
    for row in made.itertuples():
        assert row.territory in row.territories.split("|")
        assert row.product in row.products.split("|")
        assert float(row.deal_value) < 25_000 or int(row.seniority) >= 3
        speaks = row.language in row.languages.split("|")
        assert row.value == pytest.approx(row.p_convert - (0 if speaks else 0.02))
    capacity = reps.set_index("rep_id")["daily_capacity"].astype(int)
    assert (made["rep_id"].value_counts().reindex(capacity.index) <= capacity).all()


def test_sample_is_proven_optimal(sample):
    """The bound meets the objective."""
    assert sample.result.status == "optimal"
    assert sample.result.gap < 1e-9


@pytest.mark.slow
def test_maven_finds_no_rep_effect_and_claims_nothing(tmp_path):
    """35 reps, 5 without history: nobody is better beyond noise, and it says so."""
    path = tmp_path / "maven_crm.yaml"
    path.write_text(scenario_text("maven_crm.yaml"), encoding="utf-8")
    run = allocate(path, data=SHARED / "data" / "maven_crm")
    finding = run.scored.trained.card.rep_finding
    assert finding.answer == "no"
    assert not finding.used
    assert finding.main.shrunken_sd < 0.01
    assert "no rep effect beyond noise" in dict(summary(run))["rep effect"]
    assert any("treated as equal" in note for note in notes(run))
    assert len(run.assignments) + len(run.unassigned) == 2_089
    load = run.load.set_index("rep_id")["slots_used"]
    assert load.min() > 50
    page = json.dumps(summary(run)) + str(run_files(run)["report.html"])
    assert "lift" not in page.lower()


@pytest.mark.slow
def test_maven_territory_is_the_office_that_served_the_account(tmp_path):
    """Every lead with an account stays with the office of that account."""
    path = tmp_path / "maven_crm.yaml"
    path.write_text(scenario_text("maven_crm.yaml"), encoding="utf-8")
    run = allocate(path, data=SHARED / "data" / "maven_crm")
    office = run.crm.reps.set_index("rep_id")["territories"].map("|".join)
    made = run.assignments.merge(run.crm.leads, on="lead_id")
    placed = made[made["territory"] != ""]
    assert len(placed) > 400
    assert (placed["rep_id"].map(office) == placed["territory"]).all()


@pytest.mark.slow
def test_it_bids_of_2018_are_allocated_by_what_was_known_before(tmp_path):
    """2,120 bids of 2018, a model fitted to older ones."""
    path = tmp_path / "it_bids.yaml"
    path.write_text(scenario_text("it_bids.yaml"), encoding="utf-8")
    run = allocate(path, data=SHARED / "data" / "it_bids")
    card = run.scored.trained.card
    assert card.last_assigned < "2018"
    assert len(run.assignments) == 2_120
    assert "status" not in card.features
    assert csv_text(run.assignments).count("\n") == 2_121
