"""What rules cost together, and where the next hire or skill pays."""

import pandas as pd
import pytest

from runs.whatif.basis import variant_day
from runs.whatif.combined_costs import ALL, combined_costs
from runs.whatif.figures import solved
from runs.whatif.growth_anew import _change, growth_table
from runs.whatif.growth_estimates import SLOT, _most, estimated_growth
from scenarios.changes import Variant, asked_variants


def objective(basis, *changes):
    day = variant_day(basis, Variant("", changes))
    return solved(day, 10.0).experiment.optimum.objective


def test_dual_prices_are_never_exceeded(basis, first):
    """No hire or skill, solved anew, brings more than its estimate; some bring it."""
    before = first.experiment.optimum.objective
    growths = [g for g in estimated_growth(first) if g.kind != SLOT]
    assert {growth.kind for growth in growths} >= {"hire", "territory"}
    gains = [objective(basis, _change(basis, g)) - before for g in growths[:12]]
    for growth, gain in zip(growths, gains, strict=False):
        assert gain <= growth.estimate + 1e-6
    assert max(gains) > 0


def test_a_slot_brings_at_most_its_price(basis, first):
    """One more slot of the dearest rep is worth its price, or less."""
    slot = next(g for g in estimated_growth(first) if g.kind == SLOT)
    (more,) = asked_variants(
        sets=["reps.daily_capacity=+1"], where=[f"rep_id={slot.rep_id}"]
    )
    gain = objective(basis, *more.changes) - first.experiment.optimum.objective
    assert 0 <= gain <= slot.estimate + 1e-6


def test_the_table_has_the_best_of_each_kind(basis, first):
    """Some are solved anew and proven, the others are estimates and say so."""
    table = growth_table(basis, first, 10.0)
    anew = table["gain"].notna()
    assert anew.any() and not anew.all()
    assert table.loc[anew, "proven"].all() and not table.loc[~anew, "proven"].any()


def test_rules_cost_alone_and_together(basis, first):
    """A pair costs what the day gains without both, all rules at least the most."""
    costs = combined_costs(first, 10.0).set_index("without")
    before = first.experiment.optimum.objective
    pair = next(name for name in costs.index if " and " in name)
    changes = [
        change
        for name in pair.split(" and ")
        for change in asked_variants(off=[name])[0].changes
    ]
    assert costs.loc[pair, "cost"] == pytest.approx(
        objective(basis, *changes) - before, abs=1e-6
    )
    alone = costs[costs["rules"] == 1]
    assert len(alone) == len(first.scored.day.rules)
    assert costs.loc[ALL, "cost"] >= alone["cost"].max()
    assert costs["proven"].all()


def test_without_time_nothing_is_solved(basis, first):
    """Costs are then those of the day itself, and none is called proven."""
    costs = combined_costs(first, 0.0)
    assert not costs["proven"].any() and (costs["rules"] == 1).all()
    table = growth_table(basis, first, 0.0)
    assert table["gain"].isna().all()


def test_leads_that_take_no_slot_are_not_bounded_by_slots():
    """A manager with one slot gains the best lead for it, and each of the accounts."""
    gain, in_slot = [0.1, 0.2, 0.3, 0.4], [True, True, False, False]
    rows = pd.DataFrame({"gain": gain, "in_slot": in_slot})
    assert _most(rows, 1) == pytest.approx(0.2 + 0.3 + 0.4)
