"""An experiment from the randomised assignment to the log: it measures the truth."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from evaluation import STARTS_AT, WorldSpec, draw_world, shuffled
from evaluation.experiment import DrawnLeads, compare_arms
from evaluation.off_policy import Target, estimate_lift, read_log
from scoring import ConversionModel
from solver import POLICIES, build_day, solve
from solver.randomised import randomise
from solver.rules import Capacity, Territory

SPEC = WorldSpec(
    n_reps=6, leads_per_day=50, rep_sd=0.5, interaction_sd=0.6, base_rate=0.3, load=0.9
)
RULES = [
    Capacity(kind="capacity", name="capacity"),
    Territory(kind="territory", name="territory"),
]
DAYS, SHARE = 50, 0.4


def pairs_of(problem, probability):
    return pd.DataFrame(
        {
            "lead_id": problem.lead_ids[problem.lead],
            "rep_id": problem.rep_ids[problem.rep],
            "probability": np.round(probability, 12),
        }
    )


@pytest.fixture(scope="module")
def ran():
    """Ten weeks of a company that leaves four leads in ten to round robin."""
    world = draw_world(SPEC, seed=2)
    company = world.company(3000, 45)
    model = ConversionModel(LogisticRegression(max_iter=500)).fit(
        company.history, company.leads, company.reps
    )
    log, best, rotated = [], [], []
    for day in range(DAYS):
        crm = world.company(1, 45, day)
        scores = model.score(crm.leads, crm.reps["rep_id"].tolist())
        problem = build_day(crm, RULES, scores.probability).problem
        optimum = solve(problem, seed=day, time_limit=10.0).solution
        rng = np.random.default_rng(day)
        randomised = randomise(
            problem,
            optimum,
            rng,
            control_share=SHARE,
            control_policy="round_robin",
            max_pair_probability=None,
            time_limit=10.0,
        )
        drawn = randomised.draw(rng)
        given = drawn.solution.assigned
        pair = drawn.solution.pair[given]
        leads = crm.leads[given].reset_index(drop=True)
        reps = problem.rep_ids[problem.rep[pair]]
        rows = world.served(leads, list(reps), STARTS_AT + pd.Timedelta(days=3650))
        arm = np.where(drawn.is_control[given], "control", "optimal").astype(object)
        log.append(rows.assign(propensity=randomised.propensity[pair], arm=arm))
        best.append(pairs_of(problem, optimum.chosen.astype(float)))
        control = POLICIES["round_robin"](problem, rng)
        rotated.append(pairs_of(problem, shuffled(control)))
    history = pd.concat(log, ignore_index=True)
    found = read_log(history, history["closed_at"].max())
    return world, found, pd.concat(best), pd.concat(rotated)


def true_value(world, log, table):
    """What a policy would really win per lead of the log."""
    truth = world.truth(log.table)
    value = truth.probability(table["lead_id"], table["rep_id"])
    return float(value @ table["probability"]) / log.n_leads


@pytest.mark.slow
def test_the_log_measures_the_truth(ran):
    """Any policy: here the optimum and round robin, as each would have done alone."""
    world, log, best, rotated = ran
    best, rotated = (
        table[table["lead_id"].isin(log.lead_id)] for table in (best, rotated)
    )
    lift = estimate_lift(
        log, Target.from_table(log, best), Target.from_table(log, rotated)
    )
    truth = true_value(world, log, best) / true_value(world, log, rotated) - 1
    assert truth > 0.1
    assert lift.headline.covers(truth)
    assert lift.verdict == "better"


@pytest.mark.slow
def test_the_arms_measure_the_same(ran):
    """Leads of the optimal arm beside those of control, with no model at all."""
    world, log, best, rotated = ran
    arms = compare_arms(DrawnLeads.of_log(log, SHARE), "optimal")
    best, rotated = (
        table[table["lead_id"].isin(log.lead_id)] for table in (best, rotated)
    )
    truth = true_value(world, log, best) / true_value(world, log, rotated) - 1
    assert arms.lift.covers(truth)
    share = arms.n_control / (arms.n_leads + arms.n_control)
    assert share == pytest.approx(SHARE, abs=0.05)
