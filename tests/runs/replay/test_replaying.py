"""Past days replayed: by no model that knows them, each variant on the same days."""

import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import ttest_1samp

from cli import main
from crm import DataError
from evaluation import EXPECTED, MEASURED
from evaluation.backtest import measure, past_days
from reporting import replay_csv, replay_json, replay_text
from runs import prepare, replay_days, score
from runs.job.rule_costs import solve_day
from runs.prepared.prepared import Prepared
from runs.replay.models import Models
from runs.replay.replayed_days import window_of
from runs.replay.summing import paired
from scenarios.changes import asked_variants
from solver import unassigned_leads
from tests.runs.synthetic_company import company_in

N_DAYS = 6


@pytest.fixture(scope="module")
def prepared(shared) -> Prepared:
    """Return a company of 30 leads a day whose reps are short of slots."""
    folder = shared("replay", lambda folder: company_in(folder, n_history=450, load=1))
    return prepare(folder / "world.yaml")


@pytest.fixture(scope="module")
def models(prepared):
    """Return the models of a replay, trained once."""
    return Models(prepared, window_of(prepared, N_DAYS), None)


@pytest.fixture(scope="module")
def replay(prepared, models):
    """Return the last days, with half of the slots, and as they were."""
    variants = asked_variants(["rules.capacity.factor=0.5"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("runs.replay.replaying.Models", lambda *_: models)
        return replay_days(prepared, variants, N_DAYS)[0]


def test_a_model_never_sees_its_days(prepared, replay):
    """It is trained as of the first moment of the first day, and says so."""
    began = prepared.crm.calendar.start_of(replay.first)
    assert replay.model.as_of == began
    assert (replay.model.n_days_known, replay.model.is_of_file) == (0, False)
    before = (prepared.crm.history["assigned_at"] <= began).sum()
    assert replay.model.n_rows == before < len(prepared.crm.history)
    assert "before all of these days" in replay_text(replay)


def test_each_day_is_what_its_own_problem_gives(prepared, models, replay):
    """The base is each day of history, scored and solved by itself."""
    days = list(past_days(prepared.crm, models.window.since, prepared.crm.as_of))
    base = replay.variants[0]
    assert len(days) == replay.n_days == len(base.days) == N_DAYS
    for crm, row in zip(days, base.days.itertuples(), strict=True):
        scored = score(replace(prepared, crm=crm), models.of(prepared.file.scenario))
        result = solve_day(scored.day, 10, prepared.file.scenario.solve)
        assert row.day == crm.today
        assert row.assigned == result.solution.n_assigned
        assert row.objective == pytest.approx(result.objective)
        assert row.unassigned == len(unassigned_leads(scored.day, result))


def test_figures_of_a_variant_agree_with_each_other(replay):
    """Loads, reasons, differences and moves count the same leads."""
    base, half = replay.variants
    for variant in replay.variants:
        days = variant.days
        assert (days["assigned"] + days["unassigned"] == days["leads"]).all()
        assert variant.loads["leads"].sum() == days["assigned"].sum()
        assert sum(variant.reasons.values()) == days["unassigned"].sum()
    assert half.days["assigned"].sum() < base.days["assigned"].sum()
    lost = (half.moves["after"] == "").sum() - (half.moves["before"] == "").sum()
    assert half.differences["unassigned"].estimate == lost > 0
    assert half.differences["conversions"].is_below_zero
    assert base.moves.empty and not base.differences


def test_the_interval_is_that_of_a_paired_test():
    """Of daily differences, times the days; a few days tell nothing."""
    rng = np.random.default_rng(0)
    difference = rng.normal(2, 3, 20)
    interval = paired(difference)
    expected = ttest_1samp(difference, 0).confidence_interval(0.95)
    assert interval.low == pytest.approx(20 * expected.low)
    assert interval.high == pytest.approx(20 * expected.high)
    assert interval.estimate == pytest.approx(difference.sum())
    assert paired(difference[:3]).high == np.inf


def test_expectation_is_labelled_and_nothing_is_measured(replay):
    """The text says what its figures are not; JSON has a null for evidence."""
    text = replay_text(replay)
    assert f"expected conversions ({EXPECTED})" in text
    assert f"No {MEASURED}" in text
    record = json.loads(json.dumps(replay_json(replay), allow_nan=False))
    assert record["evidence"] is None
    assert len(record["variants"][1]["days"]) == N_DAYS
    table = replay_csv(replay)
    assert len(table) == 2 * N_DAYS
    assert [name for name in table if EXPECTED in name]


def test_what_cannot_be_replayed_is_named(prepared):
    """More days than there are; so many that nothing is left to train on."""
    with pytest.raises(DataError, match="days with leads before today"):
        window_of(prepared, 500)
    n_days = len(window_of(prepared, 15).days)
    assert n_days == 15
    with pytest.raises(DataError, match="the first day to replay; ask for fewer"):
        replay_days(prepared, [], n_days)


def test_the_command_takes_one_scenario():
    """And neither a page nor a picture of past days."""
    asked = CliRunner().invoke(main, ["whatif", "a.yaml", "b.yaml", "--days", "3"])
    assert (asked.exit_code, "one scenario" in asked.stderr) == (2, True)
    page = ["whatif", "a.yaml", "--days", "3", "--html", "page.html"]
    assert CliRunner().invoke(main, page).exit_code == 2


def test_a_model_that_knows_the_days_is_named(small):
    """It was trained on later history; and what it makes of no effect is said."""
    prepared = prepare(small / "daily.yaml")
    variants = asked_variants(["scoring.lost_after_days=20"])
    replay, _ = replay_days(prepared, variants, 5, small / "daily.model")
    assert replay.model.n_days_known == 5
    assert replay.variants[1].ignored == ("scoring",)
    text = replay_text(replay)
    assert "THE MODEL KNOWS THE FUTURE" in text and "scoring changes nothing" in text
    assert "No lead moved." in text


def test_nothing_is_measured_by_outcomes_that_the_model_knew(small):
    """The policy would have been chosen by what it is judged by."""
    model = small / "daily.model"
    with pytest.raises(DataError, match="leave the model out"):
        replay_days(prepare(small / "daily.yaml"), [], 5, model, measure=True)


@pytest.mark.slow
def test_outcomes_measure_what_the_changed_rules_would_have_won(tmp_path, monkeypatch):
    """The interval holds the truth, apart from the model's expectation."""
    path, world = company_in(tmp_path, n_history=2400, load=1)
    prepared, targets = prepare(path), []

    def kept(replay, *given):
        targets.extend(replay.targets.values())
        return measure(replay, *given)

    monkeypatch.setattr("runs.replay.evidence.measure", kept)
    variants = asked_variants(["rules.capacity.factor=0.5"])
    replay, _ = replay_days(prepared, variants, 40, measure=True)
    [lift] = replay.evidence.lifts.values()
    truth = world.truth(prepared.crm.history)
    base, half = (
        truth.probability(pairs["lead_id"], pairs["rep_id"]).sum() for pairs in targets
    )
    assert lift.high < 0 and lift.covers(half / base - 1)
    text = replay_text(replay)
    assert f"No {MEASURED}" not in text and MEASURED in text
    assert replay_json(replay)["evidence"]["measured_by"] == "logged_propensities"


@pytest.mark.slow
def test_processes_change_nothing(prepared, models, replay, monkeypatch):
    """Two processes find what one finds."""
    monkeypatch.setattr("runs.replay.replaying.Models", lambda *_: models)
    variants = asked_variants(["rules.capacity.factor=0.5"])
    again, _ = replay_days(prepared, variants, N_DAYS, workers=2)
    assert (replay.n_processes, again.n_processes) == (1, 2)
    alone, shared = replay_json(replay), replay_json(again)
    assert {**alone, "processes": 2} == shared
