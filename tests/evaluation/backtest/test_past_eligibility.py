"""Who could have had a past lead: by the rules that history followed, no others."""

import pytest

from evaluation import STARTS_AT, WorldSpec, draw_world
from evaluation.backtest import eligibility_of, first_assignments, past_days
from solver.rules import Seniority, Territory

TERRITORY = Territory(kind="territory", name="territory")
SENIORITY = Seniority(kind="seniority", name="seniors only", min_seniority=3, where={})


@pytest.fixture(scope="module")
def past():
    """A company that assigned leads by territory, and never asked for seniority."""
    spec = WorldSpec(n_reps=8, leads_per_day=40, territories_per_rep=3)
    world = draw_world(spec, seed=2)
    crm = world.company(400, 5)
    rows = first_assignments(crm.history)
    owner = dict(zip(rows["lead_id"], rows["rep_id"], strict=True))
    days = list(past_days(crm, rows["assigned_at"].min().normalize(), STARTS_AT))
    return world, rows, owner, days


def test_a_rule_that_was_broken_was_not_in_force(past):
    """Seniority is named with the share of leads that break it; territory holds."""
    world, rows, owner, days = past
    _, not_followed = eligibility_of(days, owner, [TERRITORY, SENIORITY])
    seniority = world.reps.set_index("rep_id")["seniority"]
    broken = (rows["rep_id"].map(seniority) < 3).mean()
    assert not_followed == {"seniors only": pytest.approx(broken)}


def test_eligible_are_those_of_the_rules_in_force(past):
    """Each lead could have gone to every rep who serves its territory."""
    world, rows, owner, days = past
    found = eligibility_of(days, owner, [TERRITORY, SENIORITY])[0]
    assert len(found) == world.eligible(rows).sum()
    assert not found.duplicated().any()
    pairs = set(zip(found["lead_id"], found["rep_id"], strict=True))
    assert set(owner.items()) <= pairs


def test_without_rules_everyone_could(past):
    """No rule, no bar."""
    world, rows, owner, days = past
    pairs, not_followed = eligibility_of(days, owner, [])
    assert len(pairs) == len(rows) * len(world.reps)
    assert not_followed == {}
