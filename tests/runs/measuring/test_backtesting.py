"""History replayed day by day: each day by its past, measured by what was logged."""

import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from evaluation import EXPECTED, MEASURED
from evaluation.backtest import VALUE
from runs import backtest, prepare
from runs.measuring import backtesting
from solver import POLICIES
from tests.runs.synthetic_company import company_in


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Return a scenario whose history was assigned at random, and its world."""
    return company_in(tmp_path_factory.mktemp("strong"))


@pytest.fixture(scope="module")
def strong(company):
    """Return a backtest, its world, and per day its moment and its model's."""
    path, world = company
    trained, served = [], []

    def trained_at(crm, model):
        trained.append(crm.as_of)
        return train(crm, model)

    def scored_at(prepared, model):
        served.append((prepared.crm.as_of, trained[-1]))
        return score(prepared, model)

    train, score = backtesting.train, backtesting.score
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backtesting, "train", trained_at)
        patch.setattr(backtesting, "score", scored_at)
        tested = backtest(prepare(path), ["optimal", mine], retrain_days=20)
    assert len(trained) == tested.n_trained
    return tested, world, served


def mine(problem, rng):
    return POLICIES["optimal"](problem, rng)


def told(*arguments):
    done = CliRunner().invoke(main, ["backtest", *map(str, arguments)])
    assert "Traceback" not in done.output
    return done


@pytest.mark.slow
def test_it_holds_the_truth(strong):
    """The intervals hold what the policies would really have won on those leads."""
    tested, world, _ = strong
    rows = tested.log.table
    truth = world.truth(rows)
    at_random = truth.probability(
        np.repeat(rows["lead_id"], 4), np.tile(world.reps["rep_id"], len(rows))
    )
    measured = {each.policy: each for each in tested.policies}
    baseline, optimal = measured["round_robin"], measured["optimal"]
    assert baseline.value.headline.covers(at_random.mean())
    assert optimal.lift.verdict == "better"
    parts = optimal.matching.estimate + optimal.utilisation.estimate
    assert parts == pytest.approx(optimal.lift.headline.estimate, abs=1e-9)


@pytest.mark.slow
def test_a_callable_is_a_policy(strong):
    """Under its own name, with the figures of what it does."""
    table = strong[0].table.set_index("policy")
    own, optimal = (table.loc[name].set_index("figure") for name in ("mine", "optimal"))
    pd.testing.assert_frame_equal(own, optimal)


@pytest.mark.slow
def test_the_table_is_tidy(strong):
    """One row per policy and figure; what is expected has no interval."""
    table = strong[0].table
    assert not table.duplicated(["policy", "figure"]).any()
    expected = table[table["figure"] == EXPECTED]
    assert expected["low"].isna().all()
    measured = table[table["figure"].isin([VALUE, MEASURED])]
    assert (measured["low"] <= measured["estimate"]).all()


@pytest.mark.slow
def test_a_model_never_sees_its_days(strong):
    """Every model is trained as of midnight of the day it first serves, or before."""
    tested, _, served = strong
    assert tested.n_trained >= 2
    assert len(served) == tested.n_days
    for day, as_of in served:
        assert as_of <= day.normalize()
        assert day - as_of < pd.Timedelta(days=21)


@pytest.mark.slow
def test_without_propensities_queues_may_tell(tmp_path):
    """Leads assigned at random are found to be; the source says that it is assumed."""
    path, _ = company_in(
        tmp_path, change=lambda history: history.drop(columns="propensity")
    )
    done = told(path, "--json", "--policy", "round_robin", "--retrain-days", "90")
    found = json.loads(done.stdout)
    assert found["measured_by"] == "random_queues"
    assert "assumption" in found["identification"]


@pytest.mark.slow
def test_a_confounded_history_claims_nothing(tmp_path, monkeypatch):
    """Hot leads went to favoured reps: no lift, and what to run instead."""
    path, _ = company_in(
        tmp_path,
        "confounded",
        change=lambda history: history.drop(columns="propensity"),
        n_reps=8,
    )
    tested = backtest(prepare(path))
    monkeypatch.setattr("runs.backtest", lambda *_, **__: tested)
    done = told(path)
    assert done.exit_code == 0
    assert "not identifiable" in done.stdout.lower()
    assert "control_share" in done.stdout
    found = json.loads(told(path, "--json").stdout)
    assert found["measured_by"] is None
    assert all(MEASURED not in policy for policy in found["policies"])
    assert found["experiments_that_would_tell"][0]["by_arms"]["weeks"] > 0


def with_propensity(row, cell):
    def change(history):
        cells = history["propensity"].astype(object)
        cells.iloc[row] = cell
        return history.assign(propensity=cells)

    return change


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "said"),
    [("0", "above 0 and at most 1"), ("1.5", "at most 1"), ("", "missing in 1 of")],
)
def test_a_propensity_that_cannot_be_is_named(tmp_path, cell, said):
    """File, row and value; nothing is estimated."""
    path, _ = company_in(tmp_path, change=with_propensity(1500, cell))
    done = told(path)
    assert done.exit_code == 3
    assert "history.csv, row 1502, column propensity" in done.stderr
    assert said in done.stderr
    assert not done.stdout


def test_one_day_is_no_past(tmp_path):
    """All leads of one day: nothing came before to train on."""

    def one_day(history):
        day = history["assigned_at"].dt.date
        return history[day == day.iloc[0]]

    path, _ = company_in(tmp_path, change=one_day)
    done = told(path)
    assert done.exit_code == 3
    assert "trains on earlier days" in done.stderr


@pytest.mark.slow
def test_a_log_of_one_choice_measures_nothing(tmp_path):
    """Where every lead had one possible rep, no other policy can be told."""
    path, _ = company_in(
        tmp_path, change=lambda rows: rows.assign(propensity=1.0), n_history=600
    )
    done = told(path)
    assert "not identifiable (of the policy, the log hardly tried" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--policy", "optimall"], "no policy 'optimall'"),
        (["--baseline", "nobody"], "no policy 'nobody'"),
        (["--from", "2030-01-01"], "no lead was assigned since 2030-01-01"),
        (["--from", "yesterday"], "does not match the format"),
        (["--precision", "0"], "precision"),
    ],
)
def test_wrong_wishes_are_refused(company, arguments, said):
    """The message names what cannot be."""
    done = told(company[0], *arguments)
    assert done.exit_code in {2, 3}
    assert said in done.stderr


def of_one_rep(history):
    return history.drop(columns="propensity").assign(rep_id=history["rep_id"].iloc[0])


@pytest.mark.slow
def test_what_cannot_be_measured_is_not_replayed(tmp_path, monkeypatch):
    """Nothing is trained before the answer, unless the expectation is asked for."""
    path, _ = company_in(tmp_path, change=of_one_rep)
    monkeypatch.setattr(backtesting, "train", None)
    done = told(path)
    assert done.exit_code == 0
    assert "Not identifiable from this history: one rep had all leads" in done.stdout
    assert "--expectation" in done.stdout
    found = json.loads(told(path, "--json").stdout)
    assert (found["models_trained"], found["policies"]) == (0, [])
    assert found["experiments_that_would_tell"]


@pytest.mark.slow
def test_the_expectation_is_replayed_where_it_is_asked_for(tmp_path):
    """As far as it goes: it is measured by nothing."""
    path, _ = company_in(tmp_path, change=of_one_rep)
    done = told(path, "--expectation", "--policy", "round_robin", "--json")
    found = json.loads(done.stdout)
    assert found["models_trained"] > 0
    assert found["measured_by"] is None
    assert EXPECTED in found["policies"][0]


@pytest.mark.slow
def test_expected_and_observed_wins_stand_side_by_side(strong):
    """Models of a world without drift expect what leads then win."""
    level = strong[0].level
    assert level.predicted == pytest.approx(
        level.observed, abs=4 * level.standard_error
    )
    assert not level.is_off
