"""Variants of a day in words: what is proven, what is clear, and what was not told."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation import Interval
from reporting import whatif_json, whatif_text
from reporting.text.whatif.whatif import moved_sentence, notes, shared_sentence
from reporting.text.whatif.whatif_figures import (
    COSTS,
    GROWTH,
    MOVED,
    TEAMS,
    VariantDifference,
    VariantFigures,
    WhatIfFigures,
)
from reporting.text.whatif.whatif_tables import difference_text, short_names
from solver import Status


def variant(name, status=Status.OPTIMAL):
    """Return a variant of two leads, one of them assigned."""
    teams = pd.DataFrame([("Atlas", 1, 0.4, 2.0, 1)], columns=TEAMS)
    return VariantFigures(
        name=name,
        changes=("rule territory off",),
        warnings=(),
        unit="conversions",
        status=status,
        engine="flow",
        objective=0.4,
        bound=0.5,
        gap=0.25,
        n_leads=2,
        n_assigned=1,
        unassigned={"reps_full": 1},
        conversions=0.4,
        revenue=None,
        n_at_work=1,
        n_busy=1,
        slots=2,
        slots_used=1,
        gini=0.0,
        min_max=1.0,
        teams=teams,
        seconds=0.1,
    )


def difference(low, high, moved=(("L1", "R1", "", "the eligible reps are full"),)):
    interval = Interval((low + high) / 2, low, high)
    frame = pd.DataFrame(moved, columns=MOVED, dtype=object)
    return VariantDifference(0, interval, interval.estimate, 0.0, frame)


def figures(*names, first=Status.OPTIMAL, costs=(), growth=(), than=None):
    than = than or difference(0.1, 0.3)
    return WhatIfFigures(
        scenario="small",
        as_of=pd.Timestamp("2026-09-07 18:00", tz="UTC"),
        variants=(variant("as it is", first), *map(variant, names)),
        differences=tuple(than for _ in names),
        names={"R1": "Ann Lee"},
        rule_costs=pd.DataFrame(costs, columns=COSTS),
        growth=pd.DataFrame(growth, columns=GROWTH),
        price_kind="exact",
    )


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.1, 0.3, "+0.20 (+0.10 to +0.30)"),
        (-0.3, -0.1, "-0.20 (-0.30 to -0.10)"),
        (-0.1, 0.3, "+0.10 (-0.10 to +0.30), within the uncertainty"),
    ],
)
def test_a_difference_says_whether_it_is_clear(low, high, text):
    assert difference_text(difference(low, high)) == text


def test_people_are_named_and_moves_have_a_reason():
    text = whatif_text(figures("territory off"))
    assert "L1: Ann Lee (R1) -> nobody: the eligible reps are full" in text
    assert "model expectation" in text and "measured lift" not in text


def test_revenue_has_its_difference_beside_that_of_conversions():
    """With its own interval, and what that leaves out."""
    than = replace(difference(0.1, 0.3), revenue=Interval(-2000.0, -3000.0, -1000.0))
    told = figures("x", than=than)
    variants = tuple(replace(own, revenue=5e3) for own in told.variants)
    text = whatif_text(replace(told, variants=variants))
    assert "+0.20 (+0.10 to +0.30)" in text and "-2,000 (-3,000 to -1,000)" in text
    assert "what each deal would bring taken as known" in text
    row = whatif_json(replace(told, variants=variants))["variants"][1]
    assert row["model expectation: difference in revenue"] == -2000


@pytest.mark.parametrize(
    ("first", "word"), [(Status.OPTIMAL, "at least"), (Status.FEASIBLE, "about")]
)
def test_a_cost_that_is_not_proven_is_never_exact(first, word):
    """Of an optimal day it is a lower bound; of another one, not even that."""
    costs = [("territory", 1, 0.25, 1, False), ("language", 1, 0.0, 0, False)]
    text = whatif_text(figures("x", first=first, costs=costs))
    assert f"{word} 0.25" in text
    assert "these rules cost anything could not be proven: language." in text
    assert "0.00" not in text.split("Rules of")[1].split("\n\n")[0]


def test_names_of_a_sweep_leave_out_what_all_share():
    names = short_names(figures("factor = 1, x off", "factor = 2, x off"))
    assert names == ["as it is", "factor = 1", "factor = 2"]
    assert short_names(figures("x off, y off")) == ["as it is", "x off, y off"]
    assert short_names(figures("x off", "y on, x off"))[1:] == ["x off", "y on, x off"]
    assert short_names(figures()) == ["as it is"]


def test_what_short_names_leave_out_is_said():
    """Else `factor = 1` seems to do what rule x does."""
    said = shared_sentence(figures("factor = 1, x off", "factor = 2, x off"))
    assert said.endswith("have, whatever their short names: x off.")
    assert said in notes(figures("factor = 1, x off", "factor = 2, x off"))
    assert shared_sentence(figures("x off", "y off")) == ""


def test_json_has_what_the_text_has():
    growth = [
        ("hire", "R1", "", 0.5, 0.4, 1, True),
        ("slot", "R1", "", 0.2, None, None, False),
    ]
    whatif = figures("territory off", growth=growth)
    record = whatif_json(whatif)
    first, other = record["variants"]
    assert other["difference"] == {"estimate": 0.2, "low": 0.1, "high": 0.3}
    assert other["moved_leads"][0]["to"] == ""
    assert first["unassigned_by_reason"] == {"reps_full": 1}
    assert record["growth"][1]["gain"] is None
    assert "one more rep like Ann Lee (R1)" in whatif_text(whatif)


def test_one_lead_that_moved_has_a_rep():
    """Verbs go with their numbers."""
    rows = [("L1", "R1", "", "full"), ("L2", "R1", "R2", "w"), ("L3", "R1", "R2", "w")]
    moved = pd.DataFrame(rows, columns=MOVED)
    told = moved_sentence(replace(figures("x").differences[0], moved=moved))
    assert told == "3 leads moved: 2 have another rep, 1 has none now"
