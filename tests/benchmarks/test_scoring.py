"""The scoring benchmark: its shares, its intervals, and that it runs as a command."""

import json
import subprocess
import sys
from math import isnan

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks import scoring, scoring_command, scoring_trial, scoring_worlds
from benchmarks.rows import line
from benchmarks.scoring_command import main
from benchmarks.scoring_rivals import crossed
from benchmarks.scoring_scorers import LEAD_ONLY, OURS, RIDGE, SCORERS, TREES
from benchmarks.scoring_trial import ScorerTrial, optimum, trial
from benchmarks.scoring_worlds import interval


def command(*options):
    call = [sys.executable, scoring.__file__, "--json", *options]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["results"]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(scoring_trial, "N_LEADS", 120)
    trial.cache_clear()
    yield
    trial.cache_clear()


def test_figures_by_hand():
    """Ten at random, twelve by the scores, fourteen at best: half was captured."""
    made = ScorerTrial(
        expected=15.0,
        expected_at_random=12.0,
        true=12.0,
        true_at_random=10.0,
        true_at_best=14.0,
        seconds=1.0,
    )
    assert made.captured == pytest.approx(0.5)
    assert made.expected_over_true == pytest.approx(1.25)
    assert made.expected_uplift == pytest.approx(0.25)
    assert made.true_uplift == pytest.approx(0.2)
    assert made.oracle_uplift == pytest.approx(0.4)


def test_nothing_can_be_captured_where_no_rep_matters():
    """No share of nothing, and no interval of it."""
    made = ScorerTrial(12.0, 10.0, 10.0, 10.0, 10.0, 1.0)
    assert isnan(made.captured)
    assert interval(np.array([made.captured, 0.1])) is None


def test_interval_is_students():
    """For 1, 2 and 3 it is 2 and 4.303 / sqrt(3) around."""
    middle, low, high = interval(np.array([1.0, 2.0, 3.0]))
    assert middle == pytest.approx(2)
    assert high - 2 == pytest.approx(2 - low)
    assert high == pytest.approx(2 + 4.303 / np.sqrt(3), abs=1e-3)
    assert interval(np.array([1.0])) is None


def test_optimum_shares_the_leads_out_evenly():
    """Two leads each, and the pairs that are of highest value."""
    value = np.array([[0.9, 0.1], [0.8, 0.1], [0.7, 0.1], [0.6, 0.5]])
    assert optimum(value, 0)[[0, 3]].tolist() == [0, 1]
    assert np.bincount(optimum(value, 0)).tolist() == [2, 2]


def test_crossed_has_the_features_of_the_rows_rep():
    """Shared features first, then a block per rep, empty but for the row's own."""
    shared, by_rep = np.array([[2.0], [3.0]]), np.array([[1.0, 4.0], [1.0, 5.0]])
    found = crossed(shared, by_rep, np.array([1, 0]), 2).toarray()
    assert found.tolist() == [[2, 0, 0, 1, 4], [3, 1, 5, 0, 0]]


@pytest.mark.slow
@pytest.mark.parametrize("scorer", SCORERS)
def test_every_scorer_gives_probabilities_of_every_pair(scorer, small):
    """A trial of a hundred leads per rep stays between no lead and every lead."""
    found = trial("strong", 50, scorer, 0)
    assert 0 < found.expected < 120
    assert 0 < found.true_at_random < found.true_at_best < 120
    assert found.true <= found.true_at_best + 1e-9


@pytest.mark.slow
def test_lead_only_scores_claim_nothing(small):
    """Where all reps score alike, nothing is gained and nothing expected."""
    assert trial("mild", 50, LEAD_ONLY, 0).expected_uplift == pytest.approx(0)


@pytest.mark.slow
@pytest.mark.parametrize("scorer", [RIDGE, TREES])
def test_scorers_that_do_not_pool_claim_a_lot_where_nothing_is(scorer, small):
    """The benchmark shows the winner's curse that it is there to show."""
    found = trial("null", 50, scorer, 0)
    assert found.expected_uplift > 0.2
    assert found.true_uplift == pytest.approx(0)


@pytest.mark.slow
def test_rows_compare_ours_with_the_others(small):
    """Each scorer but ours has the paired interval over the same worlds."""
    own, other = scoring_worlds.figures(["mild"], [50], [OURS, RIDGE], 2)
    assert "ours_less_this" not in own
    middle, low, high = other["ours_less_this"]
    assert low <= middle <= high
    assert middle == pytest.approx(own["captured"] - other["captured"])


def test_absent_data_is_said(tmp_path):
    """A part whose data is not there is left out with a word."""
    done = CliRunner().invoke(main, ["--part", "it_bids", "--data", str(tmp_path)])
    assert done.exit_code == 0
    assert "left out" in done.output


@pytest.mark.slow
def test_scale_runs_as_a_command():
    """Three steps, each in a process of its own, with seconds and memory."""
    rows = command("--part", "scale", "--scale", "0.004")["scale"]
    assert [row["step"] for row in rows] == ["draw", "train", "score"]
    assert [row["size"] for row in rows] == [4_000, 4_000, 800]
    assert all(row["seconds"] > 0 and row["peak_mb"] > 10 for row in rows)


@pytest.mark.slow
def test_reps_are_many_and_few(monkeypatch):
    """Training is measured at every number of reps, in a process of its own."""
    sizes = (300, 400), (20, 400)
    monkeypatch.setattr(scoring_command, "REPS_AND_ROWS", sizes)
    done = CliRunner().invoke(main, ["--part", "reps", "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["results"]["reps"]
    assert [(row["reps"], row["step"], row["size"]) for row in rows] == [
        (300, "draw", 400),
        (300, "train", 400),
        (20, "draw", 400),
        (20, "train", 400),
    ]
    assert all(row["cpu_seconds"] > 0 for row in rows)


def test_line_names_every_figure():
    """Intervals are printed with their ends, what is missing as a dash."""
    printed = line({"world": "mild", "captured": None, "ours_less_this": [0.1, 0, 0.2]})
    assert printed.split("  ")[1:] == [
        "world mild",
        "captured -",
        "ours less this +0.1000 (+0.0000 to +0.2000)",
    ]
