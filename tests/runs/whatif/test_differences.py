"""What differs between two variants, and how sure it is."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit

from runs.whatif.basis import variant_day
from runs.whatif.differences import (
    difference,
    level_error,
    standard_error,
)
from runs.whatif.figures import figures_of, solved
from scenarios.changes import Variant, asked_variants
from scenarios.changes.scenario_changes import LaidOver
from scenarios.changes.wording import node_of
from scoring.rep_effects.rep_effects import RepEffects

DRAWS = 2000


@pytest.fixture(scope="module")
def variant(basis):
    """Return a variant that moves leads between reps, in and out."""
    asked = {"sets": ["rules.capacity.factor=0.6"], "off": ["territory"]}
    (only,) = asked_variants(**asked)
    return solved(variant_day(basis, only), 10.0)


def test_the_leads_that_moved(first, variant):
    """Each lead whose owner is another, once, with a reason in words."""
    moved = difference(first, variant).moved
    leads = {*first.why}
    assert {*moved["lead_id"]} == {
        lead for lead in leads if first.owner.get(lead) != variant.owner.get(lead)
    }
    for lead, before, after, why in moved.to_numpy():
        assert before == first.owner.get(lead, "")
        assert after == variant.owner.get(lead, "")
        assert why and "_" not in why


def test_nothing_moves_where_nothing_changes(first):
    """The difference of a day from itself is none, for certain."""
    same = difference(first, first)
    assert same.is_same and not same.is_clear
    assert same.conversions.half_width == 0


def test_the_interval_is_that_of_drawn_models(first, variant, monkeypatch):
    """Rep effects and level drawn by their errors spread the difference as much."""
    rng = np.random.default_rng(0)
    n_parts = 1 + factors(first).shape[1]
    assert n_parts > 1
    error_of = {
        rep: (0.1 + 0.1 * k) / np.arange(1, n_parts + 1)
        for k, rep in enumerate(first.scored.day.crm.reps["rep_id"])
    }
    monkeypatch.setattr(
        RepEffects,
        "uncertainties",
        lambda _, reps: np.array([error_of[r] for r in reps]),
    )
    effects = {
        rep: rng.normal(0, error[:, None], (n_parts, DRAWS))
        for rep, error in error_of.items()
    }
    level = rng.normal(0, level_error(first.scored), DRAWS)
    before, after = (_totals(own, effects, level) for own in (first, variant))
    spread = np.std(after - before)
    assert standard_error(first, variant) == pytest.approx(spread, rel=0.1)


def _totals(own, effects, level):
    """Return the expectation of an allocation by each drawn model, (DRAWS,)."""
    log_odds = logit(own.assigned["p_convert"].to_numpy())[:, None]
    parts = np.hstack([np.ones((len(log_odds), 1)), factors(own)])
    drawn = [
        part @ effects[rep]
        for part, rep in zip(parts, own.assigned["rep_id"], strict=True)
    ]
    return expit(log_odds + np.array(drawn) + level).sum(axis=0)


def factors(own):
    """Return the features of assigned leads that suit one rep better than another."""
    lead_ids = own.scored.day.crm.leads["lead_id"].tolist()
    return own.scored.scores.lead_factors[
        [lead_ids.index(lead) for lead in own.assigned["lead_id"]]
    ]


def test_revenue_has_its_own_difference_and_interval(first, variant):
    """Each lead counts its deal's value: a unit of money scales both."""
    more = difference(first, variant, with_revenue=True).revenue
    totals = [own.deal_value @ own.assigned["p_convert"] for own in (first, variant)]
    assert more.estimate == pytest.approx(totals[1] - totals[0])
    assert more.low < more.estimate < more.high
    ones = (np.ones(len(own.owner)) for own in (first, variant))
    assert standard_error(first, variant, *ones) == standard_error(first, variant)
    thrice = (3 * own.deal_value for own in (first, variant))
    reach = more.high - more.estimate
    error = standard_error(first, variant, *thrice)
    assert 1.96 * error == pytest.approx(3 * reach, rel=1e-3)
    assert difference(first, variant).revenue is None


def test_another_model_has_no_interval(first, variant, basis):
    """Errors of two models are not paired, so nothing is claimed."""
    trained = replace(basis.trained)
    scored = replace(variant.scored, trained=trained)
    other = replace(variant, day=replace(variant.day, scored=scored))
    than = difference(first, other)
    assert than.conversions is None and not than.is_clear


def test_of_an_infeasible_variant_nothing_is_claimed(first, basis):
    """No lead has moved, no difference is told, and the conflict is named."""
    rules = {"rules": [{"kind": "must_assign"}, {"kind": "capacity", "factor": 0}]}
    over = LaidOver("more.yaml", node_of(rules, "more.yaml"))
    other = solved(variant_day(basis, Variant("too much", (over,))), 10.0)
    than = difference(first, other)
    assert than.moved.empty and np.isnan(than.estimate) and not than.is_same
    own = figures_of(other, basis, with_revenue=False)
    assert own.n_assigned == 0 and "minimal conflict" in own.notes[0]
