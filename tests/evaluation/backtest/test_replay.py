"""Policies replayed on past days: probabilities of pairs, and what was expected."""

import time

import numpy as np
import pandas as pd
import pytest

from crm import CrmData
from crm.table import text_frame
from evaluation import STARTS_AT, WorldSpec, draw_world
from evaluation.backtest import past_days, replayed
from evaluation.backtest.replay import SHUFFLED
from solver import POLICIES, Solution, build_day, value_blind
from solver.policies import CutShort
from solver.rules import Capacity, Territory

SPEC = WorldSpec(n_reps=6, leads_per_day=20, territories_per_rep=3, load=0.5)
RULES = [
    Capacity(kind="capacity", name="capacity"),
    Territory(kind="territory", name="territory"),
]


@pytest.fixture(scope="module")
def company():
    world = draw_world(SPEC, seed=3)
    nothing = text_frame([], [])
    absences = pd.DataFrame({"rep_id": [], "from": STARTS_AT, "to": STARTS_AT})
    reps = world.reps.assign(open_capacity=np.nan, open_leads=np.nan)
    reps = reps.assign(end_date=reps["start_date"].mask(reps["active"]))
    history = world.history(200)
    crm = CrmData(
        world.leads(5), reps, history, nothing, absences.iloc[:0], STARTS_AT, {}
    )
    return world, crm


@pytest.fixture(scope="module")
def replay(company):
    world, crm = company

    def build(today):
        return build_day(today, RULES, world.truth(today.leads).at)

    since = crm.history["assigned_at"].min().normalize()
    days = past_days(crm, since, STARTS_AT)
    chosen = {name: POLICIES[name] for name in ("optimal", "round_robin")}
    return replayed(days, build, chosen, seed=0)


def test_every_lead_is_assigned_once(replay, company):
    """Where there is room, each lead's probabilities sum to one."""
    for name, target in replay.targets.items():
        total = target.groupby("lead_id")["probability"].sum()
        assert len(total) == 200, name
        np.testing.assert_allclose(total, 1, atol=1e-6)


def test_a_policy_that_decides_is_sure(replay):
    """The optimum assigns each lead to one rep; round robin to any eligible one."""
    assert (replay.targets["optimal"]["probability"] == 1).all()
    assert len(replay.targets["round_robin"]) == replay.n_pairs
    assert set(replay.targets) == {"optimal", f"optimal{SHUFFLED}", "round_robin"}


def test_the_optimum_expects_most(replay):
    """The expectation of the leads it chose is never less than of others."""
    expected = replay.expected.drop(columns="lead_id").sum()
    assert expected["optimal"] > expected[f"optimal{SHUFFLED}"]
    assert expected["optimal"] > expected["round_robin"]


def test_expected_is_a_sum_over_pairs(replay, company):
    """With the truth as model, the expectation is what the world really wins."""
    world, crm = company
    target = replay.targets["round_robin"]
    leads = crm.history.drop_duplicates("lead_id").set_index("lead_id", drop=False)
    truth = world.truth(leads.loc[target["lead_id"]].drop_duplicates("lead_id"))
    value = truth.probability(target["lead_id"], target["rep_id"])
    total = float(value @ target["probability"])
    assert replay.expected["round_robin"].sum() == pytest.approx(total)


@pytest.mark.slow
def test_a_time_limit_holds_for_all_days_and_what_it_keeps_is_told(company):
    """A policy that takes a hundredth of a second draws once a day, not 20 times."""
    world, crm = company

    @value_blind
    def sleepy(problem, rng):
        time.sleep(0.01)
        return Solution.unassigned(problem)

    def build(today):
        return build_day(today, RULES, world.truth(today.leads).at)

    days = list(past_days(crm, crm.history["assigned_at"].min().normalize(), STARTS_AT))
    found = replayed(days, build, {"sleepy": sleepy}, seed=0, time_limit=0.0)
    assert found.cut_short == (CutShort("sleepy", len(days), 20 * len(days), 0),)
    assert not replayed(days, build, {"sleepy": sleepy}, seed=0).cut_short
