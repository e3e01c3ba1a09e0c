"""The benchmark of arms: its figures by hand, its truth, and a small run of it."""

import numpy as np
import pytest

from benchmarks.evaluation_arms import (
    DESIGNS,
    KINDS,
    WORLDS,
    Trial,
    figures,
    row,
    rows,
    trials,
)
from benchmarks.evaluation_arms_company import DAYS, PER_DAY, companies
from benchmarks.evaluation_arms_draw import drawn_experiment
from evaluation import Interval
from solver.randomised.assignment import CONTROL, OPTIMAL

N_COMPANIES = 24
SHARE = 0.3


def made_trial(true, ends, chance=0.0, passes=None):
    lift = None if ends is None else Interval(*ends)
    return Trial(true=true, lift=lift, chance=chance, passes=passes)


@pytest.fixture(scope="module")
def company():
    return companies(["strong"], 1.4, seed=3, n_days=8)["strong"]


@pytest.fixture(scope="module")
def experiments(company):
    """One of each of many companies: a lead's outcome is drawn once in its world."""
    drawn = [companies(["mild"], 1.4, seed, 6)["mild"] for seed in range(N_COMPANIES)]
    return [drawn_experiment(each, SHARE, [n]) for n, each in enumerate(drawn)]


def test_figures_by_hand():
    """One of two intervals holds its truth; they err by .1 and by -.3, the part of it
    that is chance aside by .05 and by -.05.
    """
    sure = made_trial(0.0, (0.1, -0.1, 0.3), chance=0.05)
    wrong = made_trial(1.0, (0.7, 0.5, 0.9), chance=-0.25)
    found = figures([sure, wrong])
    assert found["coverage"] == 0.5
    assert found["error of coverage"] == pytest.approx(0.5 / np.sqrt(2))
    assert found["half_width"] == pytest.approx(0.2)
    assert found["bias"] == pytest.approx(-0.1)
    assert found["error of bias"] == pytest.approx(0.2 / np.sqrt(2))
    assert found["bias less chance"] == pytest.approx(0.0)
    assert found["error of bias less chance"] == pytest.approx(0.05 / np.sqrt(2))


def test_a_row_counts_what_has_no_figure_or_fails():
    """They are no coverage."""
    found = row(
        [
            made_trial(0.0, (0.1, -0.1, 0.3), passes=True),
            made_trial(0.4, None, passes=False),
            made_trial(0.2, (0.3, 0.1, 0.5)),
        ]
    )
    assert found["ground truth"] == pytest.approx(0.2)
    assert (found["coverage"], found["better"]) == (1.0, 1 / 3)
    assert (found["examined"], found["failed a test of arms"]) == (2, 0.5)
    assert found["no figure"] == pytest.approx(1 / 3)
    assert figures([])["coverage"] is None


def test_the_truth_is_that_of_the_world(company):
    """Lead by lead, with the rep of the optimum; and the optimal arm wins more."""
    day = company.days[2]
    chosen = day.arms.optimal.part == 1
    problem = day.arms.problem
    leads = company.leads.loc[day.leads[problem.lead[chosen]], "lead_id"].tolist()
    reps = problem.rep_ids[problem.rep[chosen]].tolist()
    truth = company.world.truth(company.leads).probability(leads, reps)
    expected = company.true(OPTIMAL)[day.leads[problem.lead[chosen]]]
    assert expected == pytest.approx(truth)
    assert company.true(OPTIMAL).sum() > 1.2 * company.true(CONTROL).sum()
    assert (company.true(OPTIMAL) == 0).any()


def test_leads_of_a_day_come_on_it(company):
    """Every day has its own, all day long."""
    days = company.leads["created_at"].dt.normalize()
    assert [days[day.leads].nunique() for day in company.days] == [1] * 8
    assert days.nunique() == 8
    assert company.leads["created_at"].dt.hour.nunique() > 8
    assert [len(day.leads) for day in company.days] == [PER_DAY] * 8


@pytest.mark.parametrize(("arm", "share"), [(OPTIMAL, 1 - SHARE), (CONTROL, SHARE)])
def test_each_arm_wins_what_is_expected_of_it(experiments, arm, share):
    """Over many companies, each lead weighing one over its arm's probability."""
    beyond = []
    for experiment in experiments:
        drawn = experiment.recorded
        won = drawn.outcome[drawn.arm == arm].sum() / share
        beyond.append(won - experiment.expected[arm].sum())
    error = np.std(beyond) / np.sqrt(N_COMPANIES)
    assert abs(np.mean(beyond)) < 4 * error < 10


@pytest.mark.parametrize("is_recorded", [True, False])
def test_chance_is_nothing_on_average_and_most_of_the_error(experiments, is_recorded):
    """So that the bias is seen without it."""
    chances = [experiment.chance(is_recorded) for experiment in experiments]
    errors = []
    for experiment in experiments:
        drawn = experiment.recorded if is_recorded else experiment.alone
        lift = lift_of(drawn) if is_recorded else lift_by_share(drawn)
        errors.append(lift - experiment.true)
    assert abs(np.mean(chances)) < 4 * np.std(chances) / np.sqrt(N_COMPANIES)
    assert np.corrcoef(chances, errors)[0, 1] > 0.8


def lift_of(drawn):
    rates = [drawn.outcome[drawn.arm == arm].mean() for arm in (OPTIMAL, CONTROL)]
    return rates[0] / rates[1] - 1


def lift_by_share(drawn):
    won = [drawn.outcome[drawn.arm == arm].sum() for arm in (OPTIMAL, CONTROL)]
    return won[0] / (1 - SHARE) / (won[1] / SHARE) - 1


@pytest.mark.slow
def test_a_small_run():
    """Two companies of each kind: arms are what a draw gives, and have a figure."""
    every = [trials(1, seed) for seed in range(2)]
    found = list(rows(every))
    assert len(found) == len(WORLDS) * len(DESIGNS) * len(KINDS)
    assert {each["seeds"] for each in found} == {2}
    assert {each["examined"] for each in found} == {1}
    # Arms that leave other leads unassigned hold other leads in history alone.
    refused = {(r["by"], r["design"]) for r in found if r["failed a test of arms"]}
    assert refused == {("history alone", "leads left unassigned")}
    assert {each["no figure"] for each in found} == {0}
    assert all(each["half_width"] > 0.05 for each in found)
    by_world = [each["ground truth"] for each in found if each["by"] == KINDS[0]]
    assert by_world[0] < by_world[3] < by_world[6]
    assert DAYS * PER_DAY == 2_400
